"""The buttons of a page's header are seen whole, also when their words changed out of sight."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from tests.support.window.windows import Desktop
from visitapp.ui.shell.routes import Route


def whole(button: QPushButton) -> bool:
    """Is all of it in view, as wide as its words need?"""
    seen = button.visibleRegion().boundingRect()
    return button.width() >= button.sizeHint().width() and seen.size() == button.size()


def test_longer_words_get_the_room_they_need(desktop: Desktop, visit_id: str, heather: str) -> None:
    page = desktop.setting.page
    desktop.window.go(Route("setting", heather))
    assert page.start.text() == "Continue the visit"
    desktop.until(lambda: whole(page.start) and whole(page.report))
    assert page.start.y() == page.report.y()
    screen = desktop.open_visit(visit_id)
    desktop.until(lambda: whole(screen.page.primary))
