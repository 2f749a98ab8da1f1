"""What the server refuses: one change, with its code, and nothing else of the batch."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from forms import rate
from sync.wire import Create, RoundReply
from tests.support.rows import rows
from tests.support.sync.council import Council, Device
from tests.support.sync.pushes import AT, create, push, step_of, update
from tests.support.sync.rounds import after_each_round
from visitapp.errors import Code
from visitapp.explanation import kept_text
from visitapp.language import SOURCE, choose_language, pseudo
from visitapp.records import (
    Action,
    Answer,
    Contract,
    History,
    Outbox,
    Provider,
    Setting,
    Step,
    Visit,
    VisitStatus,
    new_id,
)
from visitapp.records.ids import answer_id


@pytest.fixture
def ann(any_council: Council) -> Device:
    return any_council.officer("ann")


@pytest.fixture
def visit(ann: Device) -> str:
    """A visit of Ann's that the server has."""
    id_ = ann.visit(ann.setting(), plans="met", calls="partly")
    ann.sync()
    return id_


def an_action(ann: Device, **values: Any) -> Create:
    setting = ann.all(Setting)[0].id
    return create(
        ann,
        "action",
        **{"setting_id": setting, "title": "T", "first_due_on": "2026-12-01", **values},
    )


@rows(
    "values",
    [
        {"colour": "red"},
        {"first_due_on": "tomorrow"},
        {"first_due_on": 20261201},
        {"title": None},
        {"title": "x" * 401},
        {"title": ["a", "list"]},
        {"priority": "whenever"},
        {"deleted": "no"},
        {"verified_at": "2026-11-22T09:00:00"},
        {"done_on": "2026-02-30"},
    ],
)
def test_a_value_that_does_not_fit(ann: Device, visit: str, values: dict[str, Any]) -> None:
    bad, good = push(ann, an_action(ann, **values), an_action(ann))
    assert (bad.status, bad.code, good.status) == ("refused", Code.BAD_VALUE, "accepted")
    assert bad.text


@rows(
    ("change", "code"),
    [
        (lambda ann: create(ann, "token"), Code.BAD_VALUE),
        (lambda ann: an_action(ann, setting_id=None), Code.BAD_VALUE),
        (lambda ann: an_action(ann, setting_id=new_id()), Code.NOT_FOUND),
        (lambda ann: an_action(ann, visit_id=new_id()), Code.NOT_FOUND),
        (lambda ann: an_action(ann, created_by="somebody else"), Code.NOT_ALLOWED),
        (lambda ann: an_action(ann, status="verified"), Code.BAD_VALUE),
        (lambda ann: update("action", new_id(), title="T"), Code.NOT_FOUND),
        (lambda ann: msgspec.structs.replace(an_action(ann), at="now"), Code.BAD_VALUE),
        (lambda ann: msgspec.structs.replace(an_action(ann), id="x" * 99), Code.BAD_VALUE),
        (lambda ann: create(ann, "user_account", name="eve", role="admin"), Code.NOT_ALLOWED),
        (lambda ann: update("user_account", ann.user_id, role="admin"), Code.NOT_ALLOWED),
        (lambda ann: update("setting", ann.all(Setting)[0].id, team="West"), Code.NOT_ALLOWED),
    ],
)  # fmt: skip
def test_a_change_that_is_refused_alone(
    any_council: Council, ann: Device, visit: str, change: Any, code: Code
) -> None:
    before = len(any_council.all(Action))
    good, bad, after = push(ann, an_action(ann), change(ann), an_action(ann))
    assert (good.status, bad.status, after.status) == ("accepted", "refused", "accepted")
    assert bad.code == code
    assert len(any_council.all(Action)) == before + 2


def test_a_setting_never_changes_under_a_record(ann: Device, visit: str) -> None:
    other = ann.setting("Birch Lodge")
    ann.sync()
    action = ann.action(ann.all(Setting)[0].id)
    ann.sync()
    (result,) = push(ann, update("action", action, setting_id=other))
    assert (result.status, result.code) == ("refused", Code.BAD_VALUE)


@pytest.mark.parametrize("recorded", ["visit", "action"])
def test_a_setting_with_records_is_not_deleted(
    any_council: Council, ann: Device, recorded: str
) -> None:
    """No device may take a home away from everybody with what was found there."""
    setting, empty = ann.setting(), ann.setting("Birch Lodge")
    made = ann.visit(setting) if recorded == "visit" else ann.action(setting)
    ann.sync()
    lead = any_council.lead("lee")
    for device in (ann, lead):
        (result,) = push(device, update("setting", setting, deleted=True))
        assert (result.status, result.code) == ("refused", Code.BAD_VALUE)
    assert not any_council.get(Setting, setting).deleted
    assert push(ann, update("setting", empty, deleted=True))[0].status == "accepted"
    if recorded == "action":
        assert push(ann, update("action", made, deleted=True))[0].status == "accepted"
        assert push(ann, update("setting", setting, deleted=True))[0].status == "accepted"


