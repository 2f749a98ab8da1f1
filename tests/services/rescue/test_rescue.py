"""The rescue file: what was not sent goes to another machine, once, whatever else happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select, update

from sync.client.link.transport import HttpTransport
from sync.client.round.engine import SyncEngine
from sync.wire import RoundReply
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.forms.answers import best_answers
from tests.support.policies.texts import policy_text, publish_here
from tests.support.server.served import served
from visitapp.errors import BadFile, Code, EnvironmentProblem, LinkProblem, NotAllowed, Refused
from visitapp.explanation import explanation_of
from visitapp.language import SOURCE, choose_language, message
from visitapp.records import Answer, EvidenceCopy, History, Outbox, Visit
from visitapp.services.rescue.rescue import EVIDENCE_FOLDER
from visitapp.services.services import Services
from visitapp.storage.evidence.files import EvidenceFiles
from visitapp.storage.salvage.sealed_file import frames

PHRASE = "a rescue passphrase"
SignIn = Callable[..., None]


@pytest.fixture
def sign_in(tmp_path: Path) -> Iterator[SignIn]:
    """Signs a desk in at a server of this test, by name."""
    with served(tmp_path, "ann", "bea") as council:
        yield council.connect


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "work.rescue"


@pytest.fixture
def other(tmp_path: Path, clock: Clock) -> Iterator[Services]:
    """Another machine, never used."""
    with open_desk(tmp_path / "other", clock, MemoryKeyring()) as opened:
        yield opened


def answered(services: Services, visit_id: str) -> dict[str, object]:
    return dict(services.visits.view(visit_id).answers)


def test_a_laptop_that_never_met_a_server(
    services: Services, visit_id: str, other: Services, file: Path
) -> None:
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    action = services.actions.add(visit_id, None, "Mend the rota", services.desk.today())
    saved = services.rescue.save(file, PHRASE)
    assert saved.changes == services.connection.state().waiting > 20
    assert (saved.pages_lost, saved.rows_lost) == (0, 0)
    loaded = other.rescue.load(file, PHRASE)
    assert (loaded.waiting_before, loaded.waiting_after) == (0, saved.changes)
    assert (loaded.left_out, loaded.changed_on_both) == (0, 0)
    assert answered(other, visit_id) == answered(services, visit_id)
    assert [a.id for a in other.actions.list()] == [action.id]
    with other.desk.reading() as session:
        mine = other.desk.user_id()
        assert session.get_one(Visit, visit_id).officer_id == mine
        assert {row.created_by for row in session.scalars(select(Answer))} == {mine}


def test_the_reason_of_a_refusal_goes_along_and_is_shown_in_the_language_of_the_day(
    services: Services, visit_id: str, other: Services, file: Path, pseudo_language: None
) -> None:
    action = services.actions.add(visit_id, None, "Mend the rota", services.desk.today())
    error = NotAllowed(message("Your role cannot make this {kind}.", kind=message("action")))
    why = {
        "refused_code": error.code.value,
        "refused_text": error.english(),
        "refused_explanation": msgspec.to_builtins(explanation_of(error)),
    }
    with services.desk.database.applying() as session:
        session.execute(update(Outbox).where(Outbox.record_id == action.id).values(why))
    services.rescue.save(file, PHRASE)
    other.rescue.load(file, PHRASE)
    assert [one.text for one in other.connection.refused()] == [str(error)]
    choose_language(SOURCE)
    assert [one.text for one in other.connection.refused()] == [error.english()]


def test_loading_twice_changes_nothing(
    services: Services, visit_id: str, other: Services, file: Path
) -> None:
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    services.rescue.save(file, PHRASE)
    first = other.rescue.load(file, PHRASE)
    again = other.rescue.load(file, PHRASE)
    assert again.waiting_after == first.waiting_after
    assert again.changes == again.changed_on_both == 0


def test_work_of_a_connected_laptop_arrives_once_though_both_sync(
    services: Services, visit_id: str, other: Services, file: Path, sign_in: SignIn
) -> None:
    sign_in(services)
    services.connection.sync()
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    action = services.actions.add(visit_id, None, "Mend the rota", services.desk.today())
    services.rescue.save(file, PHRASE)
    other.rescue.load(file, PHRASE)
    assert other.me().name == services.me().name
    sign_in(other)
    there = other.connection.sync()
    assert (there.conflicts, there.refused) == (0, [])
    here = services.connection.sync()
    assert (here.conflicts, here.refused) == (0, [])
    assert answered(other, visit_id) == answered(services, visit_id)
    assert [a.id for a in services.actions.list()] == [action.id]
    for desk in (services, other):
        desk.connection.sync()
        assert desk.connection.state().waiting == 0
        assert desk.conflicts.list() == []


def test_what_was_edited_on_both_since_is_kept_twice(
    services: Services, visit_id: str, other: Services, file: Path, sign_in: SignIn
) -> None:
    sign_in(services)
    action = services.actions.add(visit_id, None, "Mend the rota", services.desk.today())
    services.connection.sync()
    sign_in(other)
    other.connection.sync()
    services.actions.update(action.id, title="Mend the rota by Friday")
    other.actions.update(action.id, title="Mend the rota by Monday")
    services.rescue.save(file, PHRASE)
    loaded = other.rescue.load(file, PHRASE)
    assert loaded.changed_on_both == 1
    assert other.actions.list()[0].title == "Mend the rota by Monday"
    with other.desk.reading() as session:
        assert "Mend the rota by Friday" in [row.old for row in session.query(History)]


def test_what_others_changed_since_having_seen_it_stays(
    services: Services, visit_id: str, other: Services, file: Path, sign_in: SignIn
) -> None:
    """The file is old: its work was sent meanwhile, and went on from there."""
    sign_in(services)
    action = services.actions.add(visit_id, None, "Mend the rota", services.desk.today())
    services.rescue.save(file, PHRASE)
    services.connection.sync()
    services.actions.update(action.id, title="Mend the rota by Friday")
    services.connection.sync()
    sign_in(other)
    other.connection.sync()
    loaded = other.rescue.load(file, PHRASE)
    assert (loaded.changes, loaded.waiting_after) == (0, 0)
    assert other.actions.list()[0].title == "Mend the rota by Friday"


class Losing(HttpTransport):
    """Loses the reply to whatever carries changes."""

    def sync(self, body: bytes, access_token: str) -> RoundReply:
        reply = super().sync(body, access_token)
        if b'"batch":null' not in body:
            raise LinkProblem(Code.SERVER_UNREACHABLE, message("The reply was lost."))
        return reply


def test_a_batch_whose_reply_was_lost_meets_itself(
    services: Services, visit_id: str, other: Services, file: Path, sign_in: SignIn
) -> None:
    """The server has it, the laptop does not know, and edits went on."""
    sign_in(services)
    services.connection.sync()
    action = services.actions.add(visit_id, None, "Mend the rota", services.desk.today())
    link = Losing(services.connection.state().server)
    with pytest.raises(EnvironmentProblem):
        SyncEngine(services.desk.database, link, services.desk.clock).run()
    link.close()
    services.actions.update(action.id, title="Mend the rota by Friday")
    services.rescue.save(file, PHRASE)
    sign_in(other)
    other.connection.sync()
    other.rescue.load(file, PHRASE)
    report = other.connection.sync()
    assert (report.conflicts, report.refused) == (0, [])
    assert other.actions.list()[0].title == "Mend the rota by Friday"
    assert services.connection.sync().conflicts == 0
    services.connection.sync()
    assert services.actions.list()[0].title == "Mend the rota by Friday"


def test_another_persons_file_is_refused_untouched(
    services: Services, other: Services, file: Path, sign_in: SignIn
) -> None:
    sign_in(services)
    services.rescue.save(file, PHRASE)
    sign_in(other, "bea")
    with pytest.raises(EnvironmentProblem) as refused:
        other.rescue.load(file, PHRASE)
    assert refused.value.code == Code.OTHER_SERVER
    assert other.connection.state().waiting == 0


def test_a_wrong_passphrase_and_a_cut_file_change_nothing(
    services: Services, visit_id: str, other: Services, file: Path
) -> None:
    services.rescue.save(file, PHRASE)
    with pytest.raises(EnvironmentProblem) as wrong:
        other.rescue.load(file, "another passphrase")
    assert wrong.value.code == Code.WRONG_KEY
    cut = file.with_name("cut")
    cut.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(BadFile):
        other.rescue.load(cut, PHRASE)
    assert other.connection.state().waiting == 0
    assert other.portfolio.rows() == []


def test_a_short_passphrase_is_refused(services: Services, file: Path) -> None:
    with pytest.raises(Refused):
        services.rescue.save(file, "short")
    assert not file.exists()


def test_the_tokens_do_not_travel(services: Services, file: Path, sign_in: SignIn) -> None:
    sign_in(services)
    services.rescue.save(file, PHRASE)
    with services.desk.reading() as session:
        token = services.desk.states.get(session, "refresh_token")
    assert token
    assert not any(token.encode() in frame for frame in frames(file, PHRASE))


def test_an_open_visit_that_was_sent_comes_with_it(
    services: Services, visit_id: str, other: Services, file: Path, sign_in: SignIn
) -> None:
    sign_in(services)
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    services.connection.sync()
    saved = services.rescue.save(file, PHRASE)
    assert (saved.changes, saved.visits) == (0, 1)
    loaded = other.rescue.load(file, PHRASE)
    assert loaded.waiting_after == 0
    assert answered(other, visit_id) == answered(services, visit_id)


def test_photos_that_the_server_lacks_come_with_it(
    services: Services, visit_id: str, other: Services, file: Path, tmp_path: Path
) -> None:
    """One was sent already, one waits, and one that waits is gone from the disk."""
    files = EvidenceFiles(tmp_path / "desk" / EVIDENCE_FOLDER, services.rescue._key)
    now = services.desk.clock()
    waits, sent = files.put(b"a photo" * 100_000), files.put(b"an old photo")
    with services.desk.database.applying() as session:
        session.add_all(
            [
                EvidenceCopy(sha256=waits, size=700_000, used_at=now),
                EvidenceCopy(sha256=sent, size=12, used_at=now, held_at=now),
                EvidenceCopy(sha256="0" * 64, size=12, used_at=now),
            ]
        )
    saved = services.rescue.save(file, PHRASE)
    assert (saved.photos, saved.photos_lost) == (1, 1)
    assert other.rescue.load(file, PHRASE).photos == 1
    theirs = EvidenceFiles(tmp_path / "other" / EVIDENCE_FOLDER, other.rescue._key)
    assert theirs.hashes() == {waits}
    assert theirs.get(waits) == b"a photo" * 100_000
    with other.desk.reading() as session:
        assert session.get_one(EvidenceCopy, waits).held_at is None


def test_the_passphrase_of_a_rescue_file_is_as_long_as_the_policy_asks(
    services: Services, file: Path
) -> None:
    text = policy_text("2026.2", services.desk.today(), ("shortest: 12", "shortest: 30"))
    publish_here(services.desk.database, text)
    with pytest.raises(Refused, match="at least 30 characters"):
        services.rescue.save(file, "a quiet green bicycle")
    assert not file.exists()
    services.rescue.save(file, "a quiet green bicycle under the bridge")
    assert file.exists()
