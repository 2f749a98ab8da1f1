"""Campaigns in the window: one is started, followed and closed by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import signed_off_visit
from tests.support.window.screens import said
from tests.support.window.windows import Desktop
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.ui.dialogs.campaigns.end import EndCampaignDialog
from visitapp.ui.dialogs.campaigns.start import StartCampaignDialog
from visitapp.ui.pages.planning.planner_page import PlannerPage

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FORM = "care-records-audit"


@pytest.fixture
def page(desktop: Desktop, services: Services, heather: str) -> PlannerPage:
    """The campaigns of the planner, as a lead sees them."""
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    desktop.press("l", CTRL, SHIFT)
    shown = desktop.window.page()
    assert isinstance(shown, PlannerPage)
    shown.views.choose("campaigns")
    shown.views.chosen.emit("campaigns")
    shown.focus_first()
    return shown


def begin(desktop: Desktop) -> None:
    desktop.press("n", CTRL, SHIFT)
    dialog = desktop.dialog(StartCampaignDialog)
    assert dialog.title.hasFocus()
    desktop.type("Care records over the winter")
    dialog.form.setCurrentIndex(dialog.form.findData(FORM))
    desktop.press(KEY.Key_Return, CTRL)
    assert dialog.isVisible(), "nothing is ticked yet"
    assert dialog.settings.hasFocus()
    assert "Tick the settings to visit." in " ".join(said(dialog))
    dialog.all.setFocus()
    desktop.press(KEY.Key_Return)
    dialog.settings.setFocus()
    desktop.press(KEY.Key_Return, CTRL)
    desktop.until(lambda: not dialog.isVisible())


def test_one_is_started_followed_and_closed(
    desktop: Desktop, services: Services, page: PlannerPage, heather: str
) -> None:
    view = page.campaigns
    assert view.start.hasFocus(), "there is none yet"
    begin(desktop)
    (campaign,) = services.campaigns.list()
    assert view.title.text() == "Care records over the winter"
    assert f"0 of {campaign.counted} done" in view.facts.text()
    signed_off_visit(services, heather, form_id=FORM)
    view.refresh()
    assert f"1 of {campaign.counted} done" in view.facts.text()
    assert "Green: 1" in " ".join(said(view.card))
    assert "Assessment and plan: 1 Green" in said(view.card)
    assert view.visits.rows.rows[-1].setting_id == heather
    view.close_.setFocus()
    desktop.press(KEY.Key_Return)
    dialog = desktop.dialog(EndCampaignDialog)
    assert dialog.words.hasFocus()
    desktop.press(KEY.Key_Return, CTRL)
    assert "in a sentence" in " ".join(said(dialog))
    desktop.type("Plans are good")
    desktop.press(KEY.Key_Return, CTRL)
    desktop.until(lambda: not dialog.isVisible())
    assert services.campaigns.list()[0].words == "Plans are good"
    assert view.words.text() == "Plans are good"
    assert not view.close_.isEnabled()


def test_ticks_stay_when_the_filters_change(
    desktop: Desktop, page: PlannerPage, services: Services
) -> None:
    desktop.press("n", CTRL, SHIFT)
    dialog = desktop.dialog(StartCampaignDialog)
    dialog.form.setCurrentIndex(dialog.form.findData(FORM))
    offered = dialog.settings.count()
    assert offered > 1
    dialog.settings.setFocus()
    desktop.press(KEY.Key_Space)
    assert len(dialog.settings.ticked()) == 1
    dialog.risky.setFocus()
    desktop.press(KEY.Key_Space)
    assert dialog.settings.count() < offered, "one of the two is at high risk"
    desktop.press(KEY.Key_Space)
    assert dialog.settings.count() == offered
    assert len(dialog.settings.ticked()) == 1


def test_enter_leads_to_the_visits_and_to_the_setting(desktop: Desktop, page: PlannerPage) -> None:
    begin(desktop)
    page.campaigns.table.setFocus()
    desktop.press(KEY.Key_Return)
    assert page.campaigns.visits.hasFocus()
    row = page.campaigns.visits.current()
    assert row is not None
    desktop.press(KEY.Key_Return)
    assert row.setting in said(desktop.setting.page.header)


def test_an_officer_is_shown_campaigns_and_starts_none(
    desktop: Desktop, services: Services
) -> None:
    desktop.press("l", CTRL, SHIFT)
    page = desktop.window.page()
    assert isinstance(page, PlannerPage)
    page.views.choose("campaigns")
    page.refresh()
    page.show_to_role()
    assert not page.campaigns.start.isVisible()
    assert any("looks at one theme" in line for line in said(page.campaigns))
