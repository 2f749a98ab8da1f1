"""Commands as a person types them: in this process (quick) or each in one of its own (true)."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from forms.catalogue.catalogue import Library, shipped
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.server.server_process import (
    COMMAND,
    done,
    environment_for,
    user_with_own_password,
)
from visitapp.bootstrap import device_key, open_services, renew_key, rescue
from visitapp.cli.main import run
from visitapp.cli.program import Program
from visitapp.configuration import ClientConfiguration, read_configuration

PASSPHRASE = "a long enough passphrase"
TIMEOUT = 120
_LIBRARY = shipped()


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, which must be JSON and nothing else."""
        assert self.status == 0, self.err
        assert self.err == ""
        return json.loads(self.out)

    @property
    def refusal(self) -> str:
        """The one line of a refusal, which must have printed nothing else."""
        assert self.status == 1, (self.status, self.err)
        assert self.out == ""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


class Terminal:
    """A person at a terminal with one data folder and a keyring."""

    def __init__(
        self,
        data_dir: Path,
        keyring: MemoryKeyring | None = None,
        library: Library = _LIBRARY,
    ) -> None:
        self.data_dir = data_dir
        ring = keyring or MemoryKeyring()
        self._program = Program(
            configuration=ClientConfiguration(),
            default_data_dir=data_dir / "default",
            open_services=partial(open_services, keyring=ring, library=library),
            open_desktop=lambda folder: 0,
            run_demo=lambda out, headless: 0,
            preview_form=lambda file, facts, screenshot: 0,
            save_rescue=rescue,
            device_key=partial(device_key, keyring=ring),
            renew_key=renew_key,
        )

    def __call__(
        self, *args: object, stdin: str = "", screen: io.TextIOWrapper | None = None
    ) -> Ran:
        """Run `visitapp --data-dir … args`. screen: what stands where stderr does."""
        out, err = _stream(), screen or _stream()
        given = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
        with patch.object(sys, "stdin", given), redirect_stdout(out), redirect_stderr(err):
            configuration = read_configuration(ClientConfiguration).values
            program = replace(self._program, configuration=configuration)
            status = run(program, self.line(args))
        return Ran(status, _text(out), _text(err))

    def json(self, *args: object, stdin: str = "") -> Any:
        """Run a command with `--json` and give what it printed."""
        return self(*args, "--json", stdin=stdin).json

    def line(self, args: tuple[object, ...]) -> list[str]:
        """The words of a command line."""
        return ["--data-dir", str(self.data_dir), *(str(arg) for arg in args)]


class Console(Terminal):
    """The same, each command in a process of its own and the data under a passphrase."""

    def __init__(self, data_dir: Path, passphrase: str = PASSPHRASE) -> None:
        super().__init__(data_dir)
        self.passphrase = passphrase

    def __call__(self, *args: object, stdin: str = "") -> Ran:
        """See `Terminal`."""
        with self.started(*args) as process:
            out, err = process.communicate(stdin, timeout=TIMEOUT)
        return Ran(process.returncode, out, err)

    def started(self, *args: object) -> subprocess.Popen[str]:
        """A command that runs while the test goes on."""
        return subprocess.Popen(
            [sys.executable, "-m", "visitapp", *self.line(args)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "VISITAPP_PASSPHRASE": self.passphrase},
        )


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")


class Council:
    """A central server's administrator: commands on its database, and the server itself."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.admin("init")

    def admin(self, *args: str, stdin: str = "") -> str:
        """Run `visitapp-server args --database …`."""
        return done(self.database, *args, stdin=stdin)

    def add_user(self, name: str, role: str, team: str) -> None:
        """Let someone sign in, with their name as the password."""
        user_with_own_password(self.database, name, role, team, name)

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Run the server in a process of its own while the context lasts; gives its address."""
        server = subprocess.Popen(
            [*COMMAND, "run", "--port", "0", "--database", self.database],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env=environment_for(self.database),
        )
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.kill()
            server.wait()
            server.stdout.close()
