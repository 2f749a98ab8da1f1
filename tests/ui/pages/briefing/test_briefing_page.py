"""The page of a briefing: from Today with one key, start the visit or save the page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.support.window.screens import said
from tests.support.window.windows import Desktop
from visitapp.services.services import Services
from visitapp.ui.dialogs.visits.start_visit import StartVisitDialog

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_from_today_to_the_briefing_to_the_visit_by_keys(
    desktop: Desktop, services: Services, heather: str, tmp_path: Path
) -> None:
    services.planning.plan(heather, "themed", services.desk.today())
    desktop.press(Qt.Key.Key_Home, ALT)
    desktop.press("b")
    page = desktop.window.page()
    assert page.accessibleName() == "Briefing"
    texts = said(page)
    assert "Briefing: Heather Bank" in texts
    assert "What changed since the last visit, 1 June 2026" in texts
    assert any(text.startswith("1.2 ") for text in texts), "below the best in June"
    desktop.press(Qt.Key.Key_Return)
    dialog = desktop.dialog(StartVisitDialog)
    assert dialog.purpose.currentData() == "themed", "as planned"
    assert "themed" in services.visits.purposes(dialog.form.currentData())
    dialog.reject()
    desktop.press("p", CTRL)
    assert (tmp_path / "Briefing Heather Bank.pdf").read_bytes().startswith(b"%PDF")
    assert "Report saved" in desktop.message()
    desktop.press(Qt.Key.Key_Left, ALT)
    assert desktop.shown == "Today"


def test_a_visit_in_progress_is_continued(
    desktop: Desktop, services: Services, heather: str, visit_id: str
) -> None:
    services.planning.plan(heather, "themed", services.desk.today())
    desktop.press(Qt.Key.Key_Home, ALT)
    desktop.press("b")
    assert desktop.focus == "Continue the visit"
    desktop.press(Qt.Key.Key_Return)
    assert desktop.window.page() is desktop.visit.page
    assert services.visits.unsigned() == 1, "no second one"
