"""Connecting and syncing: what waits, what was refused, and work done on two devices at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import select, update

from forms.rating.outcome import ENGINE
from tests.support.desk.desks import FORM, signed_off_visit
from tests.support.directory.cqc import LARCH, ROWAN
from tests.support.forms.answers import best_answers
from tests.support.terminal.commands import Council
from visitapp.errors import Code, EnvironmentProblem, NotAllowed, NotFound, Refused
from visitapp.records import History, Outbox, Rating, Setting, Step, Visit
from visitapp.services.services import Services

DUE = date(2026, 12, 7)


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    council = Council(f"sqlite:///{tmp_path_factory.mktemp('server') / 'server.db'}")
    for name in ("ann", "bea", "cat"):
        council.add_user(name, "officer", name)
    with council.serving() as url:
        yield url


def test_a_device_that_never_connected_says_so(services: Services, homes: list[str]) -> None:
    state = services.connection.state()
    assert (state.connected, state.server, state.last_synced, state.problem) == (
        False,
        "",
        None,
        "",
    )
    with pytest.raises(Refused) as refused:
        services.connection.sync()
    assert refused.value.code == Code.NOT_CONNECTED


def test_what_waits_is_counted_as_a_person_would(services: Services, homes: list[str]) -> None:
    before = services.connection.state().waiting
    visit = services.visits.start(homes[0], FORM).id
    services.visits.answer(visit, "referrals", value="met")
    services.visits.answer(visit, "referrals", value="partly")
    services.actions.add(visit, None, "Train", DUE)
    state = services.connection.state()
    assert state.waiting - before == 3


def test_each_step_that_waits_is_counted(services: Services, homes: list[str], server: str) -> None:
    visit = services.visits.start(homes[0], FORM).id
    action = services.actions.add(visit, None, "Train", DUE).id
    services.connection.connect(server, "ann", "ann")
    services.connection.sync()
    assert services.connection.state().waiting == 0
    services.actions.update(action, status="in_progress")
    services.actions.update(action, status="done")
    assert services.connection.state().waiting == 2


def test_connecting_and_syncing(services: Services, homes: list[str], server: str) -> None:
    visit = signed_off_visit(services, homes[0]).summary.id
    assert not services.me().connected
    person = services.connection.connect(server, "ann", "ann")
    assert (person.name, person.team, person.connected) == ("ann", "ann", True)
    assert services.me() == person
    with services.desk.reading() as session:
        setting = session.get_one(Setting, homes[0])
        assert (setting.officer_id, setting.team) == (person.id, "ann")
    told: list[tuple[int, int]] = []
    report = services.connection.sync(progress=lambda done, total: told.append((done, total)))
    assert (report.refused, report.accepted) == ([], report.sent)
    assert told[-1] == (report.sent, report.sent)
    state = services.connection.state()
    assert (state.connected, state.server, state.waiting, state.refused) == (True, server, 0, 0)
    assert state.last_synced is not None
    assert services.visits.view(visit).summary.officer == "ann"


def test_a_sign_off_that_waited_for_the_servers_update_goes_with_the_next_sync(
    services: Services, homes: list[str], server: str
) -> None:
    services.connection.connect(server, "ann", "ann")
    visit = signed_off_visit(services, homes[0]).summary.id
    with services.desk.database.applying() as session:
        step = session.scalars(select(Step.id).where(Step.record_id == visit)).one()
        held = update(Outbox).where(Outbox.record_id == step)
        session.execute(held.values(refused_code=Code.OUTCOME_NEWER, refused_text="Held."))
    assert services.connection.state().refused == 1
    assert services.connection.sync().refused == []
    state = services.connection.state()
    assert (state.refused, state.waiting) == (0, 0)
    assert services.visits.view(visit).summary.status == "signed_off"


@pytest.mark.parametrize("alike", [True, False])
def test_a_sign_off_that_waited_for_this_computers_update_goes_by_itself(
    services: Services, homes: list[str], server: str, alike: bool
) -> None:
    """Unless today's rules come to other figures: then the officer looks at it again."""
    services.connection.connect(server, "ann", "ann")
    visit = signed_off_visit(services, homes[0]).summary.id
    with services.desk.database.applying() as session:
        found = session.get_one(Visit, visit)
        step = session.scalars(select(Step).where(Step.record_id == visit)).one()
        outcome = {**(found.outcome or {}), "engine": 1, "would_change": []}
        found.outcome = outcome if alike else {**outcome, "percent": 99}
        step.fields = {**step.fields, "outcome": found.outcome}
        held = update(Outbox).where(Outbox.record_id == step.id)
        session.execute(held.values(refused_code=Code.OUTCOME_OLDER, refused_text="Held."))
    services.connection.sync()
    view = services.visits.view(visit)
    assert view.summary.status == ("signed_off" if alike else "draft")
    assert services.connection.state().refused == 0
    with services.desk.reading() as session:
        if alike:
            assert (session.get_one(Visit, visit).outcome or {})["engine"] == ENGINE
            assert session.scalars(select(Rating.revision)).one() > 0


