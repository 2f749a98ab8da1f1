"""What was said about an action and done with it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Action, ActionStatus, ActionUpdate, OwnerSide, Step, UpdateKind
from visitapp.records.changes.steps import taken
from visitapp.records.codec import columns
from visitapp.services.lookup import titles
from visitapp.services.plans.views import ActionEvent
from visitapp.vocabulary import choice_word


def action_history(session: Session, action: Action) -> list[ActionEvent]:
    """Updates and steps of an action, the newest first."""
    updates = session.scalars(
        select(ActionUpdate).where(
            ActionUpdate.action_id == action.id, ActionUpdate.deleted.is_(False)
        )
    ).all()
    steps = session.scalars(
        select(Step).where(
            Step.kind == Action.__tablename__,
            Step.record_id == action.id,
            Step.accepted.is_(True),
            Step.deleted.is_(False),
        )
    ).all()
    makers = [*(row.created_by for row in updates), *(row.created_by for row in steps)]
    names = titles(session, makers)
    found = [(row.created_at, row.id, _told(row, names)) for row in updates]
    found += [(row.created_at, row.id, _taken(row, names)) for row in steps]
    return [event for _, _, event in sorted(found, key=lambda one: one[:2], reverse=True)]


def _told(update: ActionUpdate, names: dict[str, str]) -> ActionEvent:
    who = (
        names.get(update.created_by, "")
        if update.side == OwnerSide.COUNCIL
        else choice_word(OwnerSide, update.side)
    )
    parts = []
    if update.kind == UpdateKind.RAISED_AGAIN:
        parts.append(translate("The finding was raised again."))
    if update.progress is not None:
        parts.append(translate("{n} done so far.", n=update.progress))
    return ActionEvent(
        id=update.id,
        on=update.said_on,
        who=who,
        what=" ".join(parts),
        text=update.text,
        file=bool(update.file),
    )


def _taken(step: Step, names: dict[str, str]) -> ActionEvent:
    return ActionEvent(
        id=step.id,
        on=step.day or step.created_at.astimezone().date(),
        who=names.get(step.created_by, ""),
        what=" ".join(_said(step)),
        text="\n".join(filter(None, [step.reason, step.fields.get("note", "")])),
    )


def _said(step: Step) -> Iterator[str]:
    """What a step did, in sentences."""
    what = taken(Action, {name: getattr(step, name) for name in columns(Step)})
    if what.before != what.after:
        yield translate("{state}.", state=choice_word(ActionStatus, what.after))
    if "due_on" in what.fields:
        yield translate(
            "Date moved from {before} to {after}.",
            before=short_day(what.was["due_on"]) if what.was.get("due_on") else "",
            after=short_day(what.fields["due_on"]),
        )
