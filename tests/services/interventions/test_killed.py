"""A desk that is killed while casework is recorded has the whole of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import FORM, SHIPPED, Clock
from tests.support.desk.mortals import Mortal
from tests.support.directory.cqc import HEATHER, write_cqc
from tests.support.sync import dying_caseworker
from tests.support.sync.dying_caseworker import DEEDS, the_one
from tests.support.sync.dying_rater import MOMENTS
from tests.support.terminal.commands import PASSPHRASE
from visitapp.bootstrap import open_services
from visitapp.records import Outbox, Role
from visitapp.services.services import Services

ACKNOWLEDGED = "after its acknowledgement"


def opened(folder: Path, clock: Clock) -> Services:
    return open_services(folder, PASSPHRASE, clock=clock, library=SHIPPED)


def _prepare(services: Services, setting: str, deed: str) -> None:
    """What the deed starts from: a referral with a criterion, and somebody who may do it."""
    if deed in ("accept", "read"):
        one = services.interventions.refer(setting, "Red twice", "All late")
        services.exit_criteria.add(one.id, "Medicines", "reading", 95, unit="percent")
    if deed == "follow support":
        DEEDS["refer for support"][1](services, setting)
    if deed in ("take a provider's file", "answer a comment"):
        today = services.desk.today()
        services.actions.add(None, setting, "Observe each round", today + timedelta(days=28))
        plan = services.plans.draft(setting, "Safe rounds", today, today + timedelta(days=90))
        services.plans.agree(plan.id, "The owner")
    if deed == "answer a comment":
        DEEDS["take a provider's file"][1](services, setting)
    if deed == "sign":
        services.visits.start(setting, FORM)
        with services.desk.database.applying() as session:
            session.execute(delete(Outbox))  # as if it was sent, or a change would fold into it
    if deed == "move a planned visit":
        services.planning.plan(setting, "annual", services.desk.today() + timedelta(days=14))
    if deed in ("accept", "suspend"):
        bring(services, lee=Role.LEAD, max=Role.MANAGER)
        become(services, "max" if deed == "suspend" else "lee")


def die(folder: Path, clock: Clock, deed: str, setting: str, moment: str) -> None:
    """Do it in a process that dies at the moment."""
    kind = DEEDS[deed][0]
    about = (folder, PASSPHRASE, clock().isoformat(), deed, setting)
    with Mortal(dying_caseworker.main, moment, kind, *about) as program:
        said = program.stdout.readline().strip()
        assert said == ("done" if moment == ACKNOWLEDGED else "")
        program.kill()


def _readings(services: Services, setting: str) -> bool:
    (criterion,) = services.interventions.view(the_one(services, setting)).criteria
    return criterion.state.now is not None


def _taken(services: Services, setting: str) -> tuple[bool, ...]:
    """An update, the step that the action is done, and the comment."""
    plan = services.plans.view(services.plans.list(setting)[0].id)
    told = [event for event in services.plans.history(plan.actions[0].id) if event.file]
    points = services.accuracy.points(plan.id)
    return bool(told), plan.actions[0].status == "done", bool(points)


def _answered(services: Services, setting: str) -> tuple[bool, ...]:
    (point,) = services.accuracy.points(services.plans.list(setting)[0].id)
    return point.status == "accepted", bool(point.answer), point.answered_on is not None


def _signed(services: Services, setting: str) -> bool:
    (visit,) = services.visits.list(setting_id=setting)
    return [one.name for one in services.visits.view(visit.id).signatures] == ["Morgan Hale"]


def _moved(services: Services, setting: str) -> tuple[bool, ...]:
    (plan,) = services.planning.list(setting)
    return plan.planned_on != plan.first_planned_on, plan.moved_count == 1


IS_DONE: dict[str, Callable[[Services, str], tuple[bool, ...]]] = {
    "refer": lambda services, setting: (bool(services.interventions.list(setting)),),
    "accept": lambda services, setting: (
        services.interventions.list(setting)[0].status == "active",
        bool(services.interventions.list(setting)[0].officer),
    ),
    "read": lambda services, setting: (_readings(services, setting),),
    "suspend": lambda services, setting: (
        services.escalations.view(setting).status == "suspension",
        services.placements.view(setting).position == "closed",
    ),
    "refer for support": lambda services, setting: (bool(services.support.list(setting)),),
    "follow support": lambda services, setting: (
        services.support.list(setting)[0].status == "offered",
        bool(services.support.list(setting)[0].events),
    ),
    "take a provider's file": _taken,
    "answer a comment": _answered,
    "sign": lambda services, setting: (_signed(services, setting),),
    "move a planned visit": _moved,
    "list a person": lambda services, setting: (services.people.view(setting).total == 1,),
}
"""Every part of what was done, which are there together or not at all."""


def waiting(services: Services) -> int:
    """How many changes wait to be sent."""
    with services.desk.reading() as session:
        return session.scalar(select(func.count()).select_from(Outbox)) or 0


@pytest.mark.parametrize(
    "moment", [pytest.param(MOMENTS[0], marks=pytest.mark.soak), *MOMENTS[1:], ACKNOWLEDGED]
)
@pytest.mark.parametrize("deed", DEEDS)
def test_it_is_there_whole_or_not_at_all(
    tmp_path: Path, clock: Clock, deed: str, moment: str
) -> None:
    folder = tmp_path / "desk"
    services = opened(folder, clock)
    services.profile.introduce("Asha Verrin", "officer")
    services.directory.import_file(write_cqc(tmp_path / "places.csv"))
    setting = services.settings.add(HEATHER.location_id).setting_id
    _prepare(services, setting, deed)
    before = waiting(services)
    services.close()
    die(folder, clock, deed, setting, moment)

    services = opened(folder, clock)
    is_done = moment in ("after the commit", ACKNOWLEDGED)
    assert set(IS_DONE[deed](services, setting)) == {is_done}
    assert (waiting(services) > before) is is_done, "what is kept is sent, and nothing else"
    if not is_done:
        DEEDS[deed][1](services, setting)
    assert set(IS_DONE[deed](services, setting)) == {True}
    services.close()
