"""A small council for the sync tests: a server, its users, and devices that meet at it.

`Council` runs a server on any database; its devices link to it in the process (`InProcess`) or
over HTTP. Everything is real: encrypted device databases, the whole server, real JSON between them.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import msgspec
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import rate
from forms.catalogue.catalogue import Library
from sync.client.account import connect
from sync.client.link.responses import Response
from sync.client.link.transport_protocol import Into, Transport
from sync.client.round.engine import SyncEngine
from sync.client.round.sync_summary import SyncResult
from sync.server.accounts.passwords import Passwords
from sync.server.http.app import Server, create_app
from sync.server.operations.admin import Admin
from sync.wire import (
    FormPublished,
    NewPassword,
    PasswordChanged,
    PolicyPublished,
    PublishForm,
    PublishPolicy,
    Renewal,
    Round,
    RoundReply,
    SignIn,
    Tokens,
)
from tests.support.desk.made import a_link
from tests.support.server.asgi import ask
from visitapp.errors import Code, LinkProblem
from visitapp.language import message
from visitapp.records import (
    KINDS,
    Action,
    Answer,
    Conflict,
    ConflictStatus,
    Outbox,
    Role,
    Setting,
    Step,
    Synced,
    User,
    Visit,
    VisitStatus,
    new_id,
)
from visitapp.records.ids import answer_id
from visitapp.rules.access import Actor
from visitapp.standing.steps import Steppable, new_step
from visitapp.storage.database import FILE_NAME, Database, open_device, open_server
from visitapp.storage.state import LocalStates
from visitapp.storage.steps import forget_step

FORM = """\
id: short
version: "1"
kind: visit
title: A short form for the tests
sets_rating: quality
purposes: [annual]
applies_to: [residential]
scales:
  standard:
    - {value: met, label: Met, score: 1, rag: green}
    - {value: partly, label: Partly met, score: 0.5, rag: amber}
    - {value: not_met, label: Not met, score: 0, rag: red}
bands:
  - {rag: green, from: 80}
  - {rag: amber, from: 60}
  - {rag: red, from: 0}
overall: {minimum_coverage: 70}
areas:
  - id: care
    title: Care
    questions:
      - {id: plans, ask: Are the plans up to date?, type: choice, scale: standard}
      - {id: calls, ask: Are calls answered?, type: choice, scale: standard}
