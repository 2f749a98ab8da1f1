"""A long outbox: the next batch is ready while one is away, and goes before the reply is kept."""

from __future__ import annotations

import shutil
from datetime import datetime
from itertools import count
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import func, select

from sync.client.round.engine import SyncEngine
from sync.client.round.outgoing import Outgoing
from sync.wire import RoundReply
from tests.support.sync.council import KEY, Council, Device
from tests.support.sync.rounds import after_each_round, before_each_round
from visitapp.errors import Code, LinkProblem
from visitapp.language import message
from visitapp.records import Action, Answer, Conflict, SentBatch, Setting, Visit, VisitStatus
from visitapp.storage.database import Database, open_device

FEW_BYTES = 2_000
"""Of a batch, so that a dozen actions fill it."""


@pytest.fixture
def ann(council: Council) -> Device:
    """An officer's laptop with a setting that the server has, and many actions that it has not."""
    ann = council.officer("ann")
    home = ann.setting()
    ann.sync()
    for number in range(60):
        ann.action(home, f"Action {number}")
    return ann


def on_their_way(database: Database) -> int:
    """How many batches were made and not settled."""
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(SentBatch)) or 0


def assert_all_there(council: Council, device: Device) -> None:
    """Nothing waits, and both sides have the same actions, each once."""
    assert (device.outbox(), on_their_way(device.database)) == ([], 0)
    here = sorted((a.id, a.title, a.revision) for a in device.all(Action))
    assert here == sorted((a.id, a.title, a.revision) for a in council.all(Action))
    assert len({title for _, title, _ in here}) == len(here)


def test_a_batch_goes_before_the_reply_to_the_one_before_it_is_kept(
    council: Council, ann: Device
) -> None:
    gone, looks, seen = Event(), count(), []

    def clock() -> datetime:
        # Looked at as the run begins, for each of the two batches that are made first, and then to
        # keep a reply.
        if next(looks) == 3:
            assert gone.wait(60), "the reply is being kept, and the second batch has not gone"
        return ann.clock()

    def look(number: int, _body: bytes) -> None:
        if number == 1:
            seen.append(on_their_way(ann.database))
            gone.set()

    before_each_round(ann, look)
    SyncEngine(ann.database, ann.transport, clock, batch_bytes=FEW_BYTES).run()
    assert seen == [2]
    assert_all_there(council, ann)


def kill(ann: Device, folder: Path, reached: int) -> None:
    """Leave the laptop as it is when it is killed after `reached` rounds of two batches that were
    made, of which it kept no reply."""
    outgoing = Outgoing(ann.clock, FEW_BYTES)
    for make in (outgoing.next, outgoing.ahead):
        with ann.database.storing() as connection:
            assert make(connection) is not None
    assert on_their_way(ann.database) == 2
    shutil.copytree(ann.folder, folder / "goes on")
    goes_on = open_device(folder / "goes on", KEY, ann.clock)

    def cut(number: int, _body: bytes) -> None:
        if number == reached:
            raise LinkProblem(Code.SERVER_UNREACHABLE, message("The line was cut."))

    before_each_round(ann, cut)
    with pytest.raises(LinkProblem):
        SyncEngine(goes_on, ann.transport, ann.clock, batch_bytes=FEW_BYTES).run()
    goes_on.close()


@pytest.mark.parametrize("reached", [0, 1, 2, 3])
def test_what_a_power_cut_takes_back_goes_again_in_its_order(
    council: Council, ann: Device, tmp_path: Path, reached: int
) -> None:
    kill(ann, tmp_path, reached)
    taken_before = len(council.all(Action))
    assert (taken_before > 0) == (reached > 0)
    result = SyncEngine(ann.database, ann.transport, ann.clock, batch_bytes=FEW_BYTES).run()
    assert (result.refused, result.conflicts) == ([], 0)
    assert_all_there(council, ann)


def test_what_a_colleague_changes_before_two_batches_go_again_is_received(
    council: Council, ann: Device, tmp_path: Path
) -> None:
    kill(ann, tmp_path, 2)
    lee = council.lead("lee")
    lee.sync()
    of_the_second = council.all(Action)[-1].id
    lee.edit(Action, of_the_second, title="Of the lead", owner="Of the lead")
    lee.sync()
    ann.sync(batch_bytes=FEW_BYTES)
    assert ann.get(Action, of_the_second).owner == "Of the lead"
    assert_all_there(council, ann)


def given(device: Device) -> list[str]:
    """The ids of the actions that come to a device from now on."""
    ids: list[str] = []

    def look(_number: int, reply: RoundReply) -> None:
        ids.extend(id_ for of in reply.page.groups if of.kind == "action" for id_ in of.ids)

    after_each_round(device, look)
    return ids


