"""`visitapp reviews`: the queue, comments, second reviews and reports in bulk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.terminal.commands import Terminal
from visitapp.records import Role, Setting


@pytest.fixture
def signed(
    terminal: Terminal,
    visit: str,
    complete: dict[str, Any],
    write: Callable[..., Path],
    keyring: MemoryKeyring,
) -> str:
    """A signed-off visit, at the terminal of the lead Lee."""
    terminal.json("visits", "answers", visit, write("answers.json", complete))
    terminal.json("visits", "sign-off", visit)
    with open_desk(terminal.data_dir, Clock(), keyring) as desk:
        bring(desk, lee=Role.LEAD, kim=Role.LEAD)
        with desk.desk.database.applying() as session:
            for setting in session.query(Setting):
                setting.team = "West"
        become(desk, "lee")
    return visit


def test_the_queue_has_officer_due_date_and_progress(terminal: Terminal, signed: str) -> None:
    listed = terminal.json("reviews", "list", "--sort", "due")
    assert (listed["decided"], listed["total"]) == (0, 1)
    (one,) = listed["waiting"]
    assert one["visit"]["id"] == signed
    said = terminal("reviews", "list").out
    assert f"due {one['due_on']}" in said
    assert "This week: 0 of 1 reviewed." in said
    out = terminal.data_dir.parent / "queue.csv"
    assert terminal.json("reviews", "list", "--out", out) == {"file": str(out), "rows": 1}
    assert "No visits to review." in terminal("reviews", "list", "--outcome", "green").out
    assert terminal.json("reviews", "list", "--reason", "drawn")["waiting"] == []


def test_comments_are_written_and_read(terminal: Terminal, signed: str) -> None:
    assert "No comments." in terminal("reviews", "comments", signed).out
    made = terminal.json("reviews", "comment", signed, "referrals", "Which audit?")
    terminal("reviews", "comment", signed, "referrals", "And when?", "--reply-to", made["id"])
    texts = [one["text"] for one in terminal.json("reviews", "comments", signed)]
    assert texts == ["Which audit?", "And when?"]
    assert "Lee Doe: Which audit?" in terminal("reviews", "comments", signed).out
    assert "Lee Doe: And when?" in terminal("visits", "show", signed).out
    assert terminal("reviews", "comment", signed, "nothing", "Why?").status == 1


def test_a_second_review_is_asked_answered_and_withdrawn(
    terminal: Terminal, signed: str, keyring: MemoryKeyring
) -> None:
    asked = terminal.json("reviews", "ask", signed, "--reviewer", "kim", "--note", "Fair?")
    assert "has not agreed" in terminal("visits", "approve", signed).refusal
    terminal("reviews", "withdraw", asked["id"], "--reason", "Away")
    assert "Withdrawn" in terminal("reviews", "seconds", signed).out
    terminal("reviews", "ask", signed, "--reviewer", "kim")
    with open_desk(terminal.data_dir, Clock(), keyring) as desk:
        become(desk, "kim")
    assert "You disagreed." in terminal("reviews", "disagree", signed, "--comment", "Too kind").out
    (said,) = [
        one
        for one in terminal.json("reviews", "agree", signed, "--comment", "Settled")
        if one["status"] == "agreed"
    ]
    assert said["comment"] == "Settled"


def test_reports_go_into_one_folder_and_replace_nothing(
    terminal: Terminal, signed: str, tmp_path: Path
) -> None:
    out = tmp_path / "reports"
    (file,) = terminal.json("reviews", "export", "--out", str(out))
    assert Path(file).read_bytes().startswith(b"%PDF")
    again = terminal("reviews", "export", signed, "--out", str(out))
    assert (again.status, "nothing was written" in again.err) == (1, True)
    said = terminal("reviews", "export", signed, "--out", str(out), "--overwrite").out
    assert "1 report saved to" in said
