"""Killing the program at any moment loses nothing it acknowledged, and its files tell nothing."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forms.catalogue.catalogue import shipped
from tests.support.desk.mortals import Mortal, script
from tests.support.directory.cqc import HEATHER, write_cqc
from tests.support.forms.answers import best_answers
from tests.support.terminal.commands import PASSPHRASE, Console
from visitapp.bootstrap import open_services
from visitapp.services.services import Services

FORM = "residential-quality"
SHIPPED = shipped()
FINDING = "Two of five were not referred."
ROUNDS = 5

ANSWERING = """
import sys
from pathlib import Path
from tests.support.forms.answers import best_answers
from visitapp.bootstrap import open_services
services = open_services(Path(sys.argv[1]), sys.argv[2])
form = services.visits.form(sys.argv[3])
for question, answer in best_answers(form).items():
    services.visits.answer(sys.argv[3], question, **answer)
    print(question, flush=True)
"""


@contextmanager
def opened(console: Console) -> Iterator[Services]:
    """The same data in this process."""
    services = open_services(console.data_dir, PASSPHRASE, library=SHIPPED)
    try:
        yield services
    finally:
        services.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Console:
    folder = tmp_path_factory.mktemp("console")
    console = Console(folder / "data")
    with opened(console) as services:
        services.directory.import_file(write_cqc(folder / "cqc.csv"))
        services.settings.add(HEATHER.location_id)
    return console


@pytest.fixture
def visit(made: Console) -> str:
    with opened(made) as services:
        (setting,) = services.portfolio.rows()
        return services.visits.start(setting.setting_id, FORM).id


def recorded(console: Console, visit: str) -> dict[str, dict[str, Any]]:
    with opened(console) as services:
        return services.visits.answers(visit)


@pytest.mark.parametrize("acknowledged", [1, 30])
def test_every_answer_acknowledged_before_the_kill_is_there(
    made: Console, visit: str, acknowledged: int
) -> None:
    with Mortal(script, ANSWERING, made.data_dir, PASSPHRASE, visit) as officer:
        seen = [officer.stdout.readline().strip() for _ in range(acknowledged)]
        officer.kill()
        seen += officer.stdout.read().split()
    expected = best_answers(SHIPPED.form(FORM))
    found = recorded(made, visit)
    assert {question: found[question] for question in seen} == {
        question: expected[question] for question in seen
    }
    assert len(found) <= len(seen) + 1, "at most the one that was being saved"
    assert found.items() <= expected.items(), "and none of them half"


def test_answers_from_a_file_are_there_whole_or_not_at_all(
    made: Console, visit: str, tmp_path: Path
) -> None:
    answers = best_answers(SHIPPED.form(FORM))
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(answers), encoding="utf-8")
    for part in range(ROUNDS):
        with made.started("visits", "answers", visit, file, "--json") as command:
            try:
                out = command.communicate(timeout=0.4 + 0.3 * part)[0]
            except subprocess.TimeoutExpired:
                command.kill()
                out = command.communicate()[0]
        found = recorded(made, visit)
        assert found in ({}, answers)
        if out:
            assert found == answers


def test_an_acknowledged_file_of_answers_survives_the_kill(
    made: Console, visit: str, tmp_path: Path
) -> None:
    file = tmp_path / "answers.json"
    answers = {"referrals": {"value": "not_met", "note": FINDING}}
    file.write_text(json.dumps(answers), encoding="utf-8")
    with made.started("visits", "answers", visit, file, "--json") as command:
        assert command.stdout is not None
        assert command.stdout.read(1) == "{"
        command.kill()
    assert recorded(made, visit) == answers


def test_nothing_recorded_can_be_read_off_the_disk(made: Console, visit: str) -> None:
    with opened(made) as services:
        services.visits.answer(visit, "referrals", value="not_met", note=FINDING)
        services.actions.add(visit, None, "Refer the two", date(2026, 12, 1))
    kept = [path for path in made.data_dir.rglob("*") if path.is_file()]
    assert any(path.name == "visitapp.db" for path in kept)
    for path in kept:
        content = path.read_bytes()
        for secret in (FINDING, "Refer the two", "not_met", PASSPHRASE, visit):
            assert secret.encode() not in content, f"{secret} stands in {path.name}"
    database = (made.data_dir / "visitapp.db").read_bytes()
    assert b"Heather" not in database
    assert not database.startswith(b"SQLite format 3")
