"""A contract officer's first day by keyboard alone: from an empty data folder to the last task, on
screen and in the database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.desk.by_keys import IMPORT, PASSPHRASE, at_a_new_laptop, find, tab_to
from tests.support.directory.cqc import HEATHER, write_cqc
from tests.support.window.screens import said
from tests.support.window.typist import Typist
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.lock.locked import LockedDialog
from visitapp.ui.dialogs.planning.plan_visit import PlanVisitDialog
from visitapp.ui.dialogs.settings.add_setting import AddSettingDialog
from visitapp.ui.dialogs.visits.sign_off import SignOffDialog
from visitapp.ui.dialogs.visits.start_visit import StartVisitDialog
from visitapp.ui.theme.look import Look

NAME = "Asha Verrin"
ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
HOME = Qt.Key.Key_Home
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def officer(look: Look, tmp_path: Path, files: AnswerFiles, qtbot: QtBot) -> Iterator[Desktop]:
    """At a new laptop, with the regulator's file at hand."""
    files.to_open = write_cqc(tmp_path / "places.csv")
    with at_a_new_laptop(tmp_path, look, qtbot, files, NAME, "", IMPORT) as desktop:
        yield desktop


def test_a_day_by_keyboard_alone(officer: Desktop) -> None:
    setting = add_the_setting(officer)
    visit = visit_and_sign(officer)
    plan_the_next(officer, setting)
    log_a_concern(officer, setting)
    mark_an_action_done(officer)
    look_at_today(officer)
    lock_and_go_on(officer)
    found = officer.services.visits.view(visit).summary
    assert (found.status, found.rag) == ("signed_off", found.rag)
    assert officer.services.connection.state().waiting > 0, "all of it waits for a server"


def add_the_setting(officer: Desktop) -> str:
    dialog = officer.dialog(AddSettingDialog)
    officer.until(lambda: "adult social care" in dialog.messages.text())
    officer.type("heather")
    officer.until(lambda: len(dialog.table.rows.rows) == 1)
    officer.press(ENTER)
    officer.until(lambda: officer.shown == "Setting")
    assert HEATHER.name in officer.setting.said
    [row] = officer.services.portfolio.rows()
    assert row.rag == "unrated"
    return row.setting_id


def visit_and_sign(officer: Desktop) -> str:
    officer.press("n", CTRL)
    officer.dialog(StartVisitDialog)
    officer.press(ENTER)
    assert officer.shown == "Visit"
    [visit] = officer.services.visits.list()
    officer.press("g")
    Typist(officer, every=10).fill(officer.services.visits.form(visit.id))
    view = officer.services.visits.view(visit.id)
    assert view.needs == []
    assert view.actions, "each finding that suggests an action has one"
    officer.press(ENTER, CTRL)
    officer.dialog(SignOffDialog)
    officer.press(ENTER)
    assert officer.services.visits.view(visit.id).summary.status == "signed_off"
    officer.press(ENTER)
    [paper] = officer.folder.glob("*.pdf")
    assert paper.read_bytes().startswith(b"%PDF")
    officer.press(ESC)
    officer.until(lambda: QApplication.activeModalWidget() is None)
    return visit.id


def plan_the_next(officer: Desktop, setting: str) -> None:
    find(officer, "heather")
    officer.until(lambda: officer.shown == "Setting")
    officer.press("p", CTRL, SHIFT)
    officer.dialog(PlanVisitDialog)
    officer.press(ENTER, CTRL)
    officer.until(lambda: QApplication.activeModalWidget() is None)
    assert len(officer.services.planning.list()) == 1


def log_a_concern(officer: Desktop, setting: str) -> None:
    find(officer, "log a conc")
    officer.until(lambda: officer.dialog_title == "Log a concern")
    tab_to(officer, "The concern in a few words")
    officer.type("Evening doses signed late")
    officer.press(ENTER)
    [concern] = officer.services.concerns.list()
    assert (concern.title, concern.setting_id) == ("Evening doses signed late", setting)


def mark_an_action_done(officer: Desktop) -> None:
    officer.press("3", CTRL)
    officer.press(ENTER)
    officer.dialog(Dialog)
    tab_to(officer, "Status")
    officer.type("done")
    officer.press(ENTER)
    assert [a.status for a in officer.services.actions.list()].count("done") == 1


def look_at_today(officer: Desktop) -> None:
    officer.press(HOME, ALT)
    assert officer.shown == "Today"
    lines = " ".join(said(officer.window.page()))
    assert HEATHER.name in lines
    officer.press(Qt.Key.Key_Left, ALT)
    assert officer.shown == "Actions"


def lock_and_go_on(officer: Desktop) -> None:
    officer.press("w", CTRL, SHIFT)
    officer.dialog(LockedDialog)
    officer.type(PASSPHRASE)
    officer.press(ENTER)
    officer.until(lambda: QApplication.activeModalWidget() is None)
    assert officer.shown == "Actions"
