"""`visitapp visits evidence`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk.pictures import jpeg
from tests.support.terminal.commands import Terminal
from visitapp.cli.visits.evidence import size_words

QUESTION = "registered_manager"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "lock.jpg"
    file.write_bytes(jpeg(800, 600, gps=True))
    return file


def test_from_adding_to_a_file_of_ones_own(
    terminal: Terminal, visit: str, photo: Path, tmp_path: Path
) -> None:
    group = ("visits", "evidence")
    added = terminal.json(
        *group, "add", visit, "--question", QUESTION, "--file", str(photo), "--title", "The lock"
    )
    assert (added["kind"], added["title"], added["state"]) == ("photo", "The lock", "waiting")
    (listed,) = terminal.json(*group, "list", visit)
    assert listed == added
    assert "waiting to be sent" in terminal(*group, "list", visit).out
    out = tmp_path / "out.jpg"
    assert terminal.json(*group, "export", added["id"], "--out", str(out)) == {"file": str(out)}
    assert out.read_bytes().startswith(b"\xff\xd8\xff")
    assert b"Camera of a person" not in out.read_bytes()
    terminal(*group, "remove", added["id"])
    assert terminal.json(*group, "list", visit) == []


def test_a_file_that_is_not_taken_is_refused_in_one_sentence(
    terminal: Terminal, visit: str, tmp_path: Path
) -> None:
    bad = tmp_path / "photo.jpg"
    bad.write_bytes(b"MZ" + bytes(100))
    asked = ("visits", "evidence", "add", visit, "--question", QUESTION, "--file", str(bad))
    assert "cannot be used as evidence" in terminal(*asked).refusal
    assert "no such file" in terminal(*asked[:-1], str(tmp_path / "none.jpg")).refusal


def test_several_files_are_added_and_the_one_that_cannot_be_is_named(
    terminal: Terminal, visit: str, photo: Path, tmp_path: Path
) -> None:
    bad, rota = tmp_path / "bad.jpg", tmp_path / "rota.txt"
    bad.write_bytes(photo.read_bytes()[:2000])
    rota.write_text("Two on at night.", encoding="utf-8")
    add = ["visits", "evidence", "add", visit, "--question", QUESTION]
    several = [part for file in (photo, bad, rota) for part in ("--file", str(file))]
    assert "one file only" in terminal(*add, *several, "--title", "The lock").err
    assert terminal.json("visits", "evidence", "list", visit) == []
    ran = terminal(*add, *several)
    assert ran.status == 1
    assert "Not added: bad.jpg; this picture is incomplete or damaged; take" in ran.err
    assert "Added lock" in ran.out
    listed = terminal.json("visits", "evidence", "list", visit)
    assert [piece["title"] for piece in listed] == ["lock", "rota"]


@pytest.mark.parametrize("kind", ["conversation", "document"])
def test_words_are_evidence_without_a_file(terminal: Terminal, visit: str, kind: str) -> None:
    group = ("visits", "evidence")
    words = ("--question", QUESTION, "--kind", kind, "--title", "Resident in room 4")
    added = terminal.json(*group, "add", visit, *words)
    assert (added["kind"], added["title"], added["state"]) == (kind, "Resident in room 4", "noted")
    assert terminal.json(*group, "list", visit) == [added]


def test_a_visit_that_needs_every_kind_of_evidence_is_signed_off_at_the_terminal(
    terminal: Terminal,
    visit: str,
    photo: Path,
    complete: dict[str, dict[str, Any]],
    write: Callable[..., Path],
) -> None:
    given = {
        "speaking_up": ("conversation", "--kind", "conversation", "--title", "Three staff"),
        "fire_risk_assessment": ("document", "--kind", "document", "--title", "Of March"),
        "escape_routes": ("photo", "--file", photo, "--title", "The back stairs"),
    }
    found = {question: {"value": "not_met", "note": "Seen today."} for question in given}
    answers = write("answers.json", {**complete, **found})
    terminal.json("visits", "answers", visit, answers)
    for question, (kind, *evidence) in given.items():
        assert f"needs a {kind}" in terminal("visits", "sign-off", visit).refusal
        terminal.json("visits", "evidence", "add", visit, "--question", question, *evidence)
    assert terminal.json("visits", "sign-off", visit)["status"] == "signed_off"


def test_evidence_is_a_file_or_words(terminal: Terminal, visit: str, photo: Path) -> None:
    asked = ("visits", "evidence", "add", visit, "--question", QUESTION)
    assert terminal(*asked).status == 2
    assert terminal(*asked, "--file", photo, "--kind", "photo").status == 2
    assert "few words" in terminal(*asked, "--kind", "conversation").refusal


def test_sizes_for_people() -> None:
    assert [size_words(n) for n in (1, 1499, 850_000, 1_250_000)] == [
        "1 kB",
        "1 kB",
        "850 kB",
        "1.2 MB",
    ]
