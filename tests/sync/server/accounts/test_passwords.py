"""Passwords and sign-in names: the rule, who may change one, and what it ends."""

from __future__ import annotations

import json

import pytest

from sync.server.audit.query import Listed, listed
from sync.server.operations.users import People
from sync.server.telemetry.request_context import Trace
from sync.wire import NewPassword, SignIn, Tokens
from tests.support.server.server_process import command, done
from tests.support.sync.council import PASSWORD, Council
from visitapp.errors import Code, NotAllowed, NotFound, Refused
from visitapp.records import Role, User

CHOSEN = "quiet lamps under the river"
WEAK = ["", "a", "elevenchars", "password1234", "qwertyuiop12", "ann ann ann ann", "Zed Alder 2026"]


def sign_in(council: Council, name: str, password: str, device: str = "laptop") -> Tokens:
    return council.server.accounts.sign_in(
        SignIn(name=name, password=password, device_id=device), Trace(address="192.0.2.7")
    )


def change(council: Council, name: str, password: str, chosen: str, device: str = "laptop") -> None:
    asked = NewPassword(name=name, password=password, new_password=chosen, device_id=device)
    council.server.accounts.change_password(asked, Trace(address="192.0.2.7"))


@pytest.mark.parametrize("weak", WEAK)
def test_an_administrator_cannot_give_a_weak_password(council: Council, weak: str) -> None:
    with pytest.raises(Refused) as refused:
        council.admin.add_user("zed", Role.OFFICER, "East", "Zed Alder", weak)
    assert refused.value.code == Code.BAD_VALUE
    assert council.all(User) == []
    council.admin.add_user("zed", Role.OFFICER, "East", "Zed Alder", PASSWORD, temporary=False)
    with pytest.raises(Refused):
        People(council.database).set_password("zed", weak)
    assert sign_in(council, "zed", PASSWORD).access_token


def test_a_password_from_somebody_else_is_good_only_for_choosing_one(
    any_council: Council,
) -> None:
    any_council.admin.add_user("zed", Role.OFFICER, "East", "Zed Alder", PASSWORD)
    for _ in range(2):
        with pytest.raises(NotAllowed) as needed:
            sign_in(any_council, "zed", PASSWORD)
        assert needed.value.code == Code.NEW_PASSWORD_NEEDED
    for weak in (*WEAK, PASSWORD):
        with pytest.raises(Refused):
            change(any_council, "zed", PASSWORD, weak)
    change(any_council, "zed", PASSWORD, CHOSEN)
    assert sign_in(any_council, "zed", CHOSEN).access_token
    with pytest.raises(NotAllowed):
        sign_in(any_council, "zed", PASSWORD)


def test_only_who_knows_the_password_changes_it(any_council: Council) -> None:
    any_council.user("ann")
    with pytest.raises(NotAllowed) as refused:
        change(any_council, "ann", "another long pass phrase", CHOSEN)
    assert refused.value.code == Code.SIGN_IN_FAILED
    assert sign_in(any_council, "ann", PASSWORD).access_token


def test_wrong_guesses_at_a_change_count_as_those_at_signing_in(any_council: Council) -> None:
    any_council.user("ann")
    for _ in range(8):
        with pytest.raises(NotAllowed):
            change(any_council, "ann", "another long pass phrase", CHOSEN)
    with pytest.raises(NotAllowed) as limited:
        change(any_council, "ann", PASSWORD, CHOSEN)
    assert limited.value.code == Code.TOO_MANY_ATTEMPTS


def test_other_laptops_sign_in_again_after_a_change(any_council: Council) -> None:
    any_council.user("ann")
    here, there = sign_in(any_council, "ann", PASSWORD), sign_in(any_council, "ann", PASSWORD, "b")
    change(any_council, "ann", PASSWORD, CHOSEN)
    accounts = any_council.server.accounts
    assert accounts.renew(here.refresh_token).access_token
    with pytest.raises(NotAllowed) as ended:
        accounts.renew(there.refresh_token)
    assert ended.value.code == Code.SIGN_IN_AGAIN


def test_a_sign_in_name_has_no_case(any_council: Council) -> None:
    any_council.user("Zo\u00eb.Ash")
    for spelled in ("zo\u00eb.ash", "ZO\u00cb.ASH", " Zoe\u0308.Ash "):
        assert sign_in(any_council, spelled, PASSWORD).access_token
        with pytest.raises(Refused) as there:
            any_council.user(spelled.strip())
        assert there.value.code == Code.ALREADY_THERE
    people = People(any_council.database)
    people.set_role("zo\u00eb.ASH", Role.LEAD)
    assert [user.role for user in people.users()] == ["lead"]


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\tb", "a\x1b[2J", "x" * 81, "a "])
def test_a_name_that_would_forge_a_line_is_refused(council: Council, name: str) -> None:
    with pytest.raises(Refused):
        council.admin.add_user(name, Role.OFFICER, "East", "", PASSWORD)


def test_a_disabled_user_is_called_disabled(council: Council) -> None:
    council.user("ann")
    People(council.database).disable("ann")
    with pytest.raises(Refused) as refused:
        council.admin.assign("Ann", ["none"])
    assert "disabled" in str(refused.value)
    with pytest.raises(NotFound):
        council.admin.assign("nobody", ["none"])


def entries(council: Council) -> list[Listed]:
    with council.database.reading() as session:
        return list(listed(session.connection()))


def test_the_audit_log_has_the_address_of_each_request(any_council: Council) -> None:
    any_council.user("ann")
    sign_in(any_council, "ann", PASSWORD)
    with pytest.raises(NotAllowed):
        sign_in(any_council, "nobody at all", PASSWORD)
    change(any_council, "ann", PASSWORD, CHOSEN)
    found = {entry.what: entry.detail.get("address") for entry in entries(any_council)}
    assert found["sign_in"] == found["sign_in_failed"] == found["password_changed"] == "192.0.2.7"
    assert found["user_added"] is None


@pytest.mark.parametrize(
    ("environment", "by"),
    [({"VISITAPP_ADMINISTRATOR": "Ira Quill"}, "Ira Quill"), ({"SUDO_USER": "ira"}, "ira")],
)
def test_the_audit_log_says_who_gave_a_command(
    council: Council, environment: dict[str, str], by: str
) -> None:
    url = f"sqlite:///{(council.folder / 'server.db').as_posix()}"
    arguments = ("users", "add", "ann", "--role", "officer", "--password-stdin")
    added = command(url, *arguments, stdin=CHOSEN + "\n", **environment)
    assert added.exit_code == 0, added.stderr
    command(url, "users", "disable", "ANN", **environment)
    shown = [json.loads(line) for line in done(url, "audit", "list", "--json").splitlines()]
    given = [entry["detail"].get("by") for entry in shown if entry["what"].startswith("user_")]
    assert given == [by, by]
