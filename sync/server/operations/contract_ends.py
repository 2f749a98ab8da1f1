"""Settings leave a contract after their last day under it, as a change that devices are given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec
from sqlalchemy import select

from sync.server.audit.log import Audit, AuditEvent, at_server
from sync.server.operations.local_changes import SERVER
from sync.server.records.history import write_history
from sync.server.records.holding import HoldingLeft, hand_overs
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Workspace
from visitapp.records import ContractSetting
from visitapp.records.codec import moment_to_wire
from visitapp.storage.database import Database


def end_past_links(database: Database, clock: Callable[[], datetime]) -> int:
    """End what is past its last day; how many settings left a contract."""
    now = clock()
    past = select(ContractSetting.id).where(
        ContractSetting.deleted.is_(False),
        ContractSetting.ended.is_(False),
        ContractSetting.ends_on < now.date(),
    )
    with database.storing() as connection:
        found = list(connection.execute(past.order_by(ContractSetting.id)).scalars())
        if not found:
            return 0
        revisions, workspace = Revisions(connection, len(found)), Workspace(connection)
        left: list[HoldingLeft] = []
        for row in workspace.load(ContractSetting.__tablename__, found):
            ended = {"ended": True}
            left += hand_overs(workspace, row, ended)
            row.change(ended, [revisions.take(), SERVER, moment_to_wire(now)])
        write_history(workspace, revisions)
        workspace.flush()
        for hand_over in left:
            detail = msgspec.to_builtins(hand_over)
            Audit(clock).record(connection, AuditEvent.HANDED_OVER, at_server("nightly"), detail)
    return len(found)
