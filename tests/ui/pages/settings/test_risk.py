"""Risk in the desktop: filled from the records, overridden for a reason, signed off, printed."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from tests.support.forms.answers import best_answer
from tests.support.paper.pdfs import read_page
from tests.support.window.windows import Desktop, VisitScreen, texts
from visitapp.services.services import Services
from visitapp.ui.dialogs.settings.assess_risk import AssessRiskDialog
from visitapp.ui.dialogs.visits.sign_off import SignOffDialog
from visitapp.ui.shell.routes import Route

MODEL = "kent-ten"
FILLED = "regulator_overall"
WHY = "Two serious incidents since it was published."


@pytest.fixture
def assessment(services: Services, heather: str) -> str:
    return services.risk.assess(heather, MODEL).id


def answer_of(services: Services, assessment: str) -> tuple[object, str]:
    answer = services.visits.view(assessment).answers[FILLED]
    return answer.value, answer.reason


def card_texts(screen: VisitScreen) -> str:
    return "\n".join(texts(screen.card(FILLED)))


def test_a_model_is_chosen_and_opens_filled(desktop: Desktop, heather: str) -> None:
    desktop.window.go(Route("setting", heather))
    page = desktop.setting.page
    assert any("Not assessed yet" in text for text in texts(page.risk))
    desktop.click(page.risk.assess)
    dialog = desktop.dialog(AssessRiskDialog)
    assert "A higher score is a lower risk." in texts(dialog)
    dialog.model.setCurrentIndex(dialog.model.findData(MODEL))
    desktop.click(dialog.primary)
    screen = desktop.visit
    assert screen.page.sidebar.setting.text() == "\u2039 Heather Bank"
    assert "Risk assessment" in texts(screen.page.sidebar)
    assert "A higher score is a lower risk." in screen.panel_text
    assert "From the records, as of 29 May 2026. Care Quality Commission" in card_texts(screen)
    desktop.window.go(Route("setting", heather))
    [line] = desktop.services.risk.list(heather)
    said = "\n".join(texts(page.risk))
    assert line.title in said
    assert f"{line.percent} of 100" in said
    assert "in progress" in said
    assert "A higher score is a lower risk." in said
    assert page.risk_table.rows.rows == [line]


def test_what_takes_the_place_of_the_records_needs_a_reason(
    desktop: Desktop, services: Services, assessment: str
) -> None:
    screen = desktop.open_visit(assessment)
    assert screen.chosen(FILLED) == "Good"
    screen.choose(FILLED, "Requires improvement")
    number = services.visits.form(assessment).questions[FILLED].number
    need = f"Question {number} overrides the records and needs a reason."
    assert answer_of(services, assessment) == ("requires_improvement", "")
    assert need in card_texts(screen)
    assert need in {one.text for one in services.visits.view(assessment).needs}
    desktop.window.go(Route("portfolio"))
    screen = desktop.open_visit(assessment, FILLED)
    assert screen.chosen(FILLED) == "Requires improvement", "it is not lost with the page"
    screen.choose(FILLED, "Good")
    screen.choose(FILLED, "Requires improvement")
    desktop.type(WHY)
    screen.card(FILLED).flush()
    assert answer_of(services, assessment) == ("requires_improvement", WHY)
    assert screen.chosen(FILLED) == "Requires improvement"
    assert "Overridden. The records say Good, as of 29 May 2026." in card_texts(screen)
    screen.choose(FILLED, "Good")
    assert answer_of(services, assessment) == ("good", "")
    assert "From the records" in card_texts(screen)


def test_an_assessment_is_signed_off_and_printed_with_its_override(
    desktop: Desktop, services: Services, assessment: str, heather: str, tmp_path: Path
) -> None:
    form = services.visits.form(assessment)
    stands = services.settings.view(heather).rating
    view = services.visits.view(assessment)
    for name in view.outcome.unanswered:
        services.visits.answer(assessment, name, **best_answer(form.questions[name]))
    services.visits.answer(assessment, FILLED, value="inadequate", reason=WHY)
    screen = desktop.open_visit(assessment)
    desktop.click(screen.page.primary)
    dialog = desktop.dialog(SignOffDialog)
    assert "A signed-off assessment can no longer be changed." in texts(dialog)
    desktop.click(dialog.primary)
    desktop.click(dialog.primary)
    dialog.reject()
    QApplication.processEvents()
    assert services.risk.view(assessment).status == "signed_off"
    assert services.settings.view(heather).rating == stands
    assert assessment not in {one.visit.id for one in services.reviews.queue().waiting}
    [out] = tmp_path.glob("*.pdf")
    with pypdfium2.PdfDocument(out) as document:
        text = " ".join(read_page(document, number) for number in range(len(document)))
    for said in (
        "Assessed on 22 November 2026",
        "A higher score is a lower risk.",
        "Inadequate instead of Good. Reason: Two serious incidents since it was published.",
        "Overridden. The records say Good, as of 29 May 2026: Care Quality Commission",
        "From the records, as of",
    ):
        assert said in text, said
    assert "No new placements" not in text
