"""Leavers, new passwords, other roles; and the commands that look after a server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sync.server.audit.query import listed
from sync.server.operations.users import HeldSetting, People
from sync.wire import PROTOCOL, Round, SignIn
from tests.support.server.server_process import done, refusal
from tests.support.sync.council import PASSWORD, Council
from visitapp.errors import Code, NotAllowed, NotFound, Refused
from visitapp.records import Action, Contract, Provider, Role, Setting, User, new_id
from visitapp.storage.database import open_server


@pytest.fixture
def people(any_council: Council) -> People:
    return People(any_council.database, any_council.clock)


def test_a_leavers_tokens_die_at_once_and_the_work_stays(
    any_council: Council, people: People
) -> None:
    ann = any_council.officer("ann")
    home = ann.setting()
    ann.sync()
    ann.action(home)
    assert people.disable("ann") == 1
    for attempt in (ann.sync, lambda: ann.connect("ann")):
        with pytest.raises(NotAllowed):
            attempt()
    with pytest.raises(NotAllowed) as refused:
        any_council.server.rounds.answer(ann.state("access_token"), Round(protocol=PROTOCOL))
    assert refused.value.code == Code.SIGN_IN_AGAIN
    with pytest.raises(NotAllowed):
        any_council.server.accounts.renew(ann.state("refresh_token"))
    assert len(ann.outbox()) == 1
    people.enable("ann")
    ann.connect("ann")
    ann.sync()
    assert len(any_council.all(Action)) == 1


def test_a_leavers_settings_can_be_listed_and_given_away(
    any_council: Council, people: People
) -> None:
    ann = any_council.officer("ann")
    any_council.user("ben", Role.OFFICER, "West")
    birch, alder, gone = (ann.setting(name) for name in ("Birch House", "Alder House", "Closed"))
    ann.edit(Setting, gone, deleted=True)
    ann.sync()
    assert people.disable("ann") == 2
    held = people.portfolio("ann")
    assert held == [
        HeldSetting(alder, "Alder House", "East"),
        HeldSetting(birch, "Birch House", "East"),
    ]
    any_council.admin.assign("ben", [one.id for one in held])
    assert people.portfolio("ann") == []
    assert {(one.id, one.team) for one in people.portfolio("ben")} == {
        (alder, "West"),
        (birch, "West"),
    }
    with pytest.raises(NotFound):
        people.portfolio("nobody")


def test_whoever_holds_settings_by_a_contract_is_seen_and_can_be_followed(
    any_council: Council, people: People
) -> None:
    """A hand-over of the settings alone leaves them with the officer of their contract."""
    ann, ben, lea = (
        any_council.officer("ann"),
        any_council.officer("ben"),
        any_council.lead("lea"),
    )
    alder = ann.setting()
    ann.sync()
    lea.sync()
    provider, contract = new_id(), new_id()
    lea.add(Provider(id=provider, name="Acorn Care"))
    lea.add(
        Contract(id=contract, provider_id=provider, number="C-1", officer_id=ann.user_id),
    )
    lea.under(contract, alder)
    assert lea.sync().refused == []
    assert people.portfolio("ann") == [HeldSetting(alder, "Alder House", "East")]
    any_council.admin.assign("ben", [alder])
    assert people.portfolio("ann") == [HeldSetting(alder, "Alder House", "East", contract, "C-1")]
    ann.sync()
    assert ann.get(Setting, alder) is not None

    with pytest.raises(NotFound, match="no contract"):
        any_council.admin.assign_contracts("ben", [contract, "none"])
    assert any_council.admin.assign_contracts("ben", [contract]) == 1
    assert any_council.admin.assign_contracts("ben", [contract]) == 0
    assert people.portfolio("ann") == []
    assert people.portfolio("ben") == [HeldSetting(alder, "Alder House", "East")]
    for device in (ann, ben):
        device.sync()
    assert (ann.all(Setting), len(ben.all(Setting))) == ([], 1)
    with any_council.database.reading() as session:
        left = [e.detail for e in listed(session.connection()) if e.what == "handed_over"]
    assert left[-1]["kind"] == "contract"
    assert left[-1]["officers"] == [ann.user_id]


def test_colleagues_learn_that_a_user_left(any_council: Council, people: People) -> None:
    any_council.user("ann")
    lea = any_council.lead("lea")
    lea.sync()
    people.disable("ann")
    lea.sync()
    assert {user.name: user.active for user in lea.all(User)} == {"ann": False, "lea": True}


def test_a_new_password_signs_out_and_only_it_signs_in(
    any_council: Council, people: People
) -> None:
    ann = any_council.officer("ann")
    people.set_password("ann", "another pass phrase")
    with pytest.raises(NotAllowed):
        ann.sync()
    with pytest.raises(NotAllowed):
        ann.connect("ann")
    with pytest.raises(NotAllowed) as needed:
        ann.connect("ann", "another pass phrase")
    assert needed.value.code == Code.NEW_PASSWORD_NEEDED
    ann.connect("ann", "another pass phrase", "a third pass phrase")
    with pytest.raises(Refused):
        people.set_password("ann", "")
    with pytest.raises(NotFound):
        people.set_password("nobody", "x")


def test_another_role_and_team_count_from_the_next_round(
    any_council: Council, people: People
) -> None:
    ann, bea = any_council.officer("ann"), any_council.officer("bea", "West")
    home = bea.setting()
    bea.sync()
    ann.sync()
    assert ann.get(Setting, home) is None
    people.set_role("ann", Role.LEAD, "West")
    ann.sync()
    assert ann.get(Setting, home) is not None


def test_every_change_of_a_user_is_in_the_audit_log_without_a_secret(
    any_council: Council, people: People
) -> None:
    id_ = any_council.user("ann")
    people.set_password("ann", "another pass phrase")
    people.set_role("ann", Role.LEAD)
    people.disable("ann")
    with any_council.database.reading() as session:
        found = [entry.detail for entry in listed(session.connection())][-3:]
    assert found == [
        {"user": id_, "fields": ["password"]},
        {"user": id_, "fields": ["role"]},
        {"user": id_, "fields": ["active"]},
    ]


def test_looking_after_a_server_from_the_terminal(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'server.db').as_posix()}"
    assert "init" in refusal(url, "migrate")
    done(url, "init")
    assert "up to date" in done(url, "migrate")
    assert "--backed-up" in refusal("postgresql://nobody@/none", "migrate")
    done(
        url, "users", "add", "ann", "--role", "officer", "--team", "East", "--password-stdin",
        stdin=PASSWORD + "\n",
    )  # fmt: skip
    (user,) = [json.loads(line) for line in done(url, "users", "list", "--json").splitlines()]
    assert (user["name"], user["role"], user["active"]) == ("ann", "officer", True)
    done(url, "users", "disable", "ann")
    assert "disabled" in done(url, "users", "list")
    assert done(url, "portfolio", "list", "ann") == ""
    assert "nobody" in refusal(url, "portfolio", "list", "nobody", "--json")

    anchor = str(tmp_path / "anchor")
    first = done(url, "audit", "verify", "--anchor", anchor)
    done(url, "users", "enable", "ann")
    assert done(url, "audit", "verify", "--anchor", anchor) != first
    done(url, "audit", "verify", "--head", first.split()[-1])
    assert "broken" in refusal(url, "audit", "verify", "--head", "0" * 63 + "1")
    assert len(done(url, "audit", "list", "--since", "2026-01-01").splitlines()) == 4

    done(url, "backup", "--out", str(tmp_path / "backup"))
    other = f"sqlite:///{(tmp_path / 'other.db').as_posix()}"
    done(other, "restore", str(tmp_path / "backup"))
    assert "already" in refusal(other, "restore", str(tmp_path / "backup"))
    assert "whole" in done(other, "audit", "verify", "--anchor", anchor)
    open_server(other).close()


def test_a_disabled_user_is_told_so_and_nobody_else(any_council: Council, people: People) -> None:
    any_council.user("ann")
    people.disable("ann")
    accounts = any_council.server.accounts
    with pytest.raises(NotAllowed, match="Your account is disabled") as told:
        accounts.sign_in(SignIn(name="ann", password=PASSWORD, device_id="d"))
    assert told.value.code == Code.NOT_ALLOWED
    with pytest.raises(NotAllowed, match="name or the password is wrong"):
        accounts.sign_in(SignIn(name="ann", password="another long phrase", device_id="d"))
    people.enable("ann")
    assert accounts.sign_in(SignIn(name="ann", password=PASSWORD, device_id="d")).access_token
