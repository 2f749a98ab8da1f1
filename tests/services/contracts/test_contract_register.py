"""A council's register comes from a file as it was shown, whole or not at all."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import func, select

from tests.support.desk.colleagues import become, bring
from tests.support.directory.cqc import HEATHER, LARCH
from visitapp.dates import short_day
from visitapp.errors import BadFile, Code, NotAllowed, Refused
from visitapp.records import Base, Contract, ContractSetting, Outbox, Provider
from visitapp.services.services import Services
from visitapp.services.views.registers import ContractDifference

TITLES = [
    *("Contract ref", "Contract title", "Supplier", "Service types", "Start date", "End date"),
    *("Annual cost", "Officer", "Lot", "Key supplier", "Settings", "Spend code"),
    *("Group", "Funding", "Route", "Notice period", "Our share, per cent", "Status", "District"),
    *("Management level", "Reason for the management level", "Review of the management level"),
    *("Contact name", "Contact role", "Contact email"),
]
CARE: dict[str, Any] = {
    "Contract ref": "CARE-1",
    "Contract title": "Residential care",
    "Supplier": HEATHER.provider,
    "Service types": "Residential, Nursing",
    "Start date": date(2024, 4, 1),
    "End date": date(2027, 3, 31),
    "Annual cost": 1_250_000.4,
    "Officer": "ann",
    "Lot": 2,
    "Key supplier": "yes",
    "Settings": f"{HEATHER.location_id}; Larch Nursing Home",
}
HOME: dict[str, Any] = {
    "Contract ref": "HOME-7",
    "Supplier": "Brook Care",
    "End date": "31/03/2028",
}
Write = Callable[..., Path]


@pytest.fixture
def desk(services: Services) -> Services:
    """A lead's desk with two homes of one provider."""
    bring(services, lee="lead", ann="officer", max="manager", eve="viewer")
    become(services, "lee")
    for one in (HEATHER, LARCH):
        services.settings.add(one.location_id)
    return services


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A register with these rows below a line of its own, as a spreadsheet."""

    def written(
        *rows: dict[str, Any],
        titles: Sequence[str] = TITLES,
        name: str = "register.xlsx",
        hidden: bool = False,
    ) -> Path:
        book = xlsxwriter.Workbook(tmp_path / name)
        book.add_worksheet("Notes").write_string(0, 0, "Not the register")
        sheet = book.add_worksheet("Register")
        if hidden:
            sheet.hide()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_string(0, 0, "Contracts of the council")
        sheet.write_row(1, 0, titles)
        for number, row in enumerate(rows, 2):
            for title, value in row.items():
                at = (number, titles.index(title))
                if isinstance(value, date):
                    sheet.write_datetime(*at, datetime(value.year, value.month, value.day), day)
                elif str(value).startswith("="):
                    sheet.write_formula(*at, value, None, 46400)
                else:
                    sheet.write(*at, value)
        book.close()
        return tmp_path / name

    return written


def take(services: Services, path: Path) -> int:
    register = services.contract_register
    return register.apply(register.read(path))


def count(services: Services, kind: type[Base]) -> int:
    with services.desk.reading() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def said(one: ContractDifference) -> dict[str, tuple[str, str]]:
    return {change.field: (change.before, change.after) for change in one.changes}


def test_a_register_is_shown_taken_and_the_same_file_changes_nothing(
    desk: Services, write: Write
) -> None:
    path = write(CARE, HOME)
    read = desk.contract_register.read(path)
    difference = read.difference
    assert [(one.row, one.number) for one in difference.new] == [(3, "CARE-1"), (4, "HOME-7")]
    assert said(difference.new[0])["yearly_cost"] == ("", "£1,250,000")
    assert (difference.new_providers, difference.unread) == (["Brook Care"], ["Spend code"])
    assert difference.columns["provider"] == "Supplier"
    assert count(desk, Contract) == 0
    assert desk.contract_register.apply(read) == 2
    view = desk.contracts.view("CARE-1")
    assert (view.row.title, view.row.provider) == ("Residential care", HEATHER.provider)
    assert (view.row.starts_on, view.row.ends_on) == (date(2024, 4, 1), date(2027, 3, 31))
    assert (view.row.officer, view.lot, view.row.key_supplier) == ("Ann Doe", "2", True)
    assert (view.service_types, view.yearly_cost) == (["residential", "nursing"], 1_250_000)
    assert [one.setting for one in view.settings] == ["Heather Bank", "Larch Nursing Home"]
    assert desk.contracts.view("HOME-7").row.provider == "Brook Care"
    waiting = count(desk, Outbox)
    again = desk.contract_register.read(path)
    assert (again.difference.new, again.difference.changed) == ([], [])
    assert again.difference.unchanged == 2
    assert desk.contract_register.apply(again) == 0
    assert count(desk, Outbox) == waiting


def test_what_the_device_has_comes_back_from_a_file_of_its_own_words(
    desk: Services, write: Write, tmp_path: Path
) -> None:
    take(desk, write(CARE, HOME))
    views = [desk.contracts.view(number) for number in ("CARE-1", "HOME-7")]
    path = tmp_path / "own.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(["number", "title", "provider", "service_types", "ends_on", "settings"])
        for view in views:
            row, homes = view.row, "\n".join(one.setting for one in view.settings)
            services = ", ".join(view.service_types)
            rows.writerow([row.number, row.title, row.provider, services, row.ends_on, homes])
    read = desk.contract_register.read(path).difference
    assert (read.unchanged, read.new, read.changed, read.faults) == (2, [], [], [])


def test_a_change_is_told_field_by_field_and_blank_cells_change_nothing(
    desk: Services, write: Write
) -> None:
    take(desk, write(CARE, HOME))
    later = {"Contract ref": "care-1", "Annual cost": "£1,300,000", "Officer": "Lee Doe"}
    blank = {"Lot": "  ", "Spend code": "a note"}
    read = desk.contract_register.read(write(later, blank))
    (one,) = read.difference.changed
    assert said(one) == {
        "yearly_cost": ("£1,250,000", "£1,300,000"),
        "officer": ("ann", "lee"),
    }
    assert read.difference.absent == ["HOME-7"]
    assert desk.contract_register.apply(read) == 1
    view = desk.contracts.view("CARE-1")
    assert (view.row.officer, view.yearly_cost) == ("Lee Doe", 1_300_000)
    assert (view.row.title, len(view.settings)) == ("Residential care", 2)
    assert desk.contracts.view("HOME-7").row.number == "HOME-7"


def test_a_setting_that_was_taken_off_stays_off(desk: Services, write: Write) -> None:
    take(desk, write(CARE))
    place = desk.contracts.view("CARE-1").settings[0].id
    today = desk.desk.today()
    desk.contract_places.end(place, today)
    read = desk.contract_register.read(write(CARE))
    assert (read.difference.changed, read.difference.unchanged) == ([], 1)
    (note,) = (one for one in read.difference.notes if one.column == "Settings")
    assert note.what == (
        "Heather Bank was taken off the contract here; its last day was "
        f"{short_day(today)}. It stays off."
    )
    assert take(desk, write(CARE | {"Lot": 3})) == 1
    with desk.desk.reading() as session:
        link = session.get_one(ContractSetting, place)
        assert (link.ends_on, link.ended, count(desk, ContractSetting)) == (today, True, 2)


def test_a_later_start_begins_a_second_period(desk: Services, write: Write) -> None:
    take(desk, write(CARE))
    place = desk.contracts.view("CARE-1").settings[0].id
    today = desk.desk.today()
    desk.contract_places.end(place, today)
    later = today + timedelta(days=30)
    again = CARE | {"Start date": later, "End date": later + timedelta(days=365)}
    read = desk.contract_register.read(write(again))
    assert said(read.difference.changed[0])["settings"] == (
        "Larch Nursing Home",
        "Heather Bank; Larch Nursing Home",
    )
    desk.contract_register.apply(read)
    with desk.desk.reading() as session:
        links = session.scalars(select(ContractSetting)).all()
        assert {one.starts_on for one in links} == {None, later}
        assert session.get_one(ContractSetting, place).ends_on == today
    assert desk.contract_register.read(write(again)).difference.changed == []


@pytest.mark.parametrize(
    ("cost", "said_of"),
    [
        (95000.5, ["“95000.5” is kept in whole pounds: £95,001."]),
        ("£95,000.50", ["“£95,000.50” is kept in whole pounds: £95,001."]),
        ("95000.00", []),
    ],
)
def test_pence_are_rounded_and_said(
    desk: Services, write: Write, cost: object, said_of: list[str]
) -> None:
    difference = desk.contract_register.read(write(HOME | {"Annual cost": cost})).difference
    assert difference.faults == []
    assert [one.what for one in difference.notes] == said_of


def test_an_extension_is_known_and_only_a_step_moves_it(desk: Services, write: Write) -> None:
    take(desk, write(CARE))
    desk.contracts.extend("CARE-1", date(2028, 3, 31), "Agreed at the board")
    for end in (date(2027, 3, 31), date(2028, 3, 31)):
        read = desk.contract_register.read(write(CARE | {"End date": end})).difference
        assert (read.changed, read.faults) == ([], [])
    read = desk.contract_register.read(write(CARE | {"End date": date(2029, 3, 31)})).difference
    (fault,) = read.faults
    assert "extended to 31 Mar 2028" in fault.what


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"Contract ref": ""}, "Contract ref", "needs a number"),
        ({"Contract ref": "x" * 41}, "Contract ref", "too long"),
        ({"Contract ref": date(2026, 4, 1)}, "Contract ref", "not text"),
        ({"Contract ref": "HOME-7"}, "Contract ref", "stands in row 3 too"),
        ({"Supplier": ""}, "Supplier", "needs its provider"),
        ({"Supplier": "x" * 251}, "Supplier", "too long"),
        ({"Service types": "Residential, Zoo"}, "Service types", "“Zoo” is no service type"),
        ({"Start date": "soon"}, "Start date", "“soon” is not a date"),
        ({"Start date": "1900-01-01"}, "Start date", "between 2000 and 2099"),
        ({"End date": date(2020, 1, 1)}, "End date", "before the start date"),
        ({"Annual cost": "about 5k"}, "Annual cost", "“about 5k” is not an amount"),
        ({"Annual cost": "9" * 400}, "Annual cost", "is not an amount"),
        ({"Annual cost": 3_000_000_000}, "Annual cost", "2,000,000,000"),
        ({"Officer": "nobody"}, "Officer", "“nobody”"),
        ({"Key supplier": "perhaps"}, "Key supplier", "neither yes nor no"),
        ({"Settings": "Heather Bank; Elm House"}, "Settings", "“Elm House”"),
        ({"Funding": "Lottery"}, "Funding", "not one of the choices"),
        ({"Notice period": "half a year"}, "Notice period", "not a whole number"),
        ({"Our share, per cent": 101}, "Our share, per cent", "between 0 and 100"),
        ({"Status": "Ended"}, "Status", "needs its last day"),
        ({"Management level": "Self-certification"}, "Management level", "Give a reason"),
        (
            {"Reason for the management level": "New"},
            "Management level",
            "belongs to a management level",
        ),
        ({"Contact email": "bo@brook.example"}, "Contact name", "A contact needs a name"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_taken(
    desk: Services, write: Write, cells: dict[str, Any], column: str, words: str
) -> None:
    read = desk.contract_register.read(write(HOME, CARE | cells))
    (fault,) = read.difference.faults
    assert (fault.row, fault.column) == (4, column)
    assert words in fault.what
    with pytest.raises(BadFile) as refused:
        desk.contract_register.apply(read)
    assert refused.value.row == 4
    assert (count(desk, Contract), count(desk, Provider)) == (0, 1)


def test_several_of_one_name_are_told_apart_by_a_person(desk: Services, write: Write) -> None:
    with desk.desk.transaction() as session:
        session.add(Provider(name="brook care"))
        session.add(Provider(name="Brook Care"))
    (fault,) = desk.contract_register.read(write(HOME)).difference.faults
    assert "Several providers" in fault.what


def test_settings_come_under_no_contract_that_has_ended(desk: Services, write: Write) -> None:
    take(desk, write({**CARE, "Settings": ""}))
    desk.contracts.end("CARE-1", desk.desk.today(), "Let anew")
    read = desk.contract_register.read(write(CARE)).difference
    assert [fault.column for fault in read.faults] == ["Settings"]
    assert desk.contract_register.read(write(HOME)).difference.absent == []


def test_nothing_is_taken_but_what_was_shown(desk: Services, write: Write) -> None:
    take(desk, write(CARE))
    read = desk.contract_register.read(write(CARE | {"Lot": 3}))
    desk.contracts.edit("CARE-1", lot="4")
    with pytest.raises(Refused, match="since the changes were shown"):
        desk.contract_register.apply(read)
    assert desk.contracts.view("CARE-1").lot == "4"


def test_columns_are_mapped_once(desk: Services, write: Write) -> None:
    row = {"Agreement": "CARE-1", "Run by": "Brook Care", "Lot": "old code"}
    titles = ["Agreement", "Run by", "Lot"]
    path = write(row, titles=titles)
    with pytest.raises(BadFile, match="not a register"):
        desk.contract_register.read(path)
    mapped = {"agreement": "number", "Run  by": "provider", "Lot": ""}
    read = desk.contract_register.read(path, mapped).difference
    assert (read.columns, read.unread) == ({"number": "Agreement", "provider": "Run by"}, ["Lot"])
    assert desk.contract_register.read(path).difference == read
    moved = desk.contract_register.read(path, {"Lot": "number", "Agreement": "title"}).difference
    assert [one.number for one in moved.new] == ["old code"]
    assert desk.contract_register.read(path).difference == moved


@pytest.mark.parametrize(
    ("mapped", "words"),
    [
        ({"Lot": "parish"}, "“parish” is not"),
        ({"Lot": "zone", "Officer": "zone"}, "cannot both be “zone”"),
        ({"Parish": "zone"}, "no column “Parish”"),
    ],
)
def test_a_wrong_map_is_refused_and_not_remembered(
    desk: Services, write: Write, mapped: dict[str, str], words: str
) -> None:
    path = write(CARE)
    before = desk.contract_register.read(path)
    with pytest.raises(Refused, match=words):
        desk.contract_register.read(path, mapped)
    assert desk.contract_register.read(path).difference == before.difference


@pytest.mark.parametrize("who", ["ann", "max", "eve"])
def test_only_leads_and_administrators_import(desk: Services, write: Write, who: str) -> None:
    read = desk.contract_register.read(write(CARE))
    become(desk, who)
    with pytest.raises(NotAllowed):
        desk.contract_register.read(write(CARE), {"Lot": "zone"})
    with pytest.raises(NotAllowed):
        desk.contract_register.apply(read)
    assert count(desk, Contract) == 0


def test_formulas_and_hidden_sheets_are_not_read(desk: Services, write: Write) -> None:
    path = write(CARE | {"End date": "=DATE(2027,1,1)", "Lot": "=A1"})
    read = desk.contract_register.read(path)
    assert [(one.row, one.column) for one in read.difference.ignored] == [
        (3, "End date"),
        (3, "Lot"),
    ]
    desk.contract_register.apply(read)
    view = desk.contracts.view("CARE-1")
    assert (view.row.ends_on, view.lot) == (None, "")
    with pytest.raises(BadFile, match="not a register"):
        desk.contract_register.read(write(CARE, hidden=True))


def test_a_text_that_a_spreadsheet_would_run_is_text(desk: Services, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text("Ref,Provider,Contract\nC-1,Brook Care,'=1+1\n", encoding="utf-8")
    take(desk, path)
    assert desk.contracts.view("C-1").row.title == "=1+1"


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"PK\x03\x04 no package", b"a,b\r\n1,2\r\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        *(b"\xff\xfe\x00", b"Contract number\r\nC-1\r\n", b'"' + b"x" * 200_000),
    ],
)
def test_other_files_are_refused(desk: Services, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadFile) as refused:
        desk.contract_register.read(path)
    assert refused.value.file == str(path)
    assert refused.value.code != Code.BUG


def test_a_row_is_written_once_for_each_of_3000_contracts(desk: Services, write: Write) -> None:
    first = date(2025, 1, 1)
    rows = [
        {
            "Contract ref": f"C-{number:04}",
            "Supplier": f"Provider {number % 300}",
            "Start date": first + timedelta(days=number % 365),
            "Settings": HEATHER.location_id if number % 3 == 0 else "",
        }
        for number in range(3000)
    ]
    path = write(*rows)
    assert take(desk, path) == 3000
    assert count(desk, Contract) == 3000
    assert (count(desk, Provider), count(desk, ContractSetting)) == (301, 1000)
    assert take(desk, path) == 0
