"""What is said about an action."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Action, ActionUpdate, OwnerSide, UpdateKind
from visitapp.rules.plans.counted import progress_fault
from visitapp.services.lookup import check_texts


def add_update(
    session: Session,
    action: Action,
    text: str,
    *,
    side: str,
    said_on: date,
    progress: int | None = None,
    file: str = "",
) -> None:
    """Write an update of an action. Raises Refused BAD_VALUE."""
    if side not in set(OwnerSide):
        raise Refused(Code.BAD_VALUE, message("“{side}” is not a side.", side=side), field="side")
    if not text.strip() and progress is None:
        raise Refused(Code.BAD_VALUE, message("Say what was said or done."), field="text")
    fault = None if progress is None else progress_fault(progress, action.target)
    if fault:
        raise Refused(Code.BAD_VALUE, fault, field="progress")
    check_texts(ActionUpdate, {"text": text})
    session.add(
        ActionUpdate(
            setting_id=action.setting_id,
            action_id=action.id,
            kind=UpdateKind.SAID,
            side=side,
            said_on=said_on,
            text=text.strip(),
            progress=progress,
            file=file,
        )
    )
    session.flush()
