"""From the outcome of a visit to the rating that stands: down at once, up if agreed.

The source of these rules is docs/architecture.md, Ratings.

Every rating row is written once. A visit has one for its sign-off and one for each decision of a
team lead on it; a significant event that changes the rating has one. `standing` finds the one that
stands among them; `at_sign_off`, `at_event` and `at_return` say in which state a new row is
written.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct

from visitapp.language import Message, message
from visitapp.rules.access import REVIEWERS
from visitapp.rules.choices import Rag, RatingState
from visitapp.rules.policy.visiting import RatingRules

SEVERITY = {Rag.GREEN: 1, Rag.AMBER: 2, Rag.RED: 3}
"""How bad a rating is. Unrated is no rating."""

EFFECTIVE = (RatingState.STANDS, RatingState.UNDER_REVIEW, RatingState.WITHDRAWN)
"""States that decide whether the rating of a visit stands. A proposed or noted one changes
nothing."""

STANDING = (RatingState.STANDS, RatingState.UNDER_REVIEW)

UNSENT = 2**63 - 1
"""The revision of a row that the server has not replaced by its own: the newest of its day."""


class RatingRow(Struct, frozen=True, kw_only=True):
    """A rating row as far as it decides what stands. `cause_id`: the visit or event that it is of;
    `visited_on`: the day of that.

    `order`: the server's revision, or UNSENT; unsent rows are told apart by `since`, when this
    device wrote them.
    """

    id: str
    cause_id: str
    visited_on: date
    order: int
    since: datetime
    rag: str
    state: str

    @property
    def age(self) -> tuple[int, datetime, str]:
        """Later rows have more."""
        return self.order, self.since, self.id


def standing(rows: Iterable[RatingRow]) -> RatingRow | None:
    """The row that stands: of each visit or event the newest that has effect, of those the one of
    the latest day, whenever it was signed off."""
    newest: dict[str, RatingRow] = {}
    for row in rows:
        if row.state not in EFFECTIVE:
            continue
        other = newest.get(row.cause_id)
        if other is None or row.age > other.age:
            newest[row.cause_id] = row
    candidates = [row for row in newest.values() if row.state in STANDING]
    return max(candidates, key=lambda row: (row.visited_on, row.age), default=None)


def at_sign_off(
    rag: str,
    *,
    provisional: bool,
    sets_rating: bool,
    current: str | None,
    rules: RatingRules,
) -> RatingState | None:
    """The state in which the rating of a visit is written at its sign-off; None for no row.

    `current`: the rating that stood on the day of the visit. `sets_rating`: whether the form of
    the visit may set it; one that may not, such as a themed audit, proposes a worse one.
    """
    change = SEVERITY[Rag(rag)] - (SEVERITY[Rag(current)] if current else 0)
    if not sets_rating:
        return RatingState.PROPOSED if current and change > 0 else None
    if current is None and rag == Rag.GREEN:
        return _better(provisional, rules.first_green_at)
    if change < 0:
        return _better(provisional, rules.better_at)
    return RatingState.STANDS


def at_event(rag: str, *, current: str | None, reviewer: bool) -> RatingState | None:
    """The state in which the rating by a significant event is written; None when it changes
    nothing. `current`: the rating that stood on the day of the event.

    A better one that somebody recorded who does not review waits for a team lead: when it was
    recorded, the rating that was known was better still. Who reviews keeps a rating by an event
    that is as bad, which gives it another review.
    """
    if rag == current and not reviewer:
        return None
    if reviewer or _is_worse(rag, current):
        return RatingState.STANDS
    return RatingState.PROPOSED


def _is_worse(rag: str, current: str | None) -> bool:
    if current is None:
        return rag != Rag.GREEN
    return SEVERITY[Rag(rag)] > SEVERITY[Rag(current)]


def event_refusal(role: str, rag: str, before: str) -> Message | None:
    """Why somebody of this role may not change the rating from `before`, which they know, by an
    event; None when they may."""
    current = None if before == Rag.UNRATED else before
    if role in REVIEWERS or _is_worse(rag, current):
        return None
    if rag == current:
        return message("The setting already has this rating.")
    return message("Only a team lead improves a rating by a significant event.")


class RatingBasis(Struct, frozen=True, kw_only=True):
    """What decides when the rating of a visit stands. `current`: the rating that stood on the day
    of the visit. `state`: of the newest row of a visit that was signed off, else empty. `later`:
    whether the rating of a later visit stands, whatever this one finds."""

    current: str | None
    rules: RatingRules
    state: str = ""
    later: bool = False


def rating_state(basis: RatingBasis, rag: str, *, provisional: bool) -> str:
    """The state of the rating of a visit whose form may set it; of an open visit, the state that a
    sign-off would give it now. Empty when it has no rating."""
    if basis.state or rag == Rag.UNRATED:
        return basis.state
    given = at_sign_off(
        rag,
        provisional=provisional,
        sets_rating=True,
        current=basis.current,
        rules=basis.rules,
    )
    return given or ""


def _better(provisional: bool, moment: str) -> RatingState:
    if provisional:
        return RatingState.NOTED
    return RatingState.STANDS if moment == "sign_off" else RatingState.PROPOSED


def at_approval(state: str | None) -> RatingState | None:
    """The state that an approval gives the rating of a visit; None when it changes nothing."""
    if state in (RatingState.PROPOSED, RatingState.UNDER_REVIEW):
        return RatingState.STANDS
    return None


def at_return(state: str | None, rag: str, *, without: str | None) -> RatingState | None:
    """The state that a return gives the rating of a visit; None when it had none to lose.

    A worse rating stays, under review, until the visit is signed off again. `without`: the rating
    that would stand if this visit had none.
    """
    if state is None or state == RatingState.WITHDRAWN:
        return None
    worse = without is None or SEVERITY[Rag(rag)] > SEVERITY[Rag(without)]
    is_worsening = worse and not (without is None and rag == Rag.GREEN)
    if state in STANDING and is_worsening:
        return RatingState.UNDER_REVIEW
    return RatingState.WITHDRAWN
