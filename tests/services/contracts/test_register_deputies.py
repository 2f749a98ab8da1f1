"""A register names who covers its settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.support.desk.colleagues import become, bring
from tests.support.directory.cqc import HEATHER, LARCH
from visitapp.dates import short_day
from visitapp.services.services import Services

CARE: dict[str, Any] = {
    "Contract ref": "CARE-1",
    "Supplier": HEATHER.provider,
    "Officer": "ann",
    "Settings": f"{HEATHER.location_id}; Larch Nursing Home",
}
Write = Callable[[dict[str, Any]], Path]


@pytest.fixture
def desk(services: Services) -> Services:
    """A lead's desk with two homes of one provider."""
    bring(services, lee="lead", ann="officer", dan="officer", max="manager")
    become(services, "lee")
    for one in (HEATHER, LARCH):
        services.settings.add(one.location_id)
    return services


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(row: dict[str, Any]) -> Path:
        path = tmp_path / "register.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Register")
            day = book.add_format({"num_format": "dd/mm/yyyy"})
            sheet.write_row(0, 0, list(row))
            for column, value in enumerate(row.values()):
                if isinstance(value, date):
                    moment = datetime(value.year, value.month, value.day)
                    sheet.write_datetime(1, column, moment, day)
                else:
                    sheet.write(1, column, value)
        return path

    return written


def take(services: Services, path: Path) -> int:
    register = services.contract_register
    return register.apply(register.read(path))


def test_a_deputy_covers_the_settings_of_the_row_and_the_same_file_changes_nothing(
    desk: Services, write: Write
) -> None:
    today = desk.desk.today()
    first, last = today + timedelta(days=7), today + timedelta(days=20)
    path = write({**CARE, "Deputy": "dan", "Cover from": first, "Cover until": last})
    (new,) = desk.contract_register.read(path).difference.new
    said = {change.field: change.after for change in new.changes}
    assert said["deputy"] == "dan (Heather Bank; Larch Nursing Home)"
    assert said["deputy_until"] == short_day(last)
    assert take(desk, path) == 1
    shown = [(one.setting, one.deputy, one.starts_on, one.ends_on) for one in desk.covers.list()]
    assert shown == [
        ("Heather Bank", "Dan Doe", first, last),
        ("Larch Nursing Home", "Dan Doe", first, last),
    ]
    assert take(desk, path) == 0
    longer = write({**CARE, "Deputy": "dan", "Cover until": last + timedelta(days=3)})
    assert take(desk, longer) == 1
    assert {(one.starts_on, one.ends_on) for one in desk.covers.list()} == {
        (first, last + timedelta(days=3))
    }


def test_a_deputy_without_days_covers_for_a_year_and_one_of_the_past_is_left_alone(
    desk: Services, write: Write
) -> None:
    today = desk.desk.today()
    past = {**CARE, "Deputy": "dan", "Cover until": today - timedelta(days=1)}
    assert take(desk, write(past)) == 1, "the contract"
    assert desk.covers.list() == []
    assert take(desk, write({**CARE, "Deputy": "dan"})) == 1
    assert {one.ends_on for one in desk.covers.list()} == {today + timedelta(days=365)}


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({"Cover until": date(2099, 1, 1)}, "These days belong to a deputy."),
        ({"Deputy": "max"}, "max cannot be given settings."),
        ({"Deputy": "dan", "Cover until": date(2099, 1, 1)}, "for longer than a year"),
    ],
)
def test_a_deputy_that_cannot_be_is_a_fault_of_its_cell(
    desk: Services, write: Write, cells: dict[str, Any], what: str
) -> None:
    (fault,) = desk.contract_register.read(write({**CARE, **cells})).difference.faults
    assert what in fault.what
    assert fault.column == "Deputy"
