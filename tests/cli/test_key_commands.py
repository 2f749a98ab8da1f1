"""`visitapp key`: the passphrase is changed, and moved to the keyring and back."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.support.policies.texts import policy_text, publish_here
from tests.support.terminal.commands import Console, Terminal
from visitapp.bootstrap import open_services


def test_a_passphrase_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISITAPP_NEW_PASSPHRASE", "another passphrase")
    console = Console(tmp_path / "data")
    assert console.json("settings", "list") == []
    assert console.json("key", "change") == {"protected_by": "passphrase"}
    assert "wrong" in console("settings", "list").refusal
    console.passphrase = "another passphrase"
    assert console.json("settings", "list") == []


def test_a_terminal_moves_from_the_keyring_to_a_passphrase(
    new_terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISITAPP_NEW_PASSPHRASE", "another passphrase")
    new_terminal.json("settings", "list")
    assert "keyring" in new_terminal("key", "change").refusal
    assert new_terminal("key", "to-keyring").status == 0
    assert "Nobody can recover it" in new_terminal("key", "to-passphrase").out
    assert "VISITAPP_PASSPHRASE" in new_terminal("settings", "list").refusal


def test_a_short_passphrase_is_refused(
    new_terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISITAPP_NEW_PASSPHRASE", "short")
    new_terminal.json("settings", "list")
    assert "at least 12 characters" in new_terminal("key", "to-passphrase").refusal
    assert new_terminal.json("settings", "list") == []


def test_a_renewed_key_opens_what_was_there(terminal: Terminal) -> None:
    before = (terminal.data_dir / "key.json").read_bytes()
    listed = terminal.json("settings", "list")
    assert terminal.json("key", "renew") == {"renewed": True}
    assert (terminal.data_dir / "key.json").read_bytes() != before
    assert terminal.json("settings", "list") == listed


def test_a_passphrase_is_as_long_as_the_policy_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = Console(tmp_path / "data")
    console.json("settings", "list")
    with closing(open_services(tmp_path / "data", console.passphrase)) as services:
        longer = ("shortest: 12", "shortest: 30")
        text = policy_text("2026.2", date(2026, 1, 2), longer)
        publish_here(services.desk.database, text)
    monkeypatch.setenv("VISITAPP_NEW_PASSPHRASE", "a quiet green bicycle")
    assert "at least 30 characters" in console("key", "change").refusal
    monkeypatch.setenv("VISITAPP_NEW_PASSPHRASE", "a quiet green bicycle under the bridge")
    assert console.json("key", "change") == {"protected_by": "passphrase"}
