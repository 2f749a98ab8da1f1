"""Comments on visits, as a device's user writes them."""

from __future__ import annotations

from collections.abc import Set

from tests.support.sync.council import Council, Device
from visitapp.records import ReviewComment, Role, Visit, VisitStatus, new_id


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


def comment_if_may(device: Device, visit_id: str) -> list[str]:
    """Comment on a visit, where the device's user may; the comment's id."""
    visit = device.get(Visit, visit_id)
    if visit is None or device.user is None or visit.status == VisitStatus.DRAFT:
        return []
    may = device.user.role == Role.LEAD or visit.officer_id == device.user_id
    return [comment(device, visit_id, "Why?")] if may else []


def require_comments(council: Council, ids: Set[str]) -> None:
    """Fail unless all these comments are at the server."""
    assert {one.id for one in council.all(ReviewComment)} >= ids
