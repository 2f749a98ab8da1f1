"""The page of contracts, and the dialog that shows one, by keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tests.support.desk.colleagues import become, bring
from tests.support.window.windows import Desktop, texts
from visitapp.services.services import Services
from visitapp.ui import words
from visitapp.ui.dialogs.contracts.contract import ContractDialog

REASON = "Agreed at the board"
TAB = Qt.Key.Key_Tab


@pytest.fixture
def market(services: Services, heather: str) -> str:
    """Three contracts of a home's provider: the first ended, the second near its end and over the
    home, the third far from it. Gives the id of the home."""
    bring(services, lee="lead")
    become(services, "lee")
    today, provider = services.desk.today(), services.settings.view(heather).provider_id
    assert provider is not None
    contracts = services.contracts
    contracts.add("CARE-0", provider, ends_on=today - timedelta(days=1))
    contracts.end("CARE-0", today - timedelta(days=1), REASON)
    contracts.add(
        "CARE-1",
        provider,
        title="Residential care",
        officer_id="lee",
        ends_on=today + timedelta(days=200),
        yearly_cost=1_250_000,
        route="framework",
        notice_months=1,
    )
    services.contract_places.add("CARE-1", heather, volume=28, unit="people")
    contracts.add("CARE-2", provider, title="Respite", ends_on=today + timedelta(days=900))
    return heather


def numbers(desktop: Desktop) -> list[str]:
    return [row.number for row in desktop.contracts.table.rows]


def said(dialog: ContractDialog) -> list[str]:
    return [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]


def test_without_contracts_the_page_says_how_they_come(desktop: Desktop) -> None:
    desktop.contracts.go()
    assert desktop.shown == "Contracts"
    assert "No contracts yet" in desktop.contracts.said


@pytest.mark.parametrize("ago", [0, 3])
def test_a_setting_is_under_a_contract_through_its_last_day(
    desktop: Desktop, services: Services, market: str, ago: int
) -> None:
    last = services.desk.today() - timedelta(days=ago)
    (place,) = services.contract_places.of_setting(market)
    services.contract_places.end(place.id, last)
    desktop.setting.go(market)
    over = "no longer under it · "
    until = f"{over}to {words.day(last)}" if ago else "until today"
    assert until in desktop.setting.said
    desktop.setting.click("Contract CARE-1")
    if ago:
        line = f"No longer under it: Heather Bank (until {words.day(last)})"
    else:
        line = "Under it until today: Heather Bank"
    assert line in said(desktop.dialog(ContractDialog))


def test_contracts_are_narrowed_by_filter_and_search(desktop: Desktop, market: str) -> None:
    contracts = desktop.contracts
    contracts.go()
    assert numbers(desktop) == ["CARE-1", "CARE-2"]
    contracts.click("End or decision within 12 months")
    assert numbers(desktop) == ["CARE-1"]
    contracts.click("Ended")
    assert numbers(desktop) == ["CARE-0"]
    contracts.click("All")
    contracts.search("respite")
    assert numbers(desktop) == ["CARE-2"]


def test_a_header_sorts_and_what_is_not_recorded_comes_last(desktop: Desktop, market: str) -> None:
    desktop.contracts.go()
    desktop.contracts.click("All")
    desktop.contracts.table.sort("Ends")
    assert numbers(desktop) == ["CARE-0", "CARE-1", "CARE-2"]
    desktop.contracts.table.sort("Ends")
    assert numbers(desktop) == ["CARE-2", "CARE-1", "CARE-0"]
    desktop.contracts.table.sort("Annual cost")
    assert numbers(desktop) == ["CARE-1", "CARE-0", "CARE-2"]


def test_a_row_says_what_is_bought_and_how_it_is_managed(desktop: Desktop, market: str) -> None:
    desktop.contracts.go()
    table = desktop.contracts.table
    assert table.cell(0, "Contract").second == "Residential care"
    assert table.cell(0, "Status").text == "Live"
    assert table.cell(0, "Annual cost").text == "£1,250,000"
    assert table.cell(1, "Annual cost").text == "—", "not recorded is no zero"
    assert table.cell(0, "Management level").text == "Proactive management and monitoring"
    assert table.cell(0, "Officer").text == "Lee Doe"


def test_a_contract_past_its_end_is_marked(
    desktop: Desktop, services: Services, market: str
) -> None:
    services.contracts.edit("CARE-2", ends_on=services.desk.today() - timedelta(days=3))
    desktop.contracts.go()
    cell = desktop.contracts.table.cell(1, "Status")
    assert (cell.text, cell.second, cell.second_tone) == ("Live", "past its end", "red")


def test_enter_opens_a_contract_and_then_its_setting(
    desktop: Desktop, services: Services, market: str
) -> None:
    desktop.contracts.go()
    desktop.press(Qt.Key.Key_Return)
    dialog = desktop.dialog(ContractDialog)
    lines = said(dialog)
    for line in (
        "Contract CARE-1",
        "Residential care",
        "Proactive management and monitoring",
        "It costs more than £1,000,000 a year.",
        "Framework",
        "1 month",
        "£1,250,000",
    ):
        assert line in lines
    (home,) = [row for row in services.portfolio.rows() if row.setting_id == market]
    (place,) = dialog.table.rows.rows
    assert (place.setting, place.volume) == ("Heather Bank", 28)
    assert (place.rag, place.placements) == (home.rag, home.placements)
    desktop.until(lambda: desktop.focus == "Settings")
    desktop.press(Qt.Key.Key_Return)
    assert desktop.shown == "Setting"
    assert "Heather Bank" in texts(desktop.window.page())


def test_a_contract_without_settings_says_so_and_enter_closes_it(
    desktop: Desktop, market: str
) -> None:
    desktop.contracts.go()
    desktop.contracts.table.open(1)
    dialog = desktop.dialog(ContractDialog)
    assert "No setting on this laptop is under this contract." in said(dialog)
    desktop.press(Qt.Key.Key_Return)
    desktop.until(lambda: not dialog.isVisible())
    assert desktop.shown == "Contracts"


def test_a_level_that_a_person_set_stands_beside_that_of_the_rules(
    desktop: Desktop, services: Services, market: str
) -> None:
    review = services.desk.today() + timedelta(days=30)
    services.contracts.set_level("CARE-1", "oversight", REASON, review)
    desktop.contracts.go()
    assert desktop.contracts.table.cell(0, "Management level").second == "set by a person"
    desktop.press(Qt.Key.Key_Return)
    lines = said(desktop.dialog(ContractDialog))
    assert "Oversight and overview" in lines
    assert f"Set by a person. {REASON}" in lines
    assert "The council's rules give: Proactive management and monitoring" in lines


def test_page_down_reaches_the_terms_on_a_low_screen(desktop: Desktop, market: str) -> None:
    desktop.contracts.go()
    desktop.press(Qt.Key.Key_Return)
    dialog = desktop.dialog(ContractDialog)
    dialog.resize(dialog.width(), 420)
    desktop.until(lambda: desktop.focus == "Settings")
    bar = dialog.body.verticalScrollBar()
    bar.setValue(0)
    desktop.press(TAB)
    for _ in range(9):
        desktop.press(Qt.Key.Key_PageDown)
    assert bar.value() == bar.maximum() > 0


def test_a_setting_leads_to_its_contract_and_has_its_facts(
    desktop: Desktop, services: Services, market: str
) -> None:
    today = services.desk.today()
    services.setting_facts.add(market, "manager", "", "Telephone call", as_of=today)
    services.setting_facts.add(market, "beds", "28", "Regulator", as_of=today)
    desktop.setting.go(market)
    lines = desktop.setting.said
    assert {"Manager: none", "Beds: 28"} <= set(lines)
    day = words.day(today)
    assert lines.index(f"Telephone call · {day}") == lines.index("Manager: none") + 1
    way = desktop.setting.field(QPushButton, "Contract CARE-1")
    way.setFocus()
    desktop.press(Qt.Key.Key_Space)
    assert "Contract CARE-1" in said(desktop.dialog(ContractDialog))


def test_a_setting_without_contracts_and_facts_says_how_they_come(
    desktop: Desktop, heather: str
) -> None:
    desktop.setting.go(heather)
    lines = " ".join(desktop.setting.said)
    assert "No contract on this laptop covers this setting." in lines
    assert "Record them under Facts over time" in lines


def test_a_setting_shows_a_contract_of_two_periods_once(
    desktop: Desktop, services: Services, market: str
) -> None:
    today = services.desk.today()
    (place,) = services.contract_places.of_setting(market)
    services.contract_places.end(place.id, today - timedelta(days=10))
    services.contract_places.add("CARE-1", market, today)
    desktop.setting.go(market)
    assert desktop.setting.buttons.count("Contract CARE-1") == 1
    assert f"from {words.day(today)}" in desktop.setting.said
    assert "no longer under it" not in " ".join(desktop.setting.said)


def test_contracts_are_narrowed_to_key_suppliers_and_to_a_level(
    desktop: Desktop, services: Services, market: str
) -> None:
    services.contracts.edit("CARE-2", key_supplier=True)
    review = services.desk.today() + timedelta(days=30)
    services.contracts.set_level("CARE-1", "self_certification", REASON, review)
    contracts = desktop.contracts
    contracts.go()
    contracts.click("Key suppliers")
    assert numbers(desktop) == ["CARE-2"]
    assert contracts.table.cell(0, "Provider").second == "key supplier"
    contracts.click("Self-certification")
    assert numbers(desktop) == ["CARE-1"]
    contracts.click("Proactive management")
    assert numbers(desktop) == ["CARE-2"]


def test_down_and_enter_in_the_search_go_on_to_the_list(desktop: Desktop, market: str) -> None:
    desktop.contracts.go()
    desktop.contracts.search("")
    desktop.press(Qt.Key.Key_Down)
    assert desktop.focus == "Contracts"
    assert len(desktop.contracts.table.rows) > 1
    number = desktop.contracts.table.rows[0].number
    desktop.contracts.search(number)
    desktop.press(Qt.Key.Key_Return)
    assert desktop.dialog(ContractDialog).isVisible()