"""

FORMS = {
    "short": FORM,
    "themed": FORM.replace("id: short", "id: themed").replace("sets_rating: quality\n", ""),
    "contract": FORM.replace("id: short", "id: contract").replace("quality\n", "contract\n"),
    "acting": (Path(__file__).parents[1] / "forms/acting.yaml").read_text(encoding="utf-8"),
}
"""`short` sets the quality rating, `contract` the contract rating, the others none."""

PASSWORD = "a long pass phrase"
KEY = bytes(range(32))
KEY_FILE = "evidence-key"  # in a council's folder, for servers that are processes


@cache
def _empty_database() -> Path:
    """A device database with its tables, made once and copied for each device."""
    folder = Path(tempfile.mkdtemp(prefix="visitapp-device-"))
    atexit.register(shutil.rmtree, folder)
    open_device(folder, KEY).close()
    return folder / FILE_NAME


DAY = date(2026, 11, 22)
"""The day on which steps are taken."""


class Clock:
    """A clock that moves a second at each look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class InProcess:
    """A transport into a server of the same process; every message still becomes JSON and back.

    lose_next: how many of the next replies are lost after the server has done its work.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self.lose_next = 0
        self.rounds = 0

    @cached_property
    def _app(self) -> Any:
        return create_app(self.server)

    def sign_in(self, request: SignIn) -> Tokens:
        return self._reply(self.server.accounts.sign_in(_copy(request)))

    def change_password(self, request: NewPassword) -> PasswordChanged:
        self.server.accounts.change_password(_copy(request))
        return self._reply(PasswordChanged())

    def renew(self, renewal: Renewal) -> Tokens:
        return self._reply(self.server.accounts.renew(_copy(renewal).refresh_token))

    def sync(self, body: bytes, access_token: str) -> RoundReply:
        self.rounds += 1
        asked = msgspec.json.decode(body, type=Round)
        return self._reply(self.server.rounds.answer(access_token, asked))

    def publish(self, asked: PublishForm, access_token: str) -> FormPublished:
        return self._reply(self.server.forms.publish(access_token, _copy(asked).text))

    def publish_policy(self, asked: PublishPolicy, access_token: str) -> PolicyPublished:
        return self._reply(self.server.policies.publish(access_token, _copy(asked).text))

    def exchange(
        self, method: str, path: str, head: Mapping[str, str], body: bytes, access_token: str
    ) -> Response:
        sent = {**head, "Authorization": f"Bearer {access_token}"}
        answer = ask(self._app, method, path, sent, body)
        if self.lose_next:
            self.lose_next -= 1
            raise LinkProblem(Code.SERVER_UNREACHABLE, message("The reply was lost."))
        return answer

    def fetch(self, path: str, head: Mapping[str, str], access_token: str, into: Into) -> Response:
        answer = self.exchange("GET", path, head, b"", access_token)
        take = into(answer.status, answer.head)
        if take is not None:
            take(answer.body)
        return answer

    def _reply(self, reply: Any) -> Any:
        if self.lose_next:
            self.lose_next -= 1
            raise LinkProblem(Code.SERVER_UNREACHABLE, message("The reply was lost."))
        return _copy(reply)


def _copy(sent: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(sent), type=type(sent))


class Device:
    """One officer's laptop: an encrypted database and an engine over a transport."""

    def __init__(self, folder: Path, transport: Transport, clock: Clock, name: str) -> None:
        folder.mkdir()
        self.folder = folder
        shutil.copy(_empty_database(), folder / FILE_NAME)
        self.database: Database = open_device(folder, KEY, clock)
        self.transport = transport
        self.clock = clock
        self.name = name
        self.user: User | None = None

    def connect(self, name: str, password: str = PASSWORD, new_password: str = "") -> User:
        self.user = connect(
            *(self.database, self.transport, "http://council"),
            *(name, password, self.name, new_password),
        )
        return self.user

    def sync(self, **options: Any) -> SyncResult:
        return SyncEngine(self.database, self.transport, self.clock, **options).run()

    @property
    def user_id(self) -> str:
        assert self.user is not None, "connect first"
        return self.user.id

    def work(self) -> AbstractContextManager[Session]:
        """A transaction of the device's user."""
        return self.database.transaction(self.user_id)

    def add(self, *records: Synced) -> None:
        with self.work() as session:
            session.add_all(records)

    def edit(self, kind: type[Synced], id_: str, **fields: Any) -> None:
        with self.work() as session:
            record = session.get_one(kind, id_)
            for name, value in fields.items():
                setattr(record, name, value)

    def get(self, kind: type[Synced], id_: str) -> Any:
        """The record, detached; None when it is not here."""
        with self.database.reading() as session:
            return session.get(kind, id_)

    def all(self, kind: type[Synced]) -> list[Any]:
        with self.database.reading() as session:
            return list(session.scalars(select(kind).order_by(kind.id)))

    def outbox(self) -> list[Outbox]:
        with self.database.reading() as session:
            return list(session.scalars(select(Outbox).order_by(Outbox.sequence)))

    def state(self, name: str) -> Any:
        with self.database.reading() as session:
            return LocalStates().get(session, name)

    def setting(self, name: str = "Alder House") -> str:
        """Add a setting that the user holds; its id."""
        assert self.user is not None
        setting = Setting(
            id=new_id(),
            name=name,
            service_type="residential",
            officer_id=self.user_id,
            team=self.user.team,
        )
        self.add(setting)
        return setting.id

    def under(self, contract_id: str, setting_id: str) -> str:
        """Put a setting under a contract; the id of the link."""
        self.add(link := a_link(contract_id, setting_id))
        return link.id

    def visit(
        self,
        setting_id: str,
        *,
        form: str = "short",
        on: date = date(2026, 11, 22),
        contract_id: str | None = None,
        **answers: str,
    ) -> str:
        """Start a visit with these answers; its id."""
        visit = Visit(
            id=new_id(),
            setting_id=setting_id,
            form_id=form,
            form_version="1",
            purpose="annual",
            visited_on=on,
            contract_id=contract_id,
            officer_id=self.user_id,
        )
        self.add(visit)
        for question, value in answers.items():
            self.answer(visit.id, question, value=value)
        return visit.id

    def answer(self, visit_id: str, question: str, **fields: Any) -> str:
        """Give or change an answer; its id."""
        id_ = answer_id(visit_id, question)
        with self.work() as session:
            answer = session.get(Answer, id_)
            if answer is None:
                visit = session.get_one(Visit, visit_id)
                answer = Answer(
                    id=id_, setting_id=visit.setting_id, visit_id=visit_id, question=question
                )
                session.add(answer)
            for name, value in fields.items():
                setattr(answer, name, value)
        return id_

    def sign_off(self, visit_id: str, library: Library, **lie: Any) -> None:
        """Sign a visit off with its outcome; `lie` overrides parts of it."""
        with self.work() as session:
            visit = session.get_one(Visit, visit_id)
            rows = session.scalars(select(Answer).where(Answer.visit_id == visit_id))
            answers = {row.question: {"value": row.value} for row in rows}
            form = library.form(visit.form_id, visit.form_version)
            outcome = {**msgspec.to_builtins(rate(form, answers, {})), **lie}
            session.add(self._sign_off(visit, {"facts": {}, "outcome": outcome}))

    def _sign_off(self, visit: Visit, fields: dict[str, Any]) -> Step:
        assert self.user is not None
        actor = Actor(self.user.id, self.user.role, self.user.team)
        return new_step(visit, VisitStatus.SIGNED_OFF, actor, self.clock(), fields=fields)

    def take_back(self, step_id: str) -> None:
        """Forget a step that the server does not have."""
        with self.work() as session:
            step = session.get_one(Step, step_id)
            record: Synced = session.get_one(KINDS[step.kind], step.record_id)
            forget_step(session, record, step)

    def review(self, visit_id: str, decision: str, reason: str = "Another look") -> str:
        """Approve or return a visit; the step's id."""
        about = {"signed_off_at": self.get(Visit, visit_id).signed_off_at}
        return self.step(visit_id, decision, Visit, day=None, reason=reason, fields=about)

    def action(
        self, setting_id: str, title: str = "Mend the call bells", visit_id: str | None = None
    ) -> str:
        """Add an action; its id."""
        action = Action(
            id=new_id(),
            setting_id=setting_id,
            visit_id=visit_id,
            title=title,
            first_due_on=date(2026, 12, 1),
        )
        self.add(action)
        return action.id

    def step(self, record_id: str, after: str, kind: type[Steppable] = Action, **more: Any) -> str:
        """Take a step with a record; its id."""
        with self.work() as session:
            assert self.user is not None
            actor = Actor(self.user.id, self.user.role, self.user.team)
            record = session.get_one(kind, record_id)
            made = new_step(record, after, actor, self.clock(), **{"day": DAY, **more})
            session.add(made)
            session.flush()
            return made.id

    def settle(self, conflict_id: str, keep: str) -> str:
        """Settle a conflict; the step's id. The record is left as it is."""
        return self.step(conflict_id, ConflictStatus.SETTLED, Conflict, fields={"kept": keep})

    def close(self) -> None:
        self.database.close()


