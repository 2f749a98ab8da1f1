"""Many reports into one folder: safe names, nothing overwritten unasked, stopped when asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from forms.model import Form
from tests.support.paper.visit_views import PRINTED_AT, make_view
from visitapp.errors import BadFile, Code
from visitapp.reports.visit.bulk import Printable, report_files, write_reports
from visitapp.services.views.visits import VisitSummary


class StoppedError(Exception):
    """What a cancel raises."""


@pytest.fixture
def visits(form: Form) -> list[VisitSummary]:
    return summaries(form, "Alder", "Birch", "Elm")


@pytest.fixture
def printable(form: Form) -> Printable:
    view = make_view(form, {"referrals": {"value": "met"}})
    return Printable(
        view=lambda id_: view,
        form=lambda id_: form,
        photo=lambda id_: None,
        printed_at=PRINTED_AT,
    )


def summaries(form: Form, *names: str) -> list[VisitSummary]:
    """A visit of 23 November to a setting of each name."""
    one, day = make_view(form, {}).summary, date(2026, 11, 23)
    return [
        replace(one, id=str(number), setting=name, visited_on=day)
        for number, name in enumerate(names)
    ]


def test_names_are_safe_on_windows_and_never_meet(form: Form) -> None:
    odd = ["Con", 'Ash: "the / old" Hall?', "ELM LODGE", "Elm Lodge", "Elm Lodge", "…", "x" * 200]
    files = report_files(summaries(form, *odd), Path("out"))
    names = [file.name for file in files.values()]
    assert names[:5] == [
        "Con 2026-11-23.pdf",
        "Ash- -the - old- Hall- 2026-11-23.pdf",
        "ELM LODGE 2026-11-23.pdf",
        "Elm Lodge 2026-11-23 (2).pdf",
        "Elm Lodge 2026-11-23 (3).pdf",
    ]
    assert len({name.casefold() for name in names}) == len(odd)
    assert all(len(name) < 100 for name in names)
    assert not any(sign in name for name in names for sign in '<>:"/\\|?*')


def test_each_visit_has_its_own_file_and_progress_is_told(
    visits: list[VisitSummary], printable: Printable, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    out = tmp_path / "for the committee"
    files = write_reports(visits, out, printable, lambda *far: told.append(far))
    assert sorted(out.iterdir()) == sorted(files)
    assert all(file.read_bytes().startswith(b"%PDF") for file in files)
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_nothing_is_overwritten_unasked(
    visits: list[VisitSummary], printable: Printable, tmp_path: Path
) -> None:
    there = tmp_path / "Birch 2026-11-23.pdf"
    there.write_text("kept")
    with pytest.raises(BadFile) as refused:
        write_reports(visits, tmp_path, printable, lambda *far: None)
    assert refused.value.code == Code.ALREADY_THERE
    assert [file.read_text() for file in tmp_path.iterdir()] == ["kept"]
    write_reports(visits, tmp_path, printable, lambda *far: None, overwrite=True)
    assert there.read_bytes().startswith(b"%PDF")


def test_a_cancel_leaves_whole_reports_alone(
    visits: list[VisitSummary], printable: Printable, tmp_path: Path
) -> None:
    def stop(done: int, total: int) -> None:
        if done == 1:
            raise StoppedError

    with pytest.raises(StoppedError):
        write_reports(visits, tmp_path, printable, stop)
    assert [file.name for file in tmp_path.iterdir()] == ["Alder 2026-11-23.pdf"]
