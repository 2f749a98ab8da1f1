"""What better answers change, as differences of a standing's sums (DESIGN §5, rule 9).

Sets of places are masks here: whole numbers with a bit for each place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from forms.format.clauses import Reading
from forms.rating.plan import Move
from forms.rating.totals import Standing


class Sums(NamedTuple):
    """An area's sums, or what is added to them."""

    gained: int
    possible: int


class Effect(NamedTuple):
    """What the best values at some places change.

    `sums` holds what each area's are moved by, and `changed` the places that move them. `settled`
    have a condition that was worked out anew, and `turned` came out the other way. `cleared` no
    longer limit to the floor or below, and `hit` do now.
    """

    sums: Mapping[int, Sums]
    changed: int
    settled: int
    turned: int
    cleared: int
    hit: int

    def beside(self, other: Effect) -> Effect:
        """Both, where neither changes what the other does."""
        sums = dict(self.sums)
        for area, moved in other.sums.items():
            _add(sums, area, *moved)
        return Effect(
            sums,
            self.changed | other.changed,
            self.settled | other.settled,
            self.turned | other.turned,
            self.cleared | other.cleared,
            self.hit | other.hit,
        )


class _Turn(NamedTuple):
    """What a question changes when it is asked now and was not, or the other way round."""

    area: int
    gained: int
    possible: int
    cleared: int
    hit: int


class Effects:
    """The effects of the best values at single places of a standing, and at pairs of them."""

    def __init__(self, standing: Standing, floor: int) -> None:
        self._standing = standing
        self._questions = standing.plan.questions
        self._floor = floor
        self._known: dict[int, Effect] = {}
        self._turns: dict[int, _Turn] = {}
        self._read = [mask(planned.reads) for planned in self._questions]
        self._readings: dict[int, list[Reading | None]] = {}

    def of(self, place: int) -> Effect:
        """The effect of one place, followed down the form."""
        effect = self._known.get(place)
        if effect is None:
            effect = self._known[place] = self._make(place)
        return effect

    def both(self, place: int, later: int) -> Effect:
        """The effect of two places, of which the first does not make the later one fall away."""
        one, two = self.of(place), self.of(later)
        shared = one.settled & two.settled
        if not shared:
            return one.beside(two)
        alone = one.turned | two.turned
        turned, settled = self._follow(1 << place | 1 << later, alone, shared)
        more, fewer, twice = turned & ~alone, alone & ~turned, one.turned & two.turned
        if not (more or fewer or twice):
            return one.beside(two)
        effect = one.beside(two)
        effect = Effect(
            sums=effect.sums,
            changed=(effect.changed | more) & ~fewer,
            settled=effect.settled | settled,
            turned=turned,
            cleared=effect.cleared & ~fewer,
            hit=effect.hit & ~fewer,
        )
        return self._turned(effect, more, fewer, twice)

    def _make(self, place: int) -> Effect:
        planned, move, bit = self._questions[place], self._standing.moves[place], 1 << place
        was_low, is_low = _is_low(move, self._floor), _is_low(planned.best, self._floor)
        effect = Effect(
            sums={planned.area: Sums(self._standing.gain(place), 0)},
            changed=bit,
            settled=0,
            turned=0,
            cleared=bit if was_low and not is_low else 0,
            hit=bit if is_low and not was_low else 0,
        )
        if not planned.steers:
            return effect
        turned, settled = self._follow(bit, 0, mask(planned.drives))
        effect = effect._replace(changed=bit | turned, settled=settled, turned=turned)
        return self._turned(effect, turned)

    def _turned(self, effect: Effect, more: int, *fewer: int) -> Effect:
        """The effect, its sums with more places turned and without the turns of others."""
        sums, cleared, hit = dict(effect.sums), effect.cleared, effect.hit
        for place in places_of(more):
            turn = self._turn(place)
            _add(sums, turn.area, turn.gained, turn.possible)
            cleared, hit = cleared | turn.cleared, hit | turn.hit
        for places in fewer:
            for place in places_of(places):
                turn = self._turn(place)
                _add(sums, turn.area, -turn.gained, -turn.possible)
        return effect._replace(sums=sums, cleared=cleared, hit=hit)

    def _turn(self, place: int) -> _Turn:
        turn = self._turns.get(place)
        if turn is None:
            turn = self._turns[place] = self._make_turn(place)
        return turn

    def _make_turn(self, place: int) -> _Turn:
        planned, move = self._questions[place], self._standing.moves[place]
        falls_away = self._standing.relevant[place]
        sign = -1 if falls_away else 1
        low = 1 << place if _is_low(move, self._floor) else 0
        gain = move.gain if move else None
        return _Turn(
            area=planned.area,
            gained=sign * (gain or 0),
            possible=0 if gain is None else sign * planned.weight,
            cleared=low if falls_away else 0,
            hit=0 if falls_away else low,
        )

    def _follow(self, raised: int, turned: int, waiting: int) -> tuple[int, int]:
        """Settles the waiting places and all that follow from them: what is turned and settled."""
        settled = 0
        while waiting:
            bit = waiting & -waiting
            waiting ^= bit
            settled |= bit
            place = bit.bit_length() - 1
            turns = self._would_be_asked(place, raised, turned) != self._standing.relevant[place]
            if turns != bool(turned & bit):
                turned ^= bit
                waiting |= mask(self._questions[place].drives)
        return turned, settled

    def _would_be_asked(self, place: int, raised: int, turned: int) -> bool:
        """Whether it is, with the best values at the raised places and others turned."""
        read = self._readings.get(place)
        if read is None:
            read = self._readings[place] = self._standing.readings_for(place)
        now = read.copy()
        changed = (raised | turned) & self._read[place]
        for nth, other in enumerate(self._questions[place].reads):
            if changed >> other & 1:
                now[nth] = self._reading(other, raised, turned)
        return self._standing.holds(place, now)

    def _reading(self, place: int, raised: int, turned: int) -> Reading | None:
        if self._standing.relevant[place] == bool(turned >> place & 1):
            return None
        planned = self._questions[place]
        if raised >> place & 1 and planned.steers and planned.best:
            return planned.best.value
        return self._standing.readings[place]


def _add(sums: dict[int, Sums], area: int, gained: int, possible: int) -> None:
    own = sums.get(area)
    if own:
        gained, possible = own.gained + gained, own.possible + possible
    sums[area] = Sums(gained, possible)


def _is_low(move: Move | None, floor: int) -> bool:
    return move is not None and move.cap is not None and move.cap <= floor


def mask(places: Iterable[int]) -> int:
    """A bit for each place."""
    bits = 0
    for place in places:
        bits |= 1 << place
    return bits


def places_of(bits: int) -> Iterator[int]:
    """The places of a mask, in form order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
