"""The escalation of a setting, what is noted of it, and who must be moved if its provider goes."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Json, Synced, choice, free_text, parent, past_day
from visitapp.records.ids import escalation_id
from visitapp.rules import access
from visitapp.rules.authority.person_code import LONGEST_CODE, person_code_fault
from visitapp.rules.escalation.ladder_life import ESCALATION, LADDER_ROLES, LONGEST_LATEST
from visitapp.rules.escalation.states import EscalationStatus, Funder, LadderNoteKind, Rung
from visitapp.rules.kinds import (
    NO_VIEWERS,
    NONE,
    DerivedId,
    Joint,
    Kind,
    Restore,
    Scope,
)


class Escalation(Synced, Base):
    """Where a setting stands on the ladder. It has one, with an id derived from its own, which each
    escalation takes up again.

    From `status` on, every field is derived from its steps (`rules.escalation.ladder_life`).
    `rungs` has what is known of each step that was taken, or passed over, since it began
    (`since`).
    """

    __tablename__ = "escalation"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=LADDER_ROLES,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.NOTHING,
        late=True,
        restore=Restore.SHARED,
        derived_id=DerivedId(escalation_id, ("setting_id",)),
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id"}),
        lifecycle=ESCALATION,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    status: Mapped[str] = choice(
        EscalationStatus, default=EscalationStatus.NOT_ESCALATED, index=True
    )
    rungs: Mapped[dict[str, Any] | None] = mapped_column(Json)
    decisions: Mapped[int] = mapped_column(default=0)
    latest: Mapped[str] = free_text(LONGEST_LATEST, default="")
    since: Mapped[date | None]
    next_on: Mapped[date | None]


class EscalationNote(Synced, Base):
    """What happened under a step of the ladder: a meeting, a letter that was served, progress, or
    the log of a loss of provider. Append-only."""

    __tablename__ = "escalation_note"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=LADDER_ROLES,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.NOTHING,
        late=True,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=frozenset({"setting_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    rung: Mapped[str] = choice(Rung)
    kind: Mapped[str] = choice(LadderNoteKind)
    held_on: Mapped[date] = past_day()
    with_whom: Mapped[str] = free_text(400, default="")
    text: Mapped[str] = free_text()


class AffectedPerson(Synced, Base):
    """Somebody who lives in a setting, or is cared for by it, and must be moved when its provider
    goes: by a code, never by name. It is personal data all the same, so only those who move people
    have it: no administrator and no viewer.

    `critical`: tasks that cannot wait, such as insulin at eight. `off_list`: why somebody is no
    longer to be moved.
    """

    __tablename__ = "affected_person"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=LADDER_ROLES,
        writers=LADDER_ROLES,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.NOTHING,
        late=True,
        restore=Restore.SHARED,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    person: Mapped[str] = free_text(LONGEST_CODE, fault=person_code_fault)
    needs: Mapped[str] = free_text()
    critical: Mapped[str] = free_text(default="")
    funder: Mapped[str] = choice(Funder)
    alternatives: Mapped[str] = free_text(default="")
    moved_on: Mapped[date | None] = past_day()
    moved_to: Mapped[str] = free_text(200, default="")
    off_list: Mapped[str] = free_text(400, default="")
