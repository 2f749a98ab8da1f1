"""What a rating means for new placements."""

from __future__ import annotations

from typing import NamedTuple


class Placements(NamedTuple):
    """`position` is one of three words; `note` says what goes with it, or is empty."""

    position: str
    note: str


NOT_ASSESSED = Placements("Not yet assessed", "")
OPEN = Placements("Open", "")
CONDITIONAL = Placements("Open, with a condition", "check open actions first")
CLOSED = Placements("Closed to new", "exceptions: senior manager")


def placements(rag: str) -> Placements:
    """The placement position of a setting whose quality is rated `rag` (red, amber, green), or
    that has no rating yet (unrated).

    Oxfordshire's traffic light: at Amber placements continue but there is an issue; at Red there
    are none unless a senior manager authorises one after a risk assessment.
    """
    return {"red": CLOSED, "amber": CONDITIONAL, "green": OPEN}.get(rag, NOT_ASSESSED)
