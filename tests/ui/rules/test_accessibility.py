"""What a person without a mouse or without sight needs where `test_fits.py`, which looks at every
page and dialog, does not come."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.support.window.windows import Desktop
from tests.ui.rules.faults import controls, nameless, out_of_reach
from visitapp.services.services import Services
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.shell.routes import Route
from visitapp.ui.widgets.note_editor import NoteEditor
from visitapp.ui.widgets.rag_chip import RagChip


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


def test_every_question_of_the_form_names_its_controls(
    desktop: Desktop, busy: Services, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.until(lambda: screen.page.area.ready)
    assert nameless(desktop.window) == []
    assert out_of_reach(desktop.window) == []
    cards = len(screen.page.sheet.form.questions) if screen.page.sheet else 0
    assert sum(1 for _ in controls(screen.page.area)) > 3 * cards


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
