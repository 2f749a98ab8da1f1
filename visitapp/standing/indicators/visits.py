"""Indicators from the visits of settings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Answer, Visit
from visitapp.records.ids import answer_id
from visitapp.rules.choices import Rag, RatingKind
from visitapp.rules.indicators import MANAGER_QUESTION, Filled, manager_value
from visitapp.rules.market.setting_facts import in_order
from visitapp.rules.market_choices import FactKind
from visitapp.rules.ratings import standing
from visitapp.standing.facts import facts_by_setting
from visitapp.standing.indicators.reading import Reader, Reading
from visitapp.standing.ratings import current_ratings, rating_rows
from visitapp.standing.visits import is_visit, stands
from visitapp.vocabulary import choice_word

_AT_ONCE = 500


def _current_rating(reading: Reading) -> dict[str, Filled]:
    nobody = translate("No visit has been rated yet.")
    unrated = Filled(value=Rag.UNRATED, origin=nobody, at=reading.today)
    found = _each_rating(reading) if reading.few else _every_rating(reading)
    return {id_: found.get(id_, unrated) for id_ in reading.settings}


def _each_rating(reading: Reading) -> dict[str, Filled]:
    return {id_: said for id_ in reading.settings if (said := _rating_of(reading, id_)) is not None}


def _every_rating(reading: Reading) -> dict[str, Filled]:
    ratings = current_ratings()
    rows = reading.session.execute(select(ratings.c.setting_id, ratings.c.rag, ratings.c.rated_on))
    found = {row.setting_id: _said(row.rag, row.rated_on) for row in rows}
    # What stands of several settings together is for the values to say.
    together = {id_: _rating_of(reading, id_) for id_ in set(reading.merged.values())}
    return found | {id_: said for id_, said in together.items() if said is not None}


def _rating_of(reading: Reading, setting_id: str) -> Filled | None:
    ids = reading.together(setting_id)
    rows = [rating_rows(reading.session, RatingKind.QUALITY, one) for one in ids]
    rating = standing(row for some in rows for row in some)
    return _said(rating.rag, rating.visited_on) if rating is not None else None


def _said(rag: str, day: date) -> Filled:
    origin = translate(
        "The current rating: {rag}, from the visit of {day}.",
        rag=choice_word(Rag, rag),
        day=short_day(day),
    )
    return Filled(value=rag, origin=origin, at=day)


def _age(reading: Reading) -> dict[str, Filled]:
    """How many days ago the last visit was."""
    rows = reading.session.execute(
        select(Visit.setting_id, func.max(Visit.visited_on).label("last"))
        .where(reading.about(Visit.setting_id), stands(Visit), is_visit(Visit))
        .group_by(Visit.setting_id)
    )
    found = {}
    for id_, own in reading.grouped(rows).items():
        last = max(row.last for row in own)
        origin = translate("The last visit was on {day}.", day=short_day(last))
        days = max(0, (reading.today - last).days)
        found[id_] = Filled(value=days, origin=origin, at=last)
    return found


def _manager(reading: Reading) -> dict[str, Filled]:
    """What the latest visit that asked found, or a fact recorded since."""
    asked = _asked_last(reading)
    facts = facts_by_setting(reading.session, reading.about)
    found = {}
    for id_ in reading.settings:
        own = [
            fact
            for one in reading.together(id_)
            for fact in facts.get(one, {}).get(FactKind.MANAGER, ())
            if fact.since <= reading.today
        ]
        fact = next(reversed(in_order(own)), None)
        answer, day = asked.get(id_, (None, date.min))
        if fact is not None and fact.as_of > day:
            if not fact.content:
                origin = translate(
                    "The fact of {day}: no manager in post.", day=short_day(fact.as_of)
                )
                found[id_] = Filled(value="vacant", origin=origin, at=fact.as_of)
        elif (value := manager_value(answer)) is not None:
            origin = translate("The visit of {day}, on the registered manager.", day=short_day(day))
            found[id_] = Filled(value=value, origin=origin, at=day)
    return found


def _asked_last(reading: Reading) -> dict[str, tuple[object, date]]:
    """The answer to `MANAGER_QUESTION` of the latest visit to each setting that asked, and its day.

    Answers are looked up by their ids, the latest visit of every setting first: few settings need
    a second look, and no look reads the other answers.
    """
    rows = reading.session.execute(
        select(Visit.setting_id, Visit.id, Visit.visited_on)
        .where(reading.about(Visit.setting_id), stands(Visit), is_visit(Visit))
        .order_by(Visit.visited_on.desc(), Visit.id.desc())
    )
    visits = reading.grouped(rows)
    found: dict[str, tuple[object, date]] = {}
    place = 0
    while left := [id_ for id_, own in visits.items() if id_ not in found and len(own) > place]:
        latest = {answer_id(visits[id_][place].id, MANAGER_QUESTION): id_ for id_ in left}
        for answer, value in _answers(reading, list(latest)):
            id_ = latest[answer]
            found[id_] = (value, visits[id_][place].visited_on)
        place += 1
    return found


def _answers(reading: Reading, ids: list[str]) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for start in range(0, len(ids), _AT_ONCE):
        rows = reading.session.execute(
            select(Answer.id, Answer.value).where(
                Answer.id.in_(ids[start : start + _AT_ONCE]), Answer.deleted.is_(False)
            )
        )
        found += [(row.id, row.value) for row in rows]
    return found


READERS: Mapping[str, Reader] = {
    "visit.rag": _current_rating,
    "visit.age": _age,
    "manager.vacant": _manager,
}
