"""The story of an improvement plan, lived on two laptops, comes to the numbers of its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import select

from visitapp.bootstrap import open_services
from visitapp.demo.council import plan_story
from visitapp.demo.council.council import make_council
from visitapp.demo.council.public_file import write_places
from visitapp.demo.server import DemoServer
from visitapp.demo.summary import PlanStoryFacts
from visitapp.demo.work.device import Device
from visitapp.demo.work.plan_story import PlanStory
from visitapp.demo.work.timeline import Cast
from visitapp.records import Step
from visitapp.rules.visiting.due import add_months
from visitapp.services.concerns.views import ConcernFilter
from visitapp.services.documents.views import DocumentOwner
from visitapp.services.services import Services

pytestmark = pytest.mark.timeout(600)


class Lived(NamedTuple):
    """The story, and the laptops that it was lived on."""

    facts: PlanStoryFacts
    officer: Services
    lead: Services
    visitor: Services


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    out = tmp_path_factory.mktemp("story")
    today = date.today()
    council = make_council(4, today, 3)
    server = DemoServer(out / "server")
    server.set_up(council.colleagues)
    me = next(one for one in council.colleagues if one.name == council.places[0].officer)
    boss = next(one for one in council.leads() if one.team == me.team)
    visitor = next(one for one in council.colleagues if one.role == "intervention")
    reports = [plan_story.home(council, me.name, today, report) for report in (0, 1)]
    files = [write_places([place], out / f"{n}.csv") for n, place in enumerate(reports)]
    with server.running() as url:
        cast = Cast(
            *(
                Device(one, out / one.name, open_services)
                for one in (me, boss, council.manager, visitor)
            )
        )
        devices = (cast.officer, cast.lead, cast.manager, cast.visitor)
        for device in devices:
            device.sign_in(url)
            device.sync_whole()
        facts = PlanStory(cast, reports[1]).show(*files)
        yield Lived(
            facts, *(cast_of.services for cast_of in devices if cast_of is not cast.manager)
        )
        for device in devices:
            device.close()


def test_the_plan_comes_to_the_numbers_of_its_table(lived: Lived) -> None:
    plan = lived.officer.plans.view(lived.facts.plan_id)
    moved = timedelta(days=lived.facts.shifted_days)
    counts, actions = plan.counts, plan.actions
    assert (plan.status, plan.version, plan.ended_on) == ("met", 1, plan_story.MET + moved)
    assert (counts.actions, counts.verified, counts.percent) == (18, 18, 100)
    assert (counts.moves, counts.reopened, counts.without_measure) == (8, 1, 0)
    assert sum(one.moved_count > 0 for one in actions) == 7
    first = [first_done(lived.officer, one.id) - one.first_due_on for one in actions]
    late = [one.days for one in first if one.days > 0]
    assert (len(first) - len(late), 100 * (len(first) - len(late)) // len(first)) == (10, 55)
    assert (len(late), sum(late), sum(late) // len(late)) == (8, 522, 65)
    points = lived.officer.plans.progress(lived.facts.plan_id)
    after = [
        [point.verified for point in points if point.on <= day + moved][-1]
        for day in plan_story.VISITS
    ]
    assert tuple(after) == (*plan_story.VERIFIED_AFTER, 18, 18, 18)
    assert lived.lead.plans.view(lived.facts.plan_id).counts == counts


def test_its_concerns_and_documents_are_there(lived: Lived) -> None:
    every = ConcernFilter(state="all", setting_id=lived.facts.setting_id)
    shown, everything = lived.officer.concerns.list(every), lived.lead.concerns.list(every)
    told = [one for one in everything if one.kind != "compliment"]
    decisions = Counter(one.decision for one in told)
    assert decisions == {"substantiated": 5, "partly": 2, "not_substantiated": 2}
    assert (len(told), len(everything) - len(told)) == (9, 1)
    (hidden,) = {one.id for one in everything} - {one.id for one in shown}
    assert [one.kind for one in everything if one.id == hidden] == ["whistleblowing"]
    assert sum(one.kind != "compliment" for one in shown) == 8, "the officer is not named on one"
    documents = lived.officer.documents.of(DocumentOwner("setting", lived.facts.setting_id))
    assert {one.title for one in documents} == {title for _, title, *_ in plan_story.DOCUMENTS}


def test_the_intervention_ran_from_red_to_good(lived: Lived) -> None:
    """The figures of the story, each read from the records."""
    moved = timedelta(days=lived.facts.shifted_days)
    one = lived.officer.interventions.view(lived.facts.intervention_id)
    assert one == lived.lead.interventions.view(lived.facts.intervention_id)
    assert [visit.on - moved for visit in one.visits] == list(plan_story.VISITS)
    assert (one.visits[-1].on - one.visits[0].on).days == 238
    assert (one.status, one.result, one.officer) == ("closed", "achieved", "Irena Kowalczewska")
    assert one.contract_officer == "Asha Verrin"
    assert {each.text: each.state.since and each.state.since - moved for each in one.criteria} == {
        "Actions of the plan are verified": date(2026, 6, 9),
        "Medicine records with gaps": date(2026, 5, 12),
        "Falls with injury in a month": date(2026, 6, 30),
        "Carers trained in moving and handling": date(2026, 5, 12),
        "The same manager stays": add_months(plan_story.MANAGER[1] + moved, 3) - moved,
        "No grave concern": date(2026, 2, 22),
    }
    assert one.sustained_from == one.hold_since == date(2026, 6, 30) + moved
    assert one.starts_on is not None
    assert one.ended_on is not None
    assert (one.ended_on - one.starts_on).days == 268
    before, after = one.before, one.after
    assert (before.rag, after.rag) == ("red", "green")
    assert (before.regulator, after.regulator) == ("Requires improvement", "Good")
    assert (before.percent, after.percent) == (11, 100)
    # The story counts five before it: the restricted one is in no figure that everybody sees.
    assert (before.concerns, after.concerns) == (4, 1)
    assert before.tenths_a_month == 13
    assert after.tenths_a_month == 3
    assert lived.visitor.portfolio.rows(filter="in_intervention") == []


def test_the_ladder_was_climbed_and_left(lived: Lived) -> None:
    setting, moved = lived.facts.setting_id, timedelta(days=lived.facts.shifted_days)
    view = lived.officer.escalations.view(setting)
    assert (view.status, view.position, view.defaults) == ("not_escalated", "Open", 1)
    opened = [(one.on - moved, one.rung) for one in view.entries if one.turn == "opened"]
    assert sorted(opened) == [
        (date(2025, 11, 12), "peer_support"),
        (date(2025, 11, 26), "suspension"),
        (date(2025, 12, 3), "strategy_meeting"),
        (date(2025, 12, 18), "improvement_plan"),
        (date(2026, 1, 19), "default_notice"),
    ]
    reviews = sorted(one.on - moved for one in view.entries if one.turn == "reviewed")
    assert reviews == list(plan_story.REVIEWS)
    suspended = next(
        one for one in view.entries if (one.turn, one.rung) == ("opened", "suspension")
    )
    assert any(line.startswith("Passed over: improvement plan") for line in suspended.lines)
    lifted = next(one for one in view.entries if (one.turn, one.rung) == ("ended", "suspension"))
    assert (lifted.on - suspended.on).days == 203
    default = next(one for one in view.entries if one.letter == "Default notice")
    letter = lived.officer.escalations.letter(default.id)
    assert letter.reference == "Contract CARE-9002, clause 14.3"


def test_the_home_stands_green_and_open(lived: Lived) -> None:
    row = lived.officer.settings.view(lived.facts.setting_id)
    assert (row.rating.rag, row.row.regulator_overall) == ("green", "Good")
    visits = [one for one in row.visits if one.purpose != "risk_assessment"]
    assert len(visits) == 19 + 1, "those of the story, and the one that it starts from"


def first_done(services: Services, action_id: str) -> date:
    """The day on which an action was first said to be done."""
    with services.desk.reading() as session:
        days = select(Step.day).where(Step.record_id == action_id, Step.after == "done")
        return min(day for day in session.scalars(days) if day is not None)
