"""A revoked laptop hands in what it has not sent, and erases only what the server confirmed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import select

from sync.client.link.responses import Response
from sync.client.link.transport import HttpTransport
from sync.wire import RoundReply
from tests.support.desk.desks import SHIPPED, Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring, NoKeyring
from tests.support.desk.mortals import Mortal
from tests.support.desk.pictures import png
from tests.support.forms.answers import best_answers
from tests.support.server.served import Served, device_of, served
from tests.support.sync import dying_leaver
from visitapp.bootstrap import open_services
from visitapp.errors import Code, EnvironmentProblem, LinkProblem, NotAllowed, VisitappError
from visitapp.language import message
from visitapp.records import Action, Answer, EvidenceContent, Outbox, Setting, new_id
from visitapp.services.rescue.rescue import EVIDENCE_FOLDER
from visitapp.services.services import Services
from visitapp.services.sync.connection import ServerLink
from visitapp.storage.database import utc_now
from visitapp.storage.erasing import MARKER, NOTE, Erased, Erasure, erased, is_shut, shut

PHRASE = "a device passphrase"
ROOT = Path(__file__).parents[3]
STAYS = {"places.csv", "directory.db", "sync.lock", "visitapp.lock", NOTE}


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path, "ann") as made:
        yield made


def sign_in(council: Served, services: Services) -> None:
    council.connect(services)
    services.connection.sync()


def waiting(services: Services) -> int:
    with services.desk.reading() as session:
        return len(session.scalars(select(Outbox)).all())


def unsent_work(services: Services, visit_id: str) -> str:
    """Answers, a photo and an action; the action's id."""
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    question = next(iter(services.visits.form(visit_id).questions))
    services.evidence.add_bytes(visit_id, question, png(40, 30), "The medicine room.png")
    return services.actions.add(visit_id, None, "Mend the rota", services.desk.today()).id


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def reopened(
    services: Services, tmp_path: Path, keyring: MemoryKeyring, clock: Clock
) -> Iterator[Callable[..., Services]]:
    """Opens the same laptop again, over another transport if wanted."""
    opened: list[Services] = []

    def reopen(make_transport: Callable[[str], ServerLink] = HttpTransport) -> Services:
        services.close()
        made = open_services(
            tmp_path / "desk",
            keyring=keyring,
            clock=clock,
            library=SHIPPED,
            make_transport=make_transport,
        )
        opened.append(made)
        return made

    yield reopen
    for made in opened:
        made.close()


def test_everything_unsent_arrives_elsewhere_once(
    services: Services,
    visit_id: str,
    council: Served,
    tmp_path: Path,
    keyring: MemoryKeyring,
    clock: Clock,
) -> None:
    sign_in(council, services)
    action = unsent_work(services, visit_id)
    (tmp_path / "desk" / "visitapp.db.before-r0000").write_bytes(b"an old copy")
    answers = dict(services.visits.view(visit_id).answers)
    council.revoke(services)
    with pytest.raises(NotAllowed) as told:
        services.connection.sync()
    assert told.value.code == Code.DEVICE_REVOKED
    entries = set(keyring.kept)
    progress: list[tuple[int, int]] = []
    services.leaving.hand_in(lambda done, total: progress.append((done, total)))
    assert progress[-1][0] == progress[-1][1] > 1000
    with pytest.raises(EnvironmentProblem) as late:
        services.actions.update(action, title="Too late")
    assert late.value.code == Code.DEVICE_ERASED
    said = services.leaving.erase()
    assert "change" in str(said)
    assert "1 photo" in str(said)
    assert names(tmp_path / "desk") <= STAYS
    assert len(entries - set(keyring.kept)) == 1
    with pytest.raises(EnvironmentProblem, match="erased its data") as once:
        open_desk(tmp_path / "desk", clock, keyring).__enter__()
    assert once.value.code == Code.DEVICE_ERASED
    with open_desk(tmp_path / "desk", clock, keyring) as anew:
        assert anew.portfolio.rows() == []
    out = tmp_path / "work.rescue"
    phrase = council.export(out)
    with open_desk(tmp_path / "other", clock, MemoryKeyring()) as other:
        sign_in(council, other)
        other.rescue.load(out, phrase)
        report = other.connection.sync()
        assert (report.conflicts, report.refused, report.photos_sent) == (0, [], 1)
        assert dict(other.visits.view(visit_id).answers) == answers
        assert [a.id for a in other.actions.list()] == [action]
        other.rescue.load(out, phrase)
        again = other.connection.sync()
        assert (again.conflicts, again.refused) == (0, [])
        assert waiting(other) == 0
    with council.database.reading() as session:
        assert len(session.scalars(select(Answer)).all()) == len(answers)
        assert len(session.scalars(select(Action)).all()) == 1
        assert len(session.scalars(select(EvidenceContent)).all()) == 1


def test_nothing_unsent_is_confirmed_and_erased(
    services: Services, homes: list[str], council: Served, tmp_path: Path
) -> None:
    sign_in(council, services)
    council.revoke(services)
    services.leaving.hand_in()
    assert [one.size for one in council.handed_in()] == [0]
    assert "All its work had been sent" in str(services.leaving.erase())
    assert names(tmp_path / "desk") <= STAYS


