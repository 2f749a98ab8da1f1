"""An approval can be undone for ten seconds, through a crash too, and nobody hears of it before."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import SHIPPED, START, Clock, signed_off_visit
from tests.support.terminal.commands import PASSPHRASE, Council
from visitapp.bootstrap import open_services
from visitapp.errors import Code, Refused
from visitapp.records import History, Outbox, Rating, Role, Step, Visit
from visitapp.services.services import Services
from visitapp.storage.holding import HOLD

APPROVING = """
import sys
from datetime import datetime
from pathlib import Path
from visitapp.bootstrap import open_services
now = datetime.fromisoformat(sys.argv[4])
services = open_services(Path(sys.argv[1]), sys.argv[2], clock=lambda: now)
services.reviews.approve(sys.argv[3], "Good work.")
print("approved", flush=True)
sys.stdin.read()
"""


EARLIER = count()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    council = Council(f"sqlite:///{tmp_path_factory.mktemp('server') / 'server.db'}")
    council.add_user("ann", "officer", "north")
    council.add_user("lena", "lead", "north")
    with council.serving() as url:
        yield url


@pytest.fixture
def signed(services: Services, homes: list[str], server: str) -> str:
    """A first visit with a Green outcome, signed off by an officer and sent. Each test has an
    earlier day, so that it is a first rating, which is always reviewed."""
    services.connection.connect(server, "ann", "ann")
    day = START.date() - timedelta(days=next(EARLIER))
    visit = signed_off_visit(services, homes[0], visited_on=day).summary.id
    services.connection.sync()
    return visit


def opened(folder: Path, clock: Clock) -> Services:
    return open_services(folder, PASSPHRASE, clock=clock, library=SHIPPED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "lead"


@pytest.fixture
def lead(folder: Path, clock: Clock, server: str, signed: str) -> Iterator[Services]:
    """The team lead's laptop, which has the visit."""
    services = opened(folder, clock)
    services.connection.connect(server, "lena", "lena")
    services.connection.sync()
    yield services
    services.close()


def kept(services: Services, visit_id: str) -> dict[str, object]:
    """Everything that an approval may touch, but for the moment of the last sync."""
    with services.desk.reading() as session:
        visit = session.get_one(Visit, visit_id)
        return {
            "visit": (visit.status, visit.revision, visit.field_revisions),
            "steps": session.scalars(select(Step.id)).all(),
            "ratings": sorted(session.scalars(select(Rating.id))),
            "history": sorted(session.scalars(select(History.id))),
            "outbox": [
                (row.kind, row.record_id, row.created, row.fields, row.held_until)
                for row in session.scalars(select(Outbox).order_by(Outbox.sequence))
            ],
        }


def status_at_officer(services: Services, visit_id: str) -> str:
    services.connection.sync()
    return services.visits.view(visit_id).summary.status


def test_undoing_leaves_nothing_behind(lead: Services, signed: str) -> None:
    before = kept(lead, signed)
    lead.reviews.approve(signed, "Good work.")
    approved = kept(lead, signed)
    assert {name for name in before if approved[name] != before[name]} == {
        *("visit", "steps", "ratings", "outbox")
    }
    view = lead.reviews.undo_approval(signed)
    assert (view.summary.status, view.reviews) == ("signed_off", [])
    assert kept(lead, signed) == before
    assert [one.visit.id for one in lead.reviews.queue().waiting] == [signed]


def test_what_waited_before_the_approval_still_waits_after_undoing(
    lead: Services, signed: str
) -> None:
    with lead.desk.transaction() as session:
        session.get_one(Visit, signed).joined_by = "Health Protection"
    before = kept(lead, signed)
    lead.reviews.approve(signed)
    lead.reviews.undo_approval(signed)
    assert kept(lead, signed) == before


def test_a_visit_that_was_never_sent_keeps_its_sign_off(
    services: Services, homes: list[str]
) -> None:
    own = signed_off_visit(services, homes[1]).summary.id
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    before = kept(services, own)
    services.reviews.approve(own)
    services.reviews.undo_approval(own)
    assert kept(services, own) == before


