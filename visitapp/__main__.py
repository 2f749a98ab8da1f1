"""`python -m visitapp` is the program `visitapp`."""

from __future__ import annotations

import sys

from visitapp.bootstrap import main

sys.exit(main())
