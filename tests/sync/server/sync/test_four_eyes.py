"""Nobody decides on a visit that they took part in, and no decision stands without its review."""

from __future__ import annotations

import msgspec
import pytest

from forms import rate
from sync.wire import Create
from tests.support.sync.council import Council, Device
from tests.support.sync.pushes import create, push, step_of, under, update
from visitapp.errors import Code
from visitapp.records import Answer, AuditEntry, Contract, Provider, Setting, Visit, new_id
from visitapp.records.ids import answer_id, joining_id

GOOD = {"plans": "met", "calls": "met"}


class Team:
    """An officer with a visit, and two leads of their team."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.lee, self.kim = (
            council.officer("ann"),
            council.lead("lee"),
            council.lead("kim"),
        )
        self.setting = self.ann.setting()
        self.visit = self.ann.visit(self.setting, **GOOD)
        self.ann.sync()

    def sign_off(self, device: Device, visit: str) -> Create:
        form = self.council.library.form("short", "1")
        outcome = rate(form, {q: {"value": value} for q, value in GOOD.items()}, {})
        signed = {"facts": {}, "outcome": msgspec.to_builtins(outcome)}
        return step_of(device, self.council.get(Visit, visit), "signed_off", fields=signed)

    def decide(self, device: Device, visit: str, decision: str) -> str:
        (result,) = push(device, step_of(device, self.council.get(Visit, visit), decision))
        return result.status

    def visit_of(self, device: Device, **fields: str) -> Create:
        values = {"form_id": "short", "form_version": "1", "purpose": "annual"}
        more = {"setting_id": self.setting, "visited_on": "2026-11-22", **values, **fields}
        return create(device, "visit", **{"officer_id": device.user_id, **more})

    def answers(self, device: Device, visit: str, **values: str) -> list[Create]:
        return [
            create(
                *(device, "answer", answer_id(visit, question)),
                setting_id=self.setting,
                visit_id=visit,
                question=question,
                value=value,
            )
            for question, value in values.items()
        ]

    def status(self, visit: str) -> str:
        return str(self.council.get(Visit, visit).status)


def test_a_lead_does_not_approve_what_they_made_and_signed_in_anothers_name(
    any_council: Council,
) -> None:
    team = Team(any_council)
    made = team.visit_of(team.lee, officer_id=team.ann.user_id)
    push(team.lee, made, *team.answers(team.lee, made.id, **GOOD))
    assert push(team.lee, team.sign_off(team.lee, made.id))[0].status == "accepted"
    assert team.decide(team.lee, made.id, "approved") == "refused"
    assert team.status(made.id) == "signed_off"
    assert team.decide(team.kim, made.id, "approved") == "accepted"


@pytest.mark.parametrize("part", ["answered", "changed an answer", "signed off", "made"])
def test_each_part_in_a_visit_bars_from_its_review(any_council: Council, part: str) -> None:
    team = Team(any_council)
    lee, ann, visit = team.lee, team.ann, team.visit
    signer = ann
    match part:
        case "answered":
            made = team.visit_of(ann)
            visit = made.id
            push(ann, made, *team.answers(ann, visit, plans="met"))
            push(lee, *team.answers(lee, visit, calls="met"))
        case "changed an answer":
            push(lee, update("answer", answer_id(visit, "calls"), note="Seen."))
        case "signed off":
            signer = lee
        case "made":
            made = team.visit_of(lee, officer_id=ann.user_id)
            visit = made.id
            push(lee, made)
            push(ann, *team.answers(ann, visit, **GOOD))
    assert push(signer, team.sign_off(signer, visit))[0].status == "accepted"
    assert team.decide(lee, visit, "approved") == "refused"
    assert team.decide(lee, visit, "returned") == "refused"
    assert team.decide(team.kim, visit, "approved") == "accepted"


def test_an_officers_name_changes_by_a_hand_over_alone(any_council: Council) -> None:
    team = Team(any_council)
    bob = any_council.officer("bob")
    (own,) = push(team.ann, update("visit", team.visit, officer_id=bob.user_id))
    assert own.code == Code.NOT_ALLOWED
    mine = team.visit_of(team.lee)
    push(team.lee, mine, *team.answers(team.lee, mine.id, plans="met"))
    (renamed,) = push(team.lee, update("visit", mine.id, officer_id=team.ann.user_id))
    assert renamed.code == Code.NOT_ALLOWED
    (handed,) = push(team.lee, update("visit", team.visit, officer_id=bob.user_id))
    assert handed.status == "accepted"
    with any_council.database.reading() as session:
        entries = session.query(AuditEntry).filter(AuditEntry.what == "handed_over").all()
    assert [team.visit in entry.detail and team.ann.user_id in entry.detail for entry in entries]


def test_a_sign_off_has_its_outcome(any_council: Council) -> None:
    team = Team(any_council)
    empty = step_of(team.ann, any_council.get(Visit, team.visit), "signed_off", fields={})
    (result,) = push(team.ann, empty)
    assert (result.code, team.status(team.visit)) == (Code.STEP_REFUSED, "draft")


@pytest.mark.parametrize("decision", ["approved", "returned"])
def test_a_review_needs_a_signed_off_visit(any_council: Council, decision: str) -> None:
    team = Team(any_council)
    assert team.decide(team.lee, team.visit, decision) == "refused"
    early = step_of(*(team.lee, any_council.get(Visit, team.visit), decision), before="signed_off")
    (result,) = push(team.lee, early)
    assert (result.code, team.status(team.visit)) == (Code.STEP_REFUSED, "draft")
    push(team.ann, team.sign_off(team.ann, team.visit))
    assert team.decide(team.lee, team.visit, decision) == "accepted"
    assert team.status(team.visit) == decision


def test_no_state_of_a_visit_is_sent(any_council: Council) -> None:
    team = Team(any_council)
    push(team.ann, team.sign_off(team.ann, team.visit))
    for device, status in ((team.lee, "approved"), (team.ann, "draft")):
        (result,) = push(device, update("visit", team.visit, status=status))
        assert (result.status, team.status(team.visit)) == ("refused", "signed_off")


def test_a_contract_is_changed_by_the_lead_of_all_its_settings(any_council: Council) -> None:
    team = Team(any_council)
    west = any_council.lead("wes", "West")
    friend = any_council.officer("eve", "West")
    wests = west.setting()
    west.sync()
    team.lee.sync()
    provider, contract = new_id(), new_id()
    team.lee.add(Provider(id=provider, name="Acorn Care"))
    team.lee.add(Contract(id=contract, provider_id=provider, number="C1"))
    team.lee.under(contract, team.setting)
    assert team.lee.sync().refused == []
    (result,) = push(west, update("contract", contract, officer_id=friend.user_id))
    assert result.code == Code.OUT_OF_SCOPE
    (result,) = push(team.lee, update("contract", contract, officer_id=team.ann.user_id))
    assert result.status == "accepted"
    (result,) = push(west, under(west, contract, wests))
    assert result.status == "accepted"
    for lead in (west, team.lee):
        (result,) = push(lead, update("contract", contract, officer_id=friend.user_id))
        assert result.code == Code.NOT_ALLOWED
    friend.sync()
    assert friend.all(Setting) == []


def test_a_joining_has_the_derived_id_and_stays_of_its_user(any_council: Council) -> None:
    team = Team(any_council)
    bob, eve = any_council.officer("bob", "West"), any_council.officer("eve", "West")
    values = {"setting_id": team.setting, "visit_id": team.visit, "user_id": bob.user_id}
    id_ = joining_id(team.visit, bob.user_id)
    random, derived = push(
        team.ann,
        create(team.ann, "joining", **values),
        create(team.ann, "joining", id_, **values),
    )
    assert (random.code, derived.status) == (Code.BAD_VALUE, "accepted")
    (changed,) = push(team.ann, update("joining", id_, user_id=eve.user_id))
    assert changed.code == Code.BAD_VALUE


def test_nobody_moves_an_action_or_evidence_to_another_visit(any_council: Council) -> None:
    team = Team(any_council)
    bob = any_council.officer("bob", "West")
    other = team.ann.visit(team.setting)
    team.ann.sync()
    values = {"setting_id": team.setting, "visit_id": team.visit}
    joining = joining_id(team.visit, bob.user_id)
    push(team.ann, create(team.ann, "joining", joining, **values, user_id=bob.user_id))
    action = create(bob, "action", **values, title="Mine", first_due_on="2026-12-01")
    evidence = create(bob, "evidence", **values, kind="note", title="Mine")
    assert [r.status for r in push(bob, action, evidence)] == ["accepted"] * 2
    for kind, id_ in (("action", action.id), ("evidence", evidence.id)):
        for moved in (other, None):
            for device, code in ((bob, Code.NOT_ALLOWED), (team.ann, Code.BAD_VALUE)):
                (result,) = push(device, update(kind, id_, visit_id=moved))
                assert result.code == code, (kind, moved)
    assert not [a for a in any_council.all(Answer) if a.visit_id == other]


def test_evidence_does_not_move_into_a_signed_off_visit(any_council: Council) -> None:
    team = Team(any_council)
    loose = create(team.ann, "evidence", setting_id=team.setting, kind="note", title="Late")
    push(team.ann, loose)
    push(team.ann, team.sign_off(team.ann, team.visit))
    (result,) = push(team.ann, update("evidence", loose.id, visit_id=team.visit))
    assert result.code == Code.BAD_VALUE


def test_who_signed_a_visit_off_before_it_was_returned_does_not_review_it(
    any_council: Council,
) -> None:
    team = Team(any_council)
    assert push(team.lee, team.sign_off(team.lee, team.visit))[0].status == "accepted"
    assert team.decide(team.kim, team.visit, "returned") == "accepted"
    assert push(team.ann, team.sign_off(team.ann, team.visit))[0].status == "accepted"
    assert team.decide(team.lee, team.visit, "approved") == "refused"
    assert team.decide(team.kim, team.visit, "approved") == "accepted"
