"""The name that a person gives at the first start stands on the record and on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.support.desk.desks import Clock, open_desk, signed_off_visit
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import HEATHER, write_cqc
from visitapp.errors import Code, Refused
from visitapp.reports.visit.report import write_visit_report

NAME = "Asha Verrin"


def test_the_report_and_the_record_name_the_officer(tmp_path: Path) -> None:
    clock = Clock()
    with open_desk(tmp_path / "desk", clock, MemoryKeyring()) as desk:
        assert not desk.profile.introduced
        desk.profile.introduce(f"  {NAME} ", "officer")
        assert desk.profile.introduced
        desk.directory.import_file(write_cqc(tmp_path / "places.csv"))
        clock.move_to(date(2026, 6, 1))
        setting = desk.settings.add(HEATHER.location_id).setting_id
        view = signed_off_visit(desk, setting)
        form = desk.visits.form(view.summary.id)
        write_visit_report(view, form, tmp_path / "out.pdf", printed_at=clock())
    assert (view.summary.officer, view.signed_off_by) == (NAME, NAME)
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as document:
        paper = "\n".join(page.get_textpage().get_text_range() for page in document)
    assert NAME in paper
    assert "by You" not in paper


@pytest.mark.parametrize(
    ("name", "role"),
    [("", "officer"), ("x" * 121, "officer"), ("A\u0007", "officer"), (NAME, "manager")],
)
def test_a_name_or_role_that_cannot_be_changes_nothing(
    tmp_path: Path, name: str, role: str
) -> None:
    with open_desk(tmp_path / "desk", Clock(), MemoryKeyring()) as desk:
        before = desk.me()
        with pytest.raises(Refused) as refused:
            desk.profile.introduce(name, role)
        assert refused.value.code == Code.BAD_VALUE
        assert desk.me() == before
