"""A kind of record that only the tests have and that belongs to one person.

Loaded as a plugin (`-p tests.kinds.reminder`), as `tests.kinds.concern` is.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Mapped

from tests.kinds.made_up import join
from visitapp import vocabulary
from visitapp.language import message
from visitapp.records.base import Base, Synced, choice, free_text, user
from visitapp.rules import access
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope
from visitapp.rules.lifecycle import Derivation, Lifecycle, Stale, StepRule, Taken, Values


class ReminderStatus(StrEnum):
    WAITING = "waiting"
    SEEN = "seen"
    DROPPED = "dropped"


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    return {"status": step.after}


REMINDER = Lifecycle(
    states=ReminderStatus,
    starts=frozenset({ReminderStatus.WAITING}),
    rules=(
        StepRule(ReminderStatus.WAITING, ReminderStatus.SEEN, access.WRITERS),
        StepRule(ReminderStatus.SEEN, ReminderStatus.DROPPED, access.WRITERS),
    ),
    derived=Derivation(
        fields=frozenset({"status"}),
        begin=lambda values: {"status": ReminderStatus.WAITING.value},
        apply=_apply,
        sets={},
    ),
    stale=Stale.CONFLICT,
)


class Reminder(Synced, Base):
    """What somebody wants to be told again."""

    __tablename__ = "reminder"
    __kind__ = Kind(
        scope=Scope.PERSON,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset({"user_id"}),
        lifecycle=REMINDER,
    )

    user_id: Mapped[str] = user(own_name=True, index=True)
    title: Mapped[str] = free_text(200)
    detail: Mapped[str | None] = free_text()
    status: Mapped[str] = choice(ReminderStatus, default=ReminderStatus.WAITING)


vocabulary.declare_words(
    Reminder,
    message("reminder"),
    {},
    {
        ReminderStatus: {
            ReminderStatus.WAITING: message("Waiting"),
            ReminderStatus.SEEN: message("Seen"),
            ReminderStatus.DROPPED: message("Dropped"),
        }
    },
)
join(Reminder)
