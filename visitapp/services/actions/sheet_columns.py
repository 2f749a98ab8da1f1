"""The columns of a list of actions in a file that is read back: the same words write and read."""

from __future__ import annotations

from visitapp.language import message

DUE = message("Due")
OWNER = message("Owner")
REASON = message("Reason for a later due date")
ACTION_ID = message("Action id")
DUE_THEN = message("Due when exported")
OWNER_THEN = message("Owner when exported")
"""What a cell held when it was written tells whether somebody changed it in the file."""

COLUMNS = {
    "id": ACTION_ID,
    "due": DUE,
    "owner": OWNER,
    "reason": REASON,
    "due_then": DUE_THEN,
    "owner_then": OWNER_THEN,
}
