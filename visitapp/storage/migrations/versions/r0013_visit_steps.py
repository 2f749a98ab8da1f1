"""A visit is signed off, approved and returned by steps. A review is the step that it led to.

Every sign-off that is known becomes a step with an id that devices and servers derive alike, so
that it comes back after a restore. What waits to be sent becomes steps that wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
import uuid_utils
from alembic import op

from visitapp.records.base import Instant, Json
from visitapp.records.codec import moment_to_wire

revision = "0013"
down_revision = "0012"

_SPACE = uuid_utils.UUID("6f0d3c0e-6d57-5b0e-9a50-7669736974ff")
_AT_ONCE = 500


def upgrade() -> None:
    connection = op.get_bind()
    waiting = _states_that_wait(connection)
    signed = {id_ for id_, row in waiting.items() if row["before"] in ("draft", "returned")}
    columns = [_VISIT.c[name] for name in ("id", "setting_id", "officer_id", "revision", *_SIGNED)]
    found = sa.select(*columns).where(_VISIT.c.signed_off_at.is_not(None))
    for visits in connection.execute(found).partitions(_AT_ONCE):
        steps = [
            _sign_off(visit, waiting.get(visit.id) if visit.id in signed else None)
            for visit in visits
        ]
        connection.execute(sa.insert(_STEP), steps)
        for step in steps:
            if step["record_id"] in signed:
                _queue(connection, waiting[step["record_id"]], step["id"])
    _reviews(connection, {id_: row["before"] for id_, row in waiting.items() if id_ not in signed})
    # Nobody settles any more which of two states a visit has.
    op.execute(
        sa.update(_CONFLICT)
        .where(_CONFLICT.c.kind == "visit", _CONFLICT.c.field.in_(("status", *_SIGNED)))
        .where(_CONFLICT.c.status == "open")
        .values(status="settled", kept="server")
    )
    op.drop_table("review")


def _states_that_wait(connection: sa.Connection) -> dict[str, dict[str, Any]]:
    """By visit, the outbox row that sends its state and the state `before`; taken out of there."""
    found: dict[str, dict[str, Any]] = {}
    rows = connection.execute(
        sa.select(_OUTBOX, _VISIT.c.status)
        .join(_VISIT, _VISIT.c.id == _OUTBOX.c.record_id)
        .where(_OUTBOX.c.kind == "visit")
        .order_by(_OUTBOX.c.sequence)
    ).all()
    for row in rows:
        kept = {n: mark for n, mark in row.fields.items() if n not in ("status", *_SIGNED)}
        if row.created and row.status != "draft":
            # The refusal is that of the whole visit, and not of its sign-off.
            new = {"before": "draft", "refused_code": None, "refused_text": None}
            found.setdefault(row.record_id, {**row._asdict(), **new})
        elif "status" in row.fields:
            found[row.record_id] = {**row._asdict(), "before": row.fields["status"]["old"]}
        here = _OUTBOX.c.sequence == row.sequence
        if kept or row.created:
            connection.execute(sa.update(_OUTBOX).where(here).values(fields=kept))
        else:
            connection.execute(sa.delete(_OUTBOX).where(here))
    if any(row.batch is not None for row in rows):
        # What is on its way has states as the older server took them. It is sent anew, as in
        # revision 0011.
        connection.execute(sa.delete(sa.table("sent_batch")))
        connection.execute(sa.update(_OUTBOX).values(batch=None))
    return found


def _sign_off(visit: sa.Row[Any], waits: dict[str, Any] | None) -> dict[str, Any]:
    """The step that signed a visit off, as far as the visit says."""
    at = moment_to_wire(visit.signed_off_at)
    before = waits["before"] if waits else "draft"
    return {
        "id": str(uuid_utils.uuid5(_SPACE, f"sign-off/{visit.id}/{at}")),
        "created_at": visit.signed_off_at,
        "created_by": visit.signed_off_by or visit.officer_id,
        "revision": 0 if waits else visit.revision,
        "setting_id": visit.setting_id,
        "record_id": visit.id,
        "before": before,
        "after": "signed_off",
        "reason": "",
        "fields": {"facts": visit.facts, "outcome": visit.outcome},
        "was": {"status": before, **dict.fromkeys(_SIGNED)},
        **_EVERY_STEP,
    }


def _reviews(connection: sa.Connection, before: dict[str, str]) -> None:
    """Each review becomes a step with its id. `before`: the state from which the first of those
    that wait started, where it is not a sign-off."""
    waiting = {
        row.record_id: row._asdict()
        for row in connection.execute(sa.select(_OUTBOX).where(_OUTBOX.c.kind == "review"))
    }
    for review in connection.execute(sa.select(_REVIEW).order_by(_REVIEW.c.id)).all():
        waits = waiting.get(review.id)
        state = before.get(review.visit_id, "signed_off") if waits else "signed_off"
        step = {
            **{name: getattr(review, name) for name in _MADE},
            "setting_id": review.setting_id,
            "record_id": review.visit_id,
            "before": state,
            "after": review.decision,
            "reason": review.comment,
            "fields": {},
            "was": {"status": state},
            **_EVERY_STEP,
        }
        connection.execute(sa.insert(_STEP).values(step))
        if waits:
            before[review.visit_id] = review.decision
            connection.execute(sa.delete(_OUTBOX).where(_OUTBOX.c.sequence == waits["sequence"]))
            _queue(connection, waits, review.id)


def _queue(connection: sa.Connection, row: dict[str, Any], step_id: str) -> None:
    """Queue a step in place of the outbox row that said the same."""
    kept = {name: row[name] for name in ("setting_id", "changed_at", "held_until", *_REFUSED)}
    new = {"kind": "step", "record_id": step_id, "created": True, "fields": {}, "batch": None}
    connection.execute(sa.insert(_OUTBOX).values({**kept, **new}))


_SIGNED = ("facts", "outcome", "signed_off_at", "signed_off_by")
_MADE = ("id", "created_at", "created_by", "revision")
_REFUSED = ("refused_code", "refused_text", "refused_explanation")
_EVERY_STEP = {"kind": "visit", "deleted": False, "field_revisions": {}, "accepted": True}


def _columns(*names: str, **types: Any) -> Iterator[sa.ColumnClause[Any]]:
    """Columns of text, and those of other types."""
    yield from (sa.column(name, sa.String()) for name in names)
    yield from (sa.column(name, type_) for name, type_ in types.items())


_OUTBOX = sa.table(
    "outbox",
    *_columns("kind", "record_id", "setting_id", "refused_code", "refused_text"),
    *_columns(sequence=sa.Integer(), created=sa.Boolean(), fields=Json, batch=sa.Integer()),
    *_columns(changed_at=Instant(), held_until=Instant(), refused_explanation=Json),
)
_VISIT = sa.table(
    "visit",
    *_columns("id", "setting_id", "officer_id", "status", "signed_off_by"),
    *_columns(revision=sa.BigInteger(), signed_off_at=Instant(), facts=Json, outcome=Json),
)
_REVIEW = sa.table(
    "review",
    *_columns("id", "created_by", "setting_id", "visit_id", "decision", "comment"),
    *_columns(created_at=Instant(), revision=sa.BigInteger()),
)
_STEP = sa.table(
    "step",
    *_columns("id", "created_by", "setting_id", "kind", "record_id", "before", "after", "reason"),
    *_columns(created_at=Instant(), deleted=sa.Boolean(), revision=sa.BigInteger()),
    *_columns(field_revisions=Json, fields=Json, was=Json, accepted=sa.Boolean()),
)
_CONFLICT = sa.table("conflict", *_columns("kind", "field", "status", "kept"))
