"""The demonstration's own server: a process of its own, driven by its own commands."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from visitapp.demo.council.council import FIRST_PASSWORD, Colleague
from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import Message, message

_MODULE = "sync.server.cli"
_GRACE = 10
"""Seconds that the server gets to finish what it is doing when it is told to stop."""


class DemoServer:
    """`visitapp-server` on a SQLite database in `folder`; it writes to `server.log` there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "server.log"
        self._database = f"sqlite:///{(folder / 'server.db').as_posix()}"

    def set_up(self, colleagues: Iterable[Colleague]) -> None:
        """Make the database and an account for every colleague."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._command("init", "--database", self._database)
        with ThreadPoolExecutor(max_workers=2) as pool:
            list(pool.map(self._add_user, colleagues))

    @contextmanager
    def running(self, port: int = 0) -> Iterator[str]:
        """Run it on a loopback port, a free one for 0; gives its address, stops it at the end."""
        run = ["run", "--host", "127.0.0.1", "--port", str(port), "--database", self._database]
        with self._log.open("a", encoding="utf-8") as log:
            process = subprocess.Popen(  # noqa: S603 - our own module, fixed arguments
                [sys.executable, "-m", _MODULE, *run],
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
            )
        assert process.stdout is not None
        try:
            address = process.stdout.readline().split()
            if not address:
                raise self._failed(message("The demo's server did not start."))
            yield address[-1]
        finally:
            process.terminate()
            try:
                process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()

    def _add_user(self, one: Colleague) -> None:
        role = ("--role", one.role, "--team", one.team, "--title", one.title)
        self._command(
            *("users", "add", one.name, *role, "--password-stdin"),
            *("--database", self._database),
            typed=FIRST_PASSWORD,
        )

    def _command(self, *arguments: str, typed: str = "") -> None:
        done = subprocess.run(  # noqa: S603 - our own module, arguments from the invented council
            [sys.executable, "-m", _MODULE, *arguments],
            input=f"{typed}\n",
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            with self._log.open("a", encoding="utf-8") as log:
                log.write(done.stderr)
            raise self._failed(
                message("The demo's server refused “{command}”.", command=arguments[0])
            )

    def _failed(self, what: Message) -> EnvironmentProblem:
        return EnvironmentProblem(
            Code.SERVER_FAULT, what, message("Read {file} for the reason.", file=self._log)
        )
