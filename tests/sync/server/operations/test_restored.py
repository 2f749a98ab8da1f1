"""After a restore from an older copy: devices bring back what the server has lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from sync.server.operations.backup import write_backup
from sync.server.operations.restore import restore
from sync.wire import Create
from tests.support.sync.council import Council, Device, InProcess
from tests.support.sync.evidence import digest, evidence_record
from tests.support.sync.pushes import create, push, update
from tests.support.sync.wire_values import to_wire
from visitapp.errors import Code
from visitapp.records import (
    KEPT_HERE,
    Action,
    Answer,
    Conflict,
    Evidence,
    EvidenceCopy,
    History,
    Restoration,
    Setting,
    Step,
    Visit,
    VisitStatus,
    new_id,
)

PutBack = Callable[[], Council]


@pytest.fixture
def put_back(
    council: Council, tmp_path: Path, request: pytest.FixtureRequest, empty_url: str
) -> PutBack:
    """Makes a backup; what it gives puts the server back from it and turns the devices to it."""
    file = tmp_path / "backup"
    write_backup(council.database, file, council.clock)

    def again() -> Council:
        restore(file, empty_url, council.clock)
        restored = Council(tmp_path / "restored", empty_url)
        request.addfinalizer(restored.close)
        for device in council.devices:
            device.transport = InProcess(restored.server)
        return restored

    return again


class Before:
    """What there was when the backup was made: two people, a setting, an action, a signed visit."""

    def __init__(self, council: Council) -> None:
        self.ann, self.lea = council.officer("ann"), council.lead("lea")
        self.setting = self.ann.setting()
        self.action = self.ann.action(self.setting, "As it was")
        self.visit = self.ann.visit(self.setting, plans="met", calls="partly")
        self.ann.sync()
        self.lea.sync()


@pytest.fixture
def before(council: Council) -> Before:
    return Before(council)


def synced(*devices: Device) -> None:
    for device in devices:
        device.sync()


def kept_by(restored: Council) -> int:
    """The last revision of the backup."""
    with restored.database.reading() as session:
        return session.scalars(select(Restoration.after)).one()


def again(base: int, change: Create) -> Create:
    """The same, as of a record that the server had before it was put back."""
    return msgspec.structs.replace(change, base=base)


def test_what_was_sent_after_the_backup_comes_back(
    council: Council, before: Before, put_back: PutBack
) -> None:
    ann, lea = before.ann, before.lea
    home = ann.setting("Birch House")
    later = ann.action(home, "Made since")
    ann.edit(Action, before.action, title="Changed since")
    visit = ann.visit(home, plans="met", calls="met")
    ann.sign_off(visit, council.library)
    synced(ann, lea, ann)
    waiting = ann.action(home, "Not sent yet")
    restored = put_back()
    assert restored.get(Setting, home) is None

    assert ann.sync().refused == []
    assert ann.outbox() == []
    titles = {action.title for action in restored.all(Action)}
    assert titles == {"Changed since", "Made since", "Not sent yet"}
    assert restored.get(Visit, visit).status == VisitStatus.SIGNED_OFF
    assert {row.value for row in restored.all(Answer) if row.visit_id == visit} == {"met"}
    assert restored.all(Conflict) == []
    mine = {h.id for h in ann.all(History) if h.revision != KEPT_HERE}
    assert mine <= {h.id for h in restored.all(History)}
    synced(lea, ann)
    for id_ in (later, waiting, before.action):
        assert lea.get(Action, id_).title == ann.get(Action, id_).title
    quiet = ann.sync()
    assert (quiet.sent, quiet.received) == (0, 0)


def test_the_history_comes_back_from_those_who_made_it(
    council: Council, before: Before, put_back: PutBack
) -> None:
    ann, lea = before.ann, before.lea
    ann.edit(Action, before.action, title="By Ann")
    synced(ann, lea)
    lea.edit(Action, before.action, title="By Lea")
    synced(lea, ann)
    lost = {entry.id: to_wire(entry) for entry in council.all(History)}
    assert len(lost) == 2
    restored = put_back()
    synced(ann, lea, ann)
    there = {entry.id: to_wire(entry) for entry in restored.all(History)}
    assert {id_: there.get(id_) for id_ in lost} == lost
    assert {entry.id for entry in ann.all(History) if entry.revision > 0} == there.keys()


def test_a_restored_server_takes_no_entry_that_it_did_not_write(
    council: Council, before: Before, put_back: PutBack
) -> None:
    """Whatever a device says of it: on which revision, on which day, about what, in whose name."""
    ann, lea = before.ann, before.lea
    other = ann.action(before.setting, "Another")
    ann.edit(Action, before.action, title="Changed since")
    synced(ann, lea)
    (entry,) = council.all(History)
    restored = put_back()
    kept = kept_by(restored)
    about = {name: value for name, value in to_wire(entry).items() if value is not None}

    def claim(sender: Device, id_: str, **lie: str) -> Create:
        values = {**about, "created_by": sender.user_id, **lie}
        return again(kept, create(sender, "history", id_, **values))

    lies = [
        {"new": "Forged"},
        {"old": "Forged"},
        {"field": "owner"},
        {"created_at": "2019-03-01T09:00:00.000000Z"},
        {"record_id": other},
        {"kind": "visit", "record_id": before.visit},
    ]
    claims = [claim(ann, id_, **lie) for lie in lies for id_ in (entry.id, new_id())]
    results = push(ann, *claims, claim(ann, new_id()))
    results += push(lea, claim(lea, entry.id))
    results += push(lea, claim(lea, entry.id, created_by=ann.user_id))
    assert {(result.status, result.code) for result in results} == {("refused", Code.NOT_ALLOWED)}
    assert restored.all(History) == []


def test_an_entry_waits_for_its_record(council: Council, before: Before, put_back: PutBack) -> None:
    ann = before.ann
    action = ann.action(before.setting, "Made since")
    ann.sync()
    ann.edit(Action, action, title="Changed since")
    ann.sync()
    (entry,) = council.all(History)
    restored = put_back()
    about = {name: value for name, value in to_wire(entry).items() if value is not None}
    true = again(0, msgspec.structs.replace(create(ann, "history", **about), id=entry.id))
    (result,) = push(ann, true)
    assert (result.status, result.code) == ("refused", Code.NOT_FOUND)
    synced(ann)
    assert entry.id in {one.id for one in restored.all(History)}


def test_after_a_restore_a_change_still_says_what_it_replaces(
    before: Before, put_back: PutBack
) -> None:
    """Only on top of the backup is the value that was there unknown."""
    restored = put_back()
    before.ann.sync()
    before.lea.edit(Action, before.action, title="By Lea, since")
    before.lea.sync()
    newest = restored.get(Action, before.action).revision
    (result,) = push(before.ann, update("action", before.action, newest, title="Unseen"))
    assert result.status == "conflict"
    assert restored.get(Action, before.action).title == "By Lea, since"


def test_a_device_that_had_seen_nothing_later_just_goes_on(
    council: Council, before: Before, put_back: PutBack
) -> None:
    before.ann.edit(Action, before.action, title="Typed offline")
    restored = put_back()
    result = before.ann.sync()
    assert (result.sent, result.accepted) == (1, 1)
    assert restored.get(Action, before.action).title == "Typed offline"


def test_a_colleagues_laptop_brings_back_what_it_had_received(
    council: Council, before: Before, put_back: PutBack
) -> None:
    """The laptop that typed it never comes back."""
    before.ann.edit(Action, before.action, title="Only in the lead's copy now")
    synced(before.ann, before.lea)
    restored = put_back()
    assert before.lea.sync().refused == []
    assert restored.get(Action, before.action).title == "Only in the lead's copy now"


def test_two_laptops_that_bring_back_the_same_agree(
    council: Council, before: Before, put_back: PutBack
) -> None:
    before.ann.edit(Action, before.action, title="Seen by both")
    synced(before.ann, before.lea)
    restored = put_back()
    synced(before.lea, before.ann, before.lea)
    assert restored.get(Action, before.action).title == "Seen by both"
    assert restored.all(Conflict) == []


def test_two_that_bring_back_different_values_conflict(
    council: Council, before: Before, put_back: PutBack
) -> None:
    before.ann.edit(Action, before.action, title="First")
    synced(before.ann, before.lea)
    before.ann.edit(Action, before.action, title="Second")
    before.ann.sync()
    restored = put_back()
    synced(before.lea, before.ann)
    (conflict,) = restored.all(Conflict)
    assert {restored.get(Action, before.action).title, conflict.other_value} == {"First", "Second"}


def test_a_leads_decision_comes_back_with_the_lead(
    council: Council, before: Before, put_back: PutBack
) -> None:
    ann, lea = before.ann, before.lea
    ann.sign_off(before.visit, council.library)
    synced(ann, lea)
    restored = put_back()
    synced(ann, lea)
    review = lea.review(before.visit, "approved")
    synced(lea, ann)
    assert restored.get(Step, review).accepted
    assert restored.get(Visit, before.visit).status == VisitStatus.APPROVED
    assert ann.get(Visit, before.visit).status == VisitStatus.APPROVED


def test_every_step_of_a_visit_comes_back_with_who_took_it(
    council: Council, before: Before, put_back: PutBack
) -> None:
    ann, lea = before.ann, before.lea
    ann.sign_off(before.visit, council.library)
    synced(ann, lea)
    lea.review(before.visit, "returned")
    synced(lea, ann)
    restored = put_back()
    assert restored.get(Visit, before.visit) is None or not restored.all(Step)
    synced(ann, lea, ann)
    assert [s.after for s in restored.all(Step)] == ["signed_off", "returned"]
    for device in (ann, lea, restored):
        assert device.get(Visit, before.visit).status == VisitStatus.RETURNED


def test_a_change_that_came_before_its_record_goes_again_by_itself(
    council: Council, before: Before, put_back: PutBack
) -> None:
    """The lead's laptop reaches the restored server before that of the officer who made them."""
    ann, lea = before.ann, before.lea
    visit = ann.visit(before.setting, plans="met", calls="met")
    ann.sign_off(visit, council.library)
    action = ann.action(before.setting, "Made since")
    synced(ann, lea)
    lea.review(visit, "returned")
    lea.step(action, "in_progress")
    lea.sync()
    lea.edit(Action, action, owner="Sam")
    restored = put_back()
    assert {one.code for one in lea.sync().refused} == {Code.NOT_FOUND}
    synced(ann)
    assert lea.sync().refused == []
    synced(ann)
    assert lea.outbox() == []
    (conflict,) = restored.all(Conflict)
    assert (conflict.field, conflict.other_value) == ("owner", "Sam"), "made apart from Ann's"
    for place in (restored, ann, lea):
        assert place.get(Visit, visit).status == VisitStatus.RETURNED
        assert place.get(Action, action).status == "in_progress"


