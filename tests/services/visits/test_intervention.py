"""The intervention visit is built for its setting: its actions, and its weak areas again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from forms.tailored.build import question_of
from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import SHIPPED, Clock, open_desk, signed_off_visit
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.forms.answers import best_answers
from tests.support.forms.versions import UNCHANGED
from tests.support.terminal.commands import Council
from visitapp.errors import Code, Refused
from visitapp.records import Outbox, Role, Step, Visit
from visitapp.services.services import Services
from visitapp.services.sync.discarding import discard
from visitapp.services.visits.sign_off.reopening import withdraw_refused_sign_offs

FORM = "intervention-visit"


def start(services: Services, setting: str) -> str:
    return services.visits.start(setting, FORM, "intervention").id


def raise_action(services: Services, setting: str, title: str, visit: str | None = None) -> str:
    due = services.desk.today() + timedelta(days=7)
    question = "referrals" if visit else ""
    return services.actions.add(visit, setting, title, due, "high", "The manager", question).id


def sign_off(services: Services, visit: str, **answers: dict[str, object]) -> None:
    form = services.visits.form(visit)
    noted = {q: {**answer, "note": "Seen."} for q, answer in best_answers(form).items()}
    services.visits.answer_all(visit, {**noted, **answers})
    services.visits.sign_off(visit)


def test_with_nothing_to_verify_the_form_is_as_it_ships(
    services: Services, homes: list[str]
) -> None:
    visit = start(services, homes[0])
    form = services.visits.form(visit)
    assert (form.version, form.areas[0].id) == (UNCHANGED, "today")


def test_it_asks_about_each_open_action_and_each_weak_area(
    services: Services, homes: list[str]
) -> None:
    safeguarding = SHIPPED.form("residential-quality").area_of["referrals"]
    bad = {
        one.id: {"value": "not_met", "note": "Nobody knew."}
        for one in safeguarding.questions
        if one.type == "choice" and (one.evidence is None or one.evidence.kind == "note")
    }
    last = signed_off_visit(services, homes[0], visited_on=date(2026, 11, 1), **bad)
    found = last.summary.id
    weak = [one.id for one in last.outcome.areas if one.rag in ("red", "amber")]
    assert weak == ["safeguarding"]
    refer = raise_action(services, homes[0], "Refer the two concerns", found)
    train = raise_action(services, homes[0], "Train the night staff")
    services.actions.update(train, status="done")
    for status in ("verified", "withdrawn"):
        grounds = {"reason": "Over", "how": "visit", "note": "Seen"}
        services.actions.update(raise_action(services, homes[0], status), status=status, **grounds)
    raise_action(services, homes[1], "Another home's")
    form = services.visits.form(start(services, homes[0]))
    assert [one.id for one in form.areas][: 1 + len(weak)] == ["actions_to_verify", *weak]
    asked = {one.id: one for one in form.areas[0].questions}
    assert asked.keys() == {question_of(refer), question_of(train)}
    assert "Refer the two concerns" in asked[question_of(refer)].ask
    assert "29 Nov 2026" in asked[question_of(refer)].look_for
    assert "The provider says that it is done" in asked[question_of(train)].look_for
    assert "plan" in [one.id for one in form.areas]


def test_it_shows_the_evidence_there_is(services: Services, homes: list[str]) -> None:
    visit = services.visits.start(homes[0], "residential-quality").id
    services.visits.add_evidence(visit, "referrals", "document", "Referral log for October")
    action = raise_action(services, homes[0], "Refer them", visit)
    form = services.visits.form(start(services, homes[0]))
    told = form.questions[question_of(action)].look_for
    assert "Evidence so far: Referral log for October (document)" in told


def test_the_form_stays_as_it_was_built(services: Services, homes: list[str]) -> None:
    action = raise_action(services, homes[0], "Mend the bells")
    visit = start(services, homes[0])
    services.actions.update(action, status="verified", how="visit", note="Seen.")
    raise_action(services, homes[0], "Mend the door")
    assert [one.id for one in services.visits.form(visit).areas[0].questions] == [
        question_of(action)
    ]
    assert (
        services.visits.form(start(services, homes[0])).version
        != services.visits.form(visit).version
    )


def test_what_is_found_verified_needs_a_note_and_is_marked_so(
    services: Services, homes: list[str]
) -> None:
    seen = raise_action(services, homes[0], "Mend the bells")
    half = raise_action(services, homes[0], "Mend the door")
    visit = start(services, homes[0])
    best = best_answers(services.visits.form(visit))
    services.visits.answer_all(visit, {**best, question_of(seen): {"value": "verified"}})
    needed = {need.question for need in services.visits.view(visit).needs}
    assert question_of(seen) in needed
    partly = {"value": "partly", "note": "It closes, but slowly."}
    sign_off(services, visit, **{question_of(half): partly})
    status = {one.id: one.status for one in services.actions.list(homes[0])}
    assert status == {seen: "verified", half: "open"}


def verified_by_a_visit(services: Services, home: str) -> tuple[str, str, str]:
    """A signed-off intervention visit, the action that it verified, and one that was verified
    otherwise."""
    by_visit = raise_action(services, home, "Mend the bells")
    visit = start(services, home)
    sign_off(
        services, visit, **{question_of(by_visit): {"value": "verified", "note": "They ring."}}
    )
    otherwise = raise_action(services, home, "Train the night staff")
    services.actions.update(otherwise, status="verified", how="document", note="The register.")
    assert states(services, home) == {by_visit: "verified", otherwise: "verified"}
    return visit, by_visit, otherwise


def states(services: Services, home: str) -> dict[str, str]:
    return {one.id: one.status for one in services.actions.list(home)}


def test_a_return_takes_back_the_verifications_of_that_sign_off(
    services: Services, homes: list[str]
) -> None:
    visit, by_visit, otherwise = verified_by_a_visit(services, homes[0])
    officer = services.me().id
    bring(services, lea=Role.LEAD)
    become(services, "lea")
    services.reviews.return_(visit, "Who rang them?")
    assert states(services, homes[0]) == {by_visit: "reopened", otherwise: "verified"}
    with services.desk.reading() as session:
        last = session.scalars(
            select(Step).where(Step.record_id == by_visit).order_by(Step.created_at.desc())
        ).first()
        assert last is not None
        assert last.reason == "The visit that verified this action was returned."
    become(services, officer)
    services.visits.sign_off(visit)
    assert states(services, homes[0])[by_visit] == "verified"


def test_a_refused_sign_off_takes_back_its_verifications_too(
    services: Services, homes: list[str]
) -> None:
    visit, by_visit, otherwise = verified_by_a_visit(services, homes[0])
    with services.desk.database.applying() as session:
        (signed,) = session.scalars(select(Step).where(Step.record_id == visit))
        refused = update(Outbox).where(Outbox.record_id == signed.id)
        session.execute(refused.values(refused_code=Code.OUTCOME_DIFFERS))
    with services.desk.transaction() as session:
        withdraw_refused_sign_offs(session)
    assert services.visits.view(visit).summary.status == "draft"
    assert states(services, homes[0]) == {by_visit: "open", otherwise: "verified"}
    with services.desk.reading() as session:
        assert session.scalars(select(Step).where(Step.record_id == by_visit)).all() == []
    services.visits.sign_off(visit)
    assert states(services, homes[0])[by_visit] == "verified"


def test_a_discarded_sign_off_takes_its_verifications_along(
    services: Services, homes: list[str]
) -> None:
    visit, by_visit, otherwise = verified_by_a_visit(services, homes[0])
    with services.desk.database.applying() as session:
        (signed,) = session.scalars(select(Step.id).where(Step.record_id == visit))
        refused = update(Outbox).where(Outbox.record_id == signed)
        session.execute(refused.values(refused_code=Code.STEP_REFUSED))
    discard(services.desk, "step", signed)
    assert services.visits.view(visit).summary.status == "draft"
    assert states(services, homes[0]) == {by_visit: "open", otherwise: "verified"}
    with services.desk.reading() as session:
        waiting = select(Step).join(Outbox, Outbox.record_id == Step.id)
        assert [one.record_id for one in session.scalars(waiting)] == [otherwise]


def test_the_next_visit_says_what_was_found_of_an_action(
    services: Services, homes: list[str], clock: Clock
) -> None:
    action = raise_action(services, homes[0], "Mend the bells")
    visit = start(services, homes[0])
    not_yet = {"value": "not_yet", "note": "The parts are late."}
    sign_off(services, visit, **{question_of(action): not_yet})
    clock.move_to(date(2026, 12, 22))
    view = services.visits.view(start(services, homes[0]))
    last = view.last_time[question_of(action)]
    assert (last.label, last.times_below) == ("Not yet", 1)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    council = Council(f"sqlite:///{tmp_path / 'server.db'}")
    council.add_user("ann", "intervention", "ann")
    with council.serving() as url:
        yield url


def test_it_travels_with_its_visit_and_the_server_rates_it_again(
    services: Services, homes: list[str], server: str, tmp_path: Path, clock: Clock
) -> None:
    action = raise_action(services, homes[0], "Mend the bells")
    visit = start(services, homes[0])
    sign_off(services, visit, **{question_of(action): {"value": "not_yet", "note": "Late."}})
    risk = services.risk.assess(
        homes[0], "kent-ten", overrides={"regulator_overall": "inadequate"}, reason="Enforcement."
    )
    services.connection.connect(server, "ann", "ann")
    assert services.connection.sync().refused == []
    with open_desk(tmp_path / "laptop", clock, MemoryKeyring()) as laptop:
        laptop.connection.connect(server, "ann", "ann")
        laptop.connection.sync()
        assert laptop.visits.form(visit) == services.visits.form(visit)
        assert laptop.visits.view(visit).outcome == services.visits.view(visit).outcome
        there = laptop.risk.view(risk.id)
        assert (there.filled, there.overridden) == (risk.filled, risk.overridden)


def test_a_form_that_was_tampered_with_is_not_used(services: Services, homes: list[str]) -> None:
    raise_action(services, homes[0], "Mend the bells")
    visit = start(services, homes[0])
    with services.desk.transaction() as session:
        row = session.get_one(Visit, visit)
        assert row.form_text is not None
        row.form_text = row.form_text.replace("score: 0.5", "score: 0.9", 1)
    with pytest.raises(Refused) as refused:
        services.visits.form(visit)
    assert refused.value.code == Code.FORM_FAULTS
