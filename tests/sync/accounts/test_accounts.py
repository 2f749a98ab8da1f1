"""Signing in, tokens, devices: who gets in, for how long, and what ends it."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select, update

from sync.server.accounts.attempts import ALLOWED
from sync.wire import PROTOCOL, Round, SignIn, Tokens
from tests.support.sync.council import PASSWORD, Council
from visitapp.errors import Code, NotAllowed, Refused
from visitapp.records import (
    Action,
    Credential,
    History,
    Role,
    Setting,
    Token,
    User,
    Visit,
    new_id,
)
from visitapp.storage.state import LocalStates


def sign_in(
    council: Council, name: str = "ann", password: str = PASSWORD, device: str = "d"
) -> Tokens:
    return council.server.accounts.sign_in(SignIn(name=name, password=password, device_id=device))


def ask(council: Council, access_token: str, **asked: object) -> None:
    council.server.rounds.answer(access_token, Round(protocol=PROTOCOL, **asked))


def refused_code(error: pytest.ExceptionInfo[Refused]) -> Code:
    return error.value.code


@pytest.fixture
def ann(any_council: Council) -> str:
    return any_council.user("ann")


@pytest.mark.parametrize(("name", "password"), [("ann", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(
    any_council: Council, ann: str, name: str, password: str
) -> None:
    with pytest.raises(NotAllowed, match="The name or the password is wrong") as refused:
        sign_in(any_council, name, password)
    assert refused_code(refused) == Code.SIGN_IN_FAILED


def test_too_many_attempts_close_a_name_for_a_while(council: Council) -> None:
    council.user("ann")
    for _ in range(ALLOWED):
        with pytest.raises(NotAllowed):
            sign_in(council, password="wrong")
    with pytest.raises(NotAllowed) as refused:
        sign_in(council)
    assert refused_code(refused) == Code.TOO_MANY_ATTEMPTS
    council.clock.now += timedelta(minutes=6)
    assert sign_in(council).access_token


def test_no_secret_is_kept_as_it_is(any_council: Council, ann: str) -> None:
    tokens = sign_in(any_council)
    ask(any_council, tokens.access_token)
    with any_council.database.reading() as session:
        kept = str(
            [row.__dict__ for kind in (Token, Credential) for row in session.scalars(select(kind))]
        )
    for secret in (tokens.access_token, tokens.refresh_token, PASSWORD):
        assert secret not in kept


def test_an_access_token_lasts_a_quarter_of_an_hour(any_council: Council, ann: str) -> None:
    tokens = sign_in(any_council)
    any_council.clock.now += timedelta(minutes=14)
    ask(any_council, tokens.access_token)
    any_council.clock.now += timedelta(minutes=2)
    with pytest.raises(NotAllowed) as refused:
        ask(any_council, tokens.access_token)
    assert refused_code(refused) == Code.SIGN_IN_AGAIN


@pytest.mark.parametrize("token", ["", "invented"])
def test_no_token_no_answer(any_council: Council, ann: str, token: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        ask(any_council, token)
    assert refused_code(refused) == Code.SIGN_IN_AGAIN


def test_a_refresh_token_is_not_an_access_token(any_council: Council, ann: str) -> None:
    tokens = sign_in(any_council)
    with pytest.raises(NotAllowed):
        ask(any_council, tokens.refresh_token)
    with pytest.raises(NotAllowed):
        any_council.server.accounts.renew(tokens.access_token)


def test_a_lost_renewal_may_be_repeated_once(any_council: Council, ann: str) -> None:
    renew = any_council.server.accounts.renew
    first = sign_in(any_council)
    lost = renew(first.refresh_token)
    again = renew(first.refresh_token)
    ask(any_council, again.access_token)
    with pytest.raises(NotAllowed):
        ask(any_council, lost.access_token)
    with pytest.raises(NotAllowed):
        renew(first.refresh_token)


def test_a_stolen_refresh_token_ends_the_devices_sign_in(any_council: Council, ann: str) -> None:
    renew = any_council.server.accounts.renew
    first = sign_in(any_council)
    second = renew(first.refresh_token)
    ask(any_council, second.access_token)
    with pytest.raises(NotAllowed) as refused:
        renew(first.refresh_token)
    assert refused_code(refused) == Code.SIGN_IN_AGAIN
    with pytest.raises(NotAllowed):
        ask(any_council, second.access_token)
    with pytest.raises(NotAllowed):
        renew(second.refresh_token)
    assert sign_in(any_council).access_token


def test_a_revoked_device_is_told_at_once(any_council: Council) -> None:
    device = any_council.officer("ann")
    device.setting()
    any_council.admin.revoke(device.state("device_id"))
    for action in (device.sync, lambda: device.connect("ann")):
        with pytest.raises(NotAllowed) as refused:
            action()
        assert refused_code(refused) == Code.DEVICE_REVOKED
    assert len(device.outbox()) == 1
    assert [seen.revoked for seen in any_council.admin.devices()] == [True]


def test_a_leavers_token_dies_at_once(any_council: Council, ann: str) -> None:
    tokens = sign_in(any_council)
    with any_council.database.applying() as session:
        session.connection().execute(update(User).where(User.id == ann).values(active=False))
    with pytest.raises(NotAllowed):
        ask(any_council, tokens.access_token)
    with pytest.raises(NotAllowed):
        any_council.server.accounts.renew(tokens.refresh_token)
    with pytest.raises(NotAllowed):
        sign_in(any_council)


def test_one_laptop_belongs_to_one_user(any_council: Council, ann: str) -> None:
    any_council.user("ben")
    sign_in(any_council, "ann", device="laptop")
    with pytest.raises(NotAllowed):
        sign_in(any_council, "ben", device="laptop")


def test_a_name_is_given_once(any_council: Council, ann: str) -> None:
    with pytest.raises(Refused) as refused:
        any_council.user("ann")
    assert refused_code(refused) == Code.ALREADY_THERE


def test_a_device_renews_by_itself(any_council: Council) -> None:
    device = any_council.officer("ann")
    setting = device.setting()
    any_council.clock.now += timedelta(hours=3)
    device.sync()
    assert any_council.get(Setting, setting) is not None
    any_council.clock.now += timedelta(days=90)
    device.action(setting)
    with pytest.raises(NotAllowed) as refused:
        device.sync()
    assert refused_code(refused) == Code.SIGN_IN_AGAIN
    assert len(device.outbox()) == 1
    device.connect("ann")
    assert device.sync().accepted == 1


def test_another_protocol_is_refused_in_one_sentence(any_council: Council, ann: str) -> None:
    tokens = sign_in(any_council)
    for protocol, side in ((PROTOCOL - 1, "newer"), (PROTOCOL + 1, "older")):
        with pytest.raises(Refused, match=side) as refused:
            any_council.server.rounds.answer(tokens.access_token, Round(protocol=protocol))
        assert refused_code(refused) == Code.PROTOCOL


def test_a_device_ahead_of_the_server_is_told(any_council: Council, ann: str) -> None:
    tokens = sign_in(any_council)
    with pytest.raises(Refused, match="restored from a backup") as refused:
        ask(any_council, tokens.access_token, cursor=10_000)
    assert refused_code(refused) == Code.OTHER_SERVER


def test_work_from_before_the_sign_in_becomes_the_accounts(any_council: Council) -> None:
    any_council.user("ann", Role.OFFICER, "East")
    device = any_council.device("ann", connected=False)
    provisional = User(
        id=new_id(),
        name="me",
        title="Me",
        role="officer",
        created_by="",
        created_at=any_council.clock(),
    )
    with device.database.applying() as session:
        session.add(provisional)
        LocalStates().set(session, "user_id", provisional.id)
    device.user = provisional
    setting = device.setting()
    visit = device.visit(setting, plans="met", calls="met")
    device.edit(Setting, setting, officer_id=None)
    device.edit(Setting, setting, officer_id=provisional.id)
    device.sign_off(visit, any_council.library)
    account = device.connect("ann")
    assert device.sync().refused == []
    at_server = any_council.get(Visit, visit)
    assert {at_server.created_by, at_server.officer_id, at_server.signed_off_by} == {account.id}
    assert any_council.get(Setting, setting).team == "East"
    everything = msgspec.json.encode(
        [(h.created_by, h.old, h.new) for h in any_council.all(History)]
    )
    assert provisional.id.encode() not in everything
    assert device.get(User, provisional.id) is None
    assert device.all(Action) == []
