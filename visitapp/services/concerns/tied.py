"""Reading what a concern is tied to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import Action, Concern, ConcernUpdate, Evidence
from visitapp.services.concerns.views import AnsweringAction
from visitapp.services.evidence.states import evidence_views


def links_of(session: Session, concern: Concern) -> dict[str, Any]:
    """The parts of a concern's view that other records fill."""
    earlier = session.get(Concern, concern.repeat_of_id) if concern.repeat_of_id else None
    repeats = (Concern.repeat_of_id == concern.id, Concern.deleted.is_(False))
    later = session.scalars(
        select(Concern.title)
        .where(Concern.setting_id == concern.setting_id, *repeats)
        .order_by(Concern.received_at)
    )
    actions = session.scalars(
        select(Action)
        .where(
            Action.deleted.is_(False),
            Action.id.in_(
                select(ConcernUpdate.action_id).where(ConcernUpdate.concern_id == concern.id)
            ),
        )
        .order_by(Action.due_on, Action.id)
    )
    pieces = session.scalars(
        select(Evidence)
        .where(Evidence.concern_id == concern.id, Evidence.deleted.is_(False))
        .order_by(Evidence.created_at, Evidence.id)
    ).all()
    return {
        "repeat_of_id": earlier.id if earlier else "",
        "repeat_of": earlier.title if earlier else "",
        "repeated_by": list(later),
        "actions": [
            AnsweringAction(id=one.id, title=one.title, status=one.status, due_on=one.due_on)
            for one in actions
        ],
        "evidence": evidence_views(session, pieces),
    }
