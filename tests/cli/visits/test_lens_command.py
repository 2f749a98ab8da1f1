"""`visitapp visits rate --lens`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.terminal.commands import Terminal


def test_a_visit_is_read_through_either_framework(
    terminal: Terminal,
    visit: str,
    complete: dict[str, dict[str, Any]],
    write: Callable[..., Path],
) -> None:
    terminal.json("visits", "answers", visit, write("answers.json", complete))
    seen = terminal.json("visits", "rate", visit, "--lens", "cqc")
    assert (seen["framework"], seen["version"]) == ("cqc", "2023")
    safe, *others = seen["key_questions"]
    assert (safe["id"], safe["unanswered"]) == ("safe", 0)
    assert {"question": "referrals", "value": "not_met"} in safe["questions"]
    assert safe["percent"] < 100
    assert [one["percent"] for one in others] == [100] * 4
    terminal.json("visits", "sign-off", visit)
    said = terminal("visits", "rate", visit, "--lens", "care_inspectorate").out
    assert "Care Inspectorate quality framework, care homes 2023." in said
    assert "  Staff team: 100%, 100% checked (" in said


def test_an_unknown_framework_is_refused(terminal: Terminal, visit: str) -> None:
    refusal = terminal("visits", "rate", visit, "--lens", "ofsted").refusal
    assert "not tagged by" in refusal
    assert "care_inspectorate, cqc" in refusal
