"""Lives the past through the services, so that it is stored, rated and synced like the present."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from forms.model import PRIORITIES, ActionRule, Form, Question
from forms.rating.needs import needs
from forms.rating.suggest import suggested_action
from visitapp.demo.council.answers import Answers, Pen
from visitapp.demo.council.council import Place
from visitapp.demo.council.dice import dice_for
from visitapp.demo.council.past import DAYS, PastVisit
from visitapp.demo.council.story import LEFT
from visitapp.demo.work.device import Device
from visitapp.records import ids
from visitapp.rules.visiting.due import action_due

if TYPE_CHECKING:
    from pathlib import Path

    from visitapp.services.views.actions import ActionView

HOME_FORM = "residential-quality"
AGENCY_FORM = "home-care-quality"
CONTRACT_FORM = "contract-review"
OWNERS = ("Registered manager", "Deputy manager", "Provider's area manager")
_NEW_DATE = 0.5
"""The share of unfinished actions for which a later date was agreed."""

_URGENT, _LATER = 2, 2
"""How many of the most and of the least urgent actions are raised at a visit of the past."""


_OFTEN_LEFT = ("plan_involvement", "falls_followed_up", "continuity_plan")
"""One of these is left unchecked at each visit to a home, and is the next visit's plan."""


_REVIEWED_LATE = 1 / 8
_MOVED, _AGREED = 0.2, 0.5
"""How many planned visits were moved, and how many of the others are confirmed."""


class Seeder:
    """One officer's two years, on the officer's own laptop."""

    def __init__(self, device: Device, today: date) -> None:
        self._device = device
        self._services = device.services
        self._policy = device.services.policies.in_force()
        self._today = today
        self.visits = 0
        self.answers = 0
        self.actions = 0

    def take_on(self, public_file: Path, places: list[Place]) -> None:
        """Import the public file and take the officer's settings into the portfolio."""
        self._services.directory.import_file(public_file)
        with self._device.clock.at(self._today - timedelta(days=DAYS), 9):
            for place in places:
                self._services.settings.add(place.location_id)

    def live(self, past: list[PastVisit]) -> None:
        """Carry out the visits, earliest first, each settling what is left of the one before."""
        for visit in past:
            self._follow_up(visit.place, visit.day)
            self._visit(visit)
        for place in {visit.place.location_id: visit.place for visit in past}.values():
            self._settle_recent(place)
            self._plan_ahead(place)

    def _plan_ahead(self, place: Place) -> None:
        """Plan what is due within eight weeks; of some the day is agreed, some were moved."""
        planning, dice = self._services.planning, dice_for(f"plans {place.location_id}")
        until = self._today + timedelta(weeks=8)
        with self._device.clock.at(self._today - timedelta(days=1), 16):
            for due in planning.due(setting_id=setting_of(place), until=until):
                plan = planning.plan(due.setting_id, due.due.purpose)
                if dice.random() < _MOVED:
                    later = plan.planned_on + timedelta(days=7)
                    planning.move(plan.id, later, "The manager is on leave that week.")
                elif dice.random() < _AGREED:
                    planning.confirm(plan.id)

    def review_contract(self, place: Place) -> None:
        """Review its contract once in the last year; of one setting in eight it is late now."""
        visits, dice = self._services.visits, dice_for(f"contract {place.location_id}")
        late = dice.random() < _REVIEWED_LATE
        day = self._today - timedelta(days=dice.randint(*((370, 400) if late else (30, 330))))
        with self._device.clock.at(day, 9):
            started = visits.start(setting_of(place), CONTRACT_FORM)
            form, facts = visits.form(started.id), facts_of(place)
            answers, seen = complete(form, Pen(dice, 0.9, frozenset()).fill(form, facts), facts)
            visits.answer_all(started.id, answers)
            for question, kind in seen:
                title = seen_title(form.questions[question], kind)
                visits.add_evidence(started.id, question, kind, title)
        with self._device.clock.at(day, 15):
            visits.sign_off(started.id)
        self.visits += 1
        self.answers += len(answers)

    def _visit(self, past: PastVisit) -> None:
        visits, clock = self._services.visits, self._device.clock
        dice = dice_for(f"{past.place.location_id} {past.day}")
        form_id = HOME_FORM if past.place.care_home else AGENCY_FORM
        with clock.at(past.day, 9, 30):
            started = visits.start(
                setting_of(past.place), form_id, past.purpose, announced=past.announced
            )
            form = visits.form(started.id)
            facts = facts_of(past.place)
            written = Pen(dice, past.level, past.weak_areas).fill(form, facts)
            left = dice.choice(_OFTEN_LEFT)
            written |= {left: LEFT} if left in written else {}
            answers, seen = complete(form, written, facts)
            visits.answer_all(started.id, answers)
            for question, kind in seen:
                title = seen_title(form.questions[question], kind)
                visits.add_evidence(started.id, question, kind, title)
        with clock.at(past.day, 14, dice.randint(0, 59)):
            self._raise_actions(started.id, form, answers, past.day, dice)
            visits.sign_off(started.id)
        self.visits += 1
        self.answers += len(answers)

    def _raise_actions(
        self, visit_id: str, form: Form, answers: Answers, day: date, dice: Random
    ) -> None:
        found = suggestions(form, answers)
        for question, rule in found[:_URGENT] + found[_URGENT:][-_LATER:]:
            self._services.actions.add(
                visit_id,
                None,
                rule.suggest,
                action_due(
                    self._policy.actions,
                    self._policy.working_days.days(),
                    day,
                    rule.priority,
                    rule.due_days,
                ),
                rule.priority,
                owner=dice.choice(OWNERS),
                question=question.id,
            )
            self.actions += 1

    def _follow_up(self, place: Place, day: date) -> None:
        """At a new visit what was asked before is verified, or still the provider's word."""
        dice = dice_for(f"follow-up {place.location_id} {day}")
        with self._device.clock.at(day, 11):
            for action in self._open_actions(place):
                status = "verified" if dice.random() > _unproven(place) else "done"
                self._services.actions.update(
                    action.id, status=status, how="visit", note="Seen at the next visit."
                )

    def _settle_recent(self, place: Place) -> None:
        """What the provider did since the last visit: some is done, some has a new date, some is
        late."""
        dice = dice_for(f"recent {place.location_id}")
        yesterday = self._today - timedelta(days=1)
        for action in self._open_actions(place):
            with self._device.clock.at(min(action.due_on, yesterday), 16):
                if dice.random() > _unproven(place):
                    self._services.actions.update(action.id, status="done")
                elif dice.random() < _NEW_DATE:
                    later = self._today + timedelta(days=dice.randint(3, 40))
                    self._services.actions.update(
                        action.id,
                        status="in_progress",
                        due_on=later,
                        reason="The provider asked for more time.",
                    )
                else:
                    self._services.actions.update(action.id, status="in_progress")

    def _open_actions(self, place: Place) -> list[ActionView]:
        return self._services.actions.list(setting_id=setting_of(place), open_only=True)


