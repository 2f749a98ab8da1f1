"""The messages of sync, shared by both sides. One JSON request, one JSON answer (msgspec).

A round is `POST /v1/sync` with a `Round`: what waits (at most one batch) and where the device
stands; the `RoundReply` settles each change in order and gives the next page of what changed.
A round with nothing to do is one request. See docs/sync-protocol.md.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from visitapp.explanation import Explanation
from visitapp.records import KINDS
from visitapp.records.declared import scope_fields
from visitapp.rules.kinds import Scope

PROTOCOL = 2
"""1 (2026-11): first version. 2 (2026-11): visits and conflicts move by steps."""


DIGEST = "Content-Digest"
"""The header with the digest of a body as it travels (RFC 9530), on every message of both sides."""


def digest_of(body: bytes) -> str:
    """What `DIGEST` says of a body, so that one altered on its way is never taken."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


Id = Annotated[str, Meta(min_length=1, max_length=36, pattern=r"^[A-Za-z0-9._-]*$")]
Name = Annotated[str, Meta(max_length=120)]
Password = Annotated[str, Meta(max_length=1000)]
Position = Annotated[int, Meta(ge=0, le=2**53)]
"""A revision, or where a page starts."""


Fields = dict[str, Raw]
"""By field, a JSON array with the value of each record; fields that no record has are left out."""


def by_record(fields: Fields, count: int) -> Iterator[dict[str, Any]]:
    """The values that are not null of each of `count` records. Raises ValueError when a list is not
    as long, msgspec.MsgspecError when it is no list."""
    lists = [_LIST.decode(values) for values in fields.values()]
    for values in zip(range(count), *lists, strict=True):
        yield {n: v for n, v in zip(fields, values[1:], strict=True) if v is not None}


_LIST = msgspec.json.Decoder(list[Any])
_SCOPES = msgspec.json.Decoder(list[str | None])


class Edit(Struct, frozen=True, array_like=True):
    """One changed field: the server revision it was changed on top of, its old and new value."""

    base: int
    old: Any
    new: Any


class Create(Struct, frozen=True, tag="create", tag_field="op", kw_only=True, omit_defaults=True):
    """A new record. `values` are its fields that are not null, without `id`.

    `base` is above 0 when the record was on the server before it was put back from a copy: where it
    is still there, its fields are edits on top of that revision.
    """

    kind: str
    id: str
    at: str
    values: dict[str, Any]
    base: Position = 0


class Update(Struct, frozen=True, tag="update", tag_field="op", kw_only=True):
    """Changed fields of a record. A deletion is an edit of `deleted` to true."""

    kind: str
    id: str
    at: str
    edits: dict[str, Edit]


class Creates(Struct, frozen=True, tag="creates", tag_field="op", kw_only=True):
    """New records of one kind, column by column: `at` and each of `fields` is a list as long as
    `ids`, with null where a record has no value. Says the same as one `Create` for each id."""

    kind: str
    ids: list[str]
    at: list[str]
    fields: Fields

    def each(self) -> Iterator[Create]:
        """The same, record by record. Raises ValueError when the lists are not equally long."""
        values = by_record(self.fields, len(self.ids))
        for id_, at, of_one in zip(self.ids, self.at, values, strict=True):
            yield Create(kind=self.kind, id=id_, at=at, values=of_one)


Single = Create | Update
Change = Single | Creates


class Batch(Struct, frozen=True, kw_only=True):
    """Changes in the order they must be applied. The same id sent again gets the same results."""

    id: Id
    changes: list[Change]

    @property
    def records(self) -> int:
        """How many results it gets."""
        return sum(len(c.ids) if isinstance(c, Creates) else 1 for c in self.changes)


class Result(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What became of one record's change, or of `count` of them in a row that were accepted with
    revisions that follow each other.

    status: `accepted` (the server holds what was sent), `merged` (others had changed other
    fields), `conflict` (at least one field was set aside, see the conflict records), `refused`.
    `record` is the server's version when it differs from what the device holds. `text`: why it was
    refused, in English; `explanation`: the same for a reader who words it in another language.
    """

    status: str
    revision: int = 0
    code: str = ""
    text: str = ""
    explanation: Explanation | None = None
    record: dict[str, Any] | None = None
    count: int = 1


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
    """Settings that joined the scope: their records of revisions in (after, cursor] are wanted."""

    settings: list[str]
    after: Position = 0


class Round(Struct, frozen=True, kw_only=True):
    """What a device sends. `server_id` is empty on first contact; `held` is the digest of the
    sorted ids of the settings it holds whole (`scope_digest`)."""

    protocol: int
    server_id: str = ""
    batch: Batch | None = None
    cursor: Position = 0
    held: str = ""
    catch_up: CatchUp | UnsetType = UNSET


class Page(Struct, frozen=True, kw_only=True):
    """Records, parents before children. `cursor` is where the next page starts, if `more` at
    once."""

    groups: list[Group]
    cursor: int
    more: bool = False

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
    """What the server answers. `scope` lists every setting in scope when `held` differed from it.

    `caught_up` answers a `catch_up`; its `cursor` is the `after` of the next one. `lost_after`: the
    server was put back from a copy and lacks what the device has above this revision; then nothing
    of the round was taken.
    """

    server_id: str
    revision: int
    results: list[Result] = []
    page: Page
    scope: list[str] | None = None
    caught_up: Page | None = None
    lost_after: int | None = None


class SignIn(Struct, frozen=True, kw_only=True):
    """Name and password for the first contact of a device; the device makes its own id.

    `known_by`: the refresh token that the device was given last, of whatever age. It signs nobody
    in, but shows that the device is the one it says, so that strangers' failures are not its own.
    """

    name: Name
    password: Password
    device_id: Id
    device_name: Name = ""
    known_by: Annotated[str, Meta(max_length=200)] = ""


class NewPassword(Struct, frozen=True, kw_only=True):
    """A person's own change of their password. Their other devices must sign in again."""

    name: Name
    password: Password
    new_password: Password
    device_id: Id
    known_by: Annotated[str, Meta(max_length=200)] = ""


class PasswordChanged(Struct, frozen=True):
    """The new password counts from now on."""

    changed: bool = True


class Renewal(Struct, frozen=True, kw_only=True):
    """A refresh token, to be spent for the next pair."""

    refresh_token: Annotated[str, Meta(max_length=200)]


class Tokens(Struct, frozen=True, kw_only=True):
    """What a sign-in or a renewal gives. `expires_in` is seconds of the access token."""

    access_token: str
    refresh_token: str
    expires_in: int
    server_id: str
    user: Record


class PublishForm(Struct, frozen=True, kw_only=True):
    """The text of a form, as YAML, to be published."""

    text: Annotated[str, Meta(min_length=1, max_length=1_000_000)]


class FormPublished(Struct, frozen=True, kw_only=True):
    """A form that is published. `digest` is the SHA-256 of its text with line feeds at its line
    ends; the record is `published_form` at `revision`."""

    form_id: str
    version: str
    kind: str
    title: str
    digest: str
    published_at: datetime
    revision: int
