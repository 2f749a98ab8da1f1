"""Where the real public files for the import tests are kept."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
