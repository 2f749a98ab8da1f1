"""Concerns from a case system's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from visitapp.errors import BadFile, Refused
from visitapp.services.concerns.views import ConcernFilter
from visitapp.services.services import Services

HEAD = "Case reference,Service,Type,Date received,Severity,Categories,Summary,Client code,Worker"


def a_file(tmp_path: Path, *rows: str, head: str = HEAD) -> Path:
    path = tmp_path / "cases.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


def test_the_difference_is_shown_and_the_same_file_twice_changes_nothing(
    services: Services, homes: list[str], tmp_path: Path
) -> None:
    names = [services.settings.view(home).row.name for home in homes]
    path = a_file(
        tmp_path,
        f"K-1,{names[0]},Safeguarding,20/11/2026,3,Medicines; Falls,Wrong dose,P31,x",
        f"K-2,{names[1]},complaint,2026-11-19,,,Spoken to sharply,,x",
    )
    sheets = services.concern_sheets
    found = sheets.preview(path)
    assert [(one.row, one.setting) for one in found.new] == [(2, names[0]), (3, names[1])]
    assert (found.unread, found.faults, found.known) == (["Worker"], [], 0)
    assert services.concerns.list(ConcernFilter(state="all")) == []
    assert sheets.apply(found) == 2
    rows = {one.reference: one for one in services.concerns.list(ConcernFilter(state="all"))}
    assert (rows["K-1"].kind, rows["K-1"].severity) == ("safeguarding", "3")
    assert (rows["K-1"].themes, rows["K-1"].person) == (["medicines", "falls"], "P31")
    assert (rows["K-2"].severity, rows["K-2"].source) == ("2", "partner")
    with pytest.raises(Refused):
        sheets.apply(found)
    again = sheets.preview(path)
    assert (again.new, again.known) == ([], 2)
    assert sheets.apply(again) == 0
    assert len(services.concerns.list(ConcernFilter(state="all"))) == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("K-1,Nowhere House,complaint,2026-11-19,2,,A,,x", "Setting"),
        ("K-1,{home},gossip,2026-11-19,2,,A,,x", "Kind"),
        ("K-1,{home},complaint,soon,2,,A,,x", "Received"),
        ("K-1,{home},complaint,2030-11-19,2,,A,,x", "Received"),
        ("K-1,{home},complaint,2026-11-19,9,,A,,x", "Severity"),
        ("K-1,{home},complaint,2026-11-19,2,Gardening,A,,x", "Themes"),
        ("K-1,{home},complaint,2026-11-19,2,,A,Mary Smith,x", "Person's code"),
        (",{home},complaint,2026-11-19,2,,A,,x", "Reference"),
        ("K-1,{home},complaint,2026-11-19,2,,,,x", "Title"),
    ],
)
def test_a_fault_stops_all_of_it(
    services: Services, homes: list[str], tmp_path: Path, row: str, column: str
) -> None:
    home = services.settings.view(homes[0]).row.name
    good = f"K-7,{home},complaint,2026-11-19,2,,Good,,x"
    found = services.concern_sheets.preview(a_file(tmp_path, good, row.format(home=home)))
    assert [(one.row, one.column) for one in found.faults] == [(3, column)]
    with pytest.raises(BadFile):
        services.concern_sheets.apply(found)
    assert services.concerns.list(ConcernFilter(state="all")) == []


def test_columns_are_mapped_and_remembered(
    services: Services, homes: list[str], tmp_path: Path
) -> None:
    home = services.settings.view(homes[0]).row.name
    row = f"K-1,{home},complaint,2026-11-19,Noise at night"
    path = a_file(tmp_path, row, head="Ref,Where,Type,Received,Heading")
    with pytest.raises(BadFile):
        services.concern_sheets.preview(path)
    mapped = {"Where": "setting", "Heading": "title"}
    assert len(services.concern_sheets.preview(path, mapped).new) == 1
    assert len(services.concern_sheets.preview(path).new) == 1
    with pytest.raises(Refused):
        services.concern_sheets.preview(path, {"Where": "place"})
