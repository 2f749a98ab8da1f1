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
from visitapp.language import Message, message
from visitapp.records import ASSESSMENTS, FROZEN, OutcomeOverride, OverrideStatus, Rag
from visitapp.rules.authority.override_life import LIVE_OVERRIDES, is_worse


def require_overridable(visit: Row | None, values: Mapping[str, Any]) -> None:
    """Whether a visit may have an override with these values. Raises Refused."""
    if visit is not None and visit.values["purpose"] in ASSESSMENTS:
        raise Refused(Code.BAD_VALUE, message("The outcome of a risk model is not overridden."))
    if values["rag"] in (values["outcome_rag"], Rag.UNRATED):
        raise Refused(
            Code.BAD_VALUE, message("An override names the visit's outcome and another rating.")
        )


class OverrideWork:
    """The overrides that a transaction asks for, and those of the visits that it moves.

    One may arrive before the sign-off that it is about, because records go before steps: it waits
    for that, without effect.
    """

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
            self._withdraw(row, message("The visit was returned."))
            if agreed and not is_worse(row.values["rag"], row.values["outcome_rag"]):
                yield row

    def settle(self) -> Iterator[Row]:
        """Look at the overrides that are asked, of this transaction or of a visit that it changed.
        Those that now are of the sign-off that stands; others that came too late are withdrawn."""
        first = self._revisions.first
        changed = [row.id for row in self._workspace.rows("visit") if row.revision >= first]
        asked = [row for row in self._workspace.rows("outcome_override") if row.revision >= first]
        if not (changed or asked):
            return
        self._workspace.flush()
        table = table_of(OutcomeOverride)
        open_ = (table.c.status == OverrideStatus.ASKED, table.c.deleted == false())
        of_visits = select(table.c.id).where(table.c.visit_id.in_(changed), *open_)
        ids = {*self._connection.execute(of_visits).scalars(), *(row.id for row in asked)}
        for id_ in sorted(ids):
            row = self._workspace.get("outcome_override", id_)
            if row is None or row.values["status"] != OverrideStatus.ASKED:
                continue
            visit = self._workspace.get("visit", row.values["visit_id"])
            if visit is not None and self._holds(row, visit):
                yield row

    def _holds(self, row: Row, visit: Row) -> bool:
        about, stands = row.values["signed_off_at"], visit.values["signed_off_at"]
        if stands is None or stands < about:
            return False
        outcome = (visit.values["outcome"] or {}).get("overall")
        same = stands == about and visit.values["status"] in FROZEN
        if same and outcome == row.values["outcome_rag"]:
            return True
        self._withdraw(row, message("The visit is not signed off any more as it was overridden."))
        return False

    def _withdraw(self, row: Row, why: Message) -> None:
        take_own_step(
            self._workspace,
            self._revisions,
            row,
            OverrideStatus.WITHDRAWN,
            at=self._clock(),
            reason=str(why),
        )
