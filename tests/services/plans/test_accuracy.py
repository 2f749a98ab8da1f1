"""The provider's comments on the accuracy of the report, in the file that comes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import START, signed_off_visit
from tests.support.desk.sheets import cells
from tests.support.plans.filled import rows_of
from visitapp.errors import NotAllowed, Refused
from visitapp.records import Role
from visitapp.reports.plans.save import save_for_provider
from visitapp.services.plans.provider.views import ReturnPreview
from visitapp.services.plans.views import PlanView
from visitapp.services.services import Services

TODAY = START.date()
TITLES = ("Where in the report", "What is not right", "What shows that")
WRONG = ("3.2 Medicines", "There were 14 handlers, not 12", "Rota of 12 November")


@pytest.fixture
def plan(services: Services, homes: list[str]) -> PlanView:
    """An agreed plan whose actions came from a visit of the officer."""
    visit = signed_off_visit(services, homes[0])
    draft = services.plans.draft(homes[0], "Safe rounds", TODAY, TODAY + timedelta(days=90))
    services.actions.add(visit.summary.id, None, "Count at handover", TODAY)
    return services.plans.agree(draft.id, "The owner")


@pytest.fixture
def sent(services: Services, plan: PlanView, tmp_path: Path) -> Path:
    files = save_for_provider(services, plan.id, tmp_path)
    return next(one for one in files if one.suffix == ".xlsx")


def back(sent: Path, comments: Sequence[Sequence[str]], name: str = "back.xlsx") -> Path:
    """The file as it comes back, with these comments on the report."""
    path = sent.with_name(name)
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Improvement plan")
    for row, values in enumerate(rows_of(sent, {}, {})):
        for column, value in enumerate(values):
            sheet.write(row, column, str(value) if value is not None else "")
    said = book.add_worksheet("Factual accuracy")
    for row, texts in enumerate([("Factual accuracy of the report",), TITLES, *comments]):
        for column, text in enumerate(texts):
            said.write_string(row, column, text)
    book.close()
    return path


def previewed(
    services: Services, plan: PlanView, sent: Path, *comments: Sequence[str], name: str = "b.xlsx"
) -> ReturnPreview:
    return services.provider_files.preview(plan.id, back(sent, comments, name))


def test_the_file_has_a_sheet_for_them(sent: Path) -> None:
    assert "Action id" in [cell for row in cells(sent) for cell in row]


def test_comments_are_shown_chosen_and_taken_once(
    services: Services, plan: PlanView, sent: Path
) -> None:
    other = ("1.1", "The home has 38 beds", "")
    found = previewed(services, plan, sent, WRONG, ("5", "", "Nothing said"), other)
    assert [(one.place, one.text) for one in found.comments] == [WRONG[:2], other[:2]]
    assert services.accuracy.points(plan.id) == [], "nothing is taken unseen"
    with pytest.raises(Refused, match="Choose at least one"):
        services.provider_files.take(found, [], [999])
    assert services.provider_files.take(found, [], [found.comments[0].row]) == 1
    (point,) = services.accuracy.points(plan.id)
    assert (point.place, point.text, point.shown, point.status) == (*WRONG, "open")
    again = previewed(services, plan, sent, WRONG, other, name="c.xlsx")
    assert [one.text for one in again.comments] == [other[1]], "the same words are known"


def test_somebody_else_answers(services: Services, plan: PlanView, sent: Path) -> None:
    found = previewed(services, plan, sent, WRONG)
    services.provider_files.take(found, [], [found.comments[0].row])
    (point,) = services.accuracy.points(plan.id)
    assert not point.mine
    with pytest.raises(NotAllowed, match="Somebody else than the officer"):
        services.accuracy.answer(point.id, "accepted", "The rota says so")
    bring(services, ben=Role.LEAD)
    become(services, "ben")
    with pytest.raises(Refused, match="Give a reason"):
        services.accuracy.answer(point.id, "accepted", " ")
    with pytest.raises(Refused, match="in the future"):
        services.accuracy.answer(point.id, "accepted", "Yes", TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="The answer is one of"):
        services.accuracy.answer(point.id, "open", "Yes")
    answered = services.accuracy.answer(point.id, "partly", "Thirteen, by the rota")
    assert (answered.status, answered.answer, answered.mine) == (
        *("partly", "Thirteen, by the rota"),
        False,
    )
    told = [entry.what for entry in services.settings.view(plan.setting_id).timeline]
    assert f"Comment on the report partly accepted: {WRONG[1]}" in told
