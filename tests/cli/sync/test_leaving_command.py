"""`visitapp sync` on a revoked device, and what the administrator does with what it handed in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.desk.keyrings import MemoryKeyring
from tests.support.terminal.commands import Council, Terminal


def test_a_leavers_work_is_handed_in_and_brought_home(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    council = Council(f"sqlite:///{tmp_path / 'server.db'}")
    council.add_user("olive", "officer", "north")
    connect = ("connect", "", "--user", "olive", "--password-stdin")
    with council.serving() as url:
        terminal.json(connect[0], url, *connect[2:], stdin="olive\n")
        device = json.loads(council.admin("devices", "list", "--json"))["id"]
        council.admin("users", "disable", "olive")
        council.admin("devices", "revoke", device)
        assert "safe with your administrator" in terminal("sync").refusal
        assert "erased its data" in terminal("settings", "list").refusal
        assert terminal.json("settings", "list") == []
        handed = json.loads(council.admin("devices", "handed-in", "list", "--json"))
        assert handed["changes"] == 2
        assert handed["user"] == "olive"
        out = str(tmp_path / "work.rescue")
        export = ("devices", "handed-in", "export", handed["id"], "--out")
        assert "Passphrase" not in council.admin(*export, str(tmp_path / "quiet.rescue"))
        said = council.admin(*export, out, "--show-passphrase")
        phrase = said.splitlines()[-1].removeprefix("Passphrase: ")
        assert said.count(phrase) == 1
        monkeypatch.setenv("VISITAPP_RESCUE_PASSPHRASE", phrase)
        other = Terminal(tmp_path / "hand-over", keyring=MemoryKeyring())
        assert other.json("rescue", "--load", out)["changes"] == 2
        council.admin("users", "enable", "olive")
        other.json(connect[0], url, *connect[2:], stdin="olive\n")
        report = other.json("sync")
        assert (report["accepted"], report["conflicts"], report["refused"]) == (2, 0, [])
        council.admin("devices", "handed-in", "forget", handed["id"])
        assert council.admin("devices", "handed-in", "list") == ""
        log = council.admin("audit", "list")
        for event in ("handed_in", "hand_in_exported", "hand_in_forgotten"):
            assert event in log
        assert "whole" in council.admin("audit", "verify")
