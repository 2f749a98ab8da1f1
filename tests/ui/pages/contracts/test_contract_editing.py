"""Contracts are added, edited and decided on in the window, by keys; what cannot be is refused in a
sentence, and what was written can be undone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.support.desk.colleagues import become, bring
from tests.support.window.filling import agree, fill, press
from tests.support.window.windows import Desktop
from visitapp.dates import typed_day
from visitapp.services.services import Services
from visitapp.ui.dialogs.contracts.contract import ContractDialog
from visitapp.ui.dialogs.contracts.decide import ContractStepDialog, LevelDialog
from visitapp.ui.dialogs.contracts.edit import EditContractDialog
from visitapp.ui.dialogs.contracts.place import AddPlaceDialog, EditPlaceDialog, EndPlaceDialog

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER = Qt.Key.Key_Return
REASON = "Agreed at the board"


@pytest.fixture
def heather(services: Services, heather: str) -> str:
    """A home whose provider has one contract, which covers it; a lead is at the desk."""
    bring(services, lee="lead", ann="officer")
    become(services, "lee")
    today = services.desk.today()
    provider = services.settings.view(heather).provider_id
    assert provider is not None
    services.contracts.add(
        "CARE-1",
        provider,
        title="Care",
        starts_on=today - timedelta(days=400),
        ends_on=today + timedelta(days=200),
        extension_months="12",
    )
    services.contract_places.add("CARE-1", heather, volume=28, unit="people")
    return heather


def opened(desktop: Desktop) -> ContractDialog:
    desktop.contracts.go()
    desktop.press(ENTER)
    return desktop.dialog(ContractDialog)


def test_a_lead_adds_a_contract_by_key_and_takes_it_back(
    desktop: Desktop, services: Services, heather: str
) -> None:
    desktop.contracts.go()
    desktop.press("n", CTRL, SHIFT)
    dialog = desktop.dialog_over(EditContractDialog)
    assert desktop.focus == "Number"
    desktop.type("CARE-2")
    desktop.press(ENTER)
    assert dialog.messages.text() == "Choose one from the list."
    assert desktop.focus == "Provider"
    desktop.type("Moor")
    fill(desktop, dialog, title="Respite", yearly_cost="1,2x")
    desktop.press(ENTER)
    assert "“1,2x” is not a whole number." in dialog.messages.text()
    assert desktop.focus == "Annual cost in pounds"
    fill(desktop, dialog, yearly_cost="120,000")
    agree(desktop, dialog)
    made = services.contracts.view("CARE-2")
    assert (made.row.title, made.yearly_cost, made.row.ends_on) == ("Respite", 120_000, None)
    assert [row.number for row in desktop.contracts.table.rows] == ["CARE-1", "CARE-2"]
    desktop.undo_toast()
    assert [row.number for row in services.contracts.list()] == ["CARE-1"]


def test_terms_are_edited_and_only_what_changed_is_written(
    desktop: Desktop, services: Services, heather: str
) -> None:
    shown = opened(desktop)
    press(desktop, shown, "Edit the terms…")
    dialog = desktop.dialog_over(EditContractDialog)
    services.contracts.edit("CARE-1", lot="7")
    fill(desktop, dialog, title="Nursing care")
    agree(desktop, dialog)
    view = services.contracts.view("CARE-1")
    assert (view.row.title, view.lot) == ("Nursing care", "7")
    assert shown.messages.text() == "Saved."
    press(desktop, shown.messages, "Undo")
    view = services.contracts.view("CARE-1")
    assert (view.row.title, view.lot) == ("Care", "7")


def test_an_odd_day_is_refused_beside_its_field(
    desktop: Desktop, services: Services, heather: str
) -> None:
    shown = opened(desktop)
    press(desktop, shown, "Give notice…")
    dialog = desktop.dialog_over(ContractStepDialog)
    early = services.desk.today() - timedelta(days=401)
    fill(desktop, dialog, day=typed_day(early), reason=REASON)
    desktop.press(ENTER, CTRL)
    assert "The contract starts on" in dialog.messages.text()
    assert desktop.focus == "Last day"
    assert services.contracts.view("CARE-1").row.phase == "live"


def test_a_contract_is_extended_given_notice_and_taken_back(
    desktop: Desktop, services: Services, heather: str
) -> None:
    shown = opened(desktop)
    for name, state in (
        ("Extend…", "extended"),
        ("Extend…", "extended"),
        ("Give notice…", "ending"),
        ("Withdraw the notice or end…", "extended"),
        ("End…", "ended"),
    ):
        press(desktop, shown, name)
        dialog = desktop.dialog_over(ContractStepDialog)
        again = {"day": "+900"} if services.contracts.view("CARE-1").row.phase == state else {}
        fill(desktop, dialog, reason=REASON, **again)
        agree(desktop, dialog)
        assert services.contracts.view("CARE-1").row.phase == state
    assert [step.after for step in services.contracts.view("CARE-1").steps] == [
        "ended",
        "extended",
        "ending",
        "extended",
        "extended",
    ]
    assert not any(
        one.text() == "Add a setting…" for one in shown.findChildren(QPushButton) if one.isVisible()
    )


def test_a_setting_comes_under_a_contract_changes_and_leaves(
    desktop: Desktop, services: Services, heather: str
) -> None:
    day_centre = services.setting_editing.add("Ashdown Day Centre", "day").setting_id
    shown = opened(desktop)
    press(desktop, shown, "Add a setting…")
    dialog = desktop.dialog_over(AddPlaceDialog)
    assert desktop.focus == "Setting"
    desktop.type("Ashd")
    fill(desktop, dialog, volume="12")
    agree(desktop, dialog)
    places = services.contracts.view("CARE-1").settings
    assert [(one.setting, one.volume) for one in places] == [
        ("Ashdown Day Centre", 12),
        ("Heather Bank", 28),
    ]
    shown.table.selectRow(0)
    press(desktop, shown, "Change what is bought…")
    change = desktop.dialog_over(EditPlaceDialog)
    fill(desktop, change, volume="14", ends_on="+400")
    desktop.press(ENTER)
    assert "no setting is under it after that" in change.messages.text()
    fill(desktop, change, ends_on="")
    agree(desktop, change)
    assert services.contracts.view("CARE-1").settings[0].volume == 14
    shown.table.selectRow(0)
    press(desktop, shown, "Remove…")
    end = desktop.dialog_over(EndPlaceDialog)
    agree(desktop, end)
    assert [one.setting for one in services.contracts.view("CARE-1").settings] == ["Heather Bank"]
    press(desktop, shown.messages, "Undo")
    (back,) = services.contract_places.of_setting(day_centre)
    assert (back.ended, back.volume, back.ends_on) == (False, 14, None)


def test_a_level_needs_its_reason(desktop: Desktop, services: Services, heather: str) -> None:
    shown = opened(desktop)
    press(desktop, shown, "Set the level…")
    dialog = desktop.dialog_over(LevelDialog)
    desktop.type("Pro")
    fill(desktop, dialog, management_reason="")
    desktop.press(ENTER, CTRL)
    assert dialog.messages.text() == "Give a reason for another management level."
    fill(desktop, dialog, management_reason=REASON)
    agree(desktop, dialog)
    assert services.contracts.view("CARE-1").level.reason == REASON


def test_an_officer_reads_a_contract_and_is_offered_no_change(
    desktop: Desktop, services: Services, heather: str
) -> None:
    become(services, "ann")
    shown = opened(desktop)
    names = {one.text() for one in shown.findChildren(QPushButton) if one.isVisible()}
    assert {name for name in names if name.endswith("…")} == {"Add a document…"}
    shown.reject()
    assert not desktop.contracts.offers("Add a contract")
