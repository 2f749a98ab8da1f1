"""Indicators from the visits of a setting."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Answer, Visit
from visitapp.rules.choices import Rag, RatingKind
from visitapp.rules.indicators import MANAGER_QUESTION, Filled, manager_value
from visitapp.rules.market.setting_facts import Fact, in_order
from visitapp.rules.market_choices import FactKind
from visitapp.rules.ratings import standing
from visitapp.standing.facts import facts_of
from visitapp.standing.indicators.reading import Reader, Reading
from visitapp.standing.ratings import rating_rows
from visitapp.standing.visits import is_visit, stands
from visitapp.vocabulary import choice_word


def _current_rating(reading: Reading) -> Filled:
    ids = reading.setting_ids()
    rows = [rating_rows(reading.session, RatingKind.QUALITY, one) for one in ids]
    rating = standing(row for some in rows for row in some)
    if rating is None:
        origin = translate("No visit has been rated yet.")
        return Filled(value=Rag.UNRATED, origin=origin, at=reading.today)
    origin = translate(
        "The current rating: {rag}, from the visit of {day}.",
        rag=choice_word(Rag, rating.rag),
        day=short_day(rating.visited_on),
    )
    return Filled(value=rating.rag, origin=origin, at=rating.visited_on)


def _age(reading: Reading) -> Filled | None:
    """How many days ago the last visit was."""
    last = reading.session.scalar(
        select(func.max(Visit.visited_on)).where(
            Visit.setting_id.in_(reading.setting_ids()), stands(Visit), is_visit(Visit)
        )
    )
    if last is None:
        return None
    days = max(0, (reading.today - last).days)
    origin = translate("The last visit was on {day}.", day=short_day(last))
    return Filled(value=days, origin=origin, at=last)


def _manager(reading: Reading) -> Filled | None:
    """What the latest visit that asked found, or a fact recorded since."""
    found = reading.session.execute(
        select(Answer.value, Visit.visited_on)
        .join(Visit, Visit.id == Answer.visit_id)
        .where(
            Answer.setting_id.in_(reading.setting_ids()),
            Answer.question == MANAGER_QUESTION,
            Answer.item == "",
            Answer.deleted.is_(False),
            stands(Visit),
            is_visit(Visit),
        )
        .order_by(Visit.visited_on.desc(), Visit.id.desc())
        .limit(1)
    ).first()
    fact = next(reversed(in_order(_manager_facts(reading))), None)
    if fact is not None and (found is None or fact.as_of > found.visited_on):
        return _vacant_by(fact)
    value = manager_value(found.value) if found else None
    if found is None or value is None:
        return None
    origin = translate(
        "The visit of {day}, on the registered manager.", day=short_day(found.visited_on)
    )
    return Filled(value=value, origin=origin, at=found.visited_on)


def _manager_facts(reading: Reading) -> list[Fact]:
    by_kind = facts_of(reading.session, reading.setting_ids())
    return [fact for fact in by_kind.get(FactKind.MANAGER, []) if fact.since <= reading.today]


def _vacant_by(fact: Fact) -> Filled | None:
    """What a fact says of the manager's post: that it is vacant, or nothing."""
    if fact.content:
        return None
    origin = translate("The fact of {day}: no manager in post.", day=short_day(fact.as_of))
    return Filled(value="vacant", origin=origin, at=fact.as_of)


READERS: Mapping[str, Reader] = {
    "visit.rag": _current_rating,
    "visit.age": _age,
    "manager.vacant": _manager,
}
