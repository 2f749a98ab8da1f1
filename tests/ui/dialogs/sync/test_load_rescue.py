"""A rescue file is looked into first, then loaded; what it held waits here and is on the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.forms.answers import best_answers
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.services.services import Services
from visitapp.ui.dialogs.sync.load_rescue import LoadRescueDialog
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look

PHRASE = "a rescue passphrase"


@pytest.fixture
def file(services: Services, visit_id: str, tmp_path: Path) -> Path:
    """What a laptop with an open visit had not sent."""
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    services.rescue.save(tmp_path / "work.rescue", PHRASE)
    return tmp_path / "work.rescue"


def test_it_is_looked_into_and_then_loaded(
    file: Path, visit_id: str, tmp_path: Path, clock: Clock, look: Look, qtbot: QtBot
) -> None:
    with open_desk(tmp_path / "other", clock, MemoryKeyring()) as other:
        files = AnswerFiles(tmp_path)
        files.to_open = file
        window = MainWindow(other, look, Preferences(tmp_path / "other"), files)
        window.show()
        desktop = Desktop(window, other, qtbot)
        window.go(Route("sync"))
        desktop.sync.click("Load a rescue file…")
        dialog = desktop.dialog(LoadRescueDialog)
        desktop.click(dialog.primary)
        assert "No file is chosen." in dialog.messages.text()
        desktop.click(dialog.choose)
        dialog.passphrase.setText("another passphrase")
        desktop.click(dialog.primary)
        desktop.until(lambda: "passphrase" in dialog.messages.text())
        dialog.passphrase.setText(PHRASE)
        desktop.click(dialog.primary)
        desktop.until(lambda: dialog.primary.text() == "Load file")
        assert "2 visits" in dialog.summary.text()
        assert other.portfolio.rows() == [], "looking takes nothing in"
        desktop.click(dialog.primary)
        desktop.until(lambda: dialog.primary.text() == "Close")
        assert "0 changes were waiting to be sent before" in dialog.summary.text()
        desktop.click(dialog.primary)
        assert other.connection.state().waiting > 0
        assert other.visits.view(visit_id).needs == []
        window.close()
        window.deleteLater()
