"""Lives the story of a home that its regulator proposed to close: from Inadequate to Good, with a
visit each month. Its results are being held now. Invented, and moved by whole weeks.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from visitapp.demo.council.cases import FIRM
from visitapp.demo.council.council import Council, Place
from visitapp.demo.summary import KeptOpenFacts
from visitapp.demo.work.seeding import setting_of
from visitapp.demo.work.timeline import RED, Cast, Timeline, Visiting
from visitapp.standing.tailored_forms import FORM as INTERVENTION_FORM

HOME = "Silverrush Gables"
_PUBLISHED = (("Inadequate", date(2025, 5, 29)), ("Good", date(2026, 7, 25)))
_ADDED, _RED, _REFERRED, _LAST = (
    *(date(2026, 2, 2), date(2026, 2, 10)),
    *(date(2026, 3, 3), date(2026, 9, 13)),
)
_VISITS = (
    *(date(2026, 3, 10), date(2026, 4, 14), date(2026, 5, 12), date(2026, 6, 9)),
    *(date(2026, 7, 14), date(2026, 8, 11), date(2026, 9, 8)),
)
_MISFITS = (9, 7, 5, 3, 1, 1, 0)
"""Of twenty care plans at each visit, those that did not fit the care seen."""
_MISFIT = "Care plans that do not fit the care seen"
_ACTIONS = (
    ("Two carers for each move that needs two", 1),
    ("Call bells answered within five minutes", 1),
    ("Allergies on each tray and in the kitchen", 2),
    ("Every wound seen by a nurse each week", 2),
    ("Care plans written again with the person or family", 3),
    ("Agency carers told of risks before each shift", 3),
    ("Falls reviewed by the manager within a day", 3),
    ("Complaints answered in 20 working days", 4),
    ("Weekly audit by the owner, sent to us", 4),
    ("A deputy manager in post", 5),
)
"""The actions of the plan, and at which visit each was found done."""


def shift(today: date) -> timedelta:
    """How far the story is moved: whole weeks, so that its present is this week."""
    return timedelta(weeks=(today - _LAST).days // 7)


def home(council: Council, officer: str, today: date, report: int = -1) -> Place:
    """The home of the story, held by an officer, as the regulator lists it after one of its
    reports."""
    rating, published = _PUBLISHED[report]
    return Place(
        location_id="1-970000901",
        name=HOME,
        care_home=True,
        firm=FIRM,
        address="12 Market Hill",
        town=council.newcomer.town,
        postcode="QV9 8ZZ",
        rating=rating,
        published=published + shift(today),
        officer=officer,
        character="improving",
    )


class KeptOpenStory:
    """What happens at the home, in the order of its days."""

    def __init__(self, cast: Cast, place: Place) -> None:
        self._cast, self._officer = cast, cast.officer.services
        self._place, self._setting = place, setting_of(place)
        self._timeline = Timeline(cast, shift(self._officer.desk.today()))
        self._visiting = Visiting(self._timeline, place)
        self._actions: list[str] = []
        self._id = self._reading = ""

    def show(self, first_file: Path, second_file: Path) -> KeptOpenFacts:
        """Live the story. The files list the home after the regulator's first and second report."""
        on, cast, officer = self._timeline.on, self._cast, self._officer
        on(_ADDED, 9, cast.officer, lambda: self._take_on(first_file))
        self._visiting.on(_RED, cast.officer, "in February", story=RED)
        on(_RED, 16, cast.officer, self._agree_plan)
        on(_REFERRED, 10, cast.officer, self._refer)
        on(_REFERRED, 12, cast.lead, self._accept)
        for number, day in enumerate(_VISITS, 1):
            self._visit(number, day)
        self._visiting.on(_VISITS[4], cast.officer, "in July")
        self._visiting.approved_on(_VISITS[4] + timedelta(days=3), cast.lead, "in July")
        listed = _PUBLISHED[1][1] + timedelta(days=6)
        on(
            listed,
            9,
            cast.officer,
            lambda: officer.regulator_files.import_file(second_file, take_older=True),
        )
        on(_LAST, 11, cast.visitor, self._hold)
        self._timeline.live()
        return KeptOpenFacts(
            setting=self._place.name, setting_id=self._setting, intervention_id=self._id
        )

    def _take_on(self, first_file: Path) -> None:
        self._officer.directory.import_file(first_file)
        self._officer.settings.add(self._place.location_id)
        self._officer.regulator_actions.add(
            self._setting, "notice_of_proposal", source="Letter of the regulator"
        )

    def _agree_plan(self) -> None:
        plans, moved = self._officer.plans, self._timeline.moved
        dates = moved(_RED + timedelta(days=2)), moved(date(2026, 9, 30))
        plan = plans.draft(self._setting, "Care that the regulator finds safe", *dates)
        due = moved(_REFERRED - timedelta(days=2))
        found = self._visiting.made["in February"]
        for place, (title, _) in enumerate(_ACTIONS):
            added = self._officer.actions.add(
                None if place else found,
                self._setting if place else None,
                title,
                due,
                owner="Registered manager",
                success_measure="Seen at two visits",
                question="" if place else "referrals",
            )
            self._actions.append(added.id)
        plans.agree(plan.id, "The owner")

    def _refer(self) -> None:
        interventions, add = self._officer.interventions, self._officer.exit_criteria.add
        grounds = interventions.grounds(self._setting)
        why = "The regulator proposes to cancel the registration, and dates were missed."
        self._id = interventions.refer(self._setting, why, grounds).id
        add(self._id, "Every action is verified", "plan", 100)
        add(self._id, "No area is Red", "areas", 0)
        found = add(self._id, _MISFIT, "reading", 5, bound="at_most", unit="percent", times=2)
        self._reading = found.criteria[-1].id

    def _accept(self) -> None:
        moved = self._timeline.moved
        self._cast.lead.services.interventions.accept(
            self._id,
            self._cast.visitor.owner.name,
            starts_on=moved(_REFERRED + timedelta(days=3)),
            planned_to=moved(date(2026, 12, 31)),
        )

    def _visit(self, number: int, day: date) -> None:
        visitor = self._cast.visitor
        self._visiting.on(
            *(day, visitor, f"V{number}"),
            form=INTERVENTION_FORM,
            purpose="intervention",
            about=self._done_by(number),
        )
        read = visitor.services.exit_criteria.read
        self._timeline.on(day, 16, visitor, lambda: read(self._reading, _MISFITS[number - 1], 20))
        if visitor is not self._cast.lead:  # nobody approves their own visits
            self._visiting.approved_on(day + timedelta(days=1), self._cast.lead, f"V{number}")

    def _done_by(self, number: int) -> Callable[[], list[str]]:
        places = [place for place, (_, visit) in enumerate(_ACTIONS) if visit == number]
        return lambda: [self._actions[place] for place in places]

    def _hold(self) -> None:
        services = self._cast.visitor.services
        services.interventions.sustain(self._id)
        services.visit_series.plan(self._id, 2)
