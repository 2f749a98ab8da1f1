"""Hand-overs: a setting or a contract goes from one officer to another."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import DERIVED, Base, Json, Synced, choice, free_text, parent, user
from visitapp.rules import access
from visitapp.rules.choices import HandOverState
from visitapp.rules.holders.holding import write_hand_over
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope


class HandOver(Synced, Base):
    """What a team lead decided about who holds a setting or a contract from a day on; `created_by`
    decided it.

    The server carries it out on that day (`sync.server.records.holder_changes`), if
    `from_officer_id` still holds the setting or contract then: of two hand-overs that were decided
    apart, the first at the server stands. `drafts`: the visits in progress there that are in the
    name of `from_officer_id` go along. `planned_visits`: the ids of the planned visits that went
    along. One that is deleted before its day is withdrawn.
    """

    __tablename__ = "hand_over"
    __kind__ = Kind(
        scope=Scope.SETTING | Scope.CONTRACT,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=write_hand_over,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.LEADS,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset(
            {
                *("setting_id", "contract_id", "from_officer_id", "to_officer_id"),
                *("starts_on", "note", "drafts"),
            }
        ),
        lifecycle=None,
    )

    setting_id: Mapped[str | None] = parent("setting.id", same_setting=False)
    contract_id: Mapped[str | None] = parent("contract.id", same_setting=False)
    from_officer_id: Mapped[str | None] = user()
    to_officer_id: Mapped[str] = user()
    starts_on: Mapped[date]
    note: Mapped[str] = free_text(default="")
    drafts: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = choice(
        HandOverState, derived=True, index=True, default=HandOverState.PLANNED
    )
    done_on: Mapped[date | None] = mapped_column(info=DERIVED)
    planned_visits: Mapped[list[Any]] = mapped_column(Json, default=list, info=DERIVED)