def test_a_provider_and_a_contract_in_use_are_not_deleted(
    any_council: Council, ann: Device
) -> None:
    lead = any_council.lead("lee")
    setting, provider, contract = ann.setting(), new_id(), new_id()
    ann.sync()
    lead.sync()
    lead.add(Provider(id=provider, name="Acorn Care"))
    lead.add(Contract(id=contract, provider_id=provider, number="C-1"))
    link = lead.under(contract, setting)
    assert lead.sync().refused == []
    for kind, id_ in (("contract", contract), ("provider", provider)):
        (result,) = push(lead, update(kind, id_, deleted=True))
        assert (result.status, result.code) == ("refused", Code.BAD_VALUE), kind
    assert push(lead, update("contract_setting", link, deleted=True))[0].status == "accepted"
    assert push(lead, update("contract", contract, deleted=True))[0].status == "accepted"
    assert push(lead, update("provider", provider, deleted=True))[0].status == "accepted"


def test_an_answer_belongs_to_its_visits_setting_and_has_a_derived_id(
    ann: Device, visit: str
) -> None:
    setting, other = ann.get(Visit, visit).setting_id, ann.setting("Birch Lodge")
    ann.sync()
    values = {"setting_id": setting, "visit_id": visit, "question": "q", "value": "met"}
    id_ = answer_id(visit, "q")
    elsewhere, invented, right = push(
        ann,
        create(ann, "answer", id_, **{**values, "setting_id": other}),
        create(ann, "answer", **values),
        create(ann, "answer", id_, **values),
    )
    assert [elsewhere.code, invented.code] == [Code.BAD_VALUE, Code.BAD_VALUE]
    assert right.status == "accepted"


def test_an_append_only_record_has_one_version(
    any_council: Council, ann: Device, visit: str
) -> None:
    step = {
        "setting_id": ann.get(Visit, visit).setting_id,
        "kind": "action",
        "record_id": ann.action(ann.get(Visit, visit).setting_id),
        "before": "open",
        "after": "in_progress",
    }
    ann.sync()
    first = create(ann, "step", **step)
    other = create(ann, "step", first.id, **{**step, "reason": "Started"})
    made, same, differs, edited = push(
        ann, first, first, other, update("step", first.id, reason="Started")
    )
    assert (made.status, same.status) == ("accepted", "accepted")
    assert (differs.code, edited.code) == (Code.ALREADY_THERE, Code.NOT_ALLOWED)
    (kept,) = [record for record in any_council.all(Step) if record.id == first.id]
    assert kept.reason == ""


def test_a_conflict_cannot_be_invented(ann: Device, visit: str) -> None:
    made = create(
        ann,
        "conflict",
        setting_id=ann.get(Visit, visit).setting_id,
        kind="visit",
        record_id=visit,
        field="status",
        other_by=ann.user_id,
        other_at=AT,
    )
    assert push(ann, made)[0].code == Code.NOT_ALLOWED


def signed(ann: Device, council: Council, visit: str, **lie: Any) -> Create:
    answers = {row.question: {"value": row.value} for row in ann.all(Answer)}
    outcome = msgspec.to_builtins(rate(council.library.form("short", "1"), answers, {}))
    fields = {"facts": {}, "outcome": {**outcome, **lie}}
    return step_of(ann, council.get(Visit, visit), "signed_off", fields=fields)


@pytest.mark.parametrize(
    "lie",
    [
        {"overall": "green"},
        {"percent": 99},
        {"coverage": 12},
        {"areas": []},
    ],
)
def test_an_outcome_that_the_server_does_not_find_is_refused_with_both(
    any_council: Council, ann: Device, visit: str, lie: dict[str, Any]
) -> None:
    (result,) = push(ann, signed(ann, any_council, visit, **lie))
    assert (result.status, result.code) == ("refused", Code.OUTCOME_DIFFERS)
    assert "amber, 75 per cent" in result.text
    assert any_council.get(Visit, visit).status == VisitStatus.DRAFT


def test_the_outcome_counts_answers_of_the_same_batch(
    any_council: Council, ann: Device, visit: str
) -> None:
    answer = next(row for row in ann.all(Answer) if row.question == "calls")
    ann.answer(visit, "calls", value="met")
    changed, wrong, right = push(
        ann,
        update("answer", answer.id, value="met"),
        signed(ann, any_council, visit, overall="amber"),
        signed(ann, any_council, visit),
    )
    assert (changed.status, wrong.code, right.status) == (
        "accepted",
        Code.OUTCOME_DIFFERS,
        "accepted",
    )


def test_a_form_that_the_server_does_not_have(any_council: Council, ann: Device) -> None:
    visit = ann.visit(ann.setting(), form="unheard-of")
    ann.sync()
    signing = step_of(ann, ann.get(Visit, visit), "signed_off", fields={"outcome": {"engine": 2}})
    assert push(ann, signing)[0].code == Code.NOT_FOUND


