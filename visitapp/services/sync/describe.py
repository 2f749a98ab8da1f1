"""Records, their fields and their values as an officer would say them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Date
from sqlalchemy.orm import Session

from forms.model import Form, Question
from visitapp.dates import short_day
from visitapp.errors import Refused
from visitapp.language import translate
from visitapp.records import (
    KINDS,
    Action,
    AffectedPerson,
    Answer,
    Contract,
    Document,
    Evidence,
    ExitCriterion,
    ImprovementPlan,
    Intervention,
    PlacementPosition,
    PlannedVisit,
    Position,
    Provider,
    ProviderGroup,
    Setting,
    SignificantEvent,
    Step,
    Synced,
    Visit,
)
from visitapp.records.base import Instant
from visitapp.records.codec import columns, field_from_wire
from visitapp.records.declared import parents
from visitapp.rules.choices import ServiceType
from visitapp.rules.market.contract_terms import service_types
from visitapp.services.lookup import titles
from visitapp.services.wording import answer_text
from visitapp.vocabulary import choice_word, kind_word, state_word, visit_word


class RecordWords:
    """The words for one record of a kind, which may be gone, and for values of its fields."""

    def __init__(
        self,
        session: Session,
        form_of: Callable[[Visit], Form],
        kind: str,
        record: Synced | None,
    ) -> None:
        self._session = session
        self._form_of = form_of
        self._kind = kind
        self._record = record

    def subject(self) -> str:
        """Which record, as an officer would say it."""
        match self._record:
            case Action(title=title):
                return translate("Action “{title}”", title=title)
            case ImprovementPlan(goal=goal):
                return translate("Improvement plan “{goal}”", goal=goal)
            case AffectedPerson(person=person):
                return translate("Person {code}", code=person)
            case ExitCriterion(text=text):
                return translate("Exit criterion “{text}”", text=text)
            case Intervention(referred_on=day):
                return translate("Intervention referred on {day}", day=short_day(day))
            case Answer(question=question) as answer:
                found = self._question(answer)
                return translate("Question {number}", number=found.number if found else question)
            case PlannedVisit(first_planned_on=day, purpose=purpose):
                visit, day_text = visit_word(purpose), short_day(day)
                return translate("{visit} planned for {day}", visit=visit, day=day_text)
            case Visit(visited_on=day, purpose=purpose):
                return translate("{visit} of {day}", visit=visit_word(purpose), day=short_day(day))
            case Evidence(title=title):
                return translate("Evidence “{title}”", title=title)
            case Document(title=title):
                return translate("Document “{title}”", title=title)
            case PlacementPosition(position=position):
                return translate(
                    "New placements: {position}", position=choice_word(Position, position).lower()
                )
            case SignificantEvent(text=text):
                return translate("Event “{text}”", text=text)
            case Contract(number=number):
                return translate("Contract {number}", number=number)
            case Setting(name=name) | Provider(name=name) | ProviderGroup(name=name):
                return name
            case Step() as step:
                return self._step(step)
        return kind_word(KINDS[self._kind]).capitalize()

    def value(self, field: str, wire: Any) -> str:
        """A value as it would be read on the record's page."""
        if wire is None or wire == "":
            return translate("nothing")
        kind = KINDS[self._kind]
        column = columns(kind).get(field)
        if column is None:  # a field of an older program
            return str(wire)
        choices = column.info.get("choices")
        if column.info.get("user"):
            return titles(self._session, [wire]).get(wire, translate("someone else"))
        referred = KINDS.get(parents(kind).get(field, ""))
        if referred is not None:
            return self._subject_of(referred, self._session.get(referred, wire))
        if isinstance(column.type, Date):
            return short_day(field_from_wire(kind, field, wire))
        if isinstance(column.type, Instant):
            moment: datetime = field_from_wire(kind, field, wire)
            return f"{moment.astimezone():%H:%M}, {short_day(moment.astimezone().date())}"
        if isinstance(self._record, Answer) and field == "value":
            question = self._question(self._record)
            return answer_text(question, {"value": wire}) if question else str(wire)
        if kind is Contract and field == "service_types":
            return ", ".join(choice_word(ServiceType, one) for one in service_types(str(wire)))
        if isinstance(wire, bool):
            return translate("yes") if wire else translate("no")
        return choice_word(choices, wire) if choices else str(wire)

    def _step(self, step: Step) -> str:
        kind: type[Synced] = KINDS[step.kind]
        record = self._session.get(kind, step.record_id)
        subject = self._subject_of(kind, record)
        return translate(
            "{subject}, to {state}", subject=subject, state=state_word(kind, step.after)
        )

    def _subject_of(self, kind: type[Synced], record: Synced | None) -> str:
        name = str(kind.__tablename__)
        return RecordWords(self._session, self._form_of, name, record).subject()

    def _question(self, answer: Answer) -> Question | None:
        visit = self._session.get(Visit, answer.visit_id)
        if visit is None:
            return None
        try:
            form = self._form_of(visit)
        except Refused:
            return None
        return form.questions.get(answer.question)
