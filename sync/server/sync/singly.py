"""Changes one by one, and the result of a refused one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from sync.server.records.values import require_moment
from sync.server.records.workspace import want_parents
from sync.wire import Change, Create, Creates, Result, Single
from visitapp.errors import Code, Refused
from visitapp.explanation import explanation_of
from visitapp.language import message
from visitapp.records import KINDS, Step
from visitapp.records.codec import moment_from_wire, moment_to_wire


def singly(changes: Iterable[Change]) -> Iterator[Change]:
    """The same changes with each record by itself, but for groups whose columns do not fit."""
    for change in changes:
        if not isinstance(change, Creates):
            yield change
            continue
        try:
            yield from list(change.each())
        except (ValueError, msgspec.MsgspecError):
            yield change


def refused_result(refused: Refused) -> Result:
    return Result(
        status="refused",
        code=refused.code,
        text=refused.english(),
        explanation=explanation_of(refused),
    )


def server_moment(text: str) -> str:
    """A moment as the server writes it. Raises Refused BAD_VALUE unless it is one of a clock."""
    try:
        moment = moment_from_wire(text)
    except ValueError:
        raise Refused(
            Code.BAD_VALUE, message("A change must say when it was made, in UTC.")
        ) from None
    require_moment(moment)
    return moment_to_wire(moment)


def wanted_rows(changes: Iterable[Single]) -> dict[str, set[str]]:
    """The ids of the records that the changes are about or refer to, by kind."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        kind = KINDS.get(change.kind)
        if kind is None:
            continue
        wanted[change.kind].add(change.id)
        if isinstance(change, Create):
            want_parents(wanted, kind, change.values)
            if kind is Step and isinstance(change.values.get("record_id"), str):
                wanted[str(change.values.get("kind"))].add(change.values["record_id"])
    return wanted
