"""What is wrong around a server is told apart, and told to whoever can do something about it."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import requests
from click.testing import CliRunner
from sqlalchemy import make_url

from sync.server.cli import main
from sync.server.http.app import create_app
from sync.server.http.health import LEAST_FREE, Probes
from sync.server.process.certificate import end_of
from tests.support.server.asgi import ask
from tests.support.server.certificates import certificate
from tests.support.server.server_process import done, server_process
from tests.support.storage.full_disk import fill
from tests.support.sync.council import Council
from visitapp.errors import Code, EnvironmentProblem, Refused
from visitapp.records import Device
from visitapp.storage.database import open_server

TOKEN = "a token for Prometheus"


@pytest.fixture
def url(tmp_path: Path, empty_server: Path) -> str:
    shutil.copy(empty_server, tmp_path / "served.db")
    url = f"sqlite:///{(tmp_path / 'served.db').as_posix()}"
    done(url, "init")
    return url


@pytest.mark.parametrize(
    ("ends_in", "level", "name"),
    [
        (timedelta(days=-1), "error", "certificate-expired"),
        (timedelta(days=7, hours=1), "warning", "certificate-expires-soon"),
        (timedelta(days=90), None, None),
    ],
)
def test_a_certificate_near_its_end_is_told_at_the_start_and_to_prometheus(
    url: str, tmp_path: Path, ends_in: timedelta, level: str | None, name: str | None
) -> None:
    cert, key = certificate(tmp_path, ends_in)
    options = ("--tls-cert", str(cert), "--tls-key", str(key))
    environment = {"VISITAPP_TLS_KEY_PASSWORD": "opens it", "VISITAPP_METRICS_TOKEN": TOKEN}
    with server_process(url, *options, **environment) as running:
        bearer = {"Authorization": f"Bearer {TOKEN}"}
        address = f"{running.address}/metrics"
        metrics = requests.get(address, headers=bearer, verify=False, timeout=60).text
        assert running.stop() == 0
        told = [event for event in running.events() if event["event"].startswith("certificate-")]
    (line,) = [line for line in metrics.splitlines() if line.startswith("visitapp_certificate_end")]
    assert float(line.split()[1]) == end_of(cert).timestamp()
    assert [(event["level"], event["event"]) for event in told] == ([(level, name)] if name else [])
    if level == "warning":
        assert told[0]["days"] == 7


def test_a_server_without_tls_has_no_certificate_to_tell_of(url: str) -> None:
    with server_process(url, VISITAPP_METRICS_TOKEN=TOKEN) as running:
        bearer = {"Authorization": f"Bearer {TOKEN}"}
        metrics = requests.get(f"{running.address}/metrics", headers=bearer, timeout=60).text
    assert "visitapp_certificate_end" not in metrics


def test_a_server_whose_disk_is_nearly_full_is_not_ready(council: Council, tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    probes = Probes(council.database, "", tmp_path, council.clock, least_free=free * 2)
    with pytest.raises(EnvironmentProblem) as full:
        probes.readiness()
    assert full.value.code == Code.DISK_FULL
    assert Probes(council.database, "", tmp_path, council.clock, least_free=0).readiness()
    assert free > LEAST_FREE, "this machine is short of disk"


def test_a_write_that_met_a_full_disk_speaks_against_the_server_for_a_while(
    council: Council,
) -> None:
    app = create_app(council.server)
    fill(council, spare=0)

    def sign_in(number: int) -> int:
        """Each failure is written to the audit log."""
        council.clock.now += timedelta(seconds=20)
        body = json.dumps({"name": f"name {number}", "password": "x", "device_id": "d"}).encode()
        return ask(app, "POST", "/v1/sign-in", {"Content-Type": "application/json"}, body).status

    assert 503 in map(sign_in, range(500)), "the disk was full"
    ready = ask(app, "GET", "/ready", {}, b"")
    assert (ready.status, json.loads(ready.body)["code"]) == (503, Code.DISK_FULL)
    council.clock.now += timedelta(minutes=6)
    assert ask(app, "GET", "/ready", {}, b"").status == 200


def told(url: str) -> str:
    with pytest.raises(EnvironmentProblem) as problem:
        open_server(url)
    assert problem.value.code == Code.DATABASE_UNREACHABLE
    return str(problem.value)


def test_wrong_password_missing_database_and_dead_server_are_told_apart(postgres: str) -> None:
    plain = make_url(postgres)
    with psycopg.connect(
        plain.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
    ) as connection:
        connection.execute("DROP ROLE IF EXISTS picky")
        connection.execute("CREATE ROLE picky LOGIN PASSWORD 'the right one'")
        found = connection.execute("SHOW hba_file").fetchone()
        assert found is not None
        file = Path(found[0])
        file.write_text("local all picky scram-sha-256\n" + file.read_text(), encoding="utf-8")
        connection.execute("SELECT pg_reload_conf()")
    picky = plain.set(username="picky", password="a wrong one")
    wrong = told(picky.render_as_string(hide_password=False))
    nobody = told(plain.set(username="nobody").render_as_string(hide_password=False))
    missing = told(plain.set(database="not_there").render_as_string(hide_password=False))
    dead = told("postgresql://visitapp@/visitapp?host=/no/such/folder")
    assert "name or the password" in wrong
    assert nobody == wrong
    assert "createdb" in missing
    assert "did not answer" in dead
    assert len({wrong, missing, dead}) == 3
    for sentence in (wrong, missing, dead):
        assert "a wrong one" not in sentence


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://visitapp:p@ss:w/o#rd%1@127.0.0.1/visitapp",
        "postgresql://visitapp:secret@host:port/visitapp",
        "mysql://visitapp:secret@host/visitapp",
        "sqlite://",
        "no address",
    ],
)
def test_an_address_that_cannot_be_read_is_one_sentence_without_the_password(address: str) -> None:
    ran = CliRunner().invoke(main, ["init", "--database", address])
    said = ran.stderr.strip()
    assert (ran.exit_code, len(said.splitlines())) == (1, 1)
    for part in ("secret", "p@ss", "'w'", "rd%1", "port"):
        assert part not in said


def test_a_laptop_is_not_told_to_look_after_the_servers_database(council: Council) -> None:
    app = create_app(council.server)
    council.server.probes.stopping.set()
    ready = json.loads(ask(app, "GET", "/ready", {}, b"").body)
    assert ready["code"] == Code.SERVER_STOPPING
    council.database.close()
    body = json.dumps({"name": "ann", "password": "x", "device_id": "d"}).encode()
    answer = ask(app, "POST", "/v1/sign-in", {"Content-Type": "application/json"}, body)
    assert answer.status in (500, 503)
    assert "password" not in json.loads(answer.body)["detail"]


def test_names_forge_no_line_of_a_list(council: Council, tmp_path: Path) -> None:
    url = f"sqlite:///{(council.folder / 'server.db').as_posix()}"
    device = council.officer("ann")
    with council.database.applying() as session:
        found = session.get_one(Device, device.state("device_id"))
        found.name = "laptop\n0000\tann\trevoked\tforged\x1b[2J"
    (line,) = done(url, "devices", "list").splitlines()
    assert line.count("\t") == 3
    assert "\\n0000\\tann" in line
    assert "\x1b" not in line


@pytest.mark.parametrize("option", ["--version", "--help", "-h"])
def test_the_usual_options_are_there(option: str) -> None:
    shown = CliRunner().invoke(main, [option])
    assert shown.exit_code == 0
    assert shown.output


def test_a_certificate_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cert.pem").write_text("no certificate", encoding="utf-8")
    for name in ("cert.pem", "not-there.pem"):
        with pytest.raises(Refused):
            end_of(tmp_path / name)
    assert end_of(certificate(tmp_path)[0]) > datetime.now(UTC)
