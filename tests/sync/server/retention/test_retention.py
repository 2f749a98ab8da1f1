"""The retention run: what it lists is what it removes, at the server and on every device."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

import sync.server.retention.run as run_module
from sync.client.policies import publish_policy
from sync.server.audit.query import verify
from sync.server.operations.nightly import run_nightly
from sync.server.records.revisions import current
from tests.support.policies.texts import policy_text
from tests.support.server.retained import LATER, PHOTO, SECRET, Scene, texts_of
from tests.support.sync.council import Council, Device
from tests.support.sync.evidence import digest, some_bytes
from visitapp.records import (
    KINDS,
    Action,
    AuditEntry,
    Concern,
    ConcernUpdate,
    Contract,
    Document,
    Evidence,
    LegalHold,
    Setting,
    Visit,
    new_id,
)
from visitapp.rules.concerns.states import (
    ConcernDecision,
    ConcernKind,
    ConcernSource,
    ConcernStatus,
    Severity,
    UpdateKind,
)
from visitapp.rules.market_choices import ContractStatus, DocumentKind
from visitapp.rules.retention.holds import HoldSubject

UNSENT = some_bytes(700, seed=9)
EVERY_KIND = {
    *("visit", "answer", "action", "evidence", "review_comment", "placement_exception"),
    *("contract", "history", "step", "conflict", "review_draw"),
}


def revision(council: Council) -> int:
    with council.database.viewing() as connection:
        return current(connection)[1]


def entries(council: Council, what: str) -> list[str]:
    with council.database.reading() as session:
        found = select(AuditEntry.detail).where(AuditEntry.what == what)
        return list(session.scalars(found.order_by(AuditEntry.number)))


def removed_at_server(scene: Scene) -> dict[str, int]:
    found = {}
    for name, kind in KINDS.items():
        gone = [
            one
            for one in scene.council.all(kind)
            if one.deleted and one.field_revisions.get("deleted", [0, ""])[1] == "retention"
        ]
        if gone:
            found[name] = len(gone)
    return found


def due_again(scene: Scene) -> bool:
    return bool(scene.work.due())


def test_nothing_is_due_before_the_day(scene: Scene) -> None:
    scene.end_contract()
    scene.years_later(LATER.replace(year=2024, month=12, day=31))
    assert scene.work.run() == []
    scene.council.clock.now += timedelta(days=1)
    assert due_again(scene)


def test_nothing_is_due_while_the_contract_runs(scene: Scene) -> None:
    scene.years_later(LATER.replace(year=2060))
    assert scene.work.run() == []


def test_a_deed_is_kept_longer(scene: Scene) -> None:
    scene.lee.edit(Contract, scene.contract, deed=True)
    scene.end_contract()
    scene.years_later()
    assert scene.work.due() == []
    scene.council.clock.now = LATER.replace(year=2031)
    assert due_again(scene)


def test_a_dry_run_lists_what_the_run_removes_and_changes_nothing(scene: Scene) -> None:
    scene.end_contract()
    scene.years_later()
    before = revision(scene.council), texts_of(scene.council)
    listed = scene.work.due()
    assert (revision(scene.council), texts_of(scene.council)) == before
    assert scene.work.run() == listed
    assert removed_at_server(scene) == scene.counted(listed)
    assert scene.counted(listed).keys() >= EVERY_KIND
    by_place = {(line.sort, line.name): line.oldest for line in listed}
    assert by_place["contract", "Alder House"] == date(2018, 5, 1)
    assert ("contract", "C-7") in by_place


def test_what_was_written_is_gone_from_the_server_and_every_device(scene: Scene) -> None:
    scene.end_contract()
    scene.years_later()
    devices: list[Device | Council] = [scene.ann, scene.lee, scene.council]
    assert all(SECRET in texts_of(one) for one in devices)
    assert scene.chunks() > 0
    scene.work.run()
    scene.sync()
    scene.keeper.sync()
    fresh = scene.council.device("ann")
    fresh.sync()
    for one in (*devices, fresh):
        assert SECRET not in texts_of(one)
        assert "P31" not in texts_of(one)
    for device in (scene.ann, scene.lee, fresh):
        assert device.get(Visit, scene.visit).deleted
        assert device.outbox() == []
    assert scene.chunks() == 0
    assert digest(PHOTO) not in scene.keeper.files.hashes()


def test_the_chain_is_whole_and_has_one_event_for_each_class_without_content(scene: Scene) -> None:
    scene.end_contract()
    scene.years_later()
    scene.work.run()
    with scene.council.database.viewing() as connection:
        assert verify(connection).bad is None
    (told,) = entries(scene.council, "records_removed")
    assert '"class":"contract"' in told
    assert SECRET not in told
    assert "P31" not in told


def test_a_second_run_removes_nothing(scene: Scene) -> None:
    scene.end_contract()
    scene.years_later()
    scene.work.run()
    before = revision(scene.council)
    assert scene.work.run() == scene.work.due() == []
    assert revision(scene.council) == before
    assert len(entries(scene.council, "records_removed")) == 1


class _Crash(Exception):
    pass


def test_a_run_that_dies_anywhere_is_simply_run_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "AT_ONCE", 3)
    scene.end_contract()
    scene.years_later()
    listed = scene.counted(scene.work.due())

    def die() -> None:
        raise _Crash

    crashes = 0
    while due_again(scene):
        with pytest.raises(_Crash):
            scene.breaking(die).run()
        crashes += 1
    assert crashes > 3
    scene.work.run()
    assert removed_at_server(scene) == listed
    with scene.council.database.viewing() as connection:
        assert verify(connection).bad is None


@pytest.mark.parametrize(
    "subject", [HoldSubject.SETTING, HoldSubject.PROVIDER, HoldSubject.CONTRACT]
)
def test_a_legal_hold_keeps_everything_until_it_is_lifted(
    scene: Scene, subject: HoldSubject
) -> None:
    scene.end_contract()
    scene.years_later()
    ids = {"setting": scene.home, "provider": scene.provider, "contract": scene.contract}
    hold = {"hold_id": new_id(), "subject": subject, "subject_id": ids[subject]}
    scene.lee.add(LegalHold(id=hold["hold_id"], reason="A claim was made.", **hold))
    scene.sync()
    before = texts_of(scene.council)
    assert scene.work.run() == []
    assert texts_of(scene.council) == before
    scene.lee.add(LegalHold(id=new_id(), active=False, reason="It was settled.", **hold))
    scene.sync()
    assert due_again(scene)


def test_a_hold_on_a_person_keeps_what_is_about_them(scene: Scene) -> None:
    scene.end_contract()
    scene.years_later()
    id_ = new_id()
    scene.lee.add(
        LegalHold(id=id_, hold_id=id_, subject="person", person="p31", reason="A complaint.")
    )
    scene.sync()
    counts = scene.counted(scene.work.run())
    assert "placement_exception" not in counts
    assert "visit" in counts
    assert scene.council.get(KINDS["placement_exception"], scene.exception).why == SECRET
    assert scene.work.due() == []


def test_work_that_waits_is_refused_in_a_sentence_and_kept_aside(scene: Scene) -> None:
    scene.end_contract()
    scene.years_later()
    scene.ann.edit(Action, scene.action, title="Typed while offline")
    late = scene.ann.action(scene.home, "New while offline", scene.visit)
    scene.work.run()
    refused = scene.ann.sync().refused
    assert {(one.kind, one.id) for one in refused} == {
        ("action", scene.action),
        ("action", late),
    }
    for one in refused:
        assert one.code == "record-removed"
        assert "was removed on 2025-06-01, when its retention period was over." in one.text
    assert scene.ann.get(Action, scene.action).title == "Typed while offline"
    assert scene.ann.get(Action, late).title == "New while offline"
    assert {row.record_id for row in scene.ann.outbox()} == {scene.action, late}


def test_bytes_that_were_never_sent_are_kept_and_said(scene: Scene) -> None:
    visit = scene.ann.visit(scene.home, on=date(2018, 5, 2))
    other = scene.keeper.add(scene.home, UNSENT, visit_id=visit)
    scene.ann.sync()
    scene.end_contract()
    scene.years_later()
    scene.work.run()
    scene.ann.sync()
    assert scene.ann.get(Evidence, other).sha256 is None
    waiting, _, aside = scene.keeper.waiting()
    assert (waiting, aside) == (0, 1)
    assert digest(UNSENT) in scene.keeper.files.hashes()


def test_photos_go_before_their_visit(scene: Scene) -> None:
    scene.years_later(LATER.replace(year=2019))
    assert scene.work.due() == []
    day = date(2019, 6, 1)
    scene.lee.step(scene.action, "done", Action, day=day)
    seen = {"how": "visit", "note": "Seen."}
    scene.lee.step(scene.action, "verified", Action, day=day, fields=seen)
    scene.sync()
    scene.council.clock.now = LATER.replace(year=2021, month=7)
    (line,) = scene.work.run()
    assert (line.sort, line.name) == ("photo", "Alder House")
    assert line.records["evidence"] == 1
    assert scene.council.get(Evidence, scene.photo).sha256 is None
    assert not scene.council.get(Visit, scene.visit).deleted


def test_it_runs_each_night_where_the_policy_says_so(scene: Scene) -> None:
    scene.end_contract()
    scene.years_later()

    def tonight() -> list[str]:
        return list(run_nightly(scene.council.database, scene.council.clock))

    assert not any("retention" in line for line in tonight())
    assert due_again(scene)
    text = policy_text("2026.2", LATER.date(), ("nightly: false", "nightly: true"))
    publish_policy(scene.lee.database, scene.lee.transport, text)
    assert any("Records removed after their retention period: " in line for line in tonight())
    assert scene.work.due() == []


def test_an_ended_contract_that_goes_on_keeps_its_records(scene: Scene) -> None:
    scene.end_contract()
    again = {"day": date(2018, 12, 31), "reason": "By mistake."}
    scene.lee.step(scene.contract, ContractStatus.LIVE, Contract, **again)
    scene.sync()
    scene.years_later()
    assert scene.work.due() == []


def test_the_documents_of_a_contract_go_with_it_and_those_of_its_provider(scene: Scene) -> None:
    owners = ("contract", "provider", "setting")
    ids = {owner: new_id() for owner in owners}
    at = {"contract": scene.contract, "provider": scene.provider, "setting": scene.home}
    for owner, id_ in ids.items():
        belongs = {f"{owner}_id": at[owner]}
        scene.lee.add(Document(id=id_, kind=DocumentKind.LETTER, title=SECRET, **belongs))
    scene.sync()
    scene.end_contract()
    scene.years_later()
    assert scene.counted(scene.work.due())["document"] == 2, "the setting is open still"
    scene.work.run()
    gone = {owner: scene.council.get(Document, id_).deleted for owner, id_ in ids.items()}
    assert gone == {"contract": True, "provider": True, "setting": False}
    scene.lee.step(scene.home, "closed", Setting, day=date(2018, 12, 31), reason="It closed.")
    scene.sync()
    scene.work.run()
    assert all(scene.council.get(Document, id_).deleted for id_ in ids.values())
    assert removed_at_server(scene)["document"] == 3


def test_a_concern_goes_after_its_own_period_with_what_was_noted(scene: Scene) -> None:
    concern, update = new_id(), new_id()
    scene.ann.add(
        Concern(
            id=concern,
            setting_id=scene.home,
            kind=ConcernKind.POOR_PRACTICE,
            source=next(iter(ConcernSource)),
            severity=next(iter(Severity)),
            received_at=scene.council.clock(),
            person="P77",
            title="A fall",
            text="Told by a niece",
        ),
        ConcernUpdate(
            id=update,
            setting_id=scene.home,
            concern_id=concern,
            kind=next(iter(UpdateKind)),
            text="Rang the niece",
        ),
    )
    scene.years_later(LATER.replace(year=2018, day=2))
    decided = {"day": date(2018, 6, 1), "reason": "Why"}
    decision = {"decision": next(iter(ConcernDecision))}
    scene.ann.step(concern, ConcernStatus.DECIDED, Concern, **decided, fields=decision)
    closed = {"day": date(2018, 6, 2), "fields": {"lesson": "None"}}
    scene.ann.step(concern, ConcernStatus.CLOSED, Concern, **closed)
    scene.sync()
    scene.end_contract()
    scene.years_later()
    scene.work.run()
    assert scene.council.get(Concern, concern).text == "Told by a niece"
    scene.council.clock.now = LATER.replace(year=2026, month=6, day=2)
    assert scene.work.due() == []
    scene.years_later(LATER.replace(year=2026, month=6, day=3))
    counts = scene.counted(scene.work.run())
    assert counts["concern"] == counts["concern_update"] == 1
    scene.sync()
    for one in (scene.council, scene.ann, scene.lee):
        said = texts_of(one)
        assert "niece" not in said
        assert "P77" not in said
