"""`visitapp documents`."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.support.terminal.commands import Terminal


def test_a_document_is_added_listed_replaced_and_withdrawn(
    terminal: Terminal, tmp_path: Path
) -> None:
    setting = terminal.json("settings", "add", "--manual", "Ashdown", "--type", "day")["id"]
    file = tmp_path / "Fire.txt"
    file.write_text("Assessed by the fire service.", encoding="utf-8")
    expires = (date.today() + timedelta(days=10)).isoformat()
    add = ("documents", "add", "setting", setting, "fire_risk", "--file", file)
    refused = terminal(*add, "--set", "issued_on=2199-01-01")
    assert refused.status == 1
    made = terminal.json(*add, "--set", f"expires_on={expires}")
    assert (made["title"], made["validity"]) == ("Fire", "due_soon")
    assert "expires in 10 days" in terminal("documents", "due").out
    assert [one["id"] for one in terminal.json("documents", "due")] == [made["id"]]
    new = terminal.json("documents", "replace", made["id"], "--set", "title=Fire 2027")
    assert terminal("documents", "due").out == "No document expires within 30 days.\n"
    listed = terminal.json("documents", "list", "setting", setting)
    assert [(one["title"], one["validity"]) for one in listed] == [
        ("Fire 2027", "valid"),
        ("Fire", "replaced"),
    ]
    assert terminal("documents", "withdraw", new["id"]).status == 2
    gone = terminal.json("documents", "withdraw", new["id"], "--reason", "Another home's")
    assert gone["validity"] == "withdrawn"
    assert terminal.json("documents", "put-back", new["id"])["validity"] == "valid"
    changed = terminal.json("documents", "edit", new["id"], "--set", "note=Seen on site")
    assert changed["note"] == "Seen on site"
    out = tmp_path / "out"
    out.mkdir()
    assert terminal("documents", "export", made["id"], out).status == 0
    assert [one.read_text() for one in out.iterdir()] == ["Assessed by the fire service."]
    assert terminal("documents", "export", new["id"], out).status == 1
