"""What a device does when its server was put back from a copy older than what the device has seen.

Nothing on the device is given up. Everything above the last revision that both have in common is
queued again: what this user made as a record made again, what they may change of other people's as
edits, both on top of that common revision. The server merges them like any other change, so two
devices that bring back the same thing agree, and two that bring back different things conflict.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, literal, null, select, update

from sync.client.evidence.ledger import offer_all_again
from sync.client.round.emptying import is_emptied
from sync.client.round.position import Position
from sync.client.round.rows import among, listed
from sync.client.round.states import read_states
from sync.tables import table_of
from visitapp.records import KINDS, Outbox, SentBatch, Synced, User
from visitapp.records.declared import fields_with, is_trail, scope_fields, sent_fields
from visitapp.rules.access import REVIEWERS
from visitapp.rules.kinds import Restore
from visitapp.storage.outbox import AGAIN

_FIXED = frozenset({"created_at", "created_by"})
_OF_THE_SERVER = sorted(k for k, of in KINDS.items() if of.__kind__.restore is Restore.SERVER)
"""Kinds whose records nobody brings back, nor the steps and history of them."""


def send_again(connection: Connection, position: Position, after: int, now: datetime) -> None:
    """Queue what the server may have lost above revision `after`, and go back to there."""
    connection.execute(delete(SentBatch))
    connection.execute(update(Outbox).values(batch=None))
    user = _user(connection)
    for name, kind in KINDS.items():
        if kind.__kind__.restore is Restore.SERVER:
            continue
        table = table_of(kind)
        scopes = [table.c[field] for field in scope_fields(kind).values()]
        lost = table.c.revision > after
        lost &= ~is_emptied(kind)
        if is_trail(kind):
            lost &= table.c.kind.not_in(_OF_THE_SERVER)
        found = connection.execute(
            select(
                table.c.id,
                table.c.created_by,
                func.coalesce(null(), null(), *scopes).label("setting_id"),
                literal(name).label("kind"),
            )
            .where(lost)
            .order_by(table.c.revision)
        ).all()
        mine = [row for row in found if row.created_by == user.id]
        others = [row for row in found if row.created_by != user.id]
        _queue(connection, mine, True, {AGAIN: {"old": None, "base": after}}, now)
        edits = {field: {"old": None, "base": after} for field in _brought_back(kind, user.role)}
        if edits:
            _queue(connection, others, False, edits, now)
    offer_all_again(connection, user.id)
    position.cursor = after
    whole = position.catch_up if position.catch_up and position.catch_up.whole else None
    position.catch_up = msgspec.structs.replace(whole, after=0) if whole else None
    position.save(connection)


def _brought_back(kind: type[Synced], role: str) -> set[str]:
    """The fields of other people's records that a user of this role brings back."""
    restore, reviews = kind.__kind__.restore, role in REVIEWERS
    if restore is Restore.SHARED or (restore is Restore.LEADS and reviews):
        return set(sent_fields(kind) - _FIXED - kind.__kind__.fixed - fields_with(kind, "own_name"))
    return set()


def _queue(
    connection: Connection,
    rows: Sequence[Row[Any]],
    created: bool,
    fields: dict[str, Any],
    now: datetime,
) -> None:
    if not rows:
        return
    connection.execute(
        delete(Outbox).where(Outbox.kind == rows[0].kind, among(Outbox.record_id)),
        listed(row.id for row in rows),
    )
    connection.execute(
        insert(Outbox),
        [
            {
                "kind": row.kind,
                "record_id": row.id,
                "setting_id": row.setting_id,
                "created": created,
                "fields": fields,
                "changed_at": now,
            }
            for row in rows
        ],
    )


def _user(connection: Connection) -> Row[str, str]:
    user_id = read_states(connection).get("user_id")
    return connection.execute(select(User.id, User.role).where(User.id == user_id)).one()
