"""What a device sends: changes of records in a batch, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from sync.wire.fields import Fields, Id, Position, by_record
from visitapp.explanation import Explanation


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
