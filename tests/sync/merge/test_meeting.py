"""Devices that meet at a server: the contract, on every database and over every transport."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.client.round.engine import SyncEngine
from sync.client.round.sync_summary import SyncResult
from sync.wire import RoundReply
from tests.support.sync.council import Council
from tests.support.sync.rounds import after_each_round, before_each_round
from tests.support.sync.wire_values import to_wire
from visitapp.errors import Code, EnvironmentProblem, LinkProblem
from visitapp.records import (
    KEPT_HERE,
    Action,
    Answer,
    Conflict,
    History,
    Provider,
    Setting,
    Step,
    User,
    Visit,
    VisitStatus,
    new_id,
)


def test_a_visit_travels_to_the_lead_and_the_approval_back(every_council: Council) -> None:
    ann, lee = every_council.officer("ann"), every_council.lead("lee")
    setting = ann.setting()
    visit = ann.visit(setting, plans="met", calls="partly")
    action = ann.action(setting)
    ann.sign_off(visit, every_council.library)
    sent = ann.sync()
    assert (sent.accepted, sent.conflicts, sent.refused) == (sent.sent, 0, [])
    assert ann.outbox() == []

    received = lee.sync()
    assert received.changed["visit"] == {visit}
    assert lee.get(Visit, visit).status == VisitStatus.SIGNED_OFF
    assert lee.get(Visit, visit).outcome["overall"] == "amber"
    assert lee.get(Action, action).title == "Mend the call bells"
    assert lee.get(User, ann.user_id).name == "ann"

    lee.review(visit, "approved")
    assert lee.sync().refused == []
    ann.sync()
    assert ann.get(Visit, visit).status == VisitStatus.APPROVED
    assert [step.created_by for step in ann.all(Step)] == [ann.user_id, lee.user_id]


def test_devices_hold_exactly_what_the_server_holds(every_council: Council) -> None:
    ann, lee = every_council.officer("ann"), every_council.lead("lee")
    for name in ("Alder House", "Birch Lodge", "Cedar Court"):
        setting = ann.setting(name)
        visit = ann.visit(setting, plans="met", calls="met")
        ann.answer(visit, "calls", value="partly", note="Two bells did not ring.")
        ann.action(setting)
    ann.sync()
    ann.answer(visit, "plans", value="partly")
    ann.sync()
    lee.sync()
    assert every_council.all(History)
    for kind in (Setting, Visit, Answer, Action, History):
        there = {r.id: (r.revision, to_wire(r)) for r in every_council.all(kind)}
        for device in (ann, lee):
            held = [record for record in device.all(kind) if record.revision != KEPT_HERE]
            assert {r.id: (r.revision, to_wire(r)) for r in held} == there


def test_two_officers_fill_one_visit_and_their_answers_meet(every_council: Council) -> None:
    ann = every_council.officer("ann")
    other = every_council.device("ann")
    visit = ann.visit(ann.setting())
    ann.sync()
    other.sync()
    ann.answer(visit, "plans", value="met")
    ann.answer(visit, "calls", note="One bell was mended while we were there.")
    other.answer(visit, "calls", value="partly")
    assert ann.sync().refused == []
    second = other.sync()
    assert (second.conflicts, second.refused) == (0, [])
    ann.sync()
    for device in (ann, other):
        answers = {a.question: (a.value, a.note) for a in device.all(Answer)}
        assert answers == {
            "plans": ("met", None),
            "calls": ("partly", "One bell was mended while we were there."),
        }


def test_the_same_answer_given_differently_is_a_conflict_that_both_see(
    every_council: Council,
) -> None:
    ann = every_council.officer("ann")
    other = every_council.device("ann")
    visit = ann.visit(ann.setting())
    ann.sync()
    other.sync()
    answer = ann.answer(visit, "plans", value="met")
    other.answer(visit, "plans", value="not_met")
    ann.sync()
    assert other.sync().conflicts == 1
    ann.sync()
    for device in (ann, other):
        assert device.get(Answer, answer).value == "met"
        (conflict,) = device.all(Conflict)
        assert (conflict.field, conflict.server_value, conflict.other_value) == (
            "value",
            "met",
            "not_met",
        )
        assert conflict.other_device == other.state("device_id")


def test_a_settled_conflict_is_settled_everywhere(every_council: Council) -> None:
    ann = every_council.officer("ann")
    lee = every_council.lead("lee")
    action = ann.action(ann.setting())
    ann.sync()
    lee.sync()
    ann.edit(Action, action, owner="The manager")
    lee.edit(Action, action, owner="The provider")
    ann.sync()
    lee.sync()
    (conflict,) = lee.all(Conflict)
    lee.settle(conflict.id, "other")
    lee.edit(Action, action, owner=conflict.other_value)
    settled = lee.sync()
    assert (settled.conflicts, settled.refused) == (0, [])
    ann.sync()
    assert ann.get(Action, action).owner == "The provider"
    assert ann.get(Conflict, conflict.id).kept == "other"


def test_an_edit_made_while_the_batch_was_away_goes_on_top(every_council: Council) -> None:
    ann = every_council.officer("ann")
    visit = ann.visit(ann.setting())
    answer = ann.answer(visit, "plans", value="met")

    def interrupt(settled: int, of: int) -> None:
        if ann.get(Answer, answer).value == "met":
            ann.answer(visit, "plans", value="partly")

    engine = SyncEngine(ann.database, ann.transport, ann.clock, batch_bytes=300)
    result = engine.run(interrupt)
    assert (result.conflicts, result.refused) == (0, [])
    assert every_council.get(Answer, answer).value == "partly"
    assert ann.outbox() == []


def test_two_officers_add_the_same_provider(every_council: Council) -> None:
    ann, ben = every_council.officer("ann"), every_council.officer("ben")
    id_ = new_id()
    ann.add(Provider(id=id_, name="Acorn Care", number="1-1"))
    ben.add(Provider(id=id_, name="Acorn Care Ltd", number="1-1"))
    ann.sync()
    second = ben.sync()
    assert (second.merged, second.conflicts, second.refused) == (1, 0, [])
    assert ben.get(Provider, id_).name == "Acorn Care"


def test_a_deletion_reaches_the_other_device_as_a_tombstone(every_council: Council) -> None:
    ann, lee = every_council.officer("ann"), every_council.lead("lee")
    action = ann.action(ann.setting())
    ann.sync()
    lee.sync()
    ann.edit(Action, action, deleted=True)
    ann.sync()
    lee.sync()
    assert lee.get(Action, action).deleted


def test_a_round_with_nothing_to_do_is_one_request(council: Council) -> None:
    ann = council.officer("ann")
    ann.visit(ann.setting(), plans="met")
    ann.sync()
    before = ann.transport.rounds
    assert ann.sync().received == 0
    assert ann.transport.rounds == before + 1


def test_a_round_with_work_to_do_is_one_request(council: Council) -> None:
    ann = council.officer("ann")
    visit = ann.visit(ann.setting(), plans="met")
    ann.sync()
    ann.answer(visit, "calls", value="met")
    before = ann.transport.rounds
    ann.sync()
    assert ann.transport.rounds == before + 1


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_a_lost_reply_doubles_nothing(any_council: Council, lost: int) -> None:
    ann = any_council.officer("ann")
    setting = ann.setting()
    visit = ann.visit(setting, plans="met")
    ann.transport.lose_next = lost
    for _ in range(lost):
        with pytest.raises(LinkProblem):
            ann.sync()
        assert ann.state("sync_problem")
        ann.answer(visit, "plans", value="partly", note=f"After {lost}")
    result: SyncResult = ann.sync()
    assert (result.conflicts, result.refused) == (0, [])
    assert [a.value for a in any_council.all(Answer)] == ["partly"]
    assert len(any_council.all(Visit)) == 1
    assert ann.all(Conflict) == []
    assert ann.state("sync_problem") is None


def test_a_resent_batch_is_the_same_bytes(council: Council) -> None:
    ann = council.officer("ann")
    seen: list[bytes] = []
    before_each_round(ann, lambda _number, body: seen.append(body))
    visit = ann.visit(ann.setting(), plans="met")
    ann.transport.lose_next = 1
    with pytest.raises(LinkProblem):
        ann.sync()
    ann.answer(visit, "plans", value="partly")
    ann.sync()
    assert seen[0] == seen[1]
    assert seen[2] != seen[1]


def test_pages_bring_parents_before_children(any_council: Council) -> None:
    any_council.server.rounds._page = 2
    ann, lee = any_council.officer("ann"), any_council.lead("lee")
    setting = ann.setting()
    visits = [ann.visit(setting, plans="met", calls="met") for _ in range(4)]
    ann.sync()
    for visit in visits:
        ann.edit(Visit, visit, joined_by="Safeguarding")
    ann.edit(Setting, setting, beds=12)
    ann.sync()
    lee.sync()
    assert {visit.id for visit in lee.all(Visit)} == set(visits)
    assert len(lee.all(Answer)) == 8
    assert lee.get(Setting, setting).beds == 12


def test_another_server_is_refused_and_nothing_moves(council: Council, tmp_path: Path) -> None:
    other = Council(tmp_path / "other", f"sqlite:///{tmp_path}/other.db")
    try:
        other.user("ann")
        ann = council.officer("ann")
        ann.setting()
        ann.transport = other.transport()
        with pytest.raises(EnvironmentProblem) as refused:
            ann.connect("ann")
        assert refused.value.code == Code.OTHER_SERVER
        assert ann.state("server_id") == council.server_id
        assert len(ann.outbox()) == 1
    finally:
        other.close()


def test_a_conflict_that_two_people_settle_is_settled_once(every_council: Council) -> None:
    ann, lee = every_council.officer("ann"), every_council.lead("lee")
    action = ann.action(ann.setting())
    for device in (ann, lee):
        device.sync()
        device.edit(Action, action, owner=device.name)
    for device in (ann, lee, ann):
        device.sync()
    (conflict,) = ann.all(Conflict)
    for device, keep in ((ann, "server"), (lee, "other")):
        device.settle(conflict.id, keep)
    ann.sync()
    second = lee.sync()
    assert (second.merged, second.conflicts, second.refused) == (1, 0, [])
    ann.sync()
    assert [device.all(Conflict)[0].kept for device in (ann, lee)] == ["server", "server"]


def test_what_arrives_while_one_is_writing_leaves_the_writing_alone(
    every_council: Council,
) -> None:
    ann, lee = every_council.officer("ann"), every_council.lead("lee")
    action = ann.action(ann.setting())
    ann.sync()
    lee.sync()
    lee.edit(Action, action, owner="The provider", detail="Hers")
    lee.sync()

    def meanwhile(number: int, _reply: RoundReply) -> None:
        if number == 0:
            ann.edit(Action, action, owner="The manager")

    after_each_round(ann, meanwhile)
    ann.sync()
    record = ann.get(Action, action)
    assert (record.owner, record.detail) == ("The manager", "Hers")
    assert ann.sync().conflicts == 1
    (conflict,) = every_council.all(Conflict)
    assert (conflict.server_value, conflict.other_value) == ("The provider", "The manager")
    assert every_council.get(Action, action).owner == "The provider"
