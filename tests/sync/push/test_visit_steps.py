"""Visits move by steps, replayed in order. Where two people meet, the first at the server wins."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from sync.client.round.engine import SyncEngine
from tests.support.sync.council import Council, Device
from tests.support.sync.wire_values import to_wire
from visitapp.errors import Code
from visitapp.records import NOT_REFUSED, Conflict, Outbox, Rating, Step, Visit
from visitapp.records.changes.steps import derived_after, taken
from visitapp.records.declared import derived_fields
from visitapp.rules.visit_life import VISIT

GOOD = {"plans": "met", "calls": "met"}


class Team:
    """An officer with a signed-off visit, and two leads of their team; all have it."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann = council.officer("ann")
        self.lee, self.kim = council.lead("lee"), council.lead("kim")
        self.visit = self.ann.visit(self.ann.setting(), **GOOD)
        self.ann.sign_off(self.visit, council.library)
        self.meet()

    def meet(self) -> None:
        """Everybody syncs until nothing is new, and all hold the same visit and steps."""
        devices = (self.ann, self.lee, self.kim)
        for _ in range(2):
            for device in devices:
                device.sync()
        waiting = {row.record_id for device in devices for row in device.outbox()}
        for kind in (Visit, Step):
            at_server = [(row.id, row.revision, to_wire(row)) for row in self.council.all(kind)]
            for device in devices:
                rows = [(row.id, row.revision, to_wire(row)) for row in device.all(kind)]
                assert sorted(r for r in rows if r[0] not in waiting) == sorted(at_server)

    def status(self) -> str:
        """The state at the server, which is that of its accepted steps one after the other."""
        visit = self.council.get(Visit, self.visit)
        values = VISIT.derived.begin({})
        for step in self.council.all(Step):
            if step.accepted:
                row = {column.name: getattr(step, column.name) for column in step.__table__.columns}
                values = derived_after(Visit, values, taken(Visit, row))
        assert {name: getattr(visit, name) for name in derived_fields(Visit)} == values
        return str(visit.status)


@pytest.fixture
def team(any_council: Council) -> Team:
    return Team(any_council)


def refusals(device: Device) -> list[tuple[str, str]]:
    """The code and the sentence of what the server refuses."""
    return [(one.code, one.text) for one in device.sync().refused]


def test_several_steps_taken_offline_arrive_as_they_were(team: Team) -> None:
    team.lee.review(team.visit, "approved", "Good work")
    team.lee.review(team.visit, "returned", "4.3 has no action")
    assert refusals(team.lee) == []
    team.meet()
    assert team.status() == "returned"
    assert [(s.after, s.reason) for s in team.ann.all(Step)[1:]] == [
        ("approved", "Good work"),
        ("returned", "4.3 has no action"),
    ]
    rated = [row.state for row in team.council.all(Rating)]
    assert rated == ["proposed", "stands", "withdrawn"]


def test_a_withdrawal_that_meets_an_approval_gets_one_sentence(team: Team) -> None:
    team.kim.review(team.visit, "returned")
    team.kim.sync()
    team.lee.review(team.visit, "approved")
    sentence = (
        "Somebody else changed this visit first: it is now returned, so it cannot become approved."
    )
    assert refusals(team.lee) == [(Code.STEP_REFUSED, sentence)]
    assert team.council.all(Conflict) == []
    team.meet()
    assert team.status() == "returned"
    assert team.lee.get(Visit, team.visit).status == "returned"


def test_two_leads_may_approve_apart(team: Team) -> None:
    team.kim.review(team.visit, "approved")
    team.lee.review(team.visit, "approved")
    assert refusals(team.kim) == refusals(team.lee) == []
    team.meet()
    assert team.status() == "approved"
    approvals = [step for step in team.ann.all(Step) if step.after == "approved"]
    assert {step.created_by for step in approvals} == {team.kim.user_id, team.lee.user_id}


def test_a_review_never_decides_on_a_later_sign_off(team: Team) -> None:
    team.kim.review(team.visit, "returned")
    team.kim.sync()
    team.ann.sync()
    team.ann.answer(team.visit, "calls", value="partly")
    team.ann.sign_off(team.visit, team.council.library)
    team.ann.sync()
    team.lee.review(team.visit, "approved")
    ((code, sentence),) = refusals(team.lee)
    assert (code, "it is now signed off" in sentence) == (Code.STEP_REFUSED, True)
    team.meet()
    assert team.status() == "signed_off"
    assert team.lee.get(Visit, team.visit).status == "signed_off"


def test_a_review_never_changes_when_a_visit_was_signed_off(team: Team) -> None:
    signed = team.council.get(Visit, team.visit).signed_off_at
    assert signed is not None
    forged = {"signed_off_at": signed - timedelta(days=30)}
    team.lee.step(team.visit, "approved", Visit, day=None, fields=forged)
    assert refusals(team.lee) == []
    team.meet()
    assert team.status() == "approved"
    assert team.council.get(Visit, team.visit).signed_off_at == signed


def test_a_review_is_taken_in_whatever_batch_it_comes(team: Team) -> None:
    team.lee.review(team.visit, "approved")
    team.lee.action(team.lee.get(Visit, team.visit).setting_id)
    small = SyncEngine(team.lee.database, team.lee.transport, team.lee.clock, batch_bytes=1)
    assert small.run().refused == []
    team.meet()
    assert team.status() == "approved"


def test_two_laptops_of_one_officer_sign_off_apart(any_council: Council) -> None:
    any_council.user("ann")
    first, second = any_council.device("ann"), any_council.device("ann")
    visit = first.visit(first.setting(), **GOOD)
    first.sync()
    second.sync()
    for device in (first, second):
        device.sign_off(visit, any_council.library)
    assert refusals(first) == []
    ((code, _),) = refusals(second)
    assert code == Code.STEP_REFUSED
    signed = any_council.get(Visit, visit).signed_off_at
    assert first.get(Visit, visit).signed_off_at == signed
    assert second.get(Visit, visit).signed_off_at == signed


def test_a_sign_off_and_its_outcome_are_refused_together(any_council: Council) -> None:
    ann = any_council.officer("ann")
    visit = ann.visit(ann.setting(), **GOOD)
    ann.sign_off(visit, any_council.library, overall="red")
    assert [code for code, _ in refusals(ann)] == [Code.OUTCOME_DIFFERS]
    there = any_council.get(Visit, visit)
    assert (there.status, there.outcome, there.signed_off_at) == ("draft", None, None)
    assert any_council.all(Step) == []


def test_a_visit_that_somebody_else_discarded_is_not_signed_off_unseen(
    any_council: Council,
) -> None:
    ann, lee = any_council.officer("ann"), any_council.lead("lee")
    visit = ann.visit(ann.setting(), **GOOD)
    ann.sync()
    lee.sync()
    lee.edit(Visit, visit, deleted=True)
    lee.sync()
    ann.sign_off(visit, any_council.library)
    assert [code for code, _ in refusals(ann)] == [Code.STEP_REFUSED]
    assert any_council.all(Rating) == []
    ann.edit(Visit, visit, deleted=False)
    with ann.work() as session:
        session.execute(update(Outbox).values(NOT_REFUSED))
    assert refusals(ann) == []
    assert any_council.get(Visit, visit).status == "signed_off"
