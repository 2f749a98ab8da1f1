"""Work that comes late: recorded for a setting after its hand-over, or after the end of a cover.

An officer who was offline when a portfolio changed has typed things that must not be lost. The
server still takes them for a while, but gives nothing of the setting back.

Who held a setting, and until when, comes from the audit log: the server writes an entry with its
own clock for every hand-over and every end of a cover (`records.holding`). Nothing that a device
says of the past counts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, bindparam, or_, select

from sync.server.audit.log import AuditEvent
from sync.server.records.holding import HoldingLeft
from sync.server.records.workspace import Row
from visitapp.errors import Code, NotAllowed
from visitapp.language import message
from visitapp.records import AuditEntry, ContractSetting
from visitapp.records.codec import moment_to_wire
from visitapp.rules.access import LEAD, Actor

TAKEN_FOR = timedelta(days=60)
"""How long after the server took a hand-over the former holder's work is still taken."""

_CONTRACTS = select(ContractSetting.contract_id).where(
    ContractSetting.setting_id == bindparam("setting")
)
_HAND_OVER = msgspec.json.Decoder(HoldingLeft)


class LateWork:
    """Who held which setting until lately, for one actor in one transaction."""

    def __init__(self, connection: Connection, actor: Actor, clock: Callable[[], datetime]) -> None:
        self._connection = connection
        self._actor = actor
        self._clock = clock
        self._known: dict[str, bool] = {}

    def is_taken(self, setting_id: str) -> bool:
        """Whether the actor held the setting until lately, so that kinds declared `late` are still
        taken: what a person records on a visit, no decisions about the setting."""
        if setting_id not in self._known:
            contracts = self._connection.execute(_CONTRACTS, {"setting": setting_id}).scalars()
            hand_overs = self._hand_overs([setting_id, *contracts])
            self._known[setting_id] = any(map(self._was_mine, hand_overs))
        return self._known[setting_id]

    def require_creation(self, visit: Row | None) -> None:
        """Raise NotAllowed for a new record on a visit that is neither the actor's nor in their
        name. `visit`: the one it belongs to, where there is one."""
        if visit is None:
            return
        if self._actor.id not in (visit.values["created_by"], visit.values["officer_id"]):
            raise _anothers()

    def is_own(self, row: Row) -> bool:
        """Whether the actor made the record and nobody else changed it. A visit that was only given
        to another officer is as its maker left it."""
        changed = (stamp for name, stamp in row.stamps.items() if name != "officer_id")
        others = {stamp[1] for stamp in changed} - {"", self._actor.id}
        return row.values["created_by"] == self._actor.id and not others

    def require_own(self, row: Row) -> None:
        """Raise NotAllowed unless the actor made the record and nobody else changed it."""
        if not self.is_own(row):
            raise _anothers()

    def _was_mine(self, one: HoldingLeft) -> bool:
        by_team = self._actor.role == LEAD and one.team == self._actor.team
        return by_team or self._actor.id in one.officers

    def _hand_overs(self, records: list[str]) -> list[HoldingLeft]:
        """The hand-overs of these settings and contracts that the server took within the time."""
        entries = self._connection.execute(
            select(AuditEntry.detail).where(
                AuditEntry.what == AuditEvent.HANDED_OVER,
                AuditEntry.at > moment_to_wire(self._clock() - TAKEN_FOR),
                or_(*(AuditEntry.detail.contains(id_, autoescape=True) for id_ in records)),
            )
        ).scalars()
        found = map(_HAND_OVER.decode, entries)
        return [one for one in found if one.record_id in records]


def _anothers() -> NotAllowed:
    return NotAllowed(
        message("This setting was handed over, and somebody else made or changed this record."),
        message("It is safe on this computer. Ask your team lead who holds the setting now."),
        code=Code.OUT_OF_SCOPE,
    )
