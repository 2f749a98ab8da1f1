"""What helps a person to write notes."""

from __future__ import annotations

from typing import NamedTuple

from visitapp.services.snippets import Snippets
from visitapp.services.spelling import Spelling


class Writing(NamedTuple):
    """Texts that are inserted, and words that are marked."""

    snippets: Snippets
    spelling: Spelling
