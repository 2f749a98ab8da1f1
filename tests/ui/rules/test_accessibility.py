"""Every control of every page and dialog has a name to be read out, and the Tab key reaches it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCalendarWidget,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QWidget,
)

from tests.support.window.every_screen import Stage, dialogs, open_dialog
from tests.support.window.windows import Desktop
from visitapp.services.services import Services
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.shell.pages import NAMES
from visitapp.ui.shell.routes import Route
from visitapp.ui.widgets.note_editor import NoteEditor
from visitapp.ui.widgets.rag_chip import RagChip

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
)
INNER = (QCalendarWidget, QComboBox, QAbstractSpinBox, QHeaderView, QAbstractItemView)
"""Controls that bring parts of Qt's own along; the whole has the name."""


def controls(root: QWidget) -> Iterator[QWidget]:
    """The controls in a widget that are ours to name."""
    for widget in root.findChildren(QWidget):
        if isinstance(widget, CONTROLS) and not _inner(widget, root):
            yield widget


def _inner(widget: QWidget, root: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        if isinstance(parent, INNER):
            return True
        parent = parent.parentWidget()
    return False


def nameless(root: QWidget) -> list[str]:
    return [
        f"{type(w).__name__} in {type(w.parent()).__name__} ({w.objectName()})"
        for w in controls(root)
        if not w.accessibleName()
    ]


def out_of_reach(root: QWidget) -> list[str]:
    """Controls that neither the Tab key reaches nor, in a group of choices, an arrow key."""
    return [
        w.accessibleName()
        for w in controls(root)
        if w.isVisible()
        and w.isEnabled()
        and not isinstance(w, QProgressBar)
        and not (isinstance(w, QAbstractButton) and w.group() is not None)
        and not w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


@pytest.fixture
def busy(services: Services, visit_id: str, heather: str) -> Services:
    """Something on every page: an answer that needs everything, an action, evidence."""
    visits = services.visits
    visits.answer(visit_id, "registered_manager", value="not_checked", note="Away")
    visits.add_evidence(visit_id, "registered_manager", "document", "Rota")
    offer = services.desk.today()
    services.actions.add(visit_id, None, "Mend the rota", offer, question="registered_manager")
    services.actions.add(None, heather, "Mend the roof", offer)
    return services


@pytest.mark.parametrize("page", NAMES)
def test_the_pages_name_their_controls(stage: Stage, page: str) -> None:
    stage.go(page)
    assert nameless(stage.desktop.window) == []
    assert out_of_reach(stage.desktop.window) == []


@pytest.mark.parametrize("page", NAMES)
def test_a_rag_is_a_shape_and_a_word_on_every_page(stage: Stage, page: str) -> None:
    stage.go(page)
    for chip in stage.desktop.window.findChildren(RagChip):
        assert chip.text()[0] in "■▲●○"
        assert chip.accessibleName()


def test_every_question_of_the_form_names_its_controls(
    desktop: Desktop, busy: Services, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.until(lambda: screen.page.area.ready)
    assert nameless(desktop.window) == []
    assert out_of_reach(desktop.window) == []
    cards = len(screen.page.sheet.form.questions) if screen.page.sheet else 0
    assert sum(1 for _ in controls(screen.page.area)) > 3 * cards


@pytest.mark.parametrize("name", dialogs())
def test_the_dialogs_name_their_controls(stage: Stage, name: str) -> None:
    dialog = open_dialog(name, stage.desktop, stage.busy)
    stage.desktop.settle()
    found = dialog.accessibleName(), nameless(dialog), out_of_reach(dialog)
    dialog.reject()
    assert found[0]
    assert found[1:] == ([], [])


def test_the_window_s_own_dialogs_name_their_controls(desktop: Desktop, busy: Services) -> None:
    desktop.window.go(Route("sync"))
    for opens in ("Save unsent work to a file…", "Load a rescue file…"):
        desktop.sync.click(opens)
        dialog = desktop.dialog(Dialog)
        assert dialog.accessibleName()
        assert nameless(dialog) == []
        assert out_of_reach(dialog) == []
        dialog.reject()


def test_tab_goes_through_a_page_and_comes_back(desktop: Desktop, busy: Services) -> None:
    desktop.window.go(Route("portfolio"))
    desktop.press("f", Qt.KeyboardModifier.ControlModifier)
    reached: list[str] = []
    for _ in range(60):
        focus = desktop.window.focusWidget()
        if focus is None or focus.accessibleName() in reached:
            break
        reached.append(focus.accessibleName())
        desktop.press(Qt.Key.Key_Tab)
    assert {"Add setting", "Start a visit", "Settings", "Sync"} <= set(reached), reached


def test_a_rag_is_never_colour_alone(desktop: Desktop, busy: Services, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    for chip in desktop.window.findChildren(RagChip):
        assert chip.text()[0] in "■▲●○"
    assert screen.page.panel.outcome.chip.accessibleName() in ("Red", "Amber", "Green", "Not rated")


def test_a_note_lets_tab_leave(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id)
    desktop.press("n")
    note = desktop.window.focusWidget()
    assert isinstance(note, NoteEditor)
    desktop.press(Qt.Key.Key_Tab)
    assert desktop.window.focusWidget() is not note
