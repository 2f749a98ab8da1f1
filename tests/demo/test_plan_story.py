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
from visitapp.records import Step
from visitapp.services.concerns.views import ConcernFilter
from visitapp.services.documents.views import DocumentOwner
from visitapp.services.services import Services

pytestmark = pytest.mark.timeout(600)


class Lived(NamedTuple):
    """The story, and the laptops that it was lived on."""

    facts: PlanStoryFacts
    officer: Services
    lead: Services


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    out = tmp_path_factory.mktemp("story")
    today = date.today()
    council = make_council(4, today, 1)
    server = DemoServer(out / "server")
    server.set_up(council.colleagues)
    me = next(one for one in council.colleagues if one.name == council.places[0].officer)
    boss = next(one for one in council.leads() if one.team == me.team)
    place = plan_story.home(council, me.name, today)
    with server.running() as url:
        officer, lead = (Device(one, out / one.name, open_services) for one in (me, boss))
        for device in (officer, lead):
            device.sign_in(url)
            device.sync_whole()
        facts = PlanStory(officer, lead, place).show(write_places([place], out / "home.csv"))
        yield Lived(facts, officer.services, lead.services)
        officer.close()
        lead.close()


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
    assert tuple(after) == plan_story.VERIFIED_AFTER
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


def first_done(services: Services, action_id: str) -> date:
    """The day on which an action was first said to be done."""
    with services.desk.reading() as session:
        days = select(Step.day).where(Step.record_id == action_id, Step.after == "done")
        return min(day for day in session.scalars(days) if day is not None)
