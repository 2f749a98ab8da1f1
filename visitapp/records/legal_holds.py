"""Legal holds: what no retention period ends."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Synced, choice, free_text, identifier
from visitapp.rules.authority.person_code import LONGEST_CODE
from visitapp.rules.kinds import NONE, Joint, Kind, Restore, Scope
from visitapp.rules.retention.holds import HOLDERS, SEES_HOLDS, HoldSubject, write_hold


class LegalHold(Synced, Base):
    """That the records of a setting, a provider, a contract or a person are kept whatever the
    policy says, because a claim, an inquiry or a request may need them.

    Written once: a later row with the same `hold_id` that is not `active` lifts the hold, with a
    reason of its own. `subject_id` names what is held; of a person, `person` has the code.
    """

    __tablename__ = "legal_hold"
    __kind__ = Kind(
        scope=Scope.COUNCIL,
        readers=SEES_HOLDS,
        writers=HOLDERS,
        write=write_hold,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=NONE,
        lifecycle=None,
    )

    hold_id: Mapped[str] = identifier(index=True)
    active: Mapped[bool] = mapped_column(default=True)
    subject: Mapped[str] = choice(HoldSubject)
    subject_id: Mapped[str] = identifier(default="")
    person: Mapped[str] = free_text(LONGEST_CODE, default="")
    reason: Mapped[str] = free_text()
