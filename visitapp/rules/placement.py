"""What a rating means for new placements."""

from __future__ import annotations

from typing import NamedTuple

from visitapp.language import Message, message


class Placements(NamedTuple):
    """`position` is one of three words; `note` says what goes with it, or is empty."""

    position: Message
    note: Message


_NOTHING = Message("")
NOT_ASSESSED = Placements(message("Not yet assessed"), _NOTHING)
OPEN = Placements(message("Open"), _NOTHING)
CONDITIONAL = Placements(message("Open, with a condition"), message("check open actions first"))
CLOSED = Placements(message("Closed to new"), message("exceptions: senior manager"))


def placements(rag: str) -> Placements:
    """The placement position of a setting whose quality is rated `rag` (red, amber, green), or
    that has no rating yet (unrated).

    Oxfordshire's traffic light: at Amber placements continue but there is an issue; at Red there
    are none unless a senior manager authorises one after a risk assessment.
    """
    return {"red": CLOSED, "amber": CONDITIONAL, "green": OPEN}.get(rag, NOT_ASSESSED)
