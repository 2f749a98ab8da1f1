"""The file of a plan goes to the provider and comes back: nothing is taken unseen, or twice."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.support.desk.desks import START, Clock
from tests.support.desk.sheets import cells
from tests.support.paper.pdf_structure import outline
from tests.support.paper.pdfs import read_page
from tests.support.plans.filled import Changes, Formula, filled, rows_of
from visitapp.errors import BadFile, Code, Refused
from visitapp.reports.plans.save import save_for_provider
from visitapp.services.plans.provider.views import ReturnPreview
from visitapp.services.plans.views import PlanView
from visitapp.services.services import Services

TODAY = START.date()
ENDS, DUE = TODAY + timedelta(days=90), date(2026, 12, 7)
WITH = "The registered manager"
ODD = "=SUM(A1) of the round"
Said = Callable[..., ReturnPreview]


@pytest.fixture
def plan(services: Services, homes: list[str]) -> PlanView:
    """Three actions, agreed. The first begins like a formula."""
    services.actions.add(None, homes[0], ODD, DUE, target=29, success_measure="+5 a week")
    services.actions.add(None, homes[0], "Observe each round", DUE, owner="Deputy")
    services.actions.add(None, homes[0], "@Night: two carers", DUE, owner_side="council")
    view = services.plans.draft(homes[0], "-Safe- medicines", TODAY, ENDS)
    return services.plans.agree(view.id, WITH)


@pytest.fixture
def sent(services: Services, plan: PlanView, tmp_path: Path) -> Path:
    """The spreadsheet that the provider got."""
    files = save_for_provider(services, plan.id, tmp_path)
    return next(one for one in files if one.suffix == ".xlsx")


@pytest.fixture
def said(services: Services, plan: PlanView, sent: Path) -> Said:
    def preview(changes: Changes, **how: Any) -> ReturnPreview:
        return services.provider_files.preview(plan.id, filled(sent, changes, **how))

    return preview


BOTH: Changes = {
    1: {"Number done now": 12, "What was done": "Twelve rounds", "What shows it": "=Log 4"},
    2: {"Done on": TODAY - timedelta(days=1)},
}


def test_what_the_provider_says_is_shown_and_taken_row_by_row(
    services: Services, plan: PlanView, said: Said
) -> None:
    preview = said(BOTH)
    one, two = preview.changes
    assert (one.number, one.progress_before, one.progress, one.done_on) == (1, 0, 12, None)
    assert one.words == "Twelve rounds\nEvidence: =Log 4"
    assert (two.number, two.progress, two.done_on) == (2, None, TODAY - timedelta(days=1))
    assert (preview.faults, preview.notes) == ([], [])
    assert services.provider_files.take(preview, {two.row}) == 1
    first, second, _ = services.plans.view(plan.id).actions
    assert (first.progress, services.plans.history(first.id)) == (0, [])
    assert (second.status, second.done_on) == ("done", TODAY - timedelta(days=1))
    told = [event for event in services.plans.history(second.id) if event.file]
    assert [(event.who, event.text) for event in told] == [("Provider", "Done on 21 Nov 2026.")]
    left = said(BOTH)
    assert ([row.number for row in left.changes], left.taken) == ([1], 1)
    services.provider_files.take(left, {left.changes[0].row})
    again = said(BOTH)
    assert (again.changes, again.faults, again.taken) == ([], [], 2)
    assert services.plans.view(plan.id).actions[0].progress == 12
    with pytest.raises(Refused, match="Choose at least one row"):
        services.provider_files.take(again, {one.row, two.row})


def test_a_file_saved_again_with_the_same_words_changes_nothing(
    services: Services, said: Said
) -> None:
    preview = said(BOTH)
    services.provider_files.take(preview, {row.row for row in preview.changes})
    other_bytes = said(BOTH, hidden="Kept")
    assert other_bytes.sha256 != preview.sha256
    assert (other_bytes.changes, other_bytes.taken) == ([], 0)


def test_a_file_that_nobody_filled_in_changes_nothing(
    services: Services, plan: PlanView, sent: Path
) -> None:
    preview = services.provider_files.preview(plan.id, sent)
    assert (preview.changes, preview.faults, preview.notes, preview.rows) == ([], [], [], 3)


def test_texts_are_texts_and_the_marked_cells_alone_are_open(sent: Path) -> None:
    rows = cells(sent)
    assert any(ODD in row for row in rows)
    package = zipfile.ZipFile(sent)
    sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "sheetProtection" in sheet
    assert 'locked="0"' in package.read("xl/styles.xml").decode()


@pytest.mark.parametrize(
    ("cells", "column", "why"),
    [
        ({"Number done now": 30}, "Number done now", "must be 0 to 29"),
        ({"Number done now": "most"}, "Number done now", "“most” is not a number."),
        ({"Done on": TODAY + timedelta(days=1)}, "Done on", "23 Nov 2026 is in the future."),
        ({"Done on": "soon"}, "Done on", "“soon” is not a date."),
        ({"What was done": "x" * 20_001}, "What was done", "too long"),
        ({"Action id": "nobody", "Done on": TODAY}, "Action id", "not an action of the plan"),
    ],
)
def test_a_wrong_cell_is_named_and_the_other_rows_can_be_taken(
    services: Services, plan: PlanView, said: Said, cells: dict[str, Any], column: str, why: str
) -> None:
    preview = said({1: cells, 2: {"What was done": "Seen"}})
    (fault,) = preview.faults
    assert (fault.column, why in fault.what) == (column, True)
    assert [row.number for row in preview.changes] == [2]
    assert services.provider_files.take(preview, {row.row for row in preview.changes}) == 1
    assert services.plans.history(services.plans.view(plan.id).actions[0].id) == []


@pytest.mark.parametrize(
    ("changes", "how", "note"),
    [
        ({1: {"Action": "Something easier"}}, {}, "“Action” was changed in the file. It stays"),
        ({1: {"Due": date(2027, 5, 1)}}, {}, "outside the marked ones were changed"),
        ({1: {"Done on": Formula("=TODAY()")}}, {}, "“Done on”: this is a formula, which is not"),
        ({}, {"hidden": "Kept"}, "The sheet “Kept” is hidden, so it was not read."),
        ({}, {"leave_out": 2}, "Action 2 is missing from the file."),
    ],
)
def test_what_is_not_read_is_said(
    services: Services, said: Said, changes: Changes, how: dict[str, Any], note: str
) -> None:
    preview = said(changes, **how)
    assert preview.changes == []
    assert note in " ".join(preview.notes)


def test_macros_are_not_read_and_said(services: Services, plan: PlanView, sent: Path) -> None:
    macros = sent.with_name("back.xlsm")
    types = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    with zipfile.ZipFile(sent) as old, zipfile.ZipFile(macros, "w") as new:
        for entry in old.infolist():
            text = old.read(entry)
            if entry.filename == "[Content_Types].xml":
                text = text.replace(b"</Types>", types + b"</Types>")
            new.writestr(entry.filename, text)
        new.writestr("xl/vbaProject.bin", b"macro")
    preview = services.provider_files.preview(plan.id, macros)
    assert preview.notes == ["The file has macros. They were not run or read."]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ({"Plan": "0190"}, "This file is of another plan, which is not on this device."),
        ({"Version": "7"}, "This file is of version 7 of the plan. Version 1 was agreed on"),
        ({"Check": "0" * 16}, "that say which plan and version it is were changed"),
        ({"Check": ""}, "The lines above the table that say which plan it is are needed too."),
    ],
)
def test_a_file_whose_lines_were_changed_is_refused(
    said: Said, head: dict[str, str], why: str
) -> None:
    with pytest.raises(BadFile) as refused:
        said(BOTH, head=head)
    assert why in str(refused.value)


def test_the_file_of_another_council_plan_or_version_is_refused(
    services: Services, homes: list[str], plan: PlanView, said: Said, sent: Path, clock: Clock
) -> None:
    services.actions.add(None, homes[1], "Mend the lift", DUE)
    other = services.plans.draft(homes[1], "A lift that runs", TODAY, ENDS)
    services.plans.agree(other.id, WITH)
    with pytest.raises(BadFile, match="of another plan: “-Safe- medicines”, Heather Bank"):
        services.provider_files.preview(other.id, sent)
    services.plans.change(plan.id, goal="Safe medicines, day and night")
    services.plans.agree(plan.id, WITH)
    with pytest.raises(BadFile, match=r"version 1 of the plan\. Version 2 was agreed on 22 Nov"):
        said(BOTH)
    services.plans.end(plan.id, "not_met", "The home closes")
    with pytest.raises(Refused, match="This plan has ended"):
        said(BOTH)
    with services.desk.transaction() as session:
        services.desk.states.set(session, "server_id", "another-server")
    ours = save_for_provider(services, other.id, sent.parent / "other")
    with services.desk.transaction() as session:
        services.desk.states.set(session, "server_id", "a-server")
    sheet = next(one for one in ours if one.suffix == ".xlsx")
    with pytest.raises(BadFile, match="This file was sent by another council"):
        services.provider_files.preview(other.id, sheet)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.FILE_EMPTY),
        (b"PK\x03\x04 no package", Code.FILE_UNREADABLE),
        (b"a,b\r\n1,2\r\n", Code.FILE_UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old Excel", Code.FILE_UNKNOWN),
        (b"%PDF-1.7 not a sheet", Code.FILE_UNKNOWN),
        (b"x" * 10_000_001, Code.FILE_TOO_LARGE),
    ],
    ids=["empty", "damaged", "other", "xls", "pdf", "enormous"],
)
def test_other_files_are_refused(
    services: Services, plan: PlanView, tmp_path: Path, content: bytes, code: Code
) -> None:
    path = tmp_path / "back.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadFile) as refused:
        services.provider_files.preview(plan.id, path)
    assert (refused.value.code, refused.value.file) == (code, str(path))


def test_a_truncated_file_is_refused(services: Services, plan: PlanView, sent: Path) -> None:
    sent.write_bytes(sent.read_bytes()[:-400])
    with pytest.raises(BadFile, match="damaged"):
        services.provider_files.preview(plan.id, sent)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_of_any_encoding_is_read(
    services: Services, plan: PlanView, sent: Path, encoding: str
) -> None:
    rows = rows_of(sent, {2: {"What was done": "Café rounds", "Done on": "20/11/2026"}}, {})
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([_as_csv(cell) for cell in row] for row in rows)
    path = sent.with_name("back.csv")
    path.write_bytes(out.getvalue().encode(encoding))
    preview = services.provider_files.preview(plan.id, path)
    (one,) = preview.changes
    assert (one.words, one.done_on) == ("Café rounds", date(2026, 11, 20))
    assert preview.notes == []


def test_nothing_is_taken_over_what_changed_since(
    services: Services, plan: PlanView, said: Said
) -> None:
    preview = said(BOTH)
    first, second, _ = services.plans.view(plan.id).actions
    services.plans.tell(first.id, "Fifteen by phone", progress=15)
    with pytest.raises(Refused, match=r"Action 1 has changed since .* Nothing was taken\."):
        services.provider_files.take(preview, {row.row for row in preview.changes})
    assert services.actions.view(second.id).status == "open"


def test_what_is_verified_stays_verified(services: Services, plan: PlanView, said: Said) -> None:
    second = services.plans.view(plan.id).actions[1]
    services.actions.update(second.id, status="verified", how="visit", note="Seen")
    preview = said({2: {"Done on": TODAY - timedelta(days=3), "What was done": "All of them"}})
    (one,) = preview.changes
    assert (one.done_on, one.words) == (None, "All of them")
    assert "action 2 is verified, so “Done on” is not taken" in preview.notes[0]
    services.provider_files.take(preview, {one.row})
    assert services.actions.view(second.id).status == "verified"


def test_only_an_agreed_plan_leaves(services: Services, homes: list[str], tmp_path: Path) -> None:
    draft = services.plans.draft(homes[0], "Safe care", TODAY, ENDS)
    with pytest.raises(Refused, match="This plan is not agreed"):
        save_for_provider(services, draft.id, tmp_path)
    assert list(tmp_path.glob("*improvement*")) == []


def test_the_plan_on_paper_has_its_actions_as_a_tagged_table(
    services: Services, homes: list[str], tmp_path: Path
) -> None:
    long = "Ring the <b>bell</b> & wait. " * 300
    services.actions.add(None, homes[0], "Observe each round", DUE, success_measure=long)
    services.actions.add(None, homes[0], "Count & check", DUE, target=29, owner="Deputy")
    draft = services.plans.draft(homes[0], "Safe medicines", TODAY, ENDS)
    services.plans.agree(draft.id, WITH)
    paper = save_for_provider(services, draft.id, tmp_path)[0]
    said = [text for kind, text in outline(paper, "TH", "TD")]
    assert said[:5] == ["No.", "Action", "Due", "State", "Done so far"]
    assert "0 of 29" in said
    cell = "Count & check Provider: Deputy How we will know: not recorded yet"
    assert cell in said, "one cell has all of an action"
    with pypdfium2.PdfDocument(paper) as document:
        printed = " ".join(read_page(document, page) for page in range(len(document)))
    assert printed.count("bell") == 300, "all of a long measure is printed"
    assert outline(paper, "H1") == [("H1", "Heather Bank")]


def test_what_leaves_is_recorded_and_replaces_nothing_unasked(
    services: Services, plan: PlanView, sent: Path
) -> None:
    with pytest.raises(BadFile) as refused:
        save_for_provider(services, plan.id, sent.parent)
    assert refused.value.code == Code.ALREADY_THERE
    assert len(save_for_provider(services, plan.id, sent.parent, overwrite=True)) == 2


def _as_csv(cell: Any) -> Any:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return int(cell) if isinstance(cell, float) else cell
