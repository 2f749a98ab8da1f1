"""The results of a batch, with runs of accepted records said once, and put beside their changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from sync.wire import Change, Creates, Result


def packed(results: Iterable[Result]) -> list[Result]:
    """The same results, accepted ones with revisions that follow each other as one."""
    short: list[Result] = []
    for result in results:
        last = short[-1] if short else None
        if last is not None and _continues(last, result):
            short[-1] = replace(last, count=last.count + result.count)
        else:
            short.append(result)
    return short


def paired(
    changes: Iterable[Change], results: Sequence[Result]
) -> Iterator[tuple[Change, list[Result]]]:
    """Each change with its results: one for each record of it, or a single one for all of them.

    Raises ValueError when there are more or fewer results than records.
    """
    waiting = list(reversed(results))
    for change in changes:
        yield change, _taken(waiting, len(change.ids) if isinstance(change, Creates) else 1)
    if waiting:
        raise ValueError("there are more results than changes")


def _continues(last: Result, result: Result) -> bool:
    plain = last.status == result.status == "accepted" and result.record is None
    return plain and last.revision + last.count == result.revision


def _taken(waiting: list[Result], count: int) -> list[Result]:
    """Take the next `count` results off the end of `waiting`; as one where one covers them all."""
    taken: list[Result] = []
    while count:
        if not waiting:
            raise ValueError("there are fewer results than changes")
        result = waiting.pop()
        some = min(result.count, count)
        if some < result.count:
            waiting.append(
                replace(result, revision=result.revision + some, count=result.count - some)
            )
        if some == count and not taken:
            return [replace(result, count=count)]
        taken += [replace(result, revision=result.revision + n, count=1) for n in range(some)]
        count -= some
    return taken
