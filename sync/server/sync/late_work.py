"""Work that comes late: recorded for a setting that has been handed to someone else since.

An officer who was offline when a portfolio changed has typed things that must not be lost. The
server still takes them for a while, but gives nothing of the setting back.

The while is counted by the server's clock: from the audit entry of the batch that brought the
hand-over, not from the moment that the lead's device wrote into the history. Where no entry names
the hand-over, the work is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from sync.server.audit.log import Deed
from sync.server.operations.local_changes import SERVER
from visitapp.records import AuditEntry, History
from visitapp.records.codec import moment_to_wire
from visitapp.rules.access import LEAD, Actor

TAKEN_FOR = timedelta(days=60)
"""How long after the server took a hand-over the former holder's work is still taken."""


class LateWork:
    """Who held which setting, as its history says, for one actor in one transaction."""

    def __init__(self, connection: Connection, actor: Actor, clock: Callable[[], datetime]) -> None:
        self._connection = connection
        self._actor = actor
        self._clock = clock
        self._known: dict[str, bool] = {}

    def is_taken(self, setting: Mapping[str, Any], setting_id: str) -> bool:
        """Whether the actor held the setting until lately, so that kinds declared `late` are still
        taken: what a person records on a visit, no decisions about the setting."""
        if setting_id not in self._known:
            self._known[setting_id] = self._held(setting_id, setting.get("contract_id"))
        return self._known[setting_id]

    def _held(self, setting_id: str, contract_id: str | None) -> bool:
        """Whether a hand-over names the actor, or for a lead their team, as the one before."""
        field, mine = ("team", self._actor.team) if self._actor.role == LEAD else (
            "officer_id",
            self._actor.id,
        )  # fmt: skip
        of_setting = and_(History.kind == "setting", History.record_id == setting_id)
        of_contract = and_(History.kind == "contract", History.record_id == contract_id)
        found = self._connection.execute(
            select(History.id, History.old, History.created_by, History.created_at).where(
                or_(of_setting, of_contract), History.field == field
            )
        ).all()
        return any(
            row.old == mine and self._is_anothers(row.created_by) and self._was_lately(row)
            for row in found
        )

    def _is_anothers(self, user_id: str) -> bool:
        """Officers hand nothing over, so what they say of that themselves does not count."""
        return self._actor.role == LEAD or user_id != self._actor.id

    def _was_lately(self, entry: Row[Any]) -> bool:
        """Whether the server took this entry of the history within the time."""
        since = self._clock() - TAKEN_FOR
        if entry.created_by == SERVER:
            return bool(entry.created_at > since)
        taken_at = self._connection.execute(
            select(func.max(AuditEntry.at)).where(
                AuditEntry.user_id == entry.created_by,
                AuditEntry.what == Deed.PUSHED,
                AuditEntry.detail.contains(entry.id, autoescape=True),
            )
        ).scalar()
        return taken_at is None or taken_at > moment_to_wire(since)
