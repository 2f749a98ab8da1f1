"""A setting is added by hand, edited, closed, merged, opened again, and its facts are recorded, in
the window and by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from tests.support.desk.colleagues import become, bring
from tests.support.window.filling import CTRL, agree, choose, fill, press
from tests.support.window.screens import said
from tests.support.window.windows import Desktop
from visitapp.records import Setting
from visitapp.services.services import Services
from visitapp.ui.dialogs.providers.edit import EditProviderDialog
from visitapp.ui.dialogs.settings.add_setting import AddSettingDialog
from visitapp.ui.dialogs.settings.close_setting import (
    CloseSettingDialog,
    MergeSettingDialog,
    ReopenSettingDialog,
)
from visitapp.ui.dialogs.settings.edit_setting import EditSettingDialog
from visitapp.ui.dialogs.settings.facts import FactDialog, FactsDialog
from visitapp.ui.dialogs.visits.start_visit import StartVisitDialog

REASON = "The provider left"


@pytest.fixture
def as_lead(services: Services, heather: str) -> str:
    bring(services, lee="lead", ann="officer")
    become(services, "lee")
    with services.desk.transaction() as session:
        team = services.desk.user(session).team
        session.get_one(Setting, heather).team = team
    return heather


def test_a_setting_that_no_directory_has_is_added_by_hand(
    desktop: Desktop, services: Services, heather: str
) -> None:
    services.setting_editing.edit(heather, district="Northmoor")
    adding = desktop.window.dialogs.settings.add()
    press(desktop, adding, "Add by hand…")
    dialog = desktop.dialog_over(EditSettingDialog)
    assert not any(one.isVisible() for one in desktop.window.findChildren(AddSettingDialog))
    press(desktop, dialog, "Add to portfolio")
    assert dialog.messages.text() == "A setting needs a name."
    fill(desktop, dialog, name="Ashdown Day Centre", provider="Ash Trust", district="Nortmoor")
    desktop.press(Qt.Key.Key_Tab)
    assert any("The nearest are: Northmoor." in one.text() for one in dialog.findChildren(QLabel))
    choose(desktop, dialog, "service_type", "Day")
    agree(desktop, dialog)
    (row,) = services.portfolio.rows(text="Ashdown")
    assert (row.service_type, row.provider) == ("day", "Ash Trust")
    assert "Ashdown Day Centre" in said(desktop.window.page())
    desktop.undo_toast()
    assert services.portfolio.rows(text="Ashdown") == []


def test_a_setting_is_edited_and_the_edit_undone(
    desktop: Desktop, services: Services, heather: str
) -> None:
    before = services.setting_editing.fields(heather)
    desktop.setting.go(heather)
    desktop.setting.click("Edit the setting…")
    dialog = desktop.dialog(EditSettingDialog)
    fill(desktop, dialog, locality="Old Town", beds="31")
    agree(desktop, dialog)
    assert services.setting_editing.fields(heather) == {
        **before,
        "locality": "Old Town",
        "beds": 31,
    }
    desktop.undo_toast()
    assert services.setting_editing.fields(heather) == before


def test_closing_asks_what_becomes_of_open_work(
    desktop: Desktop, services: Services, as_lead: str
) -> None:
    services.actions.add(None, as_lead, "Mend the lift", services.desk.today())
    other = services.setting_editing.add("Ashdown House", "residential").setting_id
    desktop.setting.go(as_lead)
    desktop.setting.click("Close it…")
    dialog = desktop.dialog(CloseSettingDialog)
    assert any("1 thing is open here. Mend the lift" in text for text in said(dialog))
    press(desktop, dialog, "Close the setting")
    assert "Give a reason" in dialog.messages.text()
    choose(desktop, dialog, "open_work", "Mov")
    fill(desktop, dialog, reason=REASON)
    choose(desktop, dialog, "to_id", "Ash")
    agree(desktop, dialog)
    assert [one.title for one in services.settings.view(other).actions] == ["Mend the lift"]
    assert any(text.startswith("Closed · ") for text in desktop.setting.said)
    desktop.setting.click("Reopen it…")
    again = desktop.dialog(ReopenSettingDialog)
    fill(desktop, again, reason="A mistake")
    agree(desktop, again)
    assert services.settings.view(as_lead).row.status == "open"


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("closed", "This setting is closed."),
        ("merged", "This setting is merged into another one."),
    ],
)
def test_no_visit_starts_at_a_setting_that_is_not_open(
    desktop: Desktop, services: Services, as_lead: str, state: str, reason: str
) -> None:
    other = services.setting_editing.add("Ashdown House", "residential").setting_id
    today = services.desk.today()
    if state == "closed":
        services.setting_life.close(as_lead, today, REASON, "leave")
    else:
        services.setting_life.merge(as_lead, other, today, REASON, "leave")
    desktop.setting.go(as_lead)
    start = desktop.setting.page.start
    assert not start.isEnabled()
    assert (start.toolTip(), start.accessibleDescription()) == (reason, reason)
    desktop.press("n", CTRL)
    assert desktop.toast == reason
    assert not desktop.window.findChildren(StartVisitDialog)
    desktop.window.dialogs.visit.start_visit(as_lead)
    assert not desktop.window.findChildren(StartVisitDialog)
    desktop.setting.go(other)
    desktop.press("n", CTRL)
    assert desktop.dialog(StartVisitDialog).setting.currentText() == "Ashdown House"


def test_the_focus_goes_to_what_replaces_a_button_that_its_dialog_took_away(
    desktop: Desktop, services: Services, as_lead: str
) -> None:
    services.setting_editing.add("Ashdown House", "residential")
    desktop.setting.go(as_lead)
    desktop.setting.click("Close it…")
    dialog = desktop.dialog(CloseSettingDialog)
    fill(desktop, dialog, reason=REASON)
    agree(desktop, dialog)
    desktop.until(lambda: desktop.focus == "Reopen it…")
    desktop.press(Qt.Key.Key_Space)
    again = desktop.dialog(ReopenSettingDialog)
    fill(desktop, again, reason="A mistake")
    agree(desktop, again)
    desktop.until(lambda: desktop.focus == "Close it…")
    desktop.setting.click("Merge it…")
    merging = desktop.dialog(MergeSettingDialog)
    choose(desktop, merging, "into_id", "Ash")
    fill(desktop, merging, reason="Entered twice")
    agree(desktop, merging)
    desktop.until(lambda: desktop.focus == "Reopen it…")


def test_a_merged_setting_points_to_the_other_one_and_back(
    desktop: Desktop, services: Services, as_lead: str
) -> None:
    other = services.setting_editing.add("Ashdown House", "residential").setting_id
    desktop.setting.go(as_lead)
    desktop.setting.click("Merge it…")
    dialog = desktop.dialog(MergeSettingDialog)
    press(desktop, dialog, "Merge the setting")
    assert dialog.messages.text() == "Choose one from the list."
    assert desktop.focus == "Merge it into"
    desktop.type("Ash")
    fill(desktop, dialog, reason="Entered twice")
    agree(desktop, dialog)
    assert services.settings.view(as_lead).row.merged_into_id == other
    desktop.setting.click("Merged into Ashdown House")
    assert "Ashdown House" in desktop.setting.said
    desktop.setting.click("Shows the records of Heather Bank too")
    assert "Heather Bank" in desktop.setting.said


def test_an_officer_edits_a_setting_and_closes_none(
    desktop: Desktop, services: Services, heather: str
) -> None:
    desktop.setting.go(heather)
    assert desktop.setting.offers("Edit the setting…")
    for name in ("Close it…", "Merge it…", "Reopen it…"):
        assert not desktop.setting.offers(name)


def test_facts_are_recorded_and_corrected_and_none_is_lost(
    desktop: Desktop, services: Services, heather: str
) -> None:
    desktop.setting.go(heather)
    desktop.setting.click("Facts over time…")
    facts = desktop.dialog(FactsDialog)
    assert any("Nothing is recorded yet." in text for text in said(facts))
    press(desktop, facts, "Record a fact…")
    dialog = desktop.dialog_over(FactDialog)
    fill(desktop, dialog, content="Maud Ferrier")
    press(desktop, dialog, "Record the fact")
    assert dialog.messages.text() == "Say where the fact comes from."
    fill(desktop, dialog, source="Telephone call")
    agree(desktop, dialog)
    assert [row.content for row in facts.table.rows.rows] == ["Maud Ferrier"]
    press(desktop, facts, "Correct it…")
    dialog = desktop.dialog_over(FactDialog)
    fill(desktop, dialog, content="Maud Ferriby")
    agree(desktop, dialog)
    listed = {one.content: (one.holds, one.corrected) for one in facts.table.rows.rows}
    assert listed == {"Maud Ferriby": (True, False), "Maud Ferrier": (False, True)}
    assert "Manager: Maud Ferriby" in desktop.setting.said


def test_a_name_that_is_there_is_said_once_and_can_be_added_all_the_same(
    desktop: Desktop, services: Services, as_lead: str
) -> None:
    desktop.window.dialogs.setting_records.add()
    dialog = desktop.dialog(EditSettingDialog)
    fill(desktop, dialog, name="heather BANK", district="North")
    choose(desktop, dialog, "service_type", "Day")
    press(desktop, dialog, "Add to portfolio")
    assert "already a setting of this name: Heather Bank" in dialog.messages.text()
    assert len(services.portfolio.rows(text="heather")) == 1
    agree(desktop, dialog)
    assert len(services.portfolio.rows(text="heather")) == 2
    desktop.window.dialogs.providers.add()
    provider = desktop.dialog(EditProviderDialog)
    known = services.settings.view(as_lead).row.provider
    fill(desktop, provider, name=known)
    press(desktop, provider, "Add the provider")
    assert f"already a provider {known}" in provider.messages.text()


def test_settings_of_one_name_are_told_apart_in_a_merge(
    desktop: Desktop, services: Services, as_lead: str
) -> None:
    for postcode in ("LN1 1AA", "LN2 2BB"):
        services.setting_editing.add("Ash Lodge", "residential", postcode=postcode)
    desktop.window.dialogs.setting_records.step(as_lead, "merged")
    box = desktop.dialog(MergeSettingDialog).lines["into_id"].widget
    assert isinstance(box, QComboBox)
    offered = [box.itemText(place) for place in range(box.count())]
    assert [one for one in offered if "Ash Lodge" in one] == [
        "Ash Lodge · LN1 1AA",
        "Ash Lodge · LN2 2BB",
    ]
