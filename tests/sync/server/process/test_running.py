"""The server as a process: TLS, workers, logs without anybody in them, numbers, a graceful end."""

from __future__ import annotations

import json
import shutil
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
import requests

from sync.client.link.transport import HttpTransport
from sync.server.evidence.key import default_file
from sync.wire import PROTOCOL, SignIn
from tests.support.server.certificates import certificate
from tests.support.server.server_process import (
    Running,
    command,
    done,
    refusal,
    server_process,
    user_with_own_password,
)
from tests.support.storage.postgres import fresh_database
from tests.support.sync.council import PASSWORD, Council, Device
from visitapp.errors import Code, EnvironmentProblem, LinkProblem, NotAllowed
from visitapp.records import Action, new_id

TOKEN = "a token for Prometheus"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a server's SQLite database with the user ann, to be copied."""
    folder = tmp_path_factory.mktemp("made")
    address = f"sqlite:///{(folder / 'served.db').as_posix()}"
    done(address, "init")
    add_user(address, "ann")
    return folder


@pytest.fixture
def url(tmp_path: Path, made: Path) -> str:
    """A server's SQLite database with the user ann."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return f"sqlite:///{(tmp_path / 'served.db').as_posix()}"


def add_user(url: str, name: str) -> None:
    user_with_own_password(url, name, "officer", "East", PASSWORD)


@pytest.fixture
def laptops(council: Council) -> Council:
    """A council of which only the laptops are used."""
    return council


def laptop(laptops: Council, address: str, name: str) -> Device:
    laptops.transport = lambda: HttpTransport(address)
    return laptops.device(name)


def numbers(running: Running, token: str = TOKEN) -> dict[str, float]:
    answer = requests.get(
        f"{running.address}/metrics", headers={"Authorization": f"Bearer {token}"}, timeout=60
    )
    answer.raise_for_status()
    lines = (line for line in answer.text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_a_journey_leaves_no_person_in_the_log(url: str, laptops: Council) -> None:
    with server_process(url, VISITAPP_METRICS_TOKEN=TOKEN) as running:
        ann = laptop(laptops, running.address, "ann")
        setting = ann.setting("Alder House")
        ann.action(setting, "Mend the call bells")
        ann.sync()
        with pytest.raises(NotAllowed):
            HttpTransport(running.address).sign_in(
                SignIn(name="ann", password="letmein", device_id="d")
            )
        requests.get(f"{running.address}/v1/people/ann?name=Alder", timeout=60)
        requests.post(
            f"{running.address}/v1/sync",
            data=b"{",
            headers={"X-Request-Id": "bad id\twith=Alder", "Authorization": "Bearer sesame"},
            timeout=60,
        )
        counted = numbers(running)
        device_id = ann.state("device_id")
        secrets = [ann.state("access_token"), ann.state("refresh_token")]
        assert running.stop() == 0
        log, events = running.log(), running.events()
    for word in ("ann", "Alder", "call bells", "letmein", PASSWORD, "East", "sesame", "127.0.0.1"):
        assert word not in log, word
    for secret in [*secrets, TOKEN]:
        assert secret not in log
    synced = [e for e in events if e.get("route") == "/v1/sync" and e["status"] == 200]
    assert {e["device_id"] for e in synced} == {device_id}
    assert all(e["request_id"] and e["milliseconds"] > 0 for e in synced)
    assert {e["route"] for e in events if e["event"] == "request"} == {
        "/v1/sign-in", "/v1/sync", "unknown",
    }  # fmt: skip
    assert [events[0]["event"], events[-1]["event"]] == ["started", "stopped"]
    assert counted['visitapp_changes_total{result="accepted"}'] >= 2
    assert counted["visitapp_rounds_total"] == len(synced)
    assert counted['visitapp_sign_ins_total{result="accepted"}'] == 1
    assert counted['visitapp_sign_ins_total{result="failed"}'] == 1


def test_a_request_id_is_taken_when_it_is_plain_and_given_back(url: str) -> None:
    with server_process(url) as running:
        for given, taken in (("proxy-12345678", True), ("short", False), ("x" * 65, False)):
            answer = requests.get(
                f"{running.address}/health", headers={"X-Request-Id": given}, timeout=60
            )
            assert (answer.headers["X-Request-Id"] == given) is taken
            assert len(answer.headers["X-Request-Id"]) >= 8


def test_metrics_are_for_who_has_their_token(url: str) -> None:
    with server_process(url, VISITAPP_METRICS_TOKEN=TOKEN) as running:
        with pytest.raises(requests.HTTPError, match="401"):
            numbers(running, "another")
        assert numbers(running)
    with server_process(url) as running, pytest.raises(requests.HTTPError, match="404"):
        numbers(running, "")


def test_workers_count_together(postgres: str, laptops: Council) -> None:
    url = fresh_database(postgres)
    done(url, "init")
    add_user(url, "ann")
    with server_process(url, "--workers", "2", VISITAPP_METRICS_TOKEN=TOKEN) as running:
        ann = laptop(laptops, running.address, "ann")
        ann.setting()
        assert ann.sync().accepted == 1
        asked = 40
        for _ in range(asked):
            requests.get(f"{running.address}/v1/nothing", timeout=60)
        for _ in range(4):
            seen = numbers(running)['visitapp_requests_total{route="unknown",status="404"}']
            assert seen == asked
        assert running.stop() == 0
        assert [e["event"] for e in running.events()].count("stopped") == 2


def test_workers_count_failed_sign_ins_together(postgres: str) -> None:
    url = fresh_database(postgres)
    done(url, "init")
    add_user(url, "ann")
    with server_process(url, "--workers", "2") as running:
        body = {"name": "ann", "password": "wrong", "device_id": "d"}
        answers = [
            requests.post(f"{running.address}/v1/sign-in", json=body, timeout=60).status_code
            for _ in range(12)
        ]
    assert answers == [401] * 8 + [429] * 4


def test_tls_with_a_certificate_that_the_laptop_trusts(
    url: str, laptops: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cert, key = (str(path) for path in certificate(tmp_path))
    with server_process(
        url, "--tls-cert", cert, "--tls-key", key, VISITAPP_TLS_KEY_PASSWORD="opens it"
    ) as running:
        assert running.address.startswith("https://127.0.0.1:")
        with pytest.raises(LinkProblem):
            laptop(laptops, running.address, "ann")
        monkeypatch.setenv("SSL_CERT_FILE", cert)
        ann = laptop(laptops, running.address, "ann")
        ann.setting()
        assert ann.sync().accepted == 1


def test_half_of_tls_or_a_bad_certificate_is_refused(url: str, tmp_path: Path) -> None:
    cert, key = (str(path) for path in certificate(tmp_path))
    assert "both" in refusal(url, "run", "--tls-cert", cert)
    assert "cannot be used" in refusal(url, "run", "--tls-cert", cert, "--tls-key", key)


def test_every_option_may_come_from_the_environment(url: str) -> None:
    with server_process(url, VISITAPP_HOST="localhost", VISITAPP_LOG_LEVEL="error") as running:
        assert urlsplit(running.address).hostname in ("127.0.0.1", "::1")
        requests.get(f"{running.address}/nowhere", timeout=60)
        assert running.stop() == 0
        assert running.log() == ""
    ran = command(url, "run", VISITAPP_WORKERS="none")
    assert ran.exit_code == 1
    assert "VISITAPP_WORKERS must be a whole number from 1 to 64" in ran.stderr


def push_body(setting: str) -> bytes:
    change = {
        "op": "create", "kind": "action", "id": new_id(), "at": "2026-11-22T09:00:00Z",
        "values": {
            "setting_id": setting, "question": "", "title": "Sent while stopping", "owner": "",
            "priority": "high", "first_due_on": "2026-12-01",
            "created_at": "2026-11-22T09:00:00.000000Z",
        },
    }  # fmt: skip
    return msgspec.json.encode(
        {"protocol": PROTOCOL, "batch": {"id": new_id(), "changes": [change]}}
    )


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_push_in_flight_ends_with_its_reply_while_the_server_stops(
    url: str, laptops: Council, workers: str
) -> None:
    with server_process(url, "--workers", workers) as running:
        ann = laptop(laptops, running.address, "ann")
        setting = ann.setting()
        ann.sync()
        body = push_body(setting)
        port = urlsplit(running.address).port
        with socket.create_connection(("127.0.0.1", port or 0), timeout=60) as link:
            head = (
                f"POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                f"Authorization: Bearer {ann.state('access_token')}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            link.sendall(head.encode() + body[:50])
            wait_for_request(running)
            running.ask_to_stop()
            refuses_connections(port or 0)
            link.sendall(body[50:])
            answer = b""
            while part := link.recv(65536):
                answer += part
        assert answer.startswith(b"HTTP/1.1 200")
        assert b"results" in answer
        assert running.process.wait(60) == 0
    served = json.loads(done(url, "audit", "list", "--json").splitlines()[-2])
    assert served["what"] == "pushed"
    assert Action.__tablename__ in json.dumps(served["detail"])


def wait_for_request(running: Running) -> None:
    """Until the server has read what was sent before: a later connection is answered."""
    assert requests.get(f"{running.address}/health", timeout=60).ok


def refuses_connections(port: int) -> None:
    """Wait until nothing listens any more."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            return
    raise AssertionError("the server still takes connections")


def test_a_server_that_drains_says_so_before_it_closes(url: str) -> None:
    with server_process(url, "--drain", "2") as running:
        assert requests.get(f"{running.address}/ready", timeout=60).status_code == 200
        running.ask_to_stop()
        seen = []
        try:
            while not seen or seen[-1] == 200:
                seen.append(requests.get(f"{running.address}/ready", timeout=60).status_code)
        except requests.ConnectionError:
            pass
        assert seen[-1] == 503
        assert requests.get(f"{running.address}/health", timeout=60).ok
        assert running.process.wait(60) == 0


def test_where_the_evidence_key_is_must_be_said_with_postgresql(tmp_path: Path) -> None:
    beside = default_file(f"sqlite:///{tmp_path}/server.db")
    assert beside == tmp_path / "server.db.evidence-key"
    with pytest.raises(EnvironmentProblem, match="VISITAPP_EVIDENCE_KEY") as told:
        default_file("postgresql://council@db/visitapp")
    assert told.value.code == Code.NO_KEY
