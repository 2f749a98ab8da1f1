"""A kind of record that only the tests have, as casework will bring them: one class.

Loaded as a plugin (`-p tests.kinds.enquiry`) it joins the kinds of the program before anything
else looks at them. `test_made_up_kind.py` runs the whole suite on it that way.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Mapped

from tests.kinds.made_up import join
from visitapp import vocabulary
from visitapp.language import message
from visitapp.records.base import Base, Synced, choice, free_text, parent, user
from visitapp.rules import access
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope
from visitapp.rules.lifecycle import Derivation, Lifecycle, Need, Stale, StepRule, Taken, Values


class Severity(StrEnum):
    LOW = "low"
    HIGH = "high"


class EnquiryStatus(StrEnum):
    RECEIVED = "received"
    LOOKED_INTO = "looked_into"
    CLOSED = "closed"


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    return {"status": step.after}


ENQUIRY = Lifecycle(
    states=EnquiryStatus,
    starts=frozenset({EnquiryStatus.RECEIVED}),
    rules=(
        StepRule(EnquiryStatus.RECEIVED, EnquiryStatus.LOOKED_INTO, access.WRITERS),
        StepRule(
            EnquiryStatus.LOOKED_INTO,
            EnquiryStatus.CLOSED,
            access.REVIEWERS | {access.OFFICER},
            frozenset({Need.REASON, Need.DAY}),
        ),
    ),
    derived=Derivation(
        fields=frozenset({"status"}),
        begin=lambda values: {"status": EnquiryStatus.RECEIVED.value},
        apply=_apply,
        sets={},
    ),
    stale=Stale.CONFLICT,
)


class Enquiry(Synced, Base):
    """An enquiry about a setting."""

    __tablename__ = "enquiry"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.ON_THE_VISIT,
        late=True,
        restore=Restore.SHARED,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id", "visit_id"}),
        lifecycle=ENQUIRY,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    visit_id: Mapped[str | None] = parent("visit.id", same_setting=True)
    title: Mapped[str] = free_text(200)
    detail: Mapped[str | None] = free_text()
    severity: Mapped[str] = choice(Severity)
    decided_by: Mapped[str | None] = user(own_name=True)
    status: Mapped[str] = choice(EnquiryStatus, default=EnquiryStatus.RECEIVED)


vocabulary.declare_words(
    Enquiry,
    message("enquiry"),
    {"severity": message("severity"), "decided_by": message("decided by")},
    {
        Severity: {Severity.LOW: message("Low"), Severity.HIGH: message("High")},
        EnquiryStatus: {
            EnquiryStatus.RECEIVED: message("Received"),
            EnquiryStatus.LOOKED_INTO: message("Looked into"),
            EnquiryStatus.CLOSED: message("Closed"),
        },
    },
)

join(Enquiry)
