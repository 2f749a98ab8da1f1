"""One visit of the journey, answer by answer, with what each answer did and how long it took."""

from __future__ import annotations

import time
from statistics import median
from typing import Any

from msgspec import Struct

from visitapp.demo.council.answers import Answers
from visitapp.demo.council.council import Place
from visitapp.demo.work.device import Device
from visitapp.demo.work.seeding import (
    OWNERS,
    complete,
    facts_of,
    seen_title,
    setting_of,
    suggestions,
)
from visitapp.services.views.visits import AnswerSaved, VisitView

_ACTIONS = 5


class OutcomeMove(Struct, frozen=True, kw_only=True):
    """The answer to `question`, as number `after`, made the overall `overall`."""

    after: int
    question: str
    overall: str


class VisitMade(Struct, frozen=True, kw_only=True):
    """What a visit came to; `*_ms` are milliseconds until an answer was safe and rated."""

    visit_id: str
    setting_id: str
    setting: str
    form: str
    form_version: str
    status: str
    answers: int
    actions: int
    overall: str
    percent: int | None
    coverage: int
    provisional: bool
    outcome_moves: list[OutcomeMove]
    answer_ms_median: float
    answer_ms_slowest: float


class VisitRun:
    """A visit in progress on a device."""

    def __init__(self, device: Device, place: Place, form_id: str, **details: Any) -> None:
        self._visits = device.services.visits
        self._actions = device.services.actions
        self._today = device.services.desk.today()
        self._facts = facts_of(place)
        started = self._visits.start(setting_of(place), form_id, **details)
        self.id = started.id
        self.form = self._visits.form(started.id)
        self._moves: list[OutcomeMove] = []
        self._spent: list[float] = []
        self._answered: Answers = {}
        self._raised = 0

    def answer(self, answers: Answers) -> None:
        """Give the answers one by one, in form order, each saved and rated before the next."""
        whole, seen = complete(self.form, answers, self._facts)
        for name in self.form.questions:
            if name in whole:
                started = time.perf_counter()
                saved = self._visits.answer(self.id, name, **whole[name])
                self._spent.append(1000 * (time.perf_counter() - started))
                self._note(name, saved)
        for question, kind in seen:
            title = seen_title(self.form.questions[question], kind)
            self._visits.add_evidence(self.id, question, kind, title)
        self._answered = whole

    def raise_actions(self) -> None:
        """Take up the most urgent actions that the form suggests."""
        chosen = suggestions(self.form, self._answered)[:_ACTIONS]
        for place, (question, rule) in enumerate(chosen):
            self._actions.add(
                self.id,
                None,
                rule.suggest,
                self._actions.due_on(rule.priority, rule.due_days),
                rule.priority,
                owner=OWNERS[place % len(OWNERS)],
                question=question.id,
            )
            self._raised += 1

    def sign_off(self) -> None:
        """Freeze it."""
        self._visits.sign_off(self.id)

    def made(self) -> VisitMade:
        """What it came to."""
        view: VisitView = self._visits.view(self.id)
        return VisitMade(
            visit_id=self.id,
            setting_id=view.summary.setting_id,
            setting=view.setting_name,
            form=self.form.id,
            form_version=self.form.version,
            status=view.summary.status,
            answers=len(self._answered),
            actions=self._raised,
            overall=view.outcome.overall,
            percent=view.outcome.percent,
            coverage=view.outcome.coverage,
            provisional=view.outcome.provisional,
            outcome_moves=self._moves,
            answer_ms_median=round(median(self._spent), 1),
            answer_ms_slowest=round(max(self._spent), 1),
        )

    def _note(self, question: str, saved: AnswerSaved) -> None:
        overall = saved.outcome.overall
        if not self._moves or self._moves[-1].overall != overall:
            move = OutcomeMove(after=len(self._spent), question=question, overall=overall)
            self._moves.append(move)
