"""Lives the story of one improvement plan on the officer's and the lead's laptops, day by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from visitapp.demo.council.council import Place
from visitapp.demo.council.plan_story import (
    ACTIONS,
    ADDED,
    AGREED,
    CONCERNS,
    DESK_CHECK,
    DOCUMENTS,
    ENDS,
    GOAL,
    MET,
    PEOPLE,
    RAISED,
    REOPENED,
    RESTRICTED,
    STARTS,
    VISITS,
    PlannedAction,
    ToldConcern,
    shift,
)
from visitapp.demo.summary import PlanStoryFacts
from visitapp.demo.work.device import Device
from visitapp.demo.work.seeding import setting_of
from visitapp.services.concerns.views import NewConcern
from visitapp.services.documents.views import DocumentOwner

_Event = tuple[date, int, Device, Callable[[], object]]


class PlanStory:
    """What happens at the home, in the order of its days."""

    def __init__(self, officer: Device, lead: Device, place: Place) -> None:
        self._officer, self._lead = officer, lead
        self._place, self._setting = place, setting_of(place)
        self._shift = shift(officer.services.desk.today())
        self._actions: dict[int, str] = {}
        self._concerns: dict[int, str] = {}
        self._plan = ""
        self._events: list[_Event] = []

    def show(self, public_file: Path) -> PlanStoryFacts:
        """Live the story; `public_file` lists the home."""
        services = self._officer.services
        services.directory.import_file(public_file)
        with self._officer.clock.at(ADDED + self._shift, 9):
            services.settings.add(self._place.location_id)
        self._meet()
        self._tell_concerns()
        self._tell_plan()
        for number, action in enumerate(ACTIONS, 1):
            self._tell_action(number, action)
        self._reopen()
        for day, hour, device, do in sorted(self._events, key=lambda event: event[:2]):
            with device.clock.at(day + self._shift, hour):
                do()
        self._add_documents()
        self._meet()
        return PlanStoryFacts(
            setting=self._place.name,
            setting_id=self._setting,
            plan_id=self._plan,
            shifted_days=self._shift.days,
        )

    def _on(self, day: date, hour: int, do: Callable[[], object]) -> None:
        self._events.append((day, hour, self._officer, do))

    def _tell_concerns(self) -> None:
        for place, told in enumerate(CONCERNS):
            device = self._lead if place == RESTRICTED else self._officer
            self._events.append((told.received, 10, device, self._log(device, place, told)))
            if told.closed is not None:
                closing = self._close(device, place, told)
                self._events.append((told.closed, 15, device, closing))

    def _log(self, device: Device, place: int, told: ToldConcern) -> Callable[[], None]:
        def log() -> None:
            new = NewConcern(
                setting_id=self._setting,
                kind=told.kind,
                title=told.title,
                severity=told.severity,
                source=told.source,
                themes=[told.theme],
                restricted=place == RESTRICTED,
            )
            self._concerns[place] = device.services.concerns.log(new).row.id

        return log

    def _close(self, device: Device, place: int, told: ToldConcern) -> Callable[[], None]:
        def close() -> None:
            concerns, one = device.services.concerns, self._concerns[place]
            concerns.record_reply(one, "The provider answered in writing, with records.")
            concerns.decide(one, told.decision, "By the records and what was seen.")
            concerns.close(one, "Told to the team, and looked at again at the next visit.")

        return close

    def _tell_plan(self) -> None:
        plans = self._officer.services.plans

        def draft() -> None:
            starts, ends = STARTS + self._shift, ENDS + self._shift
            self._plan = plans.draft(self._setting, GOAL, starts, ends, PEOPLE).id

        def agree() -> None:
            plans.agree(self._plan, "The nominated individual")

        # Before the first actions are verified, so that they are the plan's.
        self._on(RAISED, 14, draft)
        self._on(AGREED, 16, agree)
        self._on(MET, 17, lambda: plans.end(self._plan, "met"))

    def _tell_action(self, number: int, action: PlannedAction) -> None:
        services = self._officer.services

        def add() -> None:
            self._actions[number] = services.actions.add(
                None,
                self._setting,
                action.title,
                action.due + self._shift,
                action.priority,
                owner="Registered manager",
                theme=action.theme,
                success_measure=action.measure,
                target=action.target,
            ).id

        def move(to: date) -> Callable[[], object]:
            return lambda: services.actions.update(
                self._actions[number],
                due_on=to + self._shift,
                reason="The provider asked for more time.",
            )

        def done() -> None:
            words = "All of it is done, and the records are in the office."
            services.plans.tell(self._actions[number], words, progress=action.target)
            services.actions.update(self._actions[number], status="done")

        self._on(RAISED, 16, add)
        for on, to in action.moves:
            self._on(on, 14, move(to))
        self._on(action.done, 12, done)
        day = VISITS[action.verified - 1] if action.verified else DESK_CHECK
        self._on(
            day, 15, lambda: self._verify(number, "visit" if action.verified else "desk_check")
        )

    def _reopen(self) -> None:
        number, on, due, done, verified = REOPENED
        actions = self._officer.services.actions
        self._on(
            on,
            16,
            lambda: actions.update(
                self._actions[number],
                status="reopened",
                due_on=due + self._shift,
                reason="Three of twenty rooms had none in reach.",
            ),
        )
        self._on(done, 12, lambda: actions.update(self._actions[number], status="done"))
        self._on(verified, 15, lambda: self._verify(number, "visit"))

    def _verify(self, number: int, how: str) -> None:
        self._officer.services.actions.update(
            self._actions[number], status="verified", how=how, note=ACTIONS[number - 1].measure
        )

    def _add_documents(self) -> None:
        owner = DocumentOwner("setting", self._setting)
        for kind, title, issued, expires in DOCUMENTS:
            self._officer.services.documents.add(
                owner,
                kind,
                title=title,
                issued_on=issued + self._shift,
                expires_on=expires + self._shift if expires else None,
            )

    def _meet(self) -> None:
        """The officer sends, the lead receives and sends, the officer receives."""
        self._officer.sync_whole()
        self._lead.sync_whole()
        self._officer.sync_whole()
