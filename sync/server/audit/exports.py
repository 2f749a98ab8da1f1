"""What the audit log says of lists that people wrote to files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sync.results import paired
from sync.wire import Change, Create, Creates, Result
from visitapp.records import ListExport

_NAME = ListExport.__tablename__
_TOLD = ("list_name", "filters", "row_count", "file_type", "created_at")


def taken_exports(changes: Sequence[Change], results: Sequence[Result]) -> Iterator[dict[str, Any]]:
    """For each export that was accepted, what the log says of it."""
    for change, some in paired(changes, results):
        if change.kind == _NAME and any(result.status == "accepted" for result in some):
            for one in _made(change, some):
                yield {"export": one.id, **{n: one.values.get(n) for n in _TOLD}}


def _made(change: Change, results: Sequence[Result]) -> Iterator[Create]:
    singles = list(change.each()) if isinstance(change, Creates) else [change]
    every = results[0].count == len(singles)
    for place, single in enumerate(singles):
        taken = every or results[place].status == "accepted"
        if isinstance(single, Create) and taken:
            yield single
