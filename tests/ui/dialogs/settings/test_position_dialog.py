"""Positions are decided and events recorded on the setting's page, by those who may."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.support.desk.colleagues import become, bring
from tests.support.window.windows import Desktop, texts
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.ui.dialogs.settings.decide_position import PositionDialog
from visitapp.ui.dialogs.settings.record_event import EventDialog
from visitapp.ui.shell.routes import Route

CONDITION = "Nobody who needs two carers at night."


@pytest.fixture
def as_lead(services: Services, heather: str) -> str:
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    return heather


def test_a_lead_sets_a_condition_in_words(
    services: Services, as_lead: str, desktop: Desktop
) -> None:
    desktop.window.go(Route("setting", as_lead))
    card = desktop.setting.page.placement
    assert "Not yet assessed" in texts(card)
    desktop.click(card.decide)
    dialog = desktop.dialog(PositionDialog)
    dialog.position.setCurrentIndex(dialog.position.findData("closed"))
    assert not dialog.primary.isEnabled()
    assert any("Only a senior manager closes" in text for text in texts(dialog))
    desktop.click(dialog.hold)
    assert dialog.primary.isEnabled(), "a lead can hold"
    dialog.position.setCurrentIndex(dialog.position.findData("conditional"))
    dialog.condition.setFocus()
    desktop.type(CONDITION)
    desktop.press(Qt.Key.Key_Tab)
    desktop.type("Two agency nights")
    desktop.click(dialog.primary)
    assert services.placements.view(as_lead).position == "conditional"
    assert CONDITION in texts(card)
    assert any(CONDITION in text for text in texts(desktop.setting.page.standing))


def test_an_officer_decides_nothing_and_records_an_event(
    services: Services, heather: str, desktop: Desktop
) -> None:
    desktop.window.go(Route("setting", heather))
    card = desktop.setting.page.placement
    assert card.decide.isHidden()
    desktop.click(card.record)
    dialog = desktop.dialog(EventDialog)
    dialog.rag.setCurrentIndex(dialog.rag.findData("green"))
    assert not dialog.primary.isEnabled()
    assert any("Only a team lead improves" in text for text in texts(dialog))
    dialog.rag.setCurrentIndex(dialog.rag.findData("red"))
    dialog.text.setFocus()
    desktop.type("A fall that nobody reported")
    dialog.reason.setFocus()
    desktop.type("No plan for falls")
    desktop.click(dialog.primary)
    row = services.settings.view(heather).row
    assert (row.rag, row.position) == ("red", "closed")
    assert "Closed to new" in texts(card)
    assert any("significant event" in text for text in texts(desktop.setting.page.standing))


def test_an_event_without_words_leads_to_the_field_that_lacks_them(
    heather: str, desktop: Desktop
) -> None:
    desktop.window.go(Route("setting", heather))
    desktop.click(desktop.setting.page.placement.record)
    dialog = desktop.dialog(EventDialog)
    desktop.press(Qt.Key.Key_Return)
    assert desktop.focus == "What happened"
    desktop.type("A fire")
    dialog.rag.setFocus()
    desktop.press("r")
    desktop.press(Qt.Key.Key_Return)
    assert desktop.focus == "Reason for changing the rating"
