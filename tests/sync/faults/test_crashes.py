"""A server process that is killed at any moment loses nothing and doubles nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from sync.client.link.transport import HttpTransport
from sync.client.round.engine import SyncEngine
from tests.support.server.server_process import user_with_own_password
from tests.support.storage.postgres import fresh_database
from tests.support.sync.council import KEY_FILE, PASSWORD, Council
from visitapp.errors import LinkProblem, NotAllowed
from visitapp.records import Action, BatchReply, Setting

COMMAND = [sys.executable, "-m", "sync.server.cli"]


def server_command(url: str, *arguments: str, stdin: str = "") -> str:
    done = subprocess.run(
        [*COMMAND, *arguments, "--database", url],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def running(
    url: str, kill_after: int | None = None, key: Path | None = None
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server process; gives its address. `key` is the file of its evidence key. It dies, as by
    kill -9, at its `kill_after`th statement when that is given."""
    command = COMMAND if kill_after is None else [sys.executable, "-c", _MORTAL]
    environment = {**os.environ, "DIE_AT": str(kill_after)}
    if key is not None:
        environment["VISITAPP_EVIDENCE_KEY"] = str(key)
    process = subprocess.Popen(
        [*command, "run", "--port", "0", "--database", url],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip(), process
    finally:
        process.kill()
        process.wait(60)
        process.stdout.close()


_MORTAL = """
import os, signal
from sqlalchemy import Engine, event
seen = 0
writing = False
def before(connection, cursor, statement, parameters, context, executemany):
    global seen, writing
    writing = writing or statement.startswith("UPDATE counter")
    seen += writing
    if seen == int(os.environ["DIE_AT"]):
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
event.listen(Engine, "before_cursor_execute", before)
from sync.server.cli import main
main()
"""


@pytest.mark.parametrize(
    ("kind", "deaths"),
    [
        ("sqlite", (2, 9)),
        ("postgresql", (5, 12)),
        pytest.param("sqlite", (2, 5, 9, 12), marks=pytest.mark.soak),
        pytest.param("postgresql", (2, 5, 9, 12), marks=pytest.mark.soak),
    ],
    ids=["sqlite", "postgresql", "sqlite often", "postgresql often"],
)
def test_a_server_killed_within_a_batch(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, deaths: Sequence[int]
) -> None:
    council = request.getfixturevalue("council") if kind == "sqlite" else None
    if council is None:
        council = Council(tmp_path / "council", fresh_database(request.getfixturevalue("postgres")))
        request.addfinalizer(council.close)
    url = council.database.engine.url.render_as_string(hide_password=False)
    if kind == "sqlite":
        url = f"sqlite:///{tmp_path}/server.db"
    ann = council.officer("ann")
    setting = ann.setting()
    ann.sync()
    expected = 0
    for death in deaths:
        for number in range(5):
            ann.action(setting, f"Action {death}.{number}")
            expected += 1
        with running(url, death, council.folder / KEY_FILE) as (address, process):
            link = HttpTransport(address)
            with pytest.raises(LinkProblem):
                SyncEngine(ann.database, link, ann.clock).run()
            link.close()
            assert process.wait(60) != 0
    with running(url, key=council.folder / KEY_FILE) as (address, _):
        link = HttpTransport(address)
        SyncEngine(ann.database, link, ann.clock).run()
        link.close()
    assert len(council.all(Action)) == expected
    assert len({action.revision for action in council.all(Action)}) == expected
    assert ann.outbox() == []
    with council.database.reading() as session:
        assert session.query(BatchReply).count() == 3


def test_the_command_line_from_nothing_to_a_synced_visit(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/made.db"
    refused = subprocess.run(
        [*COMMAND, "run", "--database", url], capture_output=True, text=True, timeout=60
    )
    assert refused.returncode == 1
    assert "visitapp-server init" in refused.stderr
    assert not (tmp_path / "made.db").exists()
    server_command(url, "init")
    user_with_own_password(url, "ann", "officer", "East", PASSWORD)
    user_with_own_password(url, "ben", "officer", "West", PASSWORD)
    council = Council(tmp_path / "council", f"sqlite:///{tmp_path}/unused.db")
    try:
        with running(url) as (address, _):
            links = []

            def over_http() -> HttpTransport:
                links.append(HttpTransport(address))
                return links[-1]

            council.transport = over_http
            ann, ben = council.device("ann"), council.device("ben")
            setting = ann.setting()
            ann.sync()
            server_command(url, "portfolio", "assign", "ben", setting)
            ben.sync()
            assert ben.get(Setting, setting).team == "West"
            listed = server_command(url, "devices", "list")
            assert {line.split("\t")[1] for line in listed.splitlines()} == {"ann", "ben"}
            server_command(url, "devices", "revoke", ben.state("device_id"))
            with pytest.raises(NotAllowed, match="revoked"):
                ben.sync()
            for link in links:
                link.close()
    finally:
        council.close()
