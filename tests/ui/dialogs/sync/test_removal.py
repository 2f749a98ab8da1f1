"""A sync that would remove a large part of what the laptop holds asks the person first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.support.forms.answers import best_answers
from tests.support.terminal.commands import Council
from tests.support.window.windows import Desktop
from visitapp.services.services import Services
from visitapp.ui.dialogs.sync.removal import RemovalDialog
from visitapp.ui.shell.routes import Route


@pytest.fixture
def handed_over(
    services: Services, visit_id: str, heather: str, tmp_path: Path
) -> Iterator[Services]:
    """A connected laptop whose visited setting was given to a colleague since its last sync."""
    council = Council(f"sqlite:///{tmp_path / 'server.db'}")
    council.add_user("officer", "officer", "north")
    council.add_user("colleague", "officer", "north")
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    with council.serving() as address:
        services.connection.connect(address, "officer", "officer")
        services.connection.sync()
        council.admin("portfolio", "assign", "colleague", heather)
        yield services


def held(services: Services) -> set[str]:
    return {row.setting_id for row in services.portfolio.rows()}


def test_the_records_stay_until_the_person_agrees(
    desktop: Desktop, handed_over: Services, heather: str
) -> None:
    desktop.window.sync()
    desktop.until(lambda: bool(desktop.window.findChildren(RemovalDialog)))
    assert heather in held(handed_over)
    desktop.click(desktop.dialog(RemovalDialog).primary)
    desktop.until(lambda: heather not in held(handed_over))
    desktop.window.go(Route("sync"))
    desktop.until(lambda: desktop.sync.offers("Sync now"))


def test_enter_keeps_the_records(desktop: Desktop, handed_over: Services, heather: str) -> None:
    desktop.window.sync()
    desktop.until(lambda: bool(desktop.window.findChildren(RemovalDialog)))
    dialog = desktop.dialog(RemovalDialog)
    assert desktop.focus == "Cancel"
    desktop.press(Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert heather in held(handed_over)


def test_one_met_by_itself_opens_nothing_and_can_be_reviewed_on_the_sync_page(
    desktop: Desktop, handed_over: Services, heather: str
) -> None:
    review = "Review the records to be removed…"
    desktop.window.go(Route("sync"))
    assert not desktop.sync.offers(review)
    desktop.window.background.start()
    desktop.until(lambda: desktop.sync.offers(review))
    assert desktop.window.findChildren(RemovalDialog) == []
    assert not any("Working offline" in text for text in desktop.sync.said), "it was reached"
    desktop.sync.click(review)
    desktop.click(desktop.dialog(RemovalDialog).primary)
    desktop.until(lambda: heather not in held(handed_over))
    desktop.until(lambda: not desktop.sync.offers(review))
