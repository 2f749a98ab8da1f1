"""Changes one by one, and the result of a refused one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from sync.server.records.values import require_moment
from sync.wire import Change, Creates, Result
from visitapp.errors import Code, Refused
from visitapp.explanation import explanation_of
from visitapp.language import message
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
