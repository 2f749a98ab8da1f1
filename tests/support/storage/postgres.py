"""A private PostgreSQL cluster for the tests: a temporary folder, a socket in it, no port.

`postgres_server()` starts one and gives its URL; `fresh_database(url)` makes an empty database in
it. PostgreSQL refuses to run as root, so root starts it as the account `postgres` or `nobody`.
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

PATIENCE = 600
"""Seconds that a command of PostgreSQL may take on a machine that has much else to do."""

_NEW = ["-U", "postgres", "-A", "trust", "--no-sync", "--locale=C", "--encoding=UTF8"]
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=32MB"


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a cluster while the context lasts; gives the SQLAlchemy URL of its `postgres` database.

    Skips the test when PostgreSQL is not installed.
    """
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed on this machine")
    folder = Path(tempfile.mkdtemp(prefix="visitapp-pg-"))
    account = _account()
    if account is not None:
        shutil.chown(folder, account)
    control = [str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-w", "-t", str(PATIENCE)]
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' {_FAST}"
    try:
        _run([str(binaries / "initdb"), "-D", str(folder / "data"), *_NEW], account)
        _run([*control, "-l", str(folder / "log"), "-o", options, "start"], account)
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"], account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fresh_database(base_url: str, like: str | None = None) -> str:
    """Make a database in the cluster of `base_url` and give its URL.

    It is empty, or a copy of the one at the URL `like`, to which nothing may be connected.
    """
    template = "template0" if like is None else make_url(like).database
    name = f"test_{uuid.uuid4().hex}"
    url = make_url(base_url)
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(make.format(sql.Identifier(name), sql.Identifier(template or "")))
    return url.set(database=name).render_as_string(hide_password=False)


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
