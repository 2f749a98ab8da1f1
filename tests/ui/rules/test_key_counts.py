"""How many keys the tasks of a day take. Prose is not counted, nor the system's own file dialog.

tests/ui/pages/visit/test_key_count.py counts the questions of a form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.directory.cqc import write_cqc
from tests.support.forms.answers import best_answers
from tests.support.window.visit_screen import ActionScreen, SignOffScreen
from tests.support.window.windows import AnswerFiles, Desktop, texts
from visitapp.services.services import Services
from visitapp.ui.dialogs.actions.action import ActionDialog
from visitapp.ui.dialogs.find import FindDialog
from visitapp.ui.dialogs.settings.add_setting import AddSettingDialog
from visitapp.ui.dialogs.visits.sign_off import SignOffDialog
from visitapp.ui.dialogs.visits.start_visit import StartVisitDialog
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
CTRL = Qt.KeyboardModifier.ControlModifier
FINDING = "registered_manager"
Note = Callable[[str, object], None]


class Fingers:
    """Presses keys, and counts them."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self.count = 0

    def press(self, *keys: str | Qt.Key) -> None:
        for key in keys:
            self._desktop.press(key)
            self.count += 1

    def with_ctrl(self, key: str | Qt.Key) -> None:
        self._desktop.press(key, CTRL)
        self.count += 1

    def tab_to(self, name: str) -> None:
        for _ in range(30):
            if self._desktop.focus.startswith(name):
                return
            self.press(TAB)
        raise AssertionError(f"Tab does not reach {name!r}, but {self._desktop.focus!r}")


@pytest.fixture
def first_day(
    empty_services: Services, look: Look, tmp_path: Path, files: AnswerFiles, qtbot: QtBot
) -> Iterator[Desktop]:
    """A window on nothing yet."""
    window = MainWindow(empty_services, look, Preferences(tmp_path), files)
    window.resize(1092, 614)
    window.show()
    yield Desktop(window, empty_services, qtbot, tmp_path)
    window.closing.close_anyway()
    window.deleteLater()


@pytest.fixture
def fingers(desktop: Desktop) -> Fingers:
    return Fingers(desktop)


def all_well(services: Services, visit: str, **answers: dict[str, object]) -> None:
    best = best_answers(services.visits.form(visit))
    services.visits.answer_all(visit, {**best, **answers})


@pytest.mark.parametrize("page", ["portfolio", "visit"])
def test_a_known_setting_takes_five_from_anywhere(
    desktop: Desktop, fingers: Fingers, visit_id: str, page: str
) -> None:
    desktop.window.go(Route(page, visit_id if page == "visit" else ""))
    fingers.with_ctrl("k")
    desktop.dialog(FindDialog)
    fingers.press(*"lar", ENTER)
    desktop.until(lambda: desktop.shown == "Setting")
    assert "Larch Nursing Home" in texts(desktop.window.page())
    assert fingers.count == 5


def test_a_visit_at_an_open_setting_takes_two(
    desktop: Desktop, fingers: Fingers, heather: str
) -> None:
    desktop.window.go(Route("setting", heather))
    fingers.with_ctrl("n")
    desktop.dialog(StartVisitDialog)
    fingers.press(ENTER)
    assert desktop.shown == "Visit"
    assert fingers.count == 2


def test_a_reason_takes_one_and_a_note_two(
    desktop: Desktop, fingers: Fingers, services: Services, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id, FINDING)
    fingers.press("5")
    desktop.type("The manager was away.")
    assert fingers.count == 1
    fingers.press(ESC)
    assert services.visits.view(visit_id).answers[FINDING].reason == "The manager was away."
    fingers.count = 0
    fingers.press("n")
    desktop.type("Back on Monday.")
    fingers.press(ESC)
    assert screen.note(FINDING) == "Back on Monday."
    assert services.visits.view(visit_id).answers[FINDING].note == "Back on Monday."
    assert fingers.count == 2


def test_a_suggested_action_takes_two(
    desktop: Desktop, fingers: Fingers, services: Services, visit_id: str
) -> None:
    services.visits.answer(visit_id, FINDING, value="not_met", note="Nobody is in charge.")
    desktop.open_visit(visit_id, FINDING)
    fingers.press("a")
    ActionScreen(desktop)
    fingers.press(ENTER)
    assert len(services.visits.view(visit_id).actions) == 1
    assert fingers.count == 2


def test_one_gap_is_mended_from_the_sign_off_in_two(
    desktop: Desktop, fingers: Fingers, services: Services, visit_id: str
) -> None:
    all_well(services, visit_id)
    services.visits.answer(visit_id, FINDING, value="not_met")
    desktop.open_visit(visit_id)
    fingers.with_ctrl(ENTER)
    SignOffScreen(desktop)
    fingers.press(ENTER)
    assert desktop.visit.current == FINDING
    desktop.type("Nobody is in charge.")
    assert fingers.count == 2, "the caret is in the note that is missing"
    assert desktop.visit.finish().can_sign


def test_signing_off_takes_two_and_the_paper_two_more(
    desktop: Desktop, fingers: Fingers, services: Services, visit_id: str, files: AnswerFiles
) -> None:
    all_well(services, visit_id)
    desktop.open_visit(visit_id)
    fingers.with_ctrl(ENTER)
    desktop.dialog(SignOffDialog)
    fingers.press(ENTER)
    assert services.visits.view(visit_id).summary.status == "signed_off"
    assert fingers.count == 2
    fingers.press(ENTER, ENTER)
    [report] = files.folder.glob("*.pdf")
    assert files.shown == [report]
    assert fingers.count == 4


def test_an_action_is_marked_done_in_three(
    desktop: Desktop, fingers: Fingers, services: Services, heather: str
) -> None:
    services.actions.add(None, heather, "Mend the roof", services.desk.today())
    fingers.with_ctrl("3")
    fingers.press("d")
    desktop.dialog(ActionDialog)
    fingers.press(ENTER)
    assert [one.status for one in services.actions.list()] == ["done"]
    assert fingers.count == 3


def test_an_action_is_verified_in_three_and_what_was_seen(
    desktop: Desktop, fingers: Fingers, services: Services, heather: str
) -> None:
    services.actions.add(None, heather, "Mend the roof", services.desk.today())
    fingers.with_ctrl("3")
    fingers.press("v")
    desktop.dialog(ActionDialog)
    desktop.type("The roof is dry.")
    fingers.press(ENTER)
    [one] = services.actions.list(state="all")
    assert (one.status, one.verified_note) == ("verified", "The roof is dry.")
    assert fingers.count == 3


def test_the_first_setting_takes_three_and_its_name(first_day: Desktop, files: AnswerFiles) -> None:
    """From an empty portfolio; the file is chosen in the system's own dialog."""
    fingers = Fingers(first_day)
    files.to_open = write_cqc(files.folder / "places.csv")
    fingers.press(TAB)
    assert first_day.focus == "Import a ratings file"
    fingers.press(ENTER)
    dialog = first_day.dialog(AddSettingDialog)
    first_day.until(lambda: "adult social care" in dialog.messages.text())
    first_day.type("hea")
    first_day.until(lambda: len(dialog.table.rows.rows) == 1)
    fingers.press(ENTER)
    first_day.until(lambda: first_day.shown == "Setting")
    assert fingers.count == 3
