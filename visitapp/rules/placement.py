"""The placement position of a setting: which decision stands, and what waits for one.

A position is decided by a person and never follows from a colour, with one exception: a Red that
stands closes a setting at once, as an interim position that somebody confirms or changes.

Every decision is written once and names the one that it replaces. Where two replace the same one,
they meet: the more restrictive stands until a team lead settles it by a decision that replaces
both. `standing_position` finds the one that stands; `rules.placement_decisions` says who may
decide what.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from msgspec import Struct

from visitapp.language import Message, message
from visitapp.rules.choices import Position, PositionSource, Rag
from visitapp.rules.ratings import RatingRow

RESTRICTION = {
    Position.NOT_ASSESSED: 0,
    Position.OPEN: 1,
    Position.CONDITIONAL: 2,
    Position.CLOSED: 3,
}
"""How far a position restricts placements."""

PROMPTED = {Rag.RED: Position.CLOSED, Rag.AMBER: Position.CONDITIONAL, Rag.GREEN: Position.OPEN}
"""The position that a rating suggests. Oxfordshire's traffic light: at Amber placements continue
but there is an issue; at Red there are none unless a senior manager authorises one."""


class PositionRow(Struct, frozen=True, kw_only=True):
    """A decision as far as it decides what stands.

    `order`: the server's revision, or `ratings.UNSENT`; unsent rows are told apart by `since`.
    `rag`: the rating that stood when it was taken.
    """

    id: str
    replaces_id: str | None
    settles_id: str | None
    position: str
    source: str
    interim: bool
    review_on: date | None
    lapses_on: date | None
    rag: str
    order: int
    since: datetime

    @property
    def replaced(self) -> set[str]:
        """The ids of the decisions that it replaces."""
        return {id_ for id_ in (self.replaces_id, self.settles_id) if id_}

    @property
    def weight(self) -> tuple[int, int, datetime, str]:
        """The more restrictive row has more; of two alike, the later one."""
        return RESTRICTION[Position(self.position)], self.order, self.since, self.id


class Standing(NamedTuple):
    """The decision that stands, None before the first one; and those that met it."""

    row: PositionRow | None
    others: tuple[PositionRow, ...] = ()

    @property
    def position(self) -> Position:
        """The position that stands."""
        return Position(self.row.position) if self.row else Position.NOT_ASSESSED


def standing_position(rows: Iterable[PositionRow]) -> Standing:
    """The decision that stands: of those that none replaces, the most restrictive."""
    rows = list(rows)
    replaced = {id_ for row in rows for id_ in row.replaced}
    heads = [row for row in rows if row.id not in replaced]
    heads.sort(key=lambda row: row.weight, reverse=True)
    return Standing(heads[0], tuple(heads[1:])) if heads else Standing(None)


def before(rows: Iterable[PositionRow], id_: str) -> list[PositionRow]:
    """The decisions that do not rest on another one: neither that one itself, nor any that
    replaces it, nor any that replaces those."""
    left, resting = list(rows), {id_}
    while found := {row.id for row in left if resting & row.replaced} - resting:
        resting |= found
    return [row for row in left if row.id not in resting]


def closes_at_once(was: RatingRow | None, now: RatingRow | None, position: str) -> bool:
    """Whether a setting is closed because of its rating. `was` and `now`: the rating that stood
    before a change and that stands now; `position`: the one that stands.

    A Red that was there already closes nothing again, once somebody has decided otherwise.
    """
    if now is None or now.rag != Rag.RED or position == Position.CLOSED:
        return False
    return was is None or was.rag != Rag.RED or was.cause_id != now.cause_id


def waits_for(
    standing: Standing, rag: str | None, *, banned: bool = False, today: date
) -> list[Message]:
    """Why somebody has to decide, in sentences; empty while the position needs nothing.

    `rag`: the rating that stands. `banned`: a regulator has stopped admissions.
    """
    row, position = standing.row, standing.position
    found = []
    if standing.others:
        found.append(message("Two decisions met. The more restrictive stands until settled."))
    if row is not None and row.interim:
        found.append(_INTERIM if row.lapses_on is None else _HOLD)
    if row is not None and row.source == PositionSource.CARRIED_OVER:
        found.append(message("Carried over from the rating, to be confirmed."))
    if banned and position != Position.CLOSED:
        found.append(message("The regulator has stopped admissions."))
    if _prompts_another(row, rag):
        found.append(_UNDECIDED if row is None else _CHANGED)
    if row is not None and row.review_on is not None and row.review_on < today:
        found.append(message("The review is overdue."))
    return found


_UNDECIDED = message("Rated, and nobody has decided on placements yet.")
_CHANGED = message("The rating has changed since this was decided.")
_INTERIM = message("Closed because the rating is Red, to be confirmed.")
_HOLD = message("Emergency hold, to be confirmed.")


def _prompts_another(row: PositionRow | None, rag: str | None) -> bool:
    prompted = PROMPTED.get(Rag(rag)) if rag else None
    if prompted is None:
        return False
    if row is None:
        return True
    return rag != row.rag and prompted != row.position
