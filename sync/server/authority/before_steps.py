"""What the server checks of a step beside who may take it, and what it notes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from sync.server.authority.concerns import ConcernWork
from sync.server.authority.exceptions import before_exception_step
from sync.server.authority.interventions import InterventionChecks
from sync.server.authority.ladder import require_ladder_step
from sync.server.authority.overrides import OverrideWork
from sync.server.authority.plans import PlanChecks
from sync.server.authority.support import require_support_step
from sync.server.records.register_checks import require_contract_step
from sync.server.records.workspace import Row, Workspace
from sync.server.reviews.sampling import SamplingWork
from sync.server.sync.ratings import RatingWork
from sync.server.sync.rerate import SignOffCheck, require_day
from visitapp.records import (
    Concern,
    Contract,
    Escalation,
    ImprovementPlan,
    Intervention,
    OutcomeOverride,
    PlacementException,
    SupportReferral,
    Visit,
    VisitStatus,
)
from visitapp.rules.lifecycle import Taken
from visitapp.rules.policy.model import Policy


class BeforeSteps:
    """The checks of one batch, before a record moves."""

    def __init__(
        self,
        connection: Connection,
        workspace: Workspace,
        role: str,
        sign_offs: SignOffCheck,
        ratings: RatingWork,
        overrides: OverrideWork,
        sampling: SamplingWork,
        plans: PlanChecks,
        interventions: InterventionChecks,
        concerns: ConcernWork,
        policy: Policy,
        clock: Callable[[], datetime],
    ) -> None:
        self._connection, self._sign_offs = connection, sign_offs
        self._workspace, self._role = workspace, role
        self._ratings, self._overrides, self._sampling = ratings, overrides, sampling
        self._plans, self._concerns = plans, concerns
        self._interventions = interventions
        self._policy, self._clock = policy, clock

    def __call__(self, target: Row, step: Taken, derived: dict[str, Any]) -> dict[str, Any]:
        """Check a step of a record, and the values that it leads to; those values with what the
        server worked out itself. Raises Refused."""
        if target.kind is PlacementException:
            today = self._clock().date()
            decided = before_exception_step(self._connection, target, step, self._policy, today)
            return {**derived, **decided}
        if target.kind is ImprovementPlan:
            self._plans.require(target, step)
        if target.kind is Intervention:
            self._interventions.step(target, step, self._clock().date())
        if target.kind is Concern:
            return self._concerns.before_step(target, step, derived)
        if target.kind is Contract:
            require_contract_step(target, step)
        if target.kind is SupportReferral:
            require_support_step(target, step, self._policy)
        if target.kind is Escalation:
            latest = self._latest_day()
            rules = self._policy.escalation
            require_ladder_step(self._workspace, target, step, self._role, rules, latest)
        if target.kind is OutcomeOverride:
            self._ratings.override_changed({**target.values, **derived, "id": target.id})
        if target.kind is Visit:
            return self._visit(target, derived)
        return derived

    def _visit(self, target: Row, derived: dict[str, Any]) -> dict[str, Any]:
        """Check a sign-off, and note that the visit is to be rated; the values with our own
        outcome. Raises Refused."""
        visit = {**target.values, **derived, "id": target.id}
        if visit["status"] == VisitStatus.SIGNED_OFF:
            derived = {**derived, "outcome": self._own_outcome(visit)}
            self._sampling.signed_off(target)
        if visit["status"] == VisitStatus.RETURNED:
            for ended in self._overrides.withdraw(target.id):
                self._ratings.override_changed({**ended.values, "id": ended.id})
        self._ratings.status_changed({**visit, **derived})
        return derived

    def _own_outcome(self, visit: Mapping[str, Any]) -> dict[str, Any]:
        """The server's outcome of a visit that is signed off. Raises Refused unless the device
        rated it alike, and its day has come."""
        outcome = self._sign_offs.check(visit["id"], visit)
        require_day(visit, self._latest_day())
        return outcome

    def _latest_day(self) -> date:
        return self._policy.ratings.latest_day(self._clock().date())
