"""What the records of a setting say of each indicator, with where from and as of when."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitapp.errors import NotFound
from visitapp.records import Action, Answer, Setting, Visit
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.rules.choices import RatingKind
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

_REGULATORS = {"cqc": "Care Quality Commission", "care_inspectorate": "Care Inspectorate"}


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
        return self._published(words, published, "rating")

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
            return self._published(grade.rating, grade.published, f"rating for {said}")

        return read

    def _published(self, words: str, published: date | None, what: str) -> Filled | None:
        value = regulator_value(words)
        if value is None:
            return None
        regulator = _REGULATORS.get(self._setting.regulator, "regulator")
        when = f", published {long_date(published)}" if published else ""
        said = f"{what}: {words}{when}" if words else f"no {what} is published"
        return Filled(value=value, origin=f"{regulator}, {said}.", at=published or self._today)

    def _standing_rating(self) -> Filled:
        rows = rating_rows(self._session, RatingKind.QUALITY, self._setting.id)
        rating = standing(rows)
        if rating is None:
            return Filled(value=UNRATED, origin="No visit has been rated yet.", at=self._today)
        of = long_date(rating.visited_on)
        origin = f"The current rating: {rating.rag.capitalize()}, from the visit of {of}."
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
        return Filled(value=days, origin=f"The last visit was on {long_date(last)}.", at=last)

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
        return Filled(value=count or 0, origin=f"The action plan on {day}.", at=self._today)

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
        origin = f"The visit of {long_date(found.visited_on)}, on the registered manager."
        return Filled(value=value, origin=origin, at=found.visited_on)