def _unproven(place: Place) -> float:
    """The share of actions that are not shown to be done."""
    return 0.6 if place.character in {"failing", "slipping"} else 0.3


def setting_of(place: Place) -> str:
    """The id of a place's setting."""
    return ids.setting_id("cqc", place.location_id)


def facts_of(place: Place) -> dict[str, str]:
    """What the forms' conditions read of a place."""
    return {"service_type": "residential" if place.care_home else "home_care"}


def complete(
    form: Form, answers: Answers, facts: dict[str, str]
) -> tuple[Answers, list[tuple[str, str]]]:
    """The answers with the notes and reasons that sign-off asks for, and the evidence to add."""
    seen = []
    whole = {name: dict(answer) for name, answer in answers.items()}
    for need in needs(form, answers, facts, {}):
        if need.what == "note":
            whole[need.question]["note"] = "Shown on the day and talked through."
        elif need.what == "reason":
            whole[need.question]["reason"] = "It could not be seen on the day."
        elif need.what != "answer":
            seen.append((need.question, need.what))
    return whole, seen


def seen_title(question: Question, kind: str) -> str:
    """What a piece of evidence is called: `Record seen for 3.4`."""
    titles = {"conversation": "Conversation about", "photo": "Photo for", "note": "Note on"}
    return f"{titles.get(kind, 'Record seen for')} {question.number}"


def suggestions(form: Form, answers: Answers) -> list[tuple[Question, ActionRule]]:
    """The actions that the form suggests for these answers, the most urgent first."""
    found = []
    for name, answer in answers.items():
        rule = suggested_action(form.questions[name], answer)
        if rule is not None:
            found.append((form.questions[name], rule))
    return sorted(found, key=lambda pair: PRIORITIES.index(pair[1].priority))
