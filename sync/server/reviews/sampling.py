"""The draw of signed-off visits for review. The server alone makes it, in the transaction that
takes the sign-off."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from forms.model import Form
from sync.server.operations.local_changes import SERVER
from sync.server.records.fields import completed
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Row, Workspace
from visitapp.records import (
    ASSESSMENTS,
    Counter,
    OutcomeOverride,
    ReviewDraw,
    ReviewReason,
    Step,
    Visit,
    VisitStatus,
    new_id,
)
from visitapp.records.changes.steps import derived_after, taken
from visitapp.records.codec import moment_to_wire
from visitapp.records.declared import trail_of
from visitapp.records.ids import review_draw_id
from visitapp.rules.policy.model import Policy
from visitapp.rules.ratings import standing
from visitapp.rules.reviews.sampling import SignedOff, place_in_draw, review_reasons
from visitapp.standing.ratings import rating_rows, standing_on
from visitapp.standing.visit_ratings import rated_by
from visitapp.standing.visits import is_visit, stands


class SamplingWork:
    """Collects the visits that a transaction signs off, and draws which are reviewed."""

    def __init__(
        self,
        connection: Connection,
        workspace: Workspace,
        form_of: Callable[[Mapping[str, Any]], Form],
        policy: Policy,
    ) -> None:
        self._connection = connection
        self._workspace = workspace
        self._form_of = form_of
        self._policy = policy
        self._signed: dict[str, Row] = {}
        self._visits_of: Tally[str] = Tally()

    def signed_off(self, visit: Row) -> None:
        """Note a visit that a step signs off."""
        if visit.values["purpose"] not in ASSESSMENTS:
            self._signed[visit.id] = visit

    def draw(self, revisions: Revisions, at: datetime) -> None:
        """Draw the visits that still are signed off. A visit that is not sampled leaves the queue
        by a step of the server's."""
        waiting = [v for v in self._signed.values() if v.values["status"] == VisitStatus.SIGNED_OFF]
        self._signed.clear()
        if not waiting:
            return
        self._workspace.flush()
        self._count_visits(waiting)
        key = self._connection.execute(select(Counter.draw_key)).scalar_one()
        for visit in sorted(waiting, key=lambda visit: visit.values["signed_off_at"]):
            lot = place_in_draw(key, visit.id, self._policy.version)
            reasons = review_reasons(self._seen(visit), self._policy.review, lot)
            self._keep(visit, reasons, revisions, at)
            if not reasons:
                self._close(visit, revisions, at)

    def _count_visits(self, waiting: list[Row]) -> None:
        """How many other visits each officer has signed off."""
        for officer in {visit.values["signed_off_by"] for visit in waiting}:
            # No more than matter are counted: an officer of ten years has many.
            some = (
                select(Visit.id)
                .where(Visit.signed_off_by == officer, stands(Visit), is_visit(Visit))
                .where(Visit.id.not_in([visit.id for visit in waiting]))
                .limit(self._policy.review.first_visits)
                .subquery()
            )
            counted = self._connection.execute(select(func.count()).select_from(some))
            self._visits_of[officer] = counted.scalar_one()

    def _seen(self, visit: Row) -> SignedOff:
        values = {**visit.values, "id": visit.id}
        outcome, officer = values["outcome"], values["signed_off_by"]
        subject = rated_by(values, self._form_of(values))
        rows = rating_rows(self._connection, subject.kind, subject.id) if subject else []
        others = [row for row in rows if row.cause_id != visit.id]
        current, latest = standing_on(others, values["visited_on"]), standing(others)
        before = self._visits_of[officer]
        self._visits_of[officer] += 1
        return SignedOff(
            rag=outcome["overall"],
            provisional=outcome["provisional"],
            current=current.rag if current else None,
            latest=latest.rag if latest else None,
            sets_rating=subject is not None and subject.sets_rating,
            overridden=self._is_overridden(visit),
            returned=self._was_returned(visit.id),
            officers_visits=before,
        )

    def _is_overridden(self, visit: Row) -> bool:
        """Whether its officer asks for another rating than the outcome of this sign-off."""
        found = select(OutcomeOverride.id).where(
            OutcomeOverride.visit_id == visit.id,
            OutcomeOverride.signed_off_at == visit.values["signed_off_at"],
            OutcomeOverride.deleted.is_(False),
        )
        return self._connection.execute(found.limit(1)).first() is not None

    def _was_returned(self, visit_id: str) -> bool:
        found = select(Step.id).where(
            Step.kind == Visit.__tablename__,
            Step.record_id == visit_id,
            Step.after == VisitStatus.RETURNED,
            Step.accepted,
        )
        return self._connection.execute(found.limit(1)).first() is not None

    def _keep(
        self, visit: Row, reasons: tuple[ReviewReason, ...], revisions: Revisions, at: datetime
    ) -> None:
        signed_off_at = visit.values["signed_off_at"]
        id_ = review_draw_id(visit.id, moment_to_wire(signed_off_at))
        if self._workspace.get(ReviewDraw.__tablename__, id_) is not None:
            return
        made = {
            "setting_id": visit.setting_id,
            "visit_id": visit.id,
            "signed_off_at": signed_off_at,
            "reasons": [reason.value for reason in reasons],
            "policy_version": self._policy.version,
            **_made(at),
        }
        stamp = [revisions.take(), SERVER, moment_to_wire(at)]
        self._workspace.add(ReviewDraw, id_, completed(ReviewDraw, made), stamp)

    def _close(self, visit: Row, revisions: Revisions, at: datetime) -> None:
        made = {
            **trail_of(Visit, visit.belongs_to),
            "kind": Visit.__tablename__,
            "record_id": visit.id,
            "before": VisitStatus.SIGNED_OFF.value,
            "after": VisitStatus.NOT_SAMPLED.value,
            "fields": {"policy_version": self._policy.version},
            "was": {"status": VisitStatus.SIGNED_OFF.value},
            **_made(at),
        }
        values = completed(Step, made)
        self._workspace.add(Step, new_id(), values, [revisions.take(), SERVER, moment_to_wire(at)])
        derived = derived_after(Visit, visit.values, taken(Visit, values))
        visit.change(derived, [revisions.take(), SERVER, moment_to_wire(at)])


def _made(at: datetime) -> dict[str, Any]:
    return {"created_by": SERVER, "created_at": at}