def test_a_signed_off_visit_is_frozen(any_council: Council, ann: Device, visit: str) -> None:
    ann.sign_off(visit, any_council.library)
    ann.sync()
    setting, answer = ann.get(Visit, visit).setting_id, ann.all(Answer)[0].id
    new_answer = create(
        ann,
        "answer",
        answer_id(visit, "late"),
        setting_id=setting,
        visit_id=visit,
        question="late",
        value="met",
    )
    evidence = create(
        ann, "evidence", setting_id=setting, visit_id=visit, kind="note", title="Late"
    )
    results = push(
        ann,
        update("answer", answer, value="not_met"),
        new_answer,
        evidence,
        update("visit", visit, joined_by="Nobody"),
        an_action(ann, visit_id=visit),
    )
    assert [result.code for result in results] == [Code.VISIT_FROZEN] * 4 + [""]


def test_only_a_lead_decides_and_never_on_their_own(any_council: Council, ann: Device) -> None:
    lee = any_council.lead("lee")
    visits = {}
    for device in (ann, lee):
        setting = device.setting(device.name)
        visits[device] = device.visit(setting, plans="met", calls="met")
        device.sign_off(visits[device], any_council.library)
        device.sync()
    anns, lees = (any_council.get(Visit, visits[device]) for device in (ann, lee))
    (own,) = push(ann, step_of(ann, anns, "approved"))
    assert own.code == Code.STEP_REFUSED
    agreed = step_of(lee, anns, "approved")
    leads_own, other = push(lee, step_of(lee, lees, "approved"), agreed)
    assert (leads_own.code, other.status) == (Code.NOT_ALLOWED, "accepted")
    reviews = [step.id for step in any_council.all(Step) if step.after == "approved"]
    assert reviews == [agreed.id]


@pytest.mark.parametrize(
    ("steps", "allowed"),
    [
        (["approved"], False),
        (["signed_off", "returned", "signed_off"], True),
        (["signed_off", "draft"], False),
        (["signed_off", "approved", "signed_off"], False),
    ],
)
def test_the_steps_of_a_visit(
    any_council: Council, ann: Device, visit: str, steps: list[str], allowed: bool
) -> None:
    lee = any_council.lead("lee")
    results = []
    for step in steps:
        if step == "signed_off":
            results += push(ann, signed(ann, any_council, visit))
        else:
            results += push(lee, step_of(lee, any_council.get(Visit, visit), step))
    assert all(result.status == "accepted" for result in results) == allowed


def test_a_refused_change_is_set_aside_mended_and_sent(any_council: Council, ann: Device) -> None:
    setting = ann.setting()
    visit = ann.visit(setting, plans="met", calls="met")
    ann.sign_off(visit, any_council.library, overall="red")
    action = ann.action(setting)
    result = ann.sync()
    assert [(refused.kind, refused.code) for refused in result.refused] == [
        ("step", Code.OUTCOME_DIFFERS)
    ]
    (row,) = ann.outbox()
    assert (row.refused_code, row.batch) == (Code.OUTCOME_DIFFERS, None)
    assert any_council.get(Action, action) is not None
    assert ann.sync().sent == 0
    ann.take_back(row.record_id)
    ann.sign_off(visit, any_council.library)
    assert ann.sync().refused == []
    assert ann.outbox() == []
    assert any_council.get(Visit, visit).status == VisitStatus.SIGNED_OFF


def test_a_refusal_travels_in_english_and_is_shown_in_the_language_of_its_reader(
    any_council: Council, ann: Device, pseudo_language: None
) -> None:
    visit = ann.visit(ann.setting(), plans="met", calls="met")
    ann.sign_off(visit, any_council.library, overall="red")
    ann.sync()
    (row,) = ann.outbox()
    assert (row.refused_text or "").startswith("The server rates this visit green, ")
    shown = kept_text(row.refused_explanation, row.refused_text or "")
    assert shown.startswith(pseudo("The server rates this visit {server}.").partition("{")[0])
    assert pseudo("Sync, look at the outcome again, and sign off again.") in shown
    choose_language(SOURCE)
    assert kept_text(row.refused_explanation, "") == row.refused_text


def test_an_edit_after_a_refusal_that_was_on_its_way_is_one_change(
    any_council: Council, ann: Device, visit: str
) -> None:
    ann.edit(Visit, visit, officer_id=any_council.user("bob"))

    def meanwhile(number: int, _reply: RoundReply) -> None:
        if number == 0:
            ann.edit(Visit, visit, officer_id=ann.user_id, joined_by="Safeguarding")

    after_each_round(ann, meanwhile)
    first = ann.sync()
    assert [refused.code for refused in first.refused] == [Code.NOT_ALLOWED]
    assert any_council.get(Visit, visit).joined_by == "Safeguarding"
    assert ann.outbox() == []


def test_a_field_put_back_before_the_sync_sends_nothing(
    any_council: Council, ann: Device, visit: str
) -> None:
    ann.edit(Visit, visit, joined_by="Safeguarding")
    ann.edit(Visit, visit, joined_by="")
    with ann.database.reading() as session:
        assert session.scalars(select(Outbox).where(Outbox.kind == "visit")).one()
    revision = any_council.get(Visit, visit).revision
    assert ann.sync().conflicts == 0
    assert any_council.get(Visit, visit).revision == revision
    assert any_council.all(History) == []
