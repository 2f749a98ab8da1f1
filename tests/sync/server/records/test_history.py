"""The server writes the history from the changes that it takes, and believes no entry that a device
sends (decision 50)."""

from __future__ import annotations

from typing import Any, NoReturn

import msgspec
import pytest

from sync.wire import Create, Creates
from tests.support.sync.council import Council
from tests.support.sync.pushes import create, push, update
from tests.support.sync.wire_values import to_wire
from visitapp.errors import Code
from visitapp.records import KEPT_HERE, Action, Conflict, History, Setting


def told(council: Council, record_id: str) -> list[tuple[str, Any, Any, str]]:
    """What the server's history says of a record, in its order: field, old, new, who."""
    entries = sorted(council.all(History), key=lambda entry: entry.revision)
    return [(e.field, e.old, e.new, e.created_by) for e in entries if e.record_id == record_id]


def in_group(change: Create) -> Creates:
    fields = {n: msgspec.Raw(msgspec.json.encode([v])) for n, v in change.values.items()}
    return Creates(kind=change.kind, ids=[change.id], at=[change.at], fields=fields)


@pytest.mark.parametrize("grouped", [False, True])
def test_an_entry_that_a_device_sends_is_refused(any_council: Council, grouped: bool) -> None:
    ann = any_council.officer("ann")
    home = ann.setting()
    ann.sync()
    claim = {"kind": "setting", "record_id": home, "field": "beds", "old": 3, "new": 30}
    entry = create(ann, "history", setting_id=home, **claim)
    (result,) = push(ann, in_group(entry) if grouped else entry)
    assert (result.status, result.code) == ("refused", Code.NOT_ALLOWED)
    assert any_council.all(History) == []


def test_every_change_that_is_taken_has_one_entry_and_everybody_the_same(
    every_council: Council,
) -> None:
    ann, lee = every_council.officer("ann"), every_council.lead("lee")
    home = ann.setting()
    action = ann.action(home)
    ann.edit(Action, action, title="Before anybody saw it")
    ann.sync()
    assert told(every_council, action) == []
    ann.edit(Action, action, title="One", owner="Sam")
    ann.edit(Action, action, title="Two")
    changed_at = max(entry.created_at for entry in ann.all(History))
    ann.sync()
    assert sorted(told(every_council, action)) == [
        ("owner", "", "Sam", ann.user_id),
        ("title", "Before anybody saw it", "Two", ann.user_id),
    ]
    assert {e.created_at for e in every_council.all(History)} == {changed_at}
    lee.sync()
    there = {entry.id: to_wire(entry) for entry in every_council.all(History)}
    for device in (ann, lee):
        held = [e for e in device.all(History) if e.revision != KEPT_HERE]
        assert {entry.id: to_wire(entry) for entry in held} == there
    assert (ann.sync().received, ann.sync().sent) == (0, 0)


def test_a_device_keeps_its_own_entries_until_their_change_is_settled(council: Council) -> None:
    ann = council.officer("ann")
    home = ann.setting()
    mine = ann.action(home)
    ann.sync()
    ann.edit(Action, mine, title="Taken")
    ann.edit(Setting, home, team="West")
    own = {entry.field: entry.id for entry in ann.all(History) if entry.revision == 0}
    assert own.keys() == {"title", "team"}
    assert [one.id for one in ann.sync().refused] == [home]
    revisions = {entry.id: entry.revision for entry in ann.all(History)}
    assert (revisions[own["title"]], revisions[own["team"]]) == (KEPT_HERE, 0)
    assert [entry.field for entry in council.all(History)] == ["title"]


def test_the_entries_of_an_edit_that_was_put_back_are_settled_too(council: Council) -> None:
    ann = council.officer("ann")
    action = ann.action(ann.setting(), "First")
    ann.sync()
    ann.edit(Action, action, title="Second thoughts")
    ann.edit(Action, action, title="First")
    assert ann.sync().sent == 0
    assert ann.outbox() == []
    assert {entry.revision for entry in ann.all(History)} == {KEPT_HERE}
    assert council.all(History) == []


def test_a_value_that_is_set_aside_has_no_entry_until_it_is_chosen(any_council: Council) -> None:
    ann, lee = any_council.officer("ann"), any_council.lead("lee")
    action = ann.action(ann.setting(), "First")
    ann.sync()
    lee.sync()
    ann.edit(Action, action, title="Ann's")
    lee.edit(Action, action, title="Lee's", owner="Sam")
    ann.sync()
    assert lee.sync().conflicts == 1
    (conflict,) = any_council.all(Conflict)
    assert sorted(told(any_council, action)) == [
        ("owner", "", "Sam", lee.user_id),
        ("title", "First", "Ann's", ann.user_id),
    ]
    lee.edit(Action, action, title="Lee's")
    lee.settle(conflict.id, "other")
    assert lee.sync().refused == []
    assert told(any_council, action)[-1] == ("title", "Ann's", "Lee's", lee.user_id)


def test_late_work_and_hand_overs_are_in_the_history(any_council: Council) -> None:
    ann, ben = any_council.officer("ann"), any_council.officer("ben")
    home = ann.setting()
    action = ann.action(home)
    ann.sync()
    ann.edit(Action, action, owner="Sam")
    any_council.admin.assign("ben", [home])
    assert ann.sync().refused == []
    assert told(any_council, action) == [("owner", "", "Sam", ann.user_id)]
    assert told(any_council, home) == [("officer_id", ann.user_id, ben.user_id, "server")]


def test_a_batch_that_is_sent_again_leaves_no_second_entry(
    any_council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = any_council.officer("ann")
    action = ann.action(ann.setting())
    ann.sync()
    ann.edit(Action, action, title="Once")
    answer = ann.transport.sync

    def lost(body: bytes, token: str) -> NoReturn:
        answer(body, token)
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(ann.transport, "sync", lost)
        with pytest.raises(ConnectionError):
            ann.sync()
    assert len(told(any_council, action)) == 1
    ann.sync()
    assert len(told(any_council, action)) == 1
    assert [e.revision for e in ann.all(History)].count(KEPT_HERE) == 1


@pytest.mark.parametrize("edited", [{"title": "x"}, {"deleted": True}])
def test_a_client_of_somebody_elses_leaves_its_name_too(
    any_council: Council, edited: dict[str, Any]
) -> None:
    ann = any_council.officer("ann")
    action = ann.action(ann.setting(), "First")
    ann.sync()
    (result,) = push(ann, update("action", action, **edited))
    assert result.status == "accepted"
    ((field, _, new, who),) = told(any_council, action)
    assert ({field: new}, who) == (edited, ann.user_id)
