"""A condition taken apart at its `&&`, `||` and `!( )`, so that its parts can be remembered.

Each part reads few answers, so it is soon known for every value of theirs; the whole would have to
be run anew for each set of them. The parts are put together as CEL does it: what is false makes an
`&&` false and what is true an `||` true, whatever else fails; any other failure carries on.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

Reading = str | float
"""What a condition reads for a question: the value of a choice, or a number."""

Run = Callable[[Sequence[Reading | None], Mapping[str, object]], object]
"""Runs a part: the readings of the answers it names, in order, and the facts."""

Truth = Callable[[Sequence[Reading | None], Mapping[str, object], str], bool | None]
"""Whether a clause is true of a condition's readings and facts (with their key); None: it fails."""

_MEMORY = 512


def leaf(run: Run, places: tuple[int, ...], *, reads_facts: bool) -> Truth:
    """A part that is run as it stands. `places` are those of its readings in the condition's."""
    if len(places) == 1 and not reads_facts:
        return _of_one(run, places[0])
    memory: dict[Hashable, bool | None] = {}

    def truth(
        readings: Sequence[Reading | None], facts: Mapping[str, object], facts_key: str
    ) -> bool | None:
        own = [readings[place] for place in places]
        key = (facts_key if reads_facts else "", *own)
        if key not in memory:
            _keep(memory, key, run(own, facts))
        return memory[key]

    return truth


def _of_one(run: Run, place: int) -> Truth:
    """The usual part: it compares one answer."""
    memory: dict[Hashable, bool | None] = {}

    def truth(
        readings: Sequence[Reading | None], facts: Mapping[str, object], facts_key: str
    ) -> bool | None:
        reading = readings[place]
        if reading not in memory:
            _keep(memory, reading, run((reading,), facts))
        return memory[reading]

    return truth


def _keep(memory: dict[Hashable, bool | None], key: Hashable, found: object) -> None:
    if len(memory) >= _MEMORY:
        memory.clear()
    memory[key] = found if isinstance(found, bool) else None


def all_of(parts: Sequence[Truth]) -> Truth:
    """`&&`: false when a part is false; else it fails when one does."""
    return _settled_by(False, parts)


def any_of(parts: Sequence[Truth]) -> Truth:
    """`||`: true when a part is true; else it fails when one does."""
    return _settled_by(True, parts)


def not_(part: Truth) -> Truth:
    """`!`: fails when the part does."""

    def truth(
        readings: Sequence[Reading | None], facts: Mapping[str, object], facts_key: str
    ) -> bool | None:
        found = part(readings, facts, facts_key)
        return None if found is None else not found

    return truth


def _settled_by(settles: bool, parts: Sequence[Truth]) -> Truth:
    def truth(
        readings: Sequence[Reading | None], facts: Mapping[str, object], facts_key: str
    ) -> bool | None:
        fails = False
        for part in parts:
            found = part(readings, facts, facts_key)
            if found is settles:
                return settles
            fails = fails or found is None
        return None if fails else not settles

    return truth