def test_nothing_is_sent_while_the_approval_is_held(
    lead: Services, services: Services, signed: str, clock: Clock
) -> None:
    lead.reviews.approve(signed, "Good work.")
    assert lead.connection.sync().sent == 0
    assert status_at_officer(services, signed) == "signed_off"
    clock.now += HOLD
    assert lead.connection.sync().refused == []
    assert status_at_officer(services, signed) == "approved"
    assert [r.comment for r in services.visits.view(signed).reviews] == ["Good work."]
    assert lead.connection.state().waiting == 0


def test_an_undone_approval_never_reaches_anybody(
    lead: Services, services: Services, signed: str, clock: Clock
) -> None:
    lead.reviews.approve(signed)
    lead.connection.sync()
    lead.reviews.undo_approval(signed)
    clock.now += HOLD
    lead.connection.sync()
    assert status_at_officer(services, signed) == "signed_off"
    assert services.visits.view(signed).reviews == []
    lead.reviews.approve(signed, at_once=True)
    assert lead.connection.sync().refused == []
    assert status_at_officer(services, signed) == "approved"


def test_an_approval_given_at_once_is_sent_and_cannot_be_undone(
    lead: Services, services: Services, signed: str
) -> None:
    lead.reviews.approve(signed, at_once=True)
    assert lead.reviews.time_to_undo(signed) is None
    lead.connection.sync()
    assert status_at_officer(services, signed) == "approved"


def test_after_ten_seconds_it_is_too_late(lead: Services, signed: str, clock: Clock) -> None:
    lead.reviews.approve(signed)
    assert lead.reviews.time_to_undo(signed) is not None
    clock.now += HOLD
    assert lead.reviews.time_to_undo(signed) is None
    with pytest.raises(Refused) as refused:
        lead.reviews.undo_approval(signed)
    assert refused.value.code == Code.ALREADY_SETTLED
    assert "Reopen" in str(refused.value.next_step)
    assert lead.visits.view(signed).summary.status == "approved"


def test_a_clock_that_is_put_back_holds_nothing_for_long(
    lead: Services, services: Services, signed: str, clock: Clock
) -> None:
    lead.reviews.approve(signed)
    clock.now -= timedelta(days=1)
    assert lead.reviews.time_to_undo(signed) is None
    lead.connection.sync()
    assert status_at_officer(services, signed) == "approved"


def test_a_visit_that_is_not_approved_has_nothing_to_undo(lead: Services, signed: str) -> None:
    with pytest.raises(Refused) as refused:
        lead.reviews.undo_approval(signed)
    assert refused.value.code == Code.NOT_SIGNED_OFF


def test_an_approved_visit_is_reopened_with_a_reason(
    lead: Services, services: Services, signed: str
) -> None:
    lead.reviews.approve(signed, at_once=True)
    lead.connection.sync()
    with pytest.raises(Refused, match="comment"):
        lead.reviews.return_(signed, " ")
    lead.reviews.return_(signed, "4.3 has no action.")
    assert lead.connection.sync().refused == []
    assert status_at_officer(services, signed) == "returned"
    view = services.visits.view(signed)
    assert [r.decision for r in view.reviews] == ["returned", "approved"]
    services.visits.answer(signed, "referrals", value="met")


def test_a_return_while_the_approval_is_held_takes_its_place(
    lead: Services, services: Services, signed: str
) -> None:
    lead.reviews.approve(signed, "Good work.")
    lead.reviews.return_(signed, "4.3 has no action.")
    assert lead.connection.sync().refused == []
    assert status_at_officer(services, signed) == "returned"
    assert [r.decision for r in services.visits.view(signed).reviews] == ["returned"]


@pytest.mark.parametrize("undone", [True, False])
def test_a_crash_right_after_the_approval_keeps_it_and_keeps_it_held(
    lead: Services, services: Services, signed: str, folder: Path, clock: Clock, undone: bool
) -> None:
    lead.close()
    command = [sys.executable, "-c", APPROVING, str(folder), PASSPHRASE, signed]
    with subprocess.Popen(
        [*command, clock().isoformat()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=Path(__file__).parents[4],
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline().strip() == "approved"
        program.kill()
    again = opened(folder, clock)
    try:
        assert again.visits.view(signed).summary.status == "approved"
        assert again.connection.sync().sent == 0
        if undone:
            again.reviews.undo_approval(signed)
        clock.now += HOLD
        again.connection.sync()
    finally:
        again.close()
    assert status_at_officer(services, signed) == ("signed_off" if undone else "approved")
