"""The themes of a concern, as one field holds them: ids of the policy's, with commas between."""

from __future__ import annotations

import re
from collections.abc import Iterable

from visitapp.language import Message, message

LONGEST_THEMES = 400
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")


def themes_of(text: str) -> list[str]:
    """The themes that a field holds."""
    return text.split(",") if text else []


def themes_text(themes: Iterable[str]) -> str:
    """The field that holds these themes, each once."""
    return ",".join(dict.fromkeys(themes))


def themes_fault(text: str) -> Message | None:
    """Why a text does not hold themes, in a sentence; None when it does. A theme of an older or a
    newer policy is one too."""
    if all(_ID.fullmatch(theme) for theme in themes_of(text)):
        return None
    return message("Give themes by their ids, with commas between, such as medicines,records.")
