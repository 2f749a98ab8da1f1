"""Limits on signing in, and what the server forgets in passing."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from sync.server.accounts.attempts import ALLOWED, ALLOWED_ADDRESS
from sync.server.accounts.expiry import REPLIES_FOR
from sync.server.audit.query import listed
from sync.server.http.app import Server
from sync.server.telemetry.request_context import Trace
from sync.wire import PROTOCOL, Batch, Round, SignIn, Tokens
from tests.support.sync.council import KEY, PASSWORD, Council
from visitapp.errors import Code, NotAllowed
from visitapp.records import Attempts, BatchReply, Token, new_id

HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


def sign_in(
    server: Server,
    name: str,
    password: str,
    device: str = "new",
    address: str = HERE,
    known_by: str = "",
) -> Tokens:
    asked = SignIn(name=name, password=password, device_id=device, known_by=known_by)
    return server.accounts.sign_in(asked, Trace(address=address))


def code(
    server: Server,
    name: str,
    password: str = "wrong",
    device: str = "new",
    address: str = HERE,
    known_by: str = "",
) -> Code:
    with pytest.raises(NotAllowed) as refused:
        sign_in(server, name, password, device, address, known_by)
    return refused.value.code


def test_a_stranger_cannot_lock_a_known_laptop_out(any_council: Council) -> None:
    server = any_council.server
    any_council.user("ann")
    held = sign_in(server, "ann", PASSWORD, "laptop").refresh_token
    for number in range(ALLOWED):
        # Colleagues see the id of her laptop where it met a conflict.
        device = "laptop" if number % 2 else "new"
        there = f"198.51.100.{number}"
        assert code(server, "ann", device=device, address=there) == Code.SIGN_IN_FAILED
    assert code(server, "ann", PASSWORD) == Code.TOO_MANY_ATTEMPTS
    assert code(server, "ann", PASSWORD, "laptop", known_by="invented") == Code.TOO_MANY_ATTEMPTS
    assert sign_in(server, "ann", PASSWORD, "laptop", known_by=held).access_token
    any_council.clock.now += timedelta(minutes=6)
    assert sign_in(server, "ann", PASSWORD, "another").access_token


def test_a_known_laptop_has_its_own_limit(any_council: Council) -> None:
    server = any_council.server
    any_council.user("ann")
    held = sign_in(server, "ann", PASSWORD, "laptop").refresh_token
    for _ in range(ALLOWED):
        assert code(server, "ann", device="laptop", known_by=held) == Code.SIGN_IN_FAILED
    assert code(server, "ann", PASSWORD, "laptop", known_by=held) == Code.TOO_MANY_ATTEMPTS


def test_a_token_of_one_device_makes_no_other_known(any_council: Council) -> None:
    server = any_council.server
    for name in ("ann", "bob"):
        any_council.user(name)
    bobs = sign_in(server, "bob", PASSWORD, "bobs").refresh_token
    sign_in(server, "ann", PASSWORD, "laptop")
    for device in ("laptop", "bobs") * (ALLOWED // 2):
        assert code(server, "ann", device=device, known_by=bobs) == Code.SIGN_IN_FAILED
    assert code(server, "ann", PASSWORD, "laptop", known_by=bobs) == Code.TOO_MANY_ATTEMPTS


def test_a_name_has_one_limit_however_it_is_spelled(any_council: Council) -> None:
    server = any_council.server
    any_council.user("ann")
    for number in range(ALLOWED):
        spelled = ("ann", "Ann", " ANN ", "\uff41nn")[number % 4]
        assert code(server, spelled) == Code.SIGN_IN_FAILED
    assert code(server, "aNN", PASSWORD) == Code.TOO_MANY_ATTEMPTS


def test_an_address_that_tries_many_names_waits(any_council: Council) -> None:
    server = any_council.server
    any_council.user("ann")
    for number in range(ALLOWED_ADDRESS):
        assert code(server, f"name {number}") == Code.SIGN_IN_FAILED
    assert code(server, "ann", PASSWORD) == Code.TOO_MANY_ATTEMPTS
    assert sign_in(server, "ann", PASSWORD, address=ELSEWHERE).access_token


def test_knocking_on_does_not_keep_a_name_closed(any_council: Council) -> None:
    server = any_council.server
    any_council.user("ann")
    began = any_council.clock.now
    while any_council.clock.now < began + timedelta(minutes=6):
        code(server, "ann", address=ELSEWHERE)
        any_council.clock.now += timedelta(seconds=20)
        if any_council.clock.now > began + timedelta(minutes=5, seconds=30):
            break
    assert sign_in(server, "ann", PASSWORD).access_token


def test_the_right_password_gives_the_failures_back(any_council: Council) -> None:
    server = any_council.server
    any_council.user("ann")
    for _ in range(3):
        for _ in range(ALLOWED - 1):
            assert code(server, "ann") == Code.SIGN_IN_FAILED
        assert sign_in(server, "ann", PASSWORD, new_id()).access_token


def test_two_servers_and_attempts_at_once_count_together(any_council: Council) -> None:
    any_council.user("ann")
    servers = [
        Server(any_council.database, any_council.library, any_council.clock, evidence_key=KEY)
        for _ in range(2)
    ]
    seen: list[Code] = []
    threads = [
        threading.Thread(target=lambda server=server: seen.append(code(server, "ann")))
        for server in servers * ALLOWED
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [Code.SIGN_IN_FAILED] * ALLOWED + [Code.TOO_MANY_ATTEMPTS] * ALLOWED
    with any_council.database.reading() as session:
        events = [entry.what for entry in listed(session.connection())]
    assert events.count("sign_in_failed") == ALLOWED
    assert events.count("sign_in_limited") == 1


def test_old_counts_and_tokens_are_forgotten_and_hold_no_name(any_council: Council) -> None:
    server = any_council.server
    any_council.user("ann")
    code(server, "ann")
    with any_council.database.reading() as session:
        kept = str([row.__dict__ for row in session.scalars(select(Attempts))])
    assert "ann" not in kept
    assert HERE not in kept
    sign_in(server, "ann", PASSWORD, "one")
    any_council.clock.now += timedelta(days=70)
    sign_in(server, "ann", PASSWORD, "two")
    with any_council.database.reading() as session:
        assert {token.device_id for token in session.scalars(select(Token))} == {"two"}
        assert session.scalar(select(func.count()).select_from(Attempts)) == 1


def test_a_batch_reply_is_kept_until_its_device_has_moved_on(any_council: Council) -> None:
    ann, ben = any_council.officer("ann"), any_council.officer("ben")

    def send(batch: str) -> None:
        asked = Round(protocol=PROTOCOL, batch=Batch(id=batch, changes=[]))
        tokens = any_council.server.accounts.sign_in(
            SignIn(name="ann", password=PASSWORD, device_id=ann.state("device_id"))
        )
        any_council.server.rounds.answer(tokens.access_token, asked)

    def kept() -> set[str]:
        with any_council.database.reading() as session:
            return set(session.scalars(select(BatchReply.batch_id)))

    ben.setting()
    ben.sync()
    (bens,) = kept()
    send("first")
    any_council.clock.now += REPLIES_FOR + timedelta(days=1)
    send("first")
    assert kept() == {bens, "first"}, "nothing later was answered"
    send("second")
    send("third")
    assert kept() == {bens, "second", "third"}
    any_council.clock.now += REPLIES_FOR + timedelta(days=1)
    send("third")
    assert kept() == {bens, "third"}
