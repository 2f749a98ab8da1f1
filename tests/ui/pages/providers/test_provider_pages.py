"""The list of providers and the page of one: what they show, how they are reached, and what is
changed there, by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.support.desk.colleagues import become, bring
from tests.support.window.filling import agree, choose, fill, press
from tests.support.window.windows import Desktop
from visitapp.services.services import Services
from visitapp.ui.dialogs.contracts.contract import ContractDialog
from visitapp.ui.dialogs.contracts.edit import EditContractDialog
from visitapp.ui.dialogs.providers.edit import ContactDialog, EditProviderDialog

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def home(services: Services, heather: str) -> str:
    """A home of a provider with a contract; a lead is at the desk."""
    bring(services, lee="lead", ann="officer")
    become(services, "lee")
    provider = services.settings.view(heather).provider_id
    assert provider is not None
    services.contracts.add("CARE-1", provider, title="Residential care")
    return heather


def names(desktop: Desktop) -> list[str]:
    return [row.name for row in desktop.providers.table.rows]


def test_providers_are_found_by_filter_and_search_and_one_is_opened(
    desktop: Desktop, services: Services, home: str
) -> None:
    services.providers.add("Ash Trust", kind="charity", key_supplier=True)
    desktop.press("s", CTRL, SHIFT)
    assert desktop.shown == "Providers"
    provider = services.settings.view(home).row.provider
    assert set(names(desktop)) == {"Ash Trust", provider}
    desktop.providers.click("Key suppliers")
    assert names(desktop) == ["Ash Trust"]
    desktop.providers.click("Under contract")
    assert names(desktop) == [provider]
    desktop.providers.click("All")
    desktop.providers.search("ash")
    assert names(desktop) == ["Ash Trust"]
    desktop.providers.table.open(0)
    assert desktop.shown == "Provider"
    assert "Ash Trust" in desktop.provider.said
    assert "No setting of this provider is on this laptop." in desktop.provider.said
    assert "Other settings of its group" not in desktop.provider.said
    desktop.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desktop.shown == "Providers"


def test_a_provider_is_reached_from_its_setting_and_its_contract(
    desktop: Desktop, services: Services, home: str
) -> None:
    row = services.settings.view(home).row
    desktop.setting.go(home)
    desktop.setting.click(f"Provider: {row.provider}")
    said = desktop.provider.said
    assert desktop.shown == "Provider"
    assert {row.provider, "Settings", "Contracts", "Contacts"} <= set(said)
    assert any(row.placements in line for line in said)
    desktop.provider.click("Heather Bank")
    assert desktop.shown == "Setting"
    desktop.contracts.go()
    desktop.press(Qt.Key.Key_Return)
    press(desktop, desktop.dialog(ContractDialog), row.provider)
    assert desktop.shown == "Provider"
    desktop.provider.click("Contract CARE-1")
    assert desktop.dialog(ContractDialog).contract_id


def test_a_lead_edits_a_provider_with_its_group_and_takes_that_back(
    desktop: Desktop, services: Services, home: str
) -> None:
    desktop.setting.go(home)
    row = services.settings.view(home).row
    desktop.setting.click(f"Provider: {row.provider}")
    desktop.provider.click("Edit the provider…")
    dialog = desktop.dialog(EditProviderDialog)
    fill(desktop, dialog, group="Moor Group")
    choose(desktop, dialog, "kind", "Reg")
    agree(desktop, dialog)
    (edited,) = services.providers.list(row.provider)
    assert (edited.group, edited.kind) == ("Moor Group", "regional")
    assert "Group: Moor Group" in desktop.provider.said
    desktop.undo_toast()
    (edited,) = services.providers.list(row.provider)
    assert (edited.group, edited.kind) == ("", "")


def test_whom_to_call_is_added_changed_and_removed_with_a_way_back(
    desktop: Desktop, services: Services, home: str
) -> None:
    become(services, "ann")
    desktop.setting.go(home)
    row = services.settings.view(home).row
    desktop.setting.click(f"Provider: {row.provider}")
    assert not desktop.provider.offers("Edit the provider…")
    assert not desktop.provider.offers("Add a contract…")
    desktop.provider.click("Add a contact…")
    dialog = desktop.dialog(ContactDialog)
    fill(desktop, dialog, role="Out of hours")
    press(desktop, dialog, "Add the contact")
    assert dialog.messages.text() == "A contact needs a role and a name."
    assert desktop.focus == "Name"
    fill(desktop, dialog, name="On call", phone="ask Kit")
    press(desktop, dialog, "Add the contact")
    assert "is not a telephone number" in dialog.messages.text()
    assert desktop.focus == "Telephone"
    fill(desktop, dialog, phone="01632 960120")
    agree(desktop, dialog)
    assert "Out of hours: On call" in desktop.provider.said
    desktop.provider.click("Edit On call")
    dialog = desktop.dialog(ContactDialog)
    fill(desktop, dialog, phone="01632 960121")
    agree(desktop, dialog)
    assert "01632 960121" in desktop.provider.said
    desktop.provider.click("Remove On call")
    assert "Out of hours: On call" not in desktop.provider.said
    desktop.undo_toast()
    assert "Out of hours: On call" in desktop.provider.said


def test_a_contract_is_added_with_the_provider_that_is_in_view(
    desktop: Desktop, services: Services, home: str
) -> None:
    services.providers.add("Ash Trust")
    desktop.providers.go()
    desktop.providers.search("ash")
    desktop.providers.table.open(0)
    desktop.provider.click("Add a contract…")
    dialog = desktop.dialog(EditContractDialog)
    fill(desktop, dialog, number="CARE-9")
    agree(desktop, dialog)
    assert services.contracts.view("CARE-9").row.provider == "Ash Trust"


def test_a_provider_is_added_by_hand(desktop: Desktop, services: Services, home: str) -> None:
    desktop.providers.go()
    desktop.press("n", CTRL, SHIFT)
    dialog = desktop.dialog(EditProviderDialog)
    press(desktop, dialog, "Add the provider")
    assert dialog.messages.text() == "A provider needs a name."
    fill(desktop, dialog, name="Birch Homes", group="Moor Group")
    agree(desktop, dialog)
    assert desktop.shown == "Provider"
    assert {"Birch Homes", "Group: Moor Group"} <= set(desktop.provider.said)
