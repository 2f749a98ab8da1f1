"""`visitapp-server`: running in processes of its own, as a council runs it, and its commands."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from click.testing import CliRunner, Result
from sqlalchemy import make_url

from sync.server.accounts.passwords import Passwords
from sync.server.cli import main
from sync.server.operations.admin import Admin
from sync.server.operations.open_database import open_initialised
from tests.support.sync.council import PASSWORD
from visitapp.records import Credential, Role

COMMAND = (sys.executable, "-m", "sync.server.cli")
SECONDS = 90


def environment_for(url: str, **more: str) -> dict[str, str]:
    """The environment of a server on this database, its evidence key beside what it belongs to.

    With PostgreSQL that is the folder of the test's cluster, not the working folder.
    """
    parsed = make_url(url)
    given = {**os.environ, **more}
    if "host" in parsed.query:
        given.setdefault("VISITAPP_EVIDENCE_KEY", f"{parsed.query['host']}/{parsed.database}.key")
    return given


class Running:
    """A server process: its address, and what it logs."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        assert process.stdout is not None
        self.address = process.stdout.readline().strip()

    def stop(self) -> int:
        """Ask it to stop, as a service manager does, and wait; its exit status."""
        self.ask_to_stop()
        status = self.process.wait(SECONDS)
        self._reader.join(SECONDS)
        return status

    def ask_to_stop(self) -> None:
        self.process.send_signal(
            signal.CTRL_BREAK_EVENT if sys.platform == "win32" else signal.SIGTERM
        )

    def log(self) -> str:
        """All that was logged so far."""
        return "".join(self._lines)

    def events(self) -> list[dict[str, Any]]:
        """The same, each line as an object."""
        return [json.loads(line) for line in self._lines]

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._lines.append(line)
        self.process.stderr.close()

    def close(self) -> None:
        self.process.kill()
        self.process.wait(SECONDS)
        self._reader.join(SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()


@contextmanager
def server_process(url: str, *options: str, **environment: str) -> Iterator[Running]:
    """`visitapp-server run` on a free port while the context lasts."""
    process = subprocess.Popen(
        [*COMMAND, "run", "--port", "0", "--database", url, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment_for(url, **environment),
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    running = Running(process)
    try:
        yield running
    finally:
        running.close()


def user_with_own_password(url: str, name: str, role: str, team: str, password: str) -> None:
    """A user who chose their password before there was a rule about passwords."""
    with open_initialised(url) as database:
        user_id = Admin(database).add_user(name, Role(role), team, "", PASSWORD, temporary=False)
        hashed = Passwords().hashed(password)
        with database.applying() as session:
            session.get_one(Credential, user_id).password_hash = hashed


def command(url: str, *arguments: str, stdin: str = "", **environment: str) -> Result:
    """Run another command to its end. In this process: one of its own takes a second to start."""
    given = environment_for(url, **environment)
    return CliRunner().invoke(main, [*arguments, "--database", url], input=stdin, env=given)


def done(url: str, *arguments: str, stdin: str = "") -> str:
    """What a command printed that must succeed."""
    ran = command(url, *arguments, stdin=stdin)
    assert ran.exit_code == 0, ran.stderr
    return ran.stdout


def refusal(url: str, *arguments: str, stdin: str = "") -> str:
    """The one line in which a command says why it did not."""
    ran = command(url, *arguments, stdin=stdin)
    assert (ran.exit_code, ran.stdout) == (1, ""), ran
    assert len(ran.stderr.splitlines()) == 1, ran.stderr
    return ran.stderr.strip()
