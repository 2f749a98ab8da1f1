"""What is new in a file, told from the one before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.storage.directory.test_hsca import HEADER, row
from tests.support.directory.cqc import HEATHER, LARCH, PLACES, ROWAN, Invented, write_cqc
from tests.support.directory.fhrs import Kitchen, write_fhrs
from visitapp.errors import BadFile, Code
from visitapp.storage.directory import Directory, Publication

Write = Callable[..., Path]
JUNE = "06/26/2026"


def found(directory: Directory, *ids: str) -> list[tuple[str, str, str, str]]:
    wanted = ids or [place.location_id for place in PLACES]
    new = directory.publications(after=0, ids=wanted)
    return sorted((one.kind, one.domain, one.before, one.after) for one in new)


def later(place: Invented, overall: str, **more: str) -> Invented:
    return place._replace(overall=overall, published=JUNE, **more)


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (later(HEATHER, "Inadequate", safe="Good"), [("rating_down", "Overall", "Inadequate")]),
        (later(HEATHER, "Outstanding", safe="Good"), [("rating_up", "Overall", "Outstanding")]),
        (later(HEATHER, "Good"), [("new_report", "Report", "Good")]),
        (later(HEATHER, "Good", safe="Inadequate"), [("rating_down", "Safe", "Inadequate")]),
        (later(HEATHER, "Not rated", safe="Good"), [("new_report", "Overall", "Not rated")]),
    ],
)
def test_a_later_publication_says_what_changed(
    directory: Directory, tmp_path: Path, new: Invented, told: list[tuple[str, str, str]]
) -> None:
    directory.import_file(write_cqc(tmp_path / "may.csv"))
    report = directory.import_file(write_cqc(tmp_path / "june.csv", [new, LARCH]))
    changes = directory.publications(after=0, ids=["1-900001"])
    others = {"Effective", "Caring", "Responsive", "Well-led"}
    listed = [(one.kind, one.domain, one.after) for one in changes if one.domain not in others]
    assert listed == told
    assert report.changes == len(changes)
    one = next(one for one in changes if one.domain == told[0][1])
    assert (one.before, one.source, one.name) == ("Good", "cqc", "Heather Bank")
    assert (one.published_on, one.edition_on) == (date(2026, 6, 26), date(2026, 6, 26))
    assert one.link == "http://www.cqc.org.uk/location/1-900001"


def test_the_first_file_and_the_same_file_again_say_nothing(
    directory: Directory, tmp_path: Path
) -> None:
    path = write_cqc(tmp_path / "may.csv")
    assert [directory.import_file(path).changes for _ in range(2)] == [0, 0]
    june = write_cqc(tmp_path / "june.csv", [later(HEATHER, "Inadequate")])
    assert directory.import_file(june).changes > 0
    content = directory.path.read_bytes()
    assert directory.import_file(june).changes == 0
    assert len(directory.path.read_bytes()) == len(content)


def test_a_location_is_new_only_in_an_area_that_was_imported_before(
    directory: Directory, tmp_path: Path
) -> None:
    directory.import_file(write_cqc(tmp_path / "a.csv", [HEATHER]))
    away = LARCH._replace(area="Southmoor")
    directory.import_file(write_cqc(tmp_path / "b.csv", [HEATHER, away, ROWAN]))
    assert found(directory) == [("registered", "Registration", "", "registered")]
    (one,) = directory.area_publications(["Northmoor", "Southmoor"])
    assert one.location_id == ROWAN.location_id


def listed(write: Write, name: str, *numbers: int, day: str = "29/05/2026") -> Path:
    rows = [row(**{"Location ID": f"1-9{n:05}", "Publication Date": day}) for n in numbers]
    return write([HEADER, *rows], name=name)


def test_what_a_whole_list_no_longer_names_is_closed(directory: Directory, write: Write) -> None:
    directory.import_file(listed(write, "may.csv", *range(20)))
    directory.import_file(listed(write, "june.csv", *range(1, 20), day="26/06/2026"))
    gone = "1-900000"
    assert found(directory, gone) == [("deregistered", "Registration", "active", "closed")]
    assert directory.get(gone).status == "closed"
    directory.import_file(listed(write, "july.csv", *range(20), day="17/07/2026"))
    assert directory.get(gone).status == "active"
    assert [kind for kind, *_ in found(directory, gone)] == [
        *("deregistered", "new_report", "registered")
    ]


def test_an_older_list_opens_nothing_again(directory: Directory, write: Write) -> None:
    may = listed(write, "may.csv", *range(20))
    directory.import_file(may)
    directory.import_file(listed(write, "june.csv", *range(1, 20), day="26/06/2026"))
    directory.import_file(may)
    assert directory.get("1-900000").status == "closed"


def test_a_selection_of_a_list_closes_nothing(directory: Directory, write: Write) -> None:
    directory.import_file(listed(write, "may.csv", *range(20)))
    report = directory.import_file(listed(write, "mine.csv", *range(5), day="26/06/2026"))
    assert [problem.what for problem in report.problems] == [
        "The file names 5 of the 20 services known in Northmoor, so none of the others was taken "
        "to be closed."
    ]
    assert directory.get("1-900019").status == "active"


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("5", "3", "hygiene_down"),
        ("1", "4", "hygiene_up"),
        ("Pass", "Improvement Required", "hygiene_down"),
        ("5", "AwaitingInspection", None),
        ("4", "4", None),
    ],
)
def test_food_hygiene_goes_up_or_down(
    directory: Directory, tmp_path: Path, before: str, after: str, kind: str | None
) -> None:
    kitchen = Kitchen("77", "Heather Bank", "ZZ1 1AA", before)
    directory.import_file(write_fhrs(tmp_path / "a.xml", [kitchen]))
    again = kitchen._replace(rating=after, rated="2026-06-03")
    directory.import_file(write_fhrs(tmp_path / "b.xml", [again]))
    told = [
        (one.kind, one.before, one.after) for one in directory.publications(after=0, ids=["77"])
    ]
    assert told == ([(kind, before, after)] if kind else [])


def test_an_older_file_is_refused_unless_it_is_wanted(directory: Directory, tmp_path: Path) -> None:
    june = write_cqc(tmp_path / "june.csv", [later(HEATHER, "Inadequate")])
    may = write_cqc(tmp_path / "may.csv")
    directory.import_file(june, refuse_older=True)
    before = directory.path.read_bytes()
    with pytest.raises(BadFile) as refused:
        directory.import_file(may, refuse_older=True)
    assert refused.value.code is Code.FILE_OLDER
    assert "29/05/2026" in str(refused.value)
    assert directory.path.read_bytes() == before
    directory.import_file(june, refuse_older=True)
    directory.import_file(may)
    assert directory.get(HEATHER.location_id).overall == "Inadequate"
    assert found(directory, HEATHER.location_id) == []


def test_an_older_file_of_another_area_is_no_older_one(
    directory: Directory, tmp_path: Path
) -> None:
    directory.import_file(write_cqc(tmp_path / "june.csv", [later(HEATHER, "Good")]))
    away = [LARCH._replace(area="Southmoor")]
    report = directory.import_file(write_cqc(tmp_path / "south.csv", away), refuse_older=True)
    assert report.settings == 1


class Stopped(Exception):
    pass


@pytest.mark.parametrize("at", [1, 2, 4])
def test_a_cancelled_import_leaves_the_directory_as_it_was(
    directory: Directory, tmp_path: Path, at: int
) -> None:
    """Rows are read first and put into the directory then: it is stopped in either part."""
    many = [HEATHER._replace(location_id=f"1-8{n:05}") for n in range(250)]
    directory.import_file(write_cqc(tmp_path / "may.csv"))
    before = directory.path.read_bytes()
    looks: list[int] = []

    def progress(rows: int) -> None:
        looks.append(rows)
        if len(looks) == at:
            raise Stopped

    with pytest.raises(Stopped):
        directory.import_file(write_cqc(tmp_path / "june.csv", many), progress)
    assert directory.path.read_bytes() == before
    left = {file.name for file in directory.path.parent.iterdir()} - {"visitapp.lock"}
    assert left == {"directory.db"}
    assert directory.import_file(tmp_path / "june.csv").settings == 250


def test_publications_are_values_of_the_directory(directory: Directory, tmp_path: Path) -> None:
    directory.import_file(write_cqc(tmp_path / "may.csv", [HEATHER]))
    assert directory.last_publication() == 0
    directory.import_file(write_cqc(tmp_path / "june.csv", [later(HEATHER, "Inadequate")]))
    last = directory.last_publication()
    assert directory.publications(after=last, ids=["1-900001"]) == []
    assert all(isinstance(one, Publication) for one in directory.area_publications(["Northmoor"]))
