"""Comments on visits, as a device's user writes them."""

from __future__ import annotations

from tests.support.sync.council import Device
from visitapp.records import ReviewComment, Visit, new_id


def comment(device: Device, visit_id: str, text: str, reply_to: str | None = None) -> str:
    """Comment on the calls of a visit; the comment's id."""
    made = ReviewComment(
        id=new_id(),
        setting_id=device.get(Visit, visit_id).setting_id,
        visit_id=visit_id,
        reply_to_id=reply_to,
        question="calls",
        text=text,
    )
    device.add(made)
    return made.id
