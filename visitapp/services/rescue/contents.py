"""What a rescue file holds: everything that waits to be sent, and what it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import Struct

from sync.tables import table_of
from visitapp.records import (
    BYTES_NAMED_BY,
    KINDS,
    NOT_REFUSED,
    EvidenceCopy,
    History,
    LocalState,
    Outbox,
    PublishedForm,
    PublishedPolicy,
    SentBatch,
    Step,
    User,
    Visit,
    VisitStatus,
)
from visitapp.records.declared import scope_fields
from visitapp.storage.salvage.tables import RawRow, Tables

_OPEN = {VisitStatus.DRAFT.value, VisitStatus.RETURNED.value}


class About(Struct, frozen=True, kw_only=True):
    """Whose work it is; empty where the database did not say it any more."""

    made_at: str
    device_id: str = ""
    server_id: str = ""
    server_url: str = ""
    user_id: str = ""
    pages_lost: int = 0
    rows_lost: int = 0


@dataclass
class Contents:
    """Rows as SQLite keeps them: records by kind, what waits of them, the batch on its way, and the
    hashes of the evidence that the server is not known to hold."""

    about: About
    records: dict[str, list[RawRow]] = field(default_factory=dict)
    waiting: list[RawRow] = field(default_factory=list)
    batches: list[RawRow] = field(default_factory=list)
    hashes: set[str] = field(default_factory=set)


def gather(tables: Tables, made_at: str) -> Contents:
    """Read everything that was not sent, with the records that it belongs to and the visits that
    are still open. Where the outbox itself is damaged, the marks on the records say what waits."""
    states = {
        row["name"]: msgspec.json.decode(row["value"])
        for row in tables.rows(LocalState.__tablename__)
        if isinstance(row.get("value"), str)
    }
    waiting = sorted(tables.rows(Outbox.__tablename__), key=lambda row: int(row["sequence"]))
    if tables.damaged:
        waiting += _unlisted(tables, waiting)
    contents = Contents(
        About(made_at=made_at),
        waiting=waiting,
        batches=sorted(tables.rows(SentBatch.__tablename__), key=lambda row: int(row["number"])),
        hashes=_unsent_bytes(tables),
    )
    user_id = str(states.get("user_id") or "")
    contents.records = _with_parents(tables, waiting, _visits_to_keep(tables, waiting, user_id))
    contents.about = About(
        made_at=made_at,
        device_id=str(states.get("device_id") or ""),
        server_id=str(states.get("server_id") or ""),
        server_url=str(states.get("server_url") or ""),
        user_id=user_id,
        pages_lost=tables.unread.pages,
        rows_lost=tables.unread.rows,
    )
    return contents


def _unlisted(tables: Tables, listed: Iterable[RawRow]) -> list[RawRow]:
    """What the records say that waits and a damaged outbox does not: a record that the server never
    numbered is new; a change in the history that it never numbered was not sent."""
    made = {(row["kind"], row["record_id"]) for row in listed if row["created"]}
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in listed:
        known[row["kind"], row["record_id"]].update(_json(row["fields"]) or {})
    found: list[RawRow] = []
    bases: dict[tuple[str, str], int] = {}
    for kind in KINDS:
        if kind == User.__tablename__:
            continue
        for row in tables.rows(kind):
            bases[kind, row["id"]] = row["revision"]
            if row["revision"] == 0 and (kind, row["id"]) not in made:
                made.add((kind, row["id"]))
                found.append(_waits(kind, row["id"], _scope(kind, row), row["created_at"]))
    edits: dict[tuple[str, str], RawRow] = {}
    for row in sorted(tables.rows(History.__tablename__), key=lambda row: str(row["id"])):
        place = (row["kind"], row["record_id"])
        if row["revision"] or place in made or row["field"] in known[place] or place not in bases:
            continue
        known[place].add(row["field"])
        edit = edits.setdefault(
            place, _waits(*place, _scope("history", row), row["created_at"], {})
        )
        edit["fields"][row["field"]] = {"old": _json(row["old"]), "base": bases[place]}
    for edit in edits.values():
        edit["fields"] = msgspec.json.encode(edit["fields"]).decode()
    return found + list(edits.values())


def _waits(
    kind: str, id_: str, setting_id: str | None, at: str, fields: dict[str, Any] | None = None
) -> RawRow:
    return {
        "sequence": None,
        "kind": kind,
        "record_id": id_,
        "setting_id": setting_id,
        "created": int(fields is None),
        "fields": "{}" if fields is None else fields,
        "changed_at": at,
        "batch": None,
        **NOT_REFUSED,
    }


def _visits_to_keep(tables: Tables, waiting: Iterable[RawRow], user_id: str) -> set[str]:
    """The user's open visits, and those of which something waits."""
    ids: dict[str, set[str]] = defaultdict(set)
    for row in waiting:
        ids[row["kind"]].add(row["record_id"])
    visit = Visit.__tablename__
    keep = set(ids[visit])
    steps = (row for row in tables.rows(Step.__tablename__) if row["id"] in ids[Step.__tablename__])
    keep.update(row["record_id"] for row in steps if row["kind"] == visit)
    for row in tables.rows(visit):
        if row["status"] in _OPEN and user_id in ("", row["officer_id"]):
            keep.add(row["id"])
    for kind in _OF_A_VISIT:
        keep.update(
            row["visit_id"]
            for row in tables.rows(kind)
            if row["id"] in ids[kind] and row["visit_id"]
        )
    return keep


