"""What the tests of the desktop share: a real desk on an encrypted database, and a window on it."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.desk.desks import FORM, Clock, open_desk, signed_off_visit
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import HEATHER, LARCH, write_cqc
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.services.services import Services
from visitapp.ui.shell.garbage import GarbageTimer
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.screenshots import NOISE
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(NOISE, extend=True))


@pytest.fixture(autouse=True)
def no_window_stays(qapp: QApplication) -> Iterator[None]:
    """Windows go with their test; left over, each would be styled again by later ones. One that
    was there before belongs to a fixture of several tests.

    Python's part of a window is garbage in rings: tens of MB, kept for a hundred tests if Python
    chose when to collect. It goes before the next test, as pytest holds what a test had until then.
    What is left are caches, at which no later collection looks.
    """
    before = set(qapp.topLevelWidgets())
    if not before:
        gc.collect()
        gc.freeze()
    garbage = GarbageTimer(qapp)
    yield
    for widget in set(qapp.topLevelWidgets()) - before:
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    garbage.stop()


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Look:
    return Look(qapp, "light")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def first_keyring() -> MemoryKeyring:
    """The keyring of the desk that is copied."""
    return MemoryKeyring()


@pytest.fixture
def keyring(first_keyring: MemoryKeyring) -> MemoryKeyring:
    """A copy for one test, which may erase what is in it."""
    return first_keyring.copy()


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory, first_keyring: MemoryKeyring) -> Path:
    """A desk with two homes, one visited in June, to be copied: making one takes far longer."""
    folder = tmp_path_factory.mktemp("desks") / "stocked"
    clock = Clock()
    with open_desk(folder, clock, first_keyring) as desk:
        desk.directory.import_file(write_cqc(folder / "places.csv"))
        clock.move_to(date(2026, 6, 1))
        heather, _ = (desk.settings.add(p.location_id).setting_id for p in (HEATHER, LARCH))
        signed_off_visit(
            desk, heather, provider_oversight={"value": "partly", "note": "One visit in the year."}
        )
    return folder


@pytest.fixture
def services(
    tmp_path: Path, stocked: Path, keyring: MemoryKeyring, clock: Clock
) -> Iterator[Services]:
    shutil.copytree(stocked, tmp_path / "desk")
    with open_desk(tmp_path / "desk", clock, keyring) as opened:
        yield opened


@pytest.fixture
def empty_services(tmp_path: Path, clock: Clock) -> Iterator[Services]:
    """A laptop on its first day."""
    with open_desk(tmp_path / "new", clock, MemoryKeyring()) as opened:
        yield opened


@pytest.fixture
def heather(services: Services) -> str:
    """The id of Heather Bank, visited once."""
    return next(r.setting_id for r in services.portfolio.rows() if r.name == "Heather Bank")


@pytest.fixture
def visit_id(services: Services, heather: str) -> str:
    """An open visit of Heather Bank with no answer yet."""
    return services.visits.start(heather, FORM).id


@pytest.fixture
def files(tmp_path: Path) -> AnswerFiles:
    return AnswerFiles(tmp_path)


@pytest.fixture
def desktop(
    services: Services, look: Look, tmp_path: Path, files: AnswerFiles, qtbot: QtBot
) -> Iterator[Desktop]:
    window = MainWindow(services, look, Preferences(tmp_path), files)
    window.resize(1440, 900)
    window.show()
    window.go(Route("portfolio"))  # where the tests of other pages begin
    yield Desktop(window, services, qtbot, tmp_path)
    window.closing.close_anyway()
    window.deleteLater()
