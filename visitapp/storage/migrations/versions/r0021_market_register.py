"""The market register: a setting may be under many contracts, and closes or merges by steps.

A setting's contract becomes a record of its own, with an id that devices and servers derive alike,
at the setting's revision. So do the contracts that the history says it was under before, as ended
ones. A change of contract that waits to be sent becomes a change of these records that waits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
import uuid_utils
from alembic import op

from visitapp.records.base import Instant, Json

revision = "0021"
down_revision = "0020"

_ID = sa.String(36)
_SPACE = uuid_utils.UUID("6f0d3c0e-6d57-5b0e-9a50-7669736974ff")
_AT_ONCE = 500
_AGAIN = "*"
"""Marks a created row of the outbox that the server may have had before a restore."""


def upgrade() -> None:
    _new_tables()
    _extend("provider", _PROVIDER)
    _extend("contract", _CONTRACT)
    _extend("setting", _SETTING)
    with op.batch_alter_table("provider") as table:
        table.create_foreign_key(
            "fk_provider_group_id_provider_group",
            "provider_group",
            ["group_id"],
            ["id"],
            deferrable=True,
            initially="IMMEDIATE",
        )
        table.create_index("ix_provider_group_id", ["group_id"])
    for name in ("contract", "setting"):
        op.create_index(f"ix_{name}_status", name, ["status"])
    connection = op.get_bind()
    waiting = _changes_that_wait(connection)
    _links(connection, waiting)
    _past_links(connection, waiting)
    op.execute(
        sa.update(_CONFLICT)
        .where(_CONFLICT.c.kind == "setting", _CONFLICT.c.field == "contract_id")
        .where(_CONFLICT.c.status == "open")
        .values(status="settled", kept="server")
    )
    with op.batch_alter_table("setting") as table:
        table.drop_index("ix_setting_contract_id")
        table.drop_constraint("fk_setting_contract_id_contract", type_="foreignkey")
        table.drop_column("contract_id")


def _new_tables() -> None:
    _synced("provider_group", sa.Column("name", sa.String(250), nullable=False))
    _synced(
        "contact",
        _reference("provider"),
        sa.Column("role", sa.String(80), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("email", sa.String(250), nullable=False),
    )
    _synced(
        "contract_setting",
        _reference("setting"),
        _reference("contract"),
        sa.Column("starts_on", sa.Date()),
        sa.Column("ends_on", sa.Date()),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("volume", sa.Integer()),
        sa.Column("unit", sa.String(20)),
        sa.Column("price_pence", sa.Integer()),
    )
    _synced(
        "setting_fact",
        _reference("setting"),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("content", sa.String(250), nullable=False),
        sa.Column("starts_on", sa.Date()),
        sa.Column("ends_on", sa.Date()),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("corrects_id", _ID),
    )


def _synced(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("id", _ID, primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", _ID, nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
        sa.Column("field_revisions", Json, nullable=False),
        *columns,
    )


def _reference(parent: str) -> sa.Column[Any]:
    key = sa.ForeignKey(f"{parent}.id", deferrable=True, initially="IMMEDIATE")
    return sa.Column(f"{parent}_id", _ID, key, nullable=False, index=True)


def _extend(name: str, columns: Mapping[str, tuple[sa.types.TypeEngine[Any], Any]]) -> None:
    """Add columns, each with its type and the value of records that are there; None: nullable."""
    with op.batch_alter_table(name) as table:
        for column, (type_, value) in columns.items():
            nullable = value is None
            table.add_column(sa.Column(column, type_, server_default=value, nullable=nullable))
    with op.batch_alter_table(name) as table:
        for column, (type_, value) in columns.items():
            if value is not None:
                table.alter_column(column, existing_type=type_, server_default=None)


def _changes_that_wait(connection: sa.Connection) -> dict[str, list[dict[str, Any]]]:
    """By setting, the outbox rows that send its contract; taken out of those that change it."""
    found: dict[str, list[dict[str, Any]]] = {}
    rows = connection.execute(
        sa.select(_OUTBOX).where(_OUTBOX.c.kind == "setting").order_by(_OUTBOX.c.sequence)
    ).all()
    for row in rows:
        if row.created or "contract_id" in row.fields:
            found.setdefault(row.record_id, []).append(row._asdict())
        kept = {name: mark for name, mark in row.fields.items() if name != "contract_id"}
        here = _OUTBOX.c.sequence == row.sequence
        if kept or row.created:
            connection.execute(sa.update(_OUTBOX).where(here).values(fields=kept))
        else:
            connection.execute(sa.delete(_OUTBOX).where(here))
    if any(change["batch"] is not None for changes in found.values() for change in changes):
        # What is on its way has settings as the older server took them. It is sent anew: what the
        # server has of it already meets itself there.
        connection.execute(sa.delete(sa.table("sent_batch")))
        connection.execute(sa.update(_OUTBOX).values(batch=None))
    return found


def _links(connection: sa.Connection, waiting: Mapping[str, list[dict[str, Any]]]) -> None:
    """The contract that each setting is under now."""
    found = sa.select(_SETTINGS).where(_SETTINGS.c.contract_id.is_not(None))
    for settings in connection.execute(found).partitions(_AT_ONCE):
        links = []
        for setting in settings:
            changes = waiting.get(setting.id, [])
            link = _link(setting, setting.contract_id)
            links.append({**link, "revision": 0} if changes else link)
            if changes:
                again = {n: mark for n, mark in changes[-1]["fields"].items() if n == _AGAIN}
                _queue(connection, changes[-1], link["id"], created=True, fields=again)
        connection.execute(sa.insert(_LINK), links)


def _past_links(connection: sa.Connection, waiting: Mapping[str, list[dict[str, Any]]]) -> None:
    """The contracts that the history, or a change that waits, says a setting was under before."""
    history = connection.execute(
        sa.select(_HISTORY.c.record_id, _HISTORY.c.old, _HISTORY.c.created_at)
        .where(_HISTORY.c.kind == "setting", _HISTORY.c.field == "contract_id")
        .order_by(_HISTORY.c.created_at)
    )
    left = {(row.record_id, row.old): row.created_at for row in history if row.old}
    unsent = {
        (setting_id, change["fields"]["contract_id"]["old"]): change
        for setting_id, changes in waiting.items()
        for change in changes
        if not change["created"]
    }
    left |= {pair: change["changed_at"] for pair, change in unsent.items() if pair[1]}
    known = set(connection.execute(sa.select(_CONTRACTS.c.id)).scalars())
    settings = {row.id: row for row in connection.execute(sa.select(_SETTINGS))} if left else {}
    for (setting_id, contract_id), at in left.items():
        setting = settings.get(setting_id)
        if setting is None or contract_id not in known or contract_id == setting.contract_id:
            continue
        link = _link(setting, contract_id) | {"ended": True, "ends_on": at.date()}
        connection.execute(sa.insert(_LINK), [link])
        if (setting_id, contract_id) in unsent:
            was = {"ended": False, "ends_on": None}
            fields = {n: {"old": old, "base": setting.revision} for n, old in was.items()}
            _queue(connection, unsent[setting_id, contract_id], link["id"], fields=fields)


def _link(setting: sa.Row[Any], contract_id: str) -> dict[str, Any]:
    stamps = setting.field_revisions or {}
    stamp = stamps.get("contract_id") or stamps.get("*")
    return {
        "id": str(uuid_utils.uuid5(_SPACE, f"contract_setting/{contract_id}/{setting.id}/")),
        "created_at": setting.created_at,
        "created_by": setting.created_by,
        "deleted": False,
        "revision": setting.revision,
        "field_revisions": {"*": stamp} if stamp else {},
        "setting_id": setting.id,
        "contract_id": contract_id,
        "ended": False,
        "ends_on": None,
    }


def _queue(
    connection: sa.Connection,
    change: Mapping[str, Any],
    link_id: str,
    *,
    created: bool = False,
    fields: Mapping[str, Any] | None = None,
) -> None:
    """Queue a link in place of the change of a setting that said the same."""
    kept = {name: change[name] for name in ("setting_id", "changed_at", "held_until")}
    new = {"kind": "contract_setting", "record_id": link_id, "created": created}
    given = {**kept, **new, "fields": dict(fields or {}), "batch": None}
    connection.execute(sa.insert(_OUTBOX).values(given))


_TEXT = ""
_NO, _YES = sa.false(), sa.true()
_PROVIDER: dict[str, tuple[Any, Any]] = {
    "group_id": (_ID, None),
    "company_number": (sa.String(40), _TEXT),
    "kind": (sa.String(20), None),
    "key_supplier": (sa.Boolean(), _NO),
}
_CONTRACT: dict[str, tuple[Any, Any]] = {
    "service_types": (sa.String(250), _TEXT),
    "route": (sa.String(20), None),
    "lot": (sa.String(60), _TEXT),
    "tier": (sa.String(60), _TEXT),
    "zone": (sa.String(120), _TEXT),
    "yearly_cost": (sa.Integer(), None),
    "funding": (sa.String(20), None),
    "lead_commissioner": (sa.String(120), _TEXT),
    "our_share": (sa.Integer(), None),
    "extension_months": (sa.String(40), _TEXT),
    "decide_months": (sa.Integer(), None),
    "notice_months": (sa.Integer(), None),
    "review_months": (sa.Integer(), None),
    "key_supplier": (sa.Boolean(), _NO),
    "hard_to_replace": (sa.Boolean(), _NO),
    "public_liability": (sa.Integer(), None),
    "employers_liability": (sa.Integer(), None),
    "professional_indemnity": (sa.Integer(), None),
    "management_level": (sa.String(20), None),
    "management_reason": (sa.Text(), _TEXT),
    "management_review_on": (sa.Date(), None),
    "status": (sa.String(20), "live"),
    "extended_to": (sa.Date(), None),
    "ended_on": (sa.Date(), None),
}
_SETTING: dict[str, tuple[Any, Any]] = {
    "in_county": (sa.Boolean(), _YES),
    "host_authority": (sa.String(120), _TEXT),
    "district": (sa.String(120), _TEXT),
    "locality": (sa.String(120), _TEXT),
    "care_group": (sa.String(120), _TEXT),
    "status": (sa.String(20), "open"),
    "closed_on": (sa.Date(), None),
    "merged_into_id": (_ID, None),
}


def _columns(*names: str, **types: Any) -> Iterator[sa.ColumnClause[Any]]:
    """Columns of text, and those of other types."""
    yield from (sa.column(name, sa.String()) for name in names)
    yield from (sa.column(name, type_) for name, type_ in types.items())


_OUTBOX = sa.table(
    "outbox",
    *_columns("kind", "record_id", "setting_id"),
    *_columns(sequence=sa.Integer(), created=sa.Boolean(), fields=Json, batch=sa.Integer()),
    *_columns(changed_at=Instant(), held_until=Instant()),
)
_SETTINGS = sa.table(
    "setting",
    *_columns("id", "created_by", "contract_id"),
    *_columns(created_at=Instant(), revision=sa.BigInteger(), field_revisions=Json),
)
_CONTRACTS = sa.table("contract", *_columns("id"))
_LINK = sa.table(
    "contract_setting",
    *_columns("id", "created_by", "setting_id", "contract_id"),
    *_columns(created_at=Instant(), deleted=sa.Boolean(), revision=sa.BigInteger()),
    *_columns(field_revisions=Json, ended=sa.Boolean(), ends_on=sa.Date()),
)
_HISTORY = sa.table(
    "history",
    *_columns("kind", "record_id", "field"),
    *_columns(old=Json, created_at=Instant()),
)
_CONFLICT = sa.table("conflict", *_columns("kind", "field", "status", "kept"))
