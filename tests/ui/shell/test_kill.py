"""The desktop is killed while someone answers: nothing that was called saved is lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desk.desks import FORM
from tests.support.directory.cqc import HEATHER, write_cqc
from visitapp.bootstrap import open_services

PASSPHRASE = "a long enough passphrase"
OFFICER = Path(__file__).parents[2] / "support/window/typing_officer.py"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A laptop under a passphrase with one open visit, to be copied."""
    folder = tmp_path_factory.mktemp("made")
    services = open_services(folder / "desk", PASSPHRASE)
    services.profile.introduce("Asha Verrin", "officer")
    services.directory.import_file(write_cqc(folder / "places.csv"))
    setting = services.settings.add(HEATHER.location_id)
    services.visits.start(setting.setting_id, FORM)
    services.close()
    return folder / "desk"


@pytest.fixture
def folder(tmp_path: Path, made: Path) -> Path:
    return shutil.copytree(made, tmp_path / "desk")


def acknowledged(folder: Path, last: int, *mode: str) -> Iterator[tuple[str, str]]:
    """Let the officer work; kill the desktop right after its `last` word that one was saved."""
    process = subprocess.Popen(
        [sys.executable, str(OFFICER), str(folder), *mode],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "VISITAPP_PASSPHRASE": PASSPHRASE, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdout is not None
    with process.stdout as words:
        for number, line in enumerate(words, 1):
            question, given = line.rstrip("\n").split("\t")
            yield question, given
            if number == last:
                process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
                break
    process.wait(60)


@pytest.mark.parametrize("last", [1, pytest.param(7, marks=pytest.mark.soak), 24])
def test_what_was_called_saved_is_there_after_a_kill(folder: Path, last: int) -> None:
    told = list(acknowledged(folder, last))
    assert len(told) == last
    services = open_services(folder, PASSPHRASE)
    answers = services.visits.view(services.visits.list()[0].id).answers
    services.close()
    for question, given in told:
        recorded = answers[question]
        assert given in (str(recorded.value), recorded.note)


def test_a_note_is_on_disk_while_it_is_typed_without_a_pause(folder: Path) -> None:
    """The officer types on for ever, so that no pause, no leaving and no closing saves the note."""
    told = list(acknowledged(folder, 2, "note"))
    assert len(told) == 2
    services = open_services(folder, PASSPHRASE)
    answers = services.visits.view(services.visits.list()[0].id).answers
    services.close()
    question, text = told[-1]
    assert len(text) > len(told[0][1]) > 0
    assert answers[question].note.startswith(text)
