"""What the records of a setting say of each indicator, with where from and as of when."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitapp.errors import NotFound
from visitapp.language import message, translate
from visitapp.records import Action, Answer, Setting, Visit
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.rules.choices import Rag, RatingKind
from visitapp.rules.indicators import (
    KEY_QUESTIONS,
    MANAGER_QUESTION,
    Filled,
    manager_value,
    regulator_value,
)
from visitapp.rules.ratings import standing
from visitapp.services.settings.hygiene import hygiene_rating
from visitapp.services.visits.summaries import UNRATED, is_visit, stands
from visitapp.services.wording import long_date
from visitapp.standing.ratings import rating_rows
from visitapp.storage.directory import Directory
from visitapp.vocabulary import choice_word

_REGULATORS = {
    "cqc": message("Care Quality Commission"),
    "care_inspectorate": message("Care Inspectorate"),
}


class Indicators:
    """The indicators of one setting on one day."""

    def __init__(
        self, session: Session, directory: Directory, setting: Setting, today: date
    ) -> None:
        self._session = session
        self._directory = directory
        self._setting = setting
        self._today = today
        self._readers: dict[str, Callable[[], Filled | None]] = {
            "regulator.overall": self._regulator_overall,
            **{f"regulator.{one}": self._key_question(one) for one in KEY_QUESTIONS},
            "visit.rag": self._standing_rating,
            "visit.age": self._visit_age,
            "actions.overdue": self._overdue_actions,
            "manager.vacant": self._manager,
            "hygiene.rating": self._hygiene,
        }

    def read(self, names: Collection[str]) -> dict[str, Filled]:
        """What the records say of these indicators; those of which they say nothing are missing."""
        found = {name: read() for name in names if (read := self._readers.get(name))}
        return {name: filled for name, filled in found.items() if filled is not None}

    def _regulator_overall(self) -> Filled | None:
        """The newer of the directory on this device and the copy in the setting's own record."""
        if not self._setting.regulator:
            return None
        words, published = self._setting.regulator_overall, self._setting.regulator_published
        try:
            place = self._directory.get(self._setting.location_id)
        except NotFound:
            place = None
        if place is not None and (place.published or date.min) >= (published or date.min):
            words, published = place.overall, place.published
        return self._published(words, published, translate("rating"))

    def _key_question(self, name: str) -> Callable[[], Filled | None]:
        def read() -> Filled | None:
            try:
                grades = self._directory.grades(self._setting.location_id)
            except NotFound:
                return None
            said = name.replace("_", "-")
            found = [grade for grade in grades if grade.domain.casefold() == said]
            whole = [grade for grade in found if grade.service_group.casefold() == "overall"]
            if not found:
                return None
            grade = max(whole or found, key=lambda grade: grade.published or date.min)
            return self._published(
                grade.rating, grade.published, translate("rating for {question}", question=said)
            )

        return read

    def _published(self, words: str, published: date | None, what: str) -> Filled | None:
        value = regulator_value(words)
        if value is None:
            return None
        origin = self._published_origin(words, published, what)
        return Filled(value=value, origin=origin, at=published or self._today)

    def _published_origin(self, words: str, published: date | None, what: str) -> str:
        regulator = _REGULATORS.get(self._setting.regulator) or translate("regulator")
        if not words:
            return translate("{regulator}, no {what} is published.", regulator=regulator, what=what)
        if not published:
            return translate(
                "{regulator}, {what}: {words}.", regulator=regulator, what=what, words=words
            )
        return translate(
            "{regulator}, {what}: {words}, published {day}.",
            regulator=regulator,
            what=what,
            words=words,
            day=long_date(published),
        )

    def _standing_rating(self) -> Filled:
        rows = rating_rows(self._session, RatingKind.QUALITY, self._setting.id)
        rating = standing(rows)
        if rating is None:
            return Filled(
                value=UNRATED, origin=translate("No visit has been rated yet."), at=self._today
            )
        of = long_date(rating.visited_on)
        origin = translate(
            "The current rating: {rag}, from the visit of {day}.",
            rag=choice_word(Rag, rating.rag),
            day=of,
        )
        return Filled(value=rating.rag, origin=origin, at=rating.visited_on)

    def _visit_age(self) -> Filled | None:
        last = self._session.scalar(
            select(func.max(Visit.visited_on)).where(
                Visit.setting_id == self._setting.id, stands(Visit), is_visit(Visit)
            )
        )
        if last is None:
            return None
        days = max(0, (self._today - last).days)
        origin = translate("The last visit was on {day}.", day=long_date(last))
        return Filled(value=days, origin=origin, at=last)

    def _overdue_actions(self) -> Filled:
        count = self._session.scalar(
            select(func.count())
            .select_from(Action)
            .where(
                Action.setting_id == self._setting.id,
                Action.deleted.is_(False),
                Action.status.in_(OPEN_STATUSES),
                Action.due_on < self._today,
            )
        )
        day = long_date(self._today)
        return Filled(
            value=count or 0, origin=translate("The action plan on {day}.", day=day), at=self._today
        )

    def _hygiene(self) -> Filled | None:
        return hygiene_rating(self._directory, self._setting, self._today)

    def _manager(self) -> Filled | None:
        """What the latest visit that asked found; a finding in between is left to the officer."""
        found = self._session.execute(
            select(Answer.value, Visit.visited_on)
            .join(Visit, Visit.id == Answer.visit_id)
            .where(
                Answer.setting_id == self._setting.id,
                Answer.question == MANAGER_QUESTION,
                Answer.item == "",
                Answer.deleted.is_(False),
                stands(Visit),
                is_visit(Visit),
            )
            .order_by(Visit.visited_on.desc(), Visit.id.desc())
            .limit(1)
        ).first()
        value = manager_value(found.value) if found else None
        if found is None or value is None:
            return None
        origin = translate(
            "The visit of {day}, on the registered manager.", day=long_date(found.visited_on)
        )
        return Filled(value=value, origin=origin, at=found.visited_on)