def test_a_file_that_another_window_made_anew_is_in_nobodys_way(
    tmp_path: Path, clock: Clock
) -> None:
    erasure = Erasure(tmp_path, MemoryKeyring())
    erasure.begin(Erased(at=clock(), changes=0, photos=0))
    assert erasure.go_on()
    (tmp_path / "visitapp.db").write_bytes(b"")
    with pytest.raises(EnvironmentProblem):
        open_desk(tmp_path, clock, MemoryKeyring()).__enter__()
    with open_desk(tmp_path, clock, MemoryKeyring()) as anew:
        assert anew.portfolio.rows() == []


def test_nothing_is_erased_without_a_confirmation(services: Services, homes: list[str]) -> None:
    with pytest.raises(RuntimeError):
        services.leaving.erase()
    assert len(services.portfolio.rows()) == 2


class Interrupted(HttpTransport):
    """Lets somebody work just after the server confirmed."""

    work: Callable[[], object] | None = None

    def exchange(
        self, method: str, path: str, head: Mapping[str, str], body: bytes, access_token: str
    ) -> Response:
        answer = super().exchange(method, path, head, body, access_token)
        work = Interrupted.work
        if path.endswith("/end") and work is not None:
            Interrupted.work = None
            work()
        return answer


def test_work_after_the_confirmation_is_handed_in_as_well(
    services: Services, visit_id: str, council: Served, reopened: Callable[..., Services]
) -> None:
    sign_in(council, services)
    unsent_work(services, visit_id)
    council.revoke(services)
    laptop = reopened(Interrupted)
    Interrupted.work = lambda: laptop.actions.add(
        visit_id, None, "Typed meanwhile", laptop.desk.today()
    )
    laptop.leaving.hand_in()
    later, first = council.handed_in()
    assert later.changes > first.changes > 0
    assert laptop.leaving.confirmed


def test_a_link_that_breaks_leaves_everything_and_goes_on_later(
    services: Services, visit_id: str, council: Served, reopened: Callable[..., Services]
) -> None:
    sign_in(council, services)
    unsent_work(services, visit_id)
    council.revoke(services)

    class Cut(HttpTransport):
        def exchange(self, method: str, path: str, *more: object) -> Response:
            answer = super().exchange(method, path, *more)
            if method == "PATCH":
                raise LinkProblem(Code.SERVER_UNREACHABLE, message("The line was cut."))
            return answer

    laptop = reopened(Cut)
    with pytest.raises(LinkProblem):
        laptop.leaving.hand_in()
    assert not laptop.leaving.confirmed
    laptop.actions.add(visit_id, None, "Work goes on", laptop.desk.today())
    laptop = reopened()
    laptop.leaving.hand_in()
    assert [one.ended_at is not None for one in council.handed_in()] == [True]


class Lying(HttpTransport):
    """Another server, which says that the device was revoked, and takes everything."""

    server_id = "another-server"

    def sync(self, body: bytes, access_token: str) -> RoundReply:
        raise NotAllowed(message("Revoked."), code=Code.DEVICE_REVOKED)

    def exchange(
        self, method: str, path: str, head: Mapping[str, str], body: bytes, access_token: str
    ) -> Response:
        answer = super().exchange(method, path, head, body, access_token)
        plain = answer.body.replace(b'"server_id":"', b'"server_id":"x')
        kept = {k: v for k, v in answer.head.items() if k.lower() != "content-digest"}
        return Response(answer.status, {**kept, "Content-Type": "application/json"}, plain)


def test_another_server_erases_nothing(
    services: Services, visit_id: str, council: Served, reopened: Callable[..., Services]
) -> None:
    sign_in(council, services)
    action = unsent_work(services, visit_id)
    council.revoke(services)
    laptop = reopened(Lying)
    unsent = waiting(laptop)
    with pytest.raises(EnvironmentProblem) as refused:
        laptop.leaving.hand_in()
    assert refused.value.code == Code.OTHER_SERVER
    assert not laptop.leaving.confirmed
    assert waiting(laptop) == unsent > 0
    laptop.actions.update(action, title="Work goes on")
    assert [one.ended_at for one in council.handed_in()] == [None], "no byte went there"


def test_a_reinstated_laptop_goes_on_as_before(
    services: Services, visit_id: str, council: Served
) -> None:
    sign_in(council, services)
    unsent_work(services, visit_id)
    council.revoke(services)
    with pytest.raises(NotAllowed):
        services.connection.sync()
    council.admin.reinstate(device_of(services))
    with pytest.raises(NotAllowed) as refused:
        services.leaving.hand_in()
    assert refused.value.code == Code.NOT_ALLOWED
    assert services.connection.sync().refused == []
    assert waiting(services) == 0


