"""A desk that is killed while it rates a visit has the visit and its rating, or neither."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import FORM, SHIPPED, Clock
from tests.support.desk.mortals import Mortal
from tests.support.directory.cqc import HEATHER, write_cqc
from tests.support.forms.answers import best_answers
from tests.support.sync import dying_rater
from tests.support.sync.dying_rater import MOMENTS
from tests.support.terminal.commands import PASSPHRASE
from visitapp.bootstrap import open_services
from visitapp.records import Outbox, Rating, Role, Step
from visitapp.services.services import Services

ACKNOWLEDGED = "after its acknowledgement"
STATUS = {"sign off": "signed_off", "approve": "approved"}
STATES = {"sign off": ["proposed"], "approve": ["proposed", "stands"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def opened(folder: Path, clock: Clock) -> Services:
    return open_services(folder, PASSPHRASE, clock=clock, library=SHIPPED)


@pytest.fixture
def visit(folder: Path, tmp_path: Path, clock: Clock) -> str:
    """A first visit of which everything is met, not signed off."""
    services = opened(folder, clock)
    services.profile.introduce("Asha Verrin", "officer")
    services.directory.import_file(write_cqc(tmp_path / "places.csv"))
    made = services.visits.start(services.settings.add(HEATHER.location_id).setting_id, FORM).id
    services.visits.answer_all(made, best_answers(services.visits.form(made)))
    services.close()
    return made


def die(folder: Path, clock: Clock, visit: str, deed: str, moment: str) -> None:
    """Do it in a process that dies at the moment."""
    about = (folder, PASSPHRASE, visit, clock().isoformat(), deed)
    with Mortal(dying_rater.run, moment, "desk", *about) as program:
        said = program.stdout.readline().strip()
        assert said == ("done" if moment == ACKNOWLEDGED else "")
        program.kill()


def states(services: Services, visit: str) -> list[str]:
    with services.desk.reading() as session:
        rows = session.scalars(select(Rating.state).where(Rating.visit_id == visit))
        return sorted(rows)


def steps_that_wait(services: Services, visit: str) -> list[str]:
    """The steps of the visit that wait to be sent, by what they lead to."""
    with services.desk.reading() as session:
        waiting = select(Step.after).join(Outbox, Outbox.record_id == Step.id)
        return sorted(session.scalars(waiting.where(Step.record_id == visit)))


def do(services: Services, visit: str, deed: str) -> None:
    if deed == "sign off":
        services.visits.sign_off(visit)
    else:
        services.reviews.approve(visit, at_once=True)


@pytest.mark.parametrize(
    "moment",
    [
        *(pytest.param(moment, marks=pytest.mark.soak) for moment in MOMENTS[:2]),
        *MOMENTS[2:],
        ACKNOWLEDGED,
    ],
)
@pytest.mark.parametrize("deed", ["sign off", "approve"])
def test_the_visit_and_its_rating_are_there_together_and_once(
    folder: Path, clock: Clock, visit: str, deed: str, moment: str
) -> None:
    if deed == "approve":
        services = opened(folder, clock)
        services.visits.sign_off(visit)
        bring(services, lee=Role.LEAD)
        become(services, "lee")
        services.close()
    die(folder, clock, visit, deed, moment)

    services = opened(folder, clock)
    status, waiting = services.visits.view(visit).summary.status, steps_that_wait(services, visit)
    is_done = moment in ("after the commit", ACKNOWLEDGED)
    assert (status == STATUS[deed]) is (STATUS[deed] in waiting) is is_done
    assert (states(services, visit) == STATES[deed]) is is_done
    if not is_done:
        do(services, visit, deed)
    assert states(services, visit) == STATES[deed]
    assert len(steps_that_wait(services, visit)) == len(STATES[deed])
    services.close()
