"""Due dates and owners come back from the list that was exported, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from visitapp.errors import BadFile, Refused
from visitapp.records import Step
from visitapp.services.services import Services
from visitapp.services.views.actions import ActionView

TITLES = [
    *("Action", "Due", "Owner", "Reason for a later due date", "Action id"),
    *("Due when exported", "Owner when exported"),
]
DUE = date(2026, 12, 7)
Change = Callable[..., Path]


@pytest.fixture
def actions(services: Services, homes: list[str]) -> list[ActionView]:
    return [
        services.actions.add(None, homes[0], title, DUE, owner="Manager")
        for title in ("Mend the roof", "Paint the hall")
    ]


@pytest.fixture
def changed(tmp_path: Path, actions: list[ActionView]) -> Change:
    """The exported list, with cells of the first action as they are given."""

    def write(name: str = "actions.xlsx", hidden: bool = False, **cells: Any) -> Path:
        path = tmp_path / name
        book = xlsxwriter.Workbook(path)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        first = book.add_worksheet("Notes")
        first.write_string(0, 0, "Not the list")
        sheet = book.add_worksheet("Actions")
        if hidden:
            sheet.hide()
        sheet.write_string(0, 0, "Actions")
        sheet.write_row(2, 0, TITLES)
        for number, action in enumerate(actions):
            row: dict[str, Any] = {
                "Action": action.title,
                "Due": action.due_on,
                "Owner": action.owner,
                "Action id": action.id,
                "Due when exported": action.due_on,
                "Owner when exported": action.owner,
            }
            row |= cells if number == 0 else {}
            for title, value in row.items():
                at = (3 + number, TITLES.index(title))
                if isinstance(value, date):
                    moment = datetime(value.year, value.month, value.day)
                    sheet.write_datetime(*at, moment, day)
                elif str(value).startswith("="):
                    sheet.write_formula(*at, value, None, 46400)
                else:
                    sheet.write(*at, value)
        book.close()
        return path

    return write


def steps(services: Services) -> int:
    with services.desk.reading() as session:
        return session.query(Step).count()


def test_the_difference_is_shown_then_taken(
    services: Services, actions: list[ActionView], changed: Change
) -> None:
    path = changed(Due=date(2026, 12, 21), Owner="Deputy", **{TITLES[3]: "The builder is ill"})
    preview = services.action_sheets.preview(path)
    (one,) = preview.changes
    assert (one.row, one.title, one.setting) == (4, "Mend the roof", "Heather Bank")
    assert (one.due_before, one.due_after) == (DUE, date(2026, 12, 21))
    assert (one.owner_before, one.owner_after) == ("Manager", "Deputy")
    assert services.actions.view(one.action_id).due_on == DUE
    assert services.action_sheets.apply(preview) == 1
    now = services.actions.view(one.action_id)
    assert (now.due_on, now.owner, now.moved_count) == (date(2026, 12, 21), "Deputy", 1)
    with services.desk.reading() as session:
        assert [step.reason for step in session.query(Step)] == ["The builder is ill"]
    again = services.action_sheets.preview(path)
    assert (again.changes, again.faults) == ([], [])
    assert services.action_sheets.apply(again) == 0
    assert steps(services) == 1


def test_an_unchanged_list_changes_nothing_even_after_others_moved_it(
    services: Services, actions: list[ActionView], changed: Change
) -> None:
    path = changed()
    services.actions.update(actions[0].id, due_on=date(2026, 12, 1), owner="Deputy")
    preview = services.action_sheets.preview(path)
    assert (preview.changes, preview.faults, preview.rows) == ([], [], 2)


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"Due": date(2026, 12, 21)}, TITLES[3], "A later due date needs its reason"),
        ({"Due": "soon"}, "Due", "“soon” is not a date."),
        ({"Due": "1900-01-01"}, "Due", "not between 2000 and 2099"),
        ({"Action id": "nobody"}, "Action id", "has the id “nobody”"),
        ({"Owner": "x" * 121}, "Owner", "too long"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_taken(
    services: Services, changed: Change, cells: dict[str, Any], column: str, said: str
) -> None:
    preview = services.action_sheets.preview(changed(**cells))
    (fault,) = preview.faults
    assert (fault.row, fault.column) == (4, column)
    assert said in fault.what
    with pytest.raises(BadFile) as refused:
        services.action_sheets.apply(preview)
    assert refused.value.row == 4
    assert steps(services) == 0


def test_what_changed_here_too_is_not_overwritten(
    services: Services, actions: list[ActionView], changed: Change
) -> None:
    path = changed(Due=date(2026, 12, 2), Owner="Cook")
    preview = services.action_sheets.preview(path)
    services.actions.update(actions[0].id, due_on=date(2026, 12, 1), owner="Deputy")
    with pytest.raises(Refused):
        services.action_sheets.apply(preview)
    assert [fault.column for fault in services.action_sheets.preview(path).faults] == ["Due"]


def test_formulas_and_hidden_sheets_are_not_read(services: Services, changed: Change) -> None:
    preview = services.action_sheets.preview(changed(Due="=DATE(2027,1,1)", Owner="=A1"))
    assert (preview.changes, preview.faults) == ([], [])
    assert [(one.row, one.column) for one in preview.ignored] == [(4, "Due"), (4, "Owner")]
    with pytest.raises(BadFile, match="not a list of actions"):
        services.action_sheets.preview(changed("hidden.xlsx", hidden=True, Owner="Cook"))


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 no package", b"a,b\r\n1,2\r\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
)
def test_other_files_are_refused(services: Services, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadFile) as refused:
        services.action_sheets.preview(path)
    assert refused.value.file == str(path)


@pytest.mark.parametrize("written", ["2026-12-02", "02/12/2026", "2 Dec 2026"])
def test_a_csv_of_excel_is_read(
    services: Services, tmp_path: Path, actions: list[ActionView], written: str
) -> None:
    path = tmp_path / "actions.csv"
    text = f"Actions\r\n\r\nAction id;Due;Owner\r\n{actions[0].id};{written};'=Cook\r\n"
    path.write_bytes(text.encode("utf-8-sig"))
    (one,) = services.action_sheets.preview(path).changes
    assert (one.due_after, one.owner_after) == (date(2026, 12, 2), "=Cook")


def test_a_row_twice_is_a_fault(
    services: Services, tmp_path: Path, actions: list[ActionView]
) -> None:
    path = tmp_path / "actions.csv"
    path.write_text("Action id,Owner\n" + f"{actions[0].id},Cook\n" * 2, encoding="utf-8")
    (fault,) = services.action_sheets.preview(path).faults
    assert (fault.row, fault.what) == (3, "The action stands in row 2 too.")
