"""How many keys the tasks of a day take. Prose is not counted, nor the system's own file dialog.

tests/ui/pages/visit/test_key_count.py counts the questions of a form.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from tests.support.forms.answers import best_answers
from tests.support.window.visit_screen import ActionScreen, SignOffScreen
from tests.support.window.windows import AnswerFiles, Desktop, texts
from visitapp.services.services import Services
from visitapp.ui.dialogs.actions.action import ActionDialog
from visitapp.ui.dialogs.find import FindDialog
from visitapp.ui.dialogs.visits.sign_off import SignOffDialog
from visitapp.ui.dialogs.visits.start_visit import StartVisitDialog
from visitapp.ui.shell.routes import Route

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


def test_one_gap_is_mended_from_the_sign_off_in_five(
    desktop: Desktop, fingers: Fingers, services: Services, visit_id: str
) -> None:
    all_well(services, visit_id)
    services.visits.answer(visit_id, FINDING, value="not_met")
    desktop.open_visit(visit_id)
    fingers.with_ctrl(ENTER)
    SignOffScreen(desktop)
    number = services.visits.form(visit_id).questions[FINDING].number
    fingers.tab_to(f"Question {number}")
    fingers.press(ENTER)
    assert desktop.visit.current == FINDING
    fingers.press("n")
    desktop.type("Nobody is in charge.")
    fingers.press(ESC)
    assert not [n for n in services.visits.view(visit_id).needs if n.what == "note"]
    assert fingers.count <= 5


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


def test_an_action_is_marked_done_in_twelve(
    desktop: Desktop, fingers: Fingers, services: Services, heather: str
) -> None:
    services.actions.add(None, heather, "Mend the roof", services.desk.today())
    fingers.with_ctrl("3")
    fingers.press(ENTER)
    desktop.dialog(ActionDialog)
    fingers.tab_to("Status")
    fingers.press(*"done")
    fingers.press(ENTER)
    assert [one.status for one in services.actions.list()] == ["done"]
    assert fingers.count <= 12
