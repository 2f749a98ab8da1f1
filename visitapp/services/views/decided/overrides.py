"""What services hand out about overrides of outcomes: plain values, detached from the database."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from visitapp.rules.authority.override_life import is_worse
from visitapp.rules.authority.states import OverrideStatus


class OverrideView(Struct, frozen=True, kw_only=True):
    """An override of the outcome of a visit. `decision`: the reason of a team lead's decision."""

    id: str
    visit_id: str
    setting_id: str
    setting: str
    visited_on: date
    outcome_rag: str
    rag: str
    reason: str
    asked_by: str
    asked_at: datetime
    status: str
    decided_by: str
    decided_on: date | None
    decision: str

    @property
    def agreed(self) -> bool:
        """Whether a team lead agreed to it."""
        return self.status == OverrideStatus.AGREED

    @property
    def counts(self) -> bool:
        """Whether it decides the rating of the visit, and not the outcome."""
        asked = self.status == OverrideStatus.ASKED
        return self.agreed or (asked and is_worse(self.rag, self.outcome_rag))