def test_it_may_happen_twice(
    council: Council, before: Before, put_back: PutBack, tmp_path: Path
) -> None:
    put_back()
    between = before.ann.action(before.setting, "Sent to the first restored server")
    before.ann.sync()
    restore(tmp_path / "backup", f"sqlite:///{tmp_path}/second.db", council.clock)
    second = Council(tmp_path / "second", f"sqlite:///{tmp_path}/second.db")
    try:
        before.ann.transport = InProcess(second.server)
        before.ann.sync()
        assert second.get(Action, between).title == "Sent to the first restored server"
    finally:
        second.close()


def test_photos_are_offered_again_because_the_server_may_have_lost_them(
    council: Council, before: Before, put_back: PutBack
) -> None:
    ann = before.ann
    photo = b"the bytes of a photo"
    evidence_record(ann, before.setting, photo)
    with ann.database.applying() as session:
        session.add(
            EvidenceCopy(
                sha256=digest(photo), size=len(photo), held_at=council.clock(),
                used_at=council.clock(),
            )
        )  # fmt: skip
    ann.sync()
    restored = put_back()
    ann.sync()
    assert [row.sha256 for row in restored.all(Evidence)] == [digest(photo)]
    with ann.database.reading() as session:
        assert session.get_one(EvidenceCopy, digest(photo)).held_at is None
