"""`visitapp today`: what waits, each with its next step."""

from __future__ import annotations

from tests.support.terminal.commands import Terminal


def test_the_day_is_printed(terminal: Terminal) -> None:
    assert "Nothing waits for you today." in terminal("today").out
    setting = str(terminal.json("settings", "list")[0]["id"])
    visit = terminal.json("visits", "start", setting, "--form", "residential-quality")["id"]
    (line,) = [one for one in terminal.json("today")["items"] if one["page"] == "visit"]
    assert (line["part"], line["target"], line["step"]) == ("visits", visit, "Continue")
    assert "Continue" in terminal("today").out