class Council:
    """A server with its users, and devices."""

    def __init__(self, folder: Path, url: str, page: int = 4000) -> None:
        self.folder = folder
        self.clock = Clock()
        (folder / "forms").mkdir(parents=True, exist_ok=True)
        for name, text in FORMS.items():
            (folder / "forms" / f"{name}.yaml").write_text(text, encoding="utf-8")
        self.library = Library(folder / "forms")
        self.database = open_server(url, self.clock)
        (folder / KEY_FILE).write_text(KEY.hex(), encoding="ascii")
        passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        self.admin = Admin(self.database, self.clock, passwords)
        self.server_id = self.admin.initialise()
        self.server = Server(
            self.database, self.library, self.clock, page, passwords, evidence_key=KEY
        )
        self.transport: Callable[[], Transport] = lambda: InProcess(self.server)
        self.devices: list[Device] = []

    def user(self, name: str, role: Role = Role.OFFICER, team: str = "East") -> str:
        """Add a user; the id."""
        return self.admin.add_user(name, role, team, "", PASSWORD, temporary=False)

    def device(self, name: str, connected: bool = True, clock: Clock | None = None) -> Device:
        """A new laptop, signed in as the user `name`, on the server's clock or its own."""
        number = len(self.devices)
        folder, clock = self.folder / f"device-{number}", clock or self.clock
        device = Device(folder, self.transport(), clock, f"laptop {number}")
        self.devices.append(device)
        if connected:
            device.connect(name)
        return device

    def officer(self, name: str, team: str = "East") -> Device:
        """A new officer with a new laptop."""
        self.user(name, Role.OFFICER, team)
        return self.device(name)

    def lead(self, name: str, team: str = "East") -> Device:
        """A new team lead with a new laptop."""
        self.user(name, Role.LEAD, team)
        return self.device(name)

    def get(self, kind: type[Synced], id_: str) -> Any:
        """The record at the server, detached; None when there is none."""
        with self.database.reading() as session:
            return session.get(kind, id_)

    def all(self, kind: type[Synced]) -> list[Any]:
        with self.database.reading() as session:
            return list(session.scalars(select(kind).order_by(kind.revision)))

    def close(self) -> None:
        for device in self.devices:
            device.close()
        self.database.close()


def values(record: Synced, *names: str) -> Mapping[str, Any]:
    """Some fields of a record, for comparing."""
    return {name: getattr(record, name) for name in names}
