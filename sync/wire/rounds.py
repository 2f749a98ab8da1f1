"""A round: what a device asks, and the page of records that the server returns."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from sync.wire.changes import Batch, Result
from sync.wire.fields import Fields, Position, by_record
from visitapp.records import KINDS
from visitapp.records.declared import scope_fields
from visitapp.rules.kinds import Scope

_SCOPES = msgspec.json.Decoder(list[str | None])


class Record(Struct, frozen=True, array_like=True):
    """One record as the server has it now. A deleted one has `deleted` true in its values."""

    kind: str
    id: str
    revision: int
    values: dict[str, Any]


class Group(Struct, frozen=True, kw_only=True):
    """Records of one kind as the server has them now, column by column: `revisions` and each of
    `fields` is a list as long as `ids`, with null where a record has no value."""

    kind: str
    ids: list[str]
    revisions: list[int]
    fields: Fields

    @property
    def settings(self) -> list[str | None]:
        """The setting of each record; None for one that belongs to no setting."""
        if self.kind == "setting":
            return list(self.ids)
        raw = self.fields.get("setting_id")
        return [None] * len(self.ids) if raw is None else _SCOPES.decode(raw)

    @property
    def belongs_to(self) -> list[str | None]:
        """The id of the setting, provider or contract that each record belongs to; None for one of
        the council or of one person, which comes to no other device."""
        found: list[str | None] = [None] * len(self.ids)
        for scope, field in scope_fields(KINDS[self.kind]).items():
            if scope is Scope.PERSON:
                continue
            raw = self.fields.get(field)
            if field == "id":
                return list(self.ids)
            ids = found if raw is None else _SCOPES.decode(raw)
            found = [one or other for one, other in zip(found, ids, strict=True)]
        return found


class CatchUp(Struct, frozen=True, kw_only=True):
    """Settings that joined the scope: their records of revisions in (after, cursor] are wanted.
    `whole`: those of everything in scope, because the user's role sees more than before."""

    settings: list[str]
    after: Position = 0
    whole: bool = False


class Round(Struct, frozen=True, kw_only=True):
    """What a device sends. `server_id` is empty on first contact; `held` is the digest of the
    settings it holds whole and of what it takes its user's role to be (`scope_digest`)."""

    protocol: int
    server_id: str = ""
    batch: Batch | None = None
    cursor: Position = 0
    held: str = ""
    catch_up: CatchUp | UnsetType = UNSET


class Page(Struct, frozen=True, kw_only=True):
    """Records, parents before children. `cursor` is where the next page starts, if `more` at
    once. `removed`: concerns that became restricted, which the user does not see any more."""

    groups: list[Group]
    cursor: int
    more: bool = False
    removed: list[str] = []

    @property
    def count(self) -> int:
        """How many records it has."""
        return sum(len(group.ids) for group in self.groups)

    @property
    def settings(self) -> set[str]:
        """The settings that its records belong to."""
        return {id_ for group in self.groups for id_ in group.settings if id_ is not None}

    @property
    def records(self) -> list[Record]:
        """The same, record by record and in revision order."""
        found = [
            Record(group.kind, id_, revision, values)
            for group in self.groups
            for id_, revision, values in zip(
                group.ids, group.revisions, by_record(group.fields, len(group.ids)), strict=True
            )
        ]
        return sorted(found, key=lambda record: record.revision)


class RoundReply(Struct, frozen=True, kw_only=True):
    """What the server answers. `scope` lists every setting in scope, and `role` is the user's, when
    `held` differed from them.

    `caught_up` answers a `catch_up`; its `cursor` is the `after` of the next one. `lost_after`: the
    server was put back from a copy and lacks what the device has above this revision; then nothing
    of the round was taken.
    """

    server_id: str
    revision: int
    results: list[Result] = []
    page: Page
    scope: list[str] | None = None
    role: str = ""
    caught_up: Page | None = None
    lost_after: int | None = None
