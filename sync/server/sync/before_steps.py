"""What the server checks of a step beside who may take it, and what it notes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from sync.server.records.workspace import Row
from sync.server.sync.exceptions import before_exception_step
from sync.server.sync.overrides import OverrideWork
from sync.server.sync.ratings import RatingWork
from sync.server.sync.rerate import SignOffCheck
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import OutcomeOverride, PlacementException, Visit, VisitStatus
from visitapp.rules.lifecycle import Taken
from visitapp.rules.policy.model import Policy


class BeforeSteps:
    """The checks of one batch, before a record moves."""

    def __init__(
        self,
        connection: Connection,
        sign_offs: SignOffCheck,
        ratings: RatingWork,
        overrides: OverrideWork,
        policy: Policy,
        clock: Callable[[], datetime],
    ) -> None:
        self._connection, self._sign_offs = connection, sign_offs
        self._ratings, self._overrides = ratings, overrides
        self._policy, self._clock = policy, clock

    def __call__(self, target: Row, step: Taken, derived: dict[str, Any]) -> None:
        """Check a step of a record, and the values that it leads to. Raises Refused."""
        if target.kind is PlacementException:
            today = self._clock().date()
            before_exception_step(self._connection, target, step, derived, self._policy, today)
        if target.kind is OutcomeOverride:
            self._ratings.override_changed({**target.values, **derived, "id": target.id})
        if target.kind is Visit:
            self._visit(target, derived)

    def _visit(self, target: Row, derived: Mapping[str, Any]) -> None:
        """Check a sign-off, and note that the visit is to be rated. Raises Refused, also for a
        visit that was discarded: it would be signed off where nobody sees it."""
        if target.values["deleted"]:
            raise Refused(
                Code.STEP_REFUSED,
                message("This visit was discarded in the meantime."),
                message("Bring it back, then send this again."),
            )
        visit = {**target.values, **derived, "id": target.id}
        if visit["status"] == VisitStatus.SIGNED_OFF:
            self._check_sign_off(visit)
        if visit["status"] == VisitStatus.RETURNED:
            for ended in self._overrides.withdraw(target.id):
                self._ratings.override_changed({**ended.values, "id": ended.id})
        self._ratings.status_changed(visit)

    def _check_sign_off(self, visit: Mapping[str, Any]) -> None:
        """Raise Refused unless the server rates the visit as the device did, and may take it."""
        self._sign_offs.check(visit["id"], visit)
        latest = self._clock().date() + timedelta(days=self._policy.ratings.days_ahead)
        if visit["visited_on"] > latest:
            raise Refused(
                Code.BAD_VALUE,
                message("A visit cannot be signed off before its date."),
                message("Correct the date of the visit, or check the clock of this computer."),
            )