def test_a_first_sync_brings_nothing_back_that_the_device_sent(council: Council) -> None:
    ann = council.officer("ann")
    home = ann.setting()
    made = {ann.action(home, f"Action {number}") for number in range(60)}
    came = given(ann)
    ann.sync(batch_bytes=FEW_BYTES)
    assert not made & set(came)
    assert_all_there(council, ann)


def test_what_a_colleague_changes_meanwhile_brings_nothing_else_back(
    council: Council, ann: Device
) -> None:
    lee = council.lead("lee")
    lee.sync()
    home = lee.all(Setting)[0].id
    theirs: list[str] = []

    def work(number: int, _body: bytes) -> None:
        if number in (1, 3):
            theirs.append(lee.action(home, f"Of the lead {number}"))
            lee.sync()

    came = given(ann)
    before_each_round(ann, work)
    ann.sync(batch_bytes=FEW_BYTES)
    assert sorted(came) == sorted(theirs)
    assert len(theirs) == 2
    assert_all_there(council, ann)


def test_what_is_edited_after_its_batch_was_made_and_did_not_go_is_sent_once(
    council: Council, ann: Device
) -> None:
    lee = council.lead("lee")
    lee.sync()
    home = lee.all(Setting)[0].id
    made = [action.id for action in ann.all(Action)]

    def work(number: int, _body: bytes) -> None:
        if number == 1:
            lee.action(home, "Of the lead")
            lee.sync()

    def edit(number: int, _reply: RoundReply) -> None:
        if number == 1:
            for id_ in made:
                ann.edit(Action, id_, owner="The manager")

    before_each_round(ann, work)
    after_each_round(ann, edit)
    result = ann.sync(batch_bytes=FEW_BYTES)
    assert (result.refused, result.conflicts) == ([], 0)
    assert {council.get(Action, id_).owner for id_ in made} == {"The manager"}
    assert_all_there(council, ann)


def test_a_new_answer_in_the_second_batch_is_not_put_on_top_of_what_nobody_saw(
    council: Council,
) -> None:
    ann = council.officer("ann")
    visit = ann.visit(ann.setting())
    ann.sync()
    other = council.device("ann")
    other.sync()
    other.answer(visit, "plans", value="not_met", note="Of the other laptop")
    other.sync()
    for number in range(30):
        ann.answer(visit, f"q{number}", value="met", note="x" * 50)
    given = ann.answer(visit, "plans", value="met", note="First")

    def edit(_number: int, body: bytes) -> None:
        if given.encode() in body:
            ann.answer(visit, "plans", note="Second")

    before_each_round(ann, edit)
    ann.sync(batch_bytes=FEW_BYTES)
    ann.sync()
    assert council.get(Answer, given).note == "Of the other laptop"
    (clash,) = [one for one in council.all(Conflict) if one.field == "note"]
    assert (clash.server_value, clash.other_value) == ("Of the other laptop", "Second")


def test_one_that_is_refused_keeps_none_of_the_others_back(council: Council, ann: Device) -> None:
    wrong = ann.all(Action)[20].id
    ann.edit(Action, wrong, title="x" * 5000)
    result = ann.sync(batch_bytes=FEW_BYTES)
    assert [refused.id for refused in result.refused] == [wrong]
    assert [row.record_id for row in ann.outbox()] == [wrong]
    assert len(council.all(Action)) == len(ann.all(Action)) - 1
    ann.edit(Action, wrong, title="Mended")
    ann.sync(batch_bytes=FEW_BYTES)
    assert_all_there(council, ann)


def test_what_is_edited_while_two_batches_are_on_their_way_goes_after_them(
    council: Council, ann: Device
) -> None:
    made = [action.id for action in ann.all(Action)]

    def edit(number: int, _body: bytes) -> None:
        if number == 1:
            for id_ in made[::7]:
                ann.edit(Action, id_, title=f"Edited {id_}")

    before_each_round(ann, edit)
    result = ann.sync(batch_bytes=FEW_BYTES)
    assert result.conflicts == 0
    assert sum(a.title.startswith("Edited") for a in council.all(Action)) == len(made[::7])
    assert_all_there(council, ann)


def test_a_visit_signed_off_while_it_waits_behind_a_batch_travels_signed_off(
    council: Council,
) -> None:
    ann = council.officer("ann")
    home = ann.setting()
    ann.sync()
    visits = [ann.visit(home, plans="met", calls="met") for _ in range(40)]

    def sign_off(number: int, _body: bytes) -> None:
        if number == 0:
            for visit in visits[::5]:
                ann.sign_off(visit, council.library)

    before_each_round(ann, sign_off)
    result = ann.sync(batch_bytes=FEW_BYTES)
    assert (result.refused, result.conflicts) == ([], 0)
    signed = {v.id for v in council.all(Visit) if v.status == VisitStatus.SIGNED_OFF}
    assert signed == set(visits[::5])
    assert (ann.outbox(), on_their_way(ann.database)) == ([], 0)