def test_a_photo_that_cannot_be_read_stops_it(
    services: Services, visit_id: str, council: Served, tmp_path: Path
) -> None:
    sign_in(council, services)
    unsent_work(services, visit_id)
    (photo,) = (tmp_path / "desk" / EVIDENCE_FOLDER).iterdir()
    photo.write_bytes(photo.read_bytes()[:-1])
    council.revoke(services)
    with pytest.raises(EnvironmentProblem) as refused:
        services.leaving.hand_in()
    assert refused.value.code == Code.EVIDENCE_DAMAGED
    assert not services.leaving.confirmed
    assert council.handed_in() == []


def test_a_laptop_that_was_killed_before_the_marker_works_on(
    services: Services, visit_id: str, reopened: Callable[..., Services]
) -> None:
    with services.desk.database.applying() as session:
        shut(session.connection())
    laptop = reopened()
    with laptop.desk.reading() as session:
        assert not is_shut(session.connection())
    assert laptop.actions.add(visit_id, None, "Work goes on", laptop.desk.today())


class LockedKeyring(MemoryKeyring):
    """A keyring that stays locked for a while."""

    locked = True

    def forget(self, name: str) -> None:
        if self.locked:
            raise EnvironmentProblem(Code.NO_KEY, message("The keyring is locked."))
        super().forget(name)


def test_what_cannot_be_erased_now_goes_at_a_later_start(tmp_path: Path, clock: Clock) -> None:
    keyring = LockedKeyring()
    folder = tmp_path / "desk"
    with open_desk(folder, clock, keyring):
        pass
    erasure = Erasure(folder, keyring)
    erasure.begin(Erased(at=clock(), changes=0, photos=0))
    assert not erasure.go_on()
    assert names(folder) & {"visitapp.db", "key.json", NOTE} == {"key.json"}
    with pytest.raises(EnvironmentProblem):
        open_desk(folder, clock, keyring).__enter__()
    keyring.locked = False
    with pytest.raises(EnvironmentProblem):
        open_desk(folder, clock, keyring).__enter__()
    assert keyring.kept == {}
    assert names(folder) <= STAYS


def die(folder: Path, *where: str) -> None:
    """Run a leaving laptop until it stops, and kill it."""
    with Mortal(dying_leaver.main, folder, PHRASE, *where) as dying:
        assert dying.stdout.readline() == "stopped\n"
        dying.kill()


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder behind a passphrase with unsent work, never connected, to be copied."""
    folder = tmp_path_factory.mktemp("leaver") / "desk"
    services = open_services(folder, PHRASE, keyring=NoKeyring(), library=SHIPPED)
    with services.desk.transaction() as session:
        home = Setting(id=new_id(), name="Alder House", service_type="residential")
        session.add(home)
    services.close()
    (folder / "evidence").mkdir()
    (folder / "evidence" / ("a" * 64)).write_bytes(b"sealed")
    (folder / "visitapp.db.before-r0000").write_bytes(b"an old copy")
    (folder / "desktop.log").write_text("a line", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "step",
    [
        *("key", "database", "marker"),
        *(
            pytest.param(step, marks=pytest.mark.soak)
            for step in ("copies", "work", "logs", "note")
        ),
    ],
)
def test_a_laptop_killed_at_any_step_of_erasing_ends_it_at_the_next_start(
    worked: Path, tmp_path: Path, step: str
) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(worked, folder)
    note = Erased(at=utc_now(), changes=2, photos=0)
    Erasure(folder, NoKeyring()).begin(note)
    die(folder, "step", step)
    assert not (folder / "key.json").exists(), "the key goes first"
    assert (folder / MARKER).exists() == (step != "marker")
    with pytest.raises(EnvironmentProblem) as said:
        open_services(folder, PHRASE, keyring=NoKeyring())
    assert str(said.value) == str(erased(note))
    assert names(folder) <= STAYS - {NOTE}


@pytest.mark.parametrize(
    "requests",
    [
        pytest.param("1", marks=pytest.mark.soak),
        "2",
        pytest.param("3", marks=pytest.mark.soak),
    ],
)
def test_a_laptop_killed_while_it_hands_in_loses_nothing(
    worked: Path, tmp_path: Path, council: Served, requests: str
) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(worked, folder)
    services = open_services(folder, PHRASE, keyring=NoKeyring(), library=SHIPPED)
    council.connect(services)
    unsent = waiting(services)
    council.revoke(services)
    services.close()
    die(folder, "request", requests)
    services = open_services(folder, PHRASE, keyring=NoKeyring(), library=SHIPPED)
    assert waiting(services) == unsent > 0
    services.leaving.hand_in()
    services.leaving.erase()
    (one,) = council.handed_in()
    assert one.changes == 1
    out = tmp_path / "work.rescue"
    phrase = council.export(out)
    other = open_services(tmp_path / "other", PHRASE, keyring=NoKeyring(), library=SHIPPED)
    sign_in(council, other)
    assert other.rescue.load(out, phrase).changes == 1
    other.close()


def test_what_is_said_is_calm(clock: Clock) -> None:
    said: VisitappError = erased(Erased(at=clock(), changes=1, photos=2))
    assert "1 change and 2 photos" in str(said.what)
    assert "!" not in str(said)
