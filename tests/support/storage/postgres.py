"""A private PostgreSQL cluster for the tests: a temporary folder, a socket in it, no port.

`postgres_server()` starts one and gives its URL; `fresh_database(url)` makes a database in it, and
`drop_databases(url)` removes them. A database is 700 files: on a disk it takes minutes to remove
hundreds of them, so they go with their test, and the cluster is in memory where there is room.
PostgreSQL refuses to run as root, so root starts it as the account `postgres` or `nobody`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from tests.support.storage.memory import memory

PATIENCE = 600
"""Seconds that a command of PostgreSQL may take on a machine that has much else to do."""

_NEW = ["-U", "postgres", "-A", "trust", "--no-sync", "--locale=C", "--encoding=UTF8"]
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=32MB"

_PASSING = "passing_"


@contextmanager
def postgres_server(*, in_memory: bool = False) -> Iterator[str]:
    """Run a cluster while the context lasts; gives the SQLAlchemy URL of its `postgres` database.

    Its files are in memory, if that is asked for and there is room, or in a temporary folder.
    Skips the test when PostgreSQL is not installed.
    """
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed on this machine")
    folder = Path(tempfile.mkdtemp(prefix="visitapp-pg-", dir=memory() if in_memory else None))
    account = _account()
    if account is not None:
        shutil.chown(folder, account)
    control = [str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-w", "-t", str(PATIENCE)]
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' {_FAST}"
    if in_memory:
        options += " -c autovacuum=off"
    try:
        _run([str(binaries / "initdb"), "-D", str(folder / "data"), *_NEW], account)
        _run([*control, "-l", str(folder / "log"), "-o", options, "start"], account)
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"], account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fresh_database(base_url: str, like: str | None = None, *, lasting: bool = False) -> str:
    """Make a database in the cluster of `base_url` and give its URL.

    It is empty, or a copy of the one at the URL `like`, to which nothing may be connected. A
    lasting one stays as long as the cluster.
    """
    template = "template0" if like is None else make_url(like).database
    name = f"{'lasting_' if lasting else _PASSING}{uuid.uuid4().hex}"
    with _administrator(base_url) as connection:
        # Nothing is flushed, so copied files cost a third of a copy by way of the log.
        how = " STRATEGY FILE_COPY" if connection.info.server_version >= 15_00_00 else ""
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}" + how)
        connection.execute(make.format(sql.Identifier(name), sql.Identifier(template or "")))
    return make_url(base_url).set(database=name).render_as_string(hide_password=False)


def drop_databases(base_url: str) -> None:
    """Drop the databases in the cluster of `base_url` that are not lasting."""
    with _administrator(base_url) as connection:
        names = connection.execute("SELECT datname FROM pg_database").fetchall()
        for (name,) in names:
            if name.startswith(_PASSING):
                drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
                connection.execute(drop.format(sql.Identifier(name)))


def _administrator(url: str) -> psycopg.Connection[tuple[str, ...]]:
    plain = make_url(url).set(drivername="postgresql", database="postgres")
    return psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True)


def _binaries() -> Path | None:
    """The folder of initdb and pg_ctl: Debian's newest, else wherever the PATH has them."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: int(found.parent.name)
    )
    if debian:
        return debian[-1]
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _account() -> str | None:
    """Whom to run the cluster as, when this process is root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _run(command: list[str], account: str | None) -> None:
    """Run a PostgreSQL tool to its end; what it printed goes into the failure."""
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            user=account,
            extra_groups=None if account is None else [],
            timeout=PATIENCE,
        )
        output.seek(0)
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {output.read().decode(errors='replace')}")
