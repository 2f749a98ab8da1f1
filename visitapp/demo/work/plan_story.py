"""Lives the story of one improvement plan on the laptops of four people, day by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from visitapp.demo.council.cases import FIRM
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
    PUBLISHED,
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
from visitapp.demo.work.intervention_story import InterventionStory
from visitapp.demo.work.ladder_story import LadderStory
from visitapp.demo.work.leading import contract_with
from visitapp.demo.work.seeding import setting_of
from visitapp.demo.work.timeline import RED, Cast, Timeline, Visiting
from visitapp.services.concerns.views import NewConcern
from visitapp.services.documents.views import DocumentOwner
from visitapp.standing.tailored_forms import FORM as INTERVENTION_FORM

CONTRACT = "CARE-9002"
ANSWERS = 6
"""The number of the action that answers the finding of the quality visit."""


class PlanStory:
    """What happens at the home, in the order of its days."""

    def __init__(self, cast: Cast, place: Place) -> None:
        self._cast, self._officer, self._lead = cast, cast.officer, cast.lead
        self._place, self._setting = place, setting_of(place)
        moved_by = shift(self._officer.services.desk.today())
        self._shift = moved_by
        self._timeline = Timeline(cast, moved_by)
        self._visiting = Visiting(self._timeline, place)
        self._actions: dict[int, str] = {}
        self._concerns: dict[int, str] = {}
        self._plan = ""

    def show(self, first_file: Path, second_file: Path) -> PlanStoryFacts:
        """Live the story. The files list the home after the regulator's first and second report."""
        self._begin(first_file, second_file)
        self._tell_concerns()
        self._tell_plan()
        for number, action in enumerate(ACTIONS, 1):
            self._tell_action(number, action)
        self._reopen()
        self._tell_visits()
        LadderStory(self._timeline, self._cast, self._setting).tell()
        intervention = InterventionStory(self._timeline, self._cast, self._setting)
        intervention.tell()
        self._timeline.live()
        return PlanStoryFacts(
            setting=self._place.name,
            setting_id=self._setting,
            plan_id=self._plan,
            intervention_id=intervention.id,
            shifted_days=self._shift.days,
        )

    def _on(self, day: date, hour: int, do: Callable[[], object]) -> None:
        self._timeline.on(day, hour, self._officer, do)

    def _begin(self, first_file: Path, second_file: Path) -> None:
        services = self._officer.services

        def take_on() -> None:
            services.directory.import_file(first_file)
            services.settings.add(self._place.location_id)

        def put_under_contract() -> None:
            contract_with(self._lead.services, FIRM, [self._place], CONTRACT)

        self._on(ADDED, 9, take_on)
        self._timeline.on(ADDED, 10, self._lead, put_under_contract)
        published = PUBLISHED[1][1]
        self._on(
            published, 9, lambda: services.regulator_files.import_file(second_file, take_older=True)
        )
        for document in DOCUMENTS:
            self._on(document[2], 17, self._add_document(*document))

    def _add_document(
        self, kind: str, title: str, issued: date, expires: date | None
    ) -> Callable[[], object]:
        moved = self._timeline.moved
        return lambda: self._officer.services.documents.add(
            DocumentOwner("setting", self._setting),
            kind,
            title=title,
            issued_on=moved(issued),
            expires_on=moved(expires) if expires else None,
        )

    def _tell_visits(self) -> None:
        visiting, officer, lead = self._visiting, self._officer, self._lead
        visiting.on(date(2025, 3, 11), officer, "in March")
        visiting.on(date(2025, 11, 12), officer, "audit", form="medicines-audit", purpose="themed")
        visiting.on(RAISED, officer, "in November", purpose="risk_led", story=RED)
        visiting.on(date(2025, 12, 9), officer, "in December", purpose="risk_led", story=RED)
        visiting.on(date(2026, 5, 20), officer, "in May", purpose="risk_led", level=0.6)
        visiting.on(date(2026, 9, 9), officer, "in September")
        for day, name in (
            *((date(2025, 3, 12), "in March"), (date(2025, 11, 27), "in November")),
            *((date(2026, 5, 27), "in May"), (date(2026, 9, 14), "in September")),
        ):
            visiting.approved_on(day, lead, name)
        numbers = range(1, len(VISITS) + 1)
        for number, day in zip(numbers, VISITS, strict=True):
            visiting.on(
                day,
                self._cast.visitor,
                f"V{number}",
                form=INTERVENTION_FORM,
                purpose="intervention",
                about=self._verified_at(number),
            )
        rest = ("audit", "in December", *(f"V{number}" for number in numbers))
        if self._cast.visitor is lead:  # nobody approves their own visits
            rest = rest[:2]
        visiting.approved_on(date(2026, 9, 15), lead, *rest)

    def _verified_at(self, visit: int) -> Callable[[], list[str]]:
        numbers = [n for n, action in enumerate(ACTIONS, 1) if action.verified == visit]
        if VISITS[visit - 1] == REOPENED[-1]:
            numbers.append(REOPENED[0])
        return lambda: [self._actions[number] for number in numbers]

    def _tell_concerns(self) -> None:
        for place, told in enumerate(CONCERNS):
            device = self._lead if place == RESTRICTED else self._officer
            self._timeline.on(told.received, 10, device, self._log(device, place, told))
            if told.closed is not None:
                self._timeline.on(told.closed, 15, device, self._close(device, place, told))

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
        plans, moved = self._officer.services.plans, self._timeline.moved

        def draft() -> None:
            dates = moved(STARTS), moved(ENDS)
            self._plan = plans.draft(self._setting, GOAL, *dates, PEOPLE).id

        def agree() -> None:
            plans.agree(self._plan, "The nominated individual")

        # Before the first actions are verified, so that they are the plan's.
        self._on(RAISED, 14, draft)
        self._on(AGREED, 16, agree)
        self._on(MET, 17, lambda: plans.end(self._plan, "met"))

    def _tell_action(self, number: int, action: PlannedAction) -> None:
        services, moved = self._officer.services, self._timeline.moved

        def add() -> None:
            # One of them answers the finding of the visit, without which no plan is agreed.
            answers = number == ANSWERS
            self._actions[number] = services.actions.add(
                self._visiting.made["in November"] if answers else None,
                None if answers else self._setting,
                action.title,
                moved(action.due),
                action.priority,
                owner="Registered manager",
                theme=action.theme,
                success_measure=action.measure,
                target=action.target,
                question="referrals" if answers else "",
            ).id

        def move(to: date) -> Callable[[], object]:
            return lambda: services.actions.update(
                self._actions[number],
                due_on=moved(to),
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
        if not action.verified:
            self._on(DESK_CHECK, 15, lambda: self._check_at_desk(number))

    def _check_at_desk(self, number: int) -> None:
        self._officer.services.actions.update(
            self._actions[number],
            status="verified",
            how="desk_check",
            note=ACTIONS[number - 1].measure,
        )

    def _reopen(self) -> None:
        number, on, due, done, _ = REOPENED
        actions = self._officer.services.actions
        self._on(
            on,
            16,
            lambda: actions.update(
                self._actions[number],
                status="reopened",
                due_on=self._timeline.moved(due),
                reason="Three of twenty rooms had none in reach.",
            ),
        )
        self._on(done, 12, lambda: actions.update(self._actions[number], status="done"))
