"""Overrides of outcomes at the server: which may be asked for, and when one is withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, false, select

from sync.server.authority.own_steps import take_own_step
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Row, Workspace
from sync.tables import table_of
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import ASSESSMENTS, FROZEN, OutcomeOverride, OverrideStatus, Rag
from visitapp.rules.authority.override_life import LIVE_OVERRIDES, is_worse


def require_overridable(visit: Row | None, values: Mapping[str, Any]) -> None:
    """Whether an override (its values) is of the outcome that its visit is signed off with. Raises
    Refused."""
    if visit is None:
        return  # refused as a missing parent
    same = visit.values["status"] in FROZEN and (
        visit.values["signed_off_at"] == values["signed_off_at"]
    )
    if not same or visit.values["purpose"] in ASSESSMENTS:
        raise Refused(
            Code.NOT_SIGNED_OFF,
            message("This visit is not signed off any more as it was when you overrode it."),
            message("Look at its outcome again."),
        )
    outcome = visit.values["outcome"] or {}
    if values["outcome_rag"] != outcome.get("overall") or values["rag"] in (
        values["outcome_rag"],
        Rag.UNRATED,
    ):
        raise Refused(
            Code.BAD_VALUE,
            message("An override names the visit's outcome and another rating."),
        )


class OverrideWork:
    """Withdraws the overrides of visits that a transaction returns."""

    def __init__(
        self,
        connection: Connection,
        workspace: Workspace,
        revisions: Revisions,
        clock: Callable[[], datetime],
    ) -> None:
        self._connection, self._workspace = connection, workspace
        self._revisions, self._clock = revisions, clock

    def withdraw(self, visit_id: str) -> Iterator[Row]:
        """Withdraw what is asked or agreed for a visit; those that had made its rating better."""
        self._workspace.flush()
        table = table_of(OutcomeOverride)
        live = (table.c.status.in_(LIVE_OVERRIDES), table.c.deleted == false())
        wanted = select(table.c.id).where(table.c.visit_id == visit_id, *live).order_by(table.c.id)
        for id_ in self._connection.execute(wanted).scalars().all():
            row = self._workspace.get("outcome_override", id_)
            if row is None:
                continue
            agreed = row.values["status"] == OverrideStatus.AGREED
            take_own_step(
                self._workspace,
                self._revisions,
                row,
                OverrideStatus.WITHDRAWN,
                at=self._clock(),
                reason=str(message("The visit was returned.")),
            )
            if agreed and not is_worse(row.values["rag"], row.values["outcome_rag"]):
                yield row