def test_a_wrong_password_changes_nothing(
    services: Services, homes: list[str], server: str
) -> None:
    with pytest.raises(NotAllowed) as refused:
        services.connection.connect(server, "ann", "bea")
    assert refused.value.code == Code.SIGN_IN_FAILED
    assert not services.me().connected


def test_one_sync_at_a_time(services: Services, tmp_path: Path, server: str) -> None:
    with (
        FileLock(tmp_path / "desk" / "sync.lock"),
        pytest.raises(EnvironmentProblem) as problem,
    ):
        services.connection.connect(server, "ann", "ann")
    assert problem.value.code == Code.DATABASE_IN_USE


def test_a_sign_off_that_missed_a_colleagues_answer_opens_the_visit_again(
    services: Services, laptop: Services, server: str
) -> None:
    home = services.settings.add(ROWAN.location_id).setting_id
    agency = "home-care-quality"
    signed_off_visit(services, home, visited_on=date(2026, 3, 1), form_id=agency)
    visit = services.visits.start(home, agency).id
    services.visits.answer_all(visit, best_answers(services.visits.form(visit)))
    services.connection.connect(server, "bea", "bea")
    services.connection.sync()
    laptop.connection.connect(server, "bea", "bea")
    laptop.connection.sync()

    laptop.visits.answer(visit, "referrals", value="not_met", note="Two were not referred.")
    laptop.connection.sync()
    services.visits.answer(visit, "identity", value="partly", note="Faith not recorded.")
    services.visits.sign_off(visit)
    report = services.connection.sync()

    assert [one.code for one in report.refused] == [Code.OUTCOME_DIFFERS]
    view = services.visits.view(visit)
    assert (view.summary.status, view.outcome.overall) == ("draft", "red")
    assert view.answers["referrals"].note == "Two were not referred."
    assert view.answers["identity"].value == "partly"
    assert services.settings.view(home).rating.rag == "unrated", "as before"
    again = services.visits.sign_off(visit)
    assert again.summary.rag == "red"
    assert services.connection.sync().refused == []
    assert services.connection.state().waiting == 0
    laptop.connection.sync()
    assert laptop.visits.view(visit).summary.status == "signed_off"
    assert laptop.settings.view(home).rating.rag == "red"
    for desk in (services, laptop):
        (closing,) = desk.placements.view(home).decisions
        assert (closing.position, closing.interim) == ("closed", True)


def test_what_was_refused_stays_and_can_be_sent_again(
    services: Services, laptop: Services, server: str
) -> None:
    services.connection.connect(server, "cat", "cat")
    home = services.settings.add(LARCH.location_id).setting_id
    visit = services.visits.start(home, FORM).id
    services.visits.answer_all(visit, best_answers(services.visits.form(visit)))
    services.connection.sync()
    laptop.connection.connect(server, "cat", "cat")
    laptop.connection.sync()
    services.visits.sign_off(visit)
    services.connection.sync()
    laptop.visits.answer(visit, "referrals", note="Typed too late.")
    report = laptop.connection.sync()
    (refused,) = report.refused
    assert (refused.kind, refused.code) == ("answer", Code.VISIT_FROZEN)
    assert laptop.connection.refused() == [refused]
    assert laptop.connection.state().refused == 1
    assert laptop.connection.sync().sent == 0
    laptop.connection.resend()
    assert laptop.connection.state().refused == 0
    assert laptop.connection.sync().sent == 1
    assert laptop.visits.answers(visit)["referrals"]["note"] == "Typed too late."
    give_up(laptop, visit)


def give_up(laptop: Services, visit: str) -> None:
    """Discard my change in place of a note that came too late."""
    (refused,) = laptop.connection.refused()
    number = laptop.visits.form(visit).questions["referrals"].number
    assert refused.about == f"{LARCH.name} · Question {number}"
    assert (refused.ours, refused.theirs) == ("note: Typed too late.", "note: nothing")
    laptop.connection.discard_refused(refused.kind, refused.id)
    assert laptop.connection.refused() == []
    assert laptop.visits.view(visit).answers["referrals"].note == ""
    with laptop.desk.reading() as session:
        kept = session.scalars(select(History).where(History.record_id == refused.id)).all()
    assert ("Typed too late.", None) in {(one.old, one.new) for one in kept}
    assert laptop.connection.sync().refused == []
    assert laptop.connection.state().waiting == 0
    assert laptop.visits.view(visit).summary.status == "signed_off"
    with pytest.raises(NotFound):
        laptop.connection.discard_refused(refused.kind, refused.id)
