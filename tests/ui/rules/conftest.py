"""A desk with something on every page, for the rules that hold for all of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.desk.desks import FORM, Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.forms.versions import library_with, newer_text
from tests.support.window.every_screen import Busy, Stage, fill
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.services.services import Services
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look


def setting_named(services: Services, name: str) -> str:
    return next(row.setting_id for row in services.portfolio.rows() if row.name == name)


@contextmanager
def desk_with_older_visit(
    folder: Path, stocked: Path, keyring: MemoryKeyring, clock: Clock
) -> Iterator[Services]:
    """The usual desk, with an open visit whose form has a newer version since."""
    shutil.copytree(stocked, folder / "desk")
    with open_desk(folder / "desk", clock, keyring) as before:
        before.visits.start(setting_named(before, "Larch Nursing Home"), FORM)
    newer = library_with(folder / "newer", newer_text(FORM))
    with open_desk(folder / "desk", clock, keyring, newer) as opened:
        yield opened


def something_on_every_page(services: Services, setting: str, visit: str) -> Busy:
    fill(services, setting, visit)
    older = next(v.id for v in services.visits.list() if v.setting == "Larch Nursing Home")
    return Busy(setting=setting, visit=visit, older_visit=older)


@pytest.fixture
def services(
    tmp_path: Path, stocked: Path, keyring: MemoryKeyring, clock: Clock
) -> Iterator[Services]:
    with desk_with_older_visit(tmp_path, stocked, keyring, clock) as opened:
        yield opened


@pytest.fixture
def busy(services: Services, heather: str, visit_id: str) -> Busy:
    """Something on every page."""
    return something_on_every_page(services, heather, visit_id)


@pytest.fixture(scope="module")
def manner() -> None:
    """What is chosen before the window of a module is built: here nothing."""


@pytest.fixture(scope="module")
def stage(
    manner: object,
    look: Look,
    stocked: Path,
    first_keyring: MemoryKeyring,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Stage]:
    """One window for all tests of a module, which only look at what it shows."""
    folder = tmp_path_factory.mktemp("stage")
    with desk_with_older_visit(folder, stocked, first_keyring.copy(), Clock()) as services:
        heather = setting_named(services, "Heather Bank")
        visit = services.visits.start(heather, FORM).id
        busy = something_on_every_page(services, heather, visit)
        window = MainWindow(services, look, Preferences(folder), AnswerFiles(folder))
        window.resize(1440, 900)
        window.show()
        yield Stage(Desktop(window, services, QtBot(request), folder), busy)
        window.closing.close_anyway()
        window.deleteLater()