def _with_parents(
    tables: Tables, waiting: Iterable[RawRow], visits: set[str]
) -> dict[str, list[RawRow]]:
    """The records that wait, all of the visits kept, and what they belong to, parents first."""
    wanted: dict[str, set[str]] = defaultdict(set)
    wanted[Visit.__tablename__] |= visits
    for row in waiting:
        wanted[row["kind"]].add(row["record_id"])
        if row["setting_id"]:
            wanted["setting"].add(row["setting_id"])
    kept: dict[str, list[RawRow]] = {}
    for kind in reversed(KINDS):
        everybody = kind in _WHOLE
        of_visit = kind in _OF_A_VISIT
        kept[kind] = [
            row
            for row in tables.rows(kind)
            if everybody or row["id"] in wanted[kind] or (of_visit and row["visit_id"] in visits)
        ]
        for row in kept[kind]:
            for column, parent in _PARENTS[kind].items():
                if row.get(column):
                    wanted[parent].add(row[column])
    return {kind: kept[kind] for kind in KINDS}


def _unsent_bytes(tables: Tables) -> set[str]:
    held = {row["sha256"] for row in tables.rows(EvidenceCopy.__tablename__) if row["held_at"]}
    named = {row["sha256"] for row in tables.rows(EvidenceCopy.__tablename__)}
    # A damaged database may have lost the mark of a photo, not the photo.
    if tables.damaged:
        named |= {
            row["sha256"]
            for kind in BYTES_NAMED_BY
            for row in tables.rows(kind.__tablename__)
            if row["sha256"]
        }
    return {str(sha256) for sha256 in named - held}


def _scope(kind: str, row: Mapping[str, Any]) -> str | None:
    fields = scope_fields(KINDS[kind]).values()
    return next((id_ for field in fields if (id_ := row.get(field))), None)


def _json(raw: Any) -> Any:
    return msgspec.json.decode(raw) if isinstance(raw, str) else raw


def _parents_of(kind: str) -> dict[str, str]:
    """The columns of a record that refer to another one, and its kind."""
    return {
        column.name: key.column.table.name
        for column in table_of(KINDS[kind]).columns
        for key in column.foreign_keys
    }


_PARENTS = {kind: _parents_of(kind) for kind in KINDS}
_OF_A_VISIT = [kind for kind, parents in _PARENTS.items() if "visit_id" in parents]
_WHOLE = {User.__tablename__, PublishedForm.__tablename__, PublishedPolicy.__tablename__}
"""Kinds that everybody holds and that are few."""
