"""The audit chain: what is in it, what is not, and that no change of it goes unseen."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from sync.server.audit.log import Audit, AuditEvent
from sync.server.audit.query import Head, Listed, listed, verify
from sync.server.telemetry.request_context import Trace
from sync.wire import PROTOCOL, Round, SignIn
from tests.support.sync.council import Council
from tests.support.sync.evidence import digest, evidence_record
from visitapp.errors import NotAllowed, NotFound
from visitapp.records import Action, AuditEntry

TRIGGERS = {
    "sqlite": (
        "DROP TRIGGER audit_entry_no_update",
        "DROP TRIGGER audit_entry_no_delete",
    ),
    "postgresql": ("DROP TRIGGER audit_entry_no_change ON audit_entry",),
}


def entries(council: Council, **chosen: Any) -> list[Listed]:
    with council.database.reading() as session:
        return list(listed(session.connection(), **chosen))


def chain(council: Council, known: Head | str | None = None) -> Any:
    with council.database.reading() as session:
        return verify(session.connection(), known)


def events(found: list[Listed]) -> list[str]:
    return [entry.what for entry in found]


def write(council: Council, number: int) -> None:
    audit = Audit(council.clock)
    with council.database.applying() as session:
        audit.record(session.connection(), AuditEvent.BACKUP, Trace(), {"number": number})


def tamper(council: Council, *statements: str) -> None:
    with council.database.applying() as session:
        connection = session.connection()
        for statement in (*TRIGGERS[connection.dialect.name], *statements):
            connection.execute(text(statement))


def test_it_says_who_saw_and_changed_what(any_council: Council) -> None:
    ann, lead = any_council.officer("ann"), any_council.lead("lea")
    setting = ann.setting()
    action = ann.action(setting)
    ann.sync()
    lead.sync()
    found = entries(any_council)
    assert events(found) == [
        "server_made", "user_added", "sign_in", "user_added", "sign_in", "pushed", "pulled",
        "pulled",
    ]  # fmt: skip
    pushed = next(entry for entry in found if entry.what == "pushed")
    assert (pushed.user, pushed.device) == ("ann", ann.state("device_id"))
    changed = {
        (kind, id_): (revision, how) for kind, id_, revision, how in pushed.detail["changes"]
    }
    revision = any_council.get(Action, action).revision
    assert changed["action", action] == (revision, "accepted")
    pulled = [entry for entry in found if entry.what == "pulled" and entry.user == "lea"]
    assert [entry.detail["settings"] for entry in pulled] == [[setting]]
    assert pulled[0].detail["upto"] >= revision
    assert chain(any_council).bad is None


def test_a_round_with_nothing_in_it_writes_nothing(council: Council) -> None:
    ann = council.officer("ann")
    ann.sync()
    before = len(entries(council))
    ann.sync()
    assert len(entries(council)) == before


def test_a_pull_that_cannot_be_written_down_gives_nothing(council: Council) -> None:
    ann = council.officer("ann")
    tamper(council, "DROP TABLE audit_head")
    with pytest.raises(DBAPIError):
        council.server.rounds.answer(ann.state("access_token"), Round(protocol=PROTOCOL))


def test_failed_sign_ins_are_there_without_what_was_typed(any_council: Council) -> None:
    ann = any_council.user("ann")
    for name in ("ann", "hunter2 typed in the wrong field"):
        with pytest.raises(NotAllowed):
            any_council.server.accounts.sign_in(
                SignIn(name=name, password="hunter2", device_id="d"), Trace(address="192.0.2.7")
            )
    with any_council.database.reading() as session:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.what == "sign_in_failed")).all()
    assert [row.user_id for row in rows] == [ann, ""]
    kept = str([row.__dict__ for row in rows])
    assert "hunter2" not in kept
    assert kept.count("192.0.2.7") == 2


def test_no_text_of_anybody_is_in_it(any_council: Council) -> None:
    ann = any_council.officer("ann")
    setting = ann.setting("Alder House")
    ann.action(setting, "Mend the call bells")
    ann.sync()
    with any_council.database.reading() as session:
        kept = str([row.detail for row in session.scalars(select(AuditEntry))])
    for word in ("Alder", "call bells", "ann", "East"):
        assert word not in kept


def test_entries_are_found_by_user_setting_and_moment(any_council: Council) -> None:
    ann, ben = any_council.officer("ann"), any_council.officer("ben")
    hers, his = ann.setting(), ben.setting()
    ann.sync()
    ben.sync()
    since = any_council.clock()
    ann.action(hers)
    ann.sync()
    assert {entry.user for entry in entries(any_council, user="ann")} == {"ann"}
    assert {entry.user for entry in entries(any_council, setting_id=his)} == {"ben"}
    assert events(entries(any_council, setting_id=hers, since=since)) == ["pushed"]
    with pytest.raises(NotFound):
        entries(any_council, user="nobody")


def test_the_seal_can_be_worked_out_by_another_program(council: Council) -> None:
    council.user("ann")
    previous = "0" * 64
    with council.database.reading() as session:
        for e in session.scalars(select(AuditEntry).order_by(AuditEntry.number)):
            fields = [
                e.number, e.at, e.user_id, e.device_id, e.request_id, e.what, e.detail, previous
            ]  # fmt: skip
            plain = json.dumps(fields, separators=(",", ":"), ensure_ascii=False)
            previous = hashlib.sha256(plain.encode()).hexdigest()
            assert previous == e.hash


ALTERATIONS: dict[str, tuple[int, tuple[str, ...]]] = {
    "altered": (4, ("UPDATE audit_entry SET user_id = 'somebody else' WHERE number = 4",)),
    "altered detail": (4, ("UPDATE audit_entry SET detail = '{}' WHERE number = 4",)),
    "altered moment": (2, ("UPDATE audit_entry SET at = '2020' WHERE number = 2",)),
    "removed": (5, ("DELETE FROM audit_entry WHERE number = 5",)),
    "removed first": (1, ("DELETE FROM audit_entry WHERE number = 1",)),
    "cut in the middle": (3, ("DELETE FROM audit_entry WHERE number BETWEEN 3 AND 6",)),
    "cut at the end": (8, ("DELETE FROM audit_entry WHERE number >= 8",)),
    "inserted": (
        9,
        (
            "INSERT INTO audit_entry SELECT 9, at, user_id, device_id, request_id, what, detail, "
            "hash, hash FROM audit_entry WHERE number = 8",
            "UPDATE audit_head SET number = 9",
        ),
    ),
    "inserted before all": (
        0,
        (
            "INSERT INTO audit_entry SELECT 0, at, user_id, device_id, request_id, what, detail, "
            "previous, hash FROM audit_entry WHERE number = 1",
        ),
    ),
    "reordered": (
        3,
        (
            "UPDATE audit_entry SET number = 99 WHERE number = 3",
            "UPDATE audit_entry SET number = 3 WHERE number = 4",
            "UPDATE audit_entry SET number = 4 WHERE number = 99",
        ),
    ),
    "renumbered over a gap": (
        4,
        (
            "DELETE FROM audit_entry WHERE number = 4",
            "UPDATE audit_entry SET number = number - 1 WHERE number > 4",
        ),
    ),
}


@pytest.mark.parametrize("how", ALTERATIONS)
def test_every_alteration_is_found_with_its_number(council: Council, how: str) -> None:
    for number in range(7):
        write(council, number)
    assert chain(council).head.number == 8
    bad, statements = ALTERATIONS[how]
    tamper(council, *statements)
    assert chain(council).bad == bad


def test_a_cut_end_whose_head_was_moved_too_is_found_by_a_kept_head(any_council: Council) -> None:
    for number in range(4):
        write(any_council, number)
    kept = chain(any_council).head
    write(any_council, 4)
    assert chain(any_council, kept).bad is None
    assert chain(any_council, kept.hash).bad is None
    tamper(
        any_council,
        "DELETE FROM audit_entry WHERE number >= 4",
        "UPDATE audit_head SET number = 3, hash = (SELECT hash FROM audit_entry WHERE number = 3)",
    )
    assert chain(any_council).bad is None
    assert chain(any_council, kept).bad == kept.number
    assert chain(any_council, kept.hash).bad == 4


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET what = 'x'", "DELETE FROM audit_entry"]
)
def test_the_database_itself_refuses_to_change_an_entry(
    any_council: Council, statement: str
) -> None:
    with (
        pytest.raises(DBAPIError, match="written once"),
        any_council.database.applying() as session,
    ):
        session.connection().execute(text(statement))
    assert chain(any_council).bad is None


def at_once(work: Callable[[int], None], times: int) -> None:
    """Run `work` in that many threads, begun together; raises what one of them raised."""
    barrier = threading.Barrier(times)
    failed: list[BaseException] = []

    def one(number: int) -> None:
        barrier.wait()
        try:
            work(number)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def test_writers_at_once_keep_one_unforked_chain(any_council: Council) -> None:
    def work(worker: int) -> None:
        for number in range(15):
            write(any_council, 100 * worker + number)

    at_once(work, 6)
    verdict = chain(any_council)
    assert (verdict.bad, verdict.head.number) == (None, 91)


def test_a_writer_that_gave_up_leaves_no_gap(any_council: Council) -> None:
    audit = Audit(any_council.clock)

    def give_up(connection: Connection) -> None:
        audit.record(connection, AuditEvent.BACKUP, Trace(), {})
        raise InterruptedError

    with pytest.raises(InterruptedError), any_council.database.applying() as session:
        give_up(session.connection())
    write(any_council, 1)
    assert chain(any_council).bad is None


def test_evidence_that_is_brought_and_fetched_is_in_it(any_council: Council) -> None:
    ann = any_council.officer("ann")
    photo = b"the bytes of a photo"
    evidence_record(ann, ann.setting(), photo)
    ann.sync()
    server, token = any_council.server, ann.state("access_token")
    upload = server.evidence.uploads.create(token, digest(photo), len(photo))
    trace = Trace(request_id="of its last part")
    part = server.evidence.part(server.evidence.uploads.find(token, upload.id, trace), None, trace)
    part.add(photo)
    part.end()
    server.evidence.find(token, digest(photo), Trace(request_id="of this fetch"))
    uploaded, read = entries(any_council)[-2:]
    assert (uploaded.what, uploaded.user) == ("evidence_uploaded", "ann")
    assert (uploaded.device, uploaded.request) == (read.device, "of its last part")
    assert uploaded.detail == {"upload": upload.id, "sha256": digest(photo), "size": len(photo)}
    assert (read.what, read.user, read.request) == ("evidence_read", "ann", "of this fetch")
    assert read.device == ann.state("device_id")
    with pytest.raises(NotFound):
        server.evidence.find(token, digest(b"another"))
    assert entries(any_council)[-1] == read
