"""A visit made together: colleagues are asked in its details; who joined sees who signs it off."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.support.desk.colleagues import become, bring
from tests.support.forms.answers import best_answers
from tests.support.paper.pdfs import read_page
from tests.support.window.windows import Desktop, texts
from visitapp.services.services import Services
from visitapp.ui.dialogs.visits.sign_off import SignOffDialog
from visitapp.ui.dialogs.visits.visit_details import VisitDetailsDialog


@pytest.fixture(autouse=True)
def colleagues(services: Services) -> None:
    bring(services, ben="officer", cai="officer", vic="viewer")


def details(desktop: Desktop, visit_id: str) -> VisitDetailsDialog:
    screen = desktop.open_visit(visit_id)
    desktop.click(screen.page.sidebar.edit)
    return desktop.dialog(VisitDetailsDialog)


def offered(dialog: VisitDetailsDialog) -> list[str]:
    return [dialog.colleague.itemText(n) for n in range(dialog.colleague.count())]


def test_a_colleague_is_asked_when_the_details_are_saved(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    dialog = details(desktop, visit_id)
    assert offered(dialog) == ["Ben Doe · West", "Cai Doe · West"], "a viewer records no visits"
    desktop.click(dialog.ask)
    assert offered(dialog) == ["Cai Doe · West"]
    assert services.joint_visits.names(visit_id) == []
    dialog.joined.setText("Health Protection")
    desktop.click(dialog.primary)
    assert services.joint_visits.names(visit_id) == ["Ben Doe"]
    side = "\n".join(texts(desktop.visit.page.sidebar))
    assert "with Ben Doe, Health Protection" in side


def test_a_colleague_is_let_go(desktop: Desktop, services: Services, visit_id: str) -> None:
    services.joint_visits.join(visit_id, "ben")
    dialog = details(desktop, visit_id)
    remove = "Remove Ben Doe from this visit"
    desktop.click(next(b for b in dialog.findChildren(QPushButton) if b.accessibleName() == remove))
    desktop.click(dialog.primary)
    assert services.joint_visits.names(visit_id) == []


def test_who_joined_is_told_who_signs_it_off(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    services.joint_visits.join(visit_id, "ben")
    assert not desktop.open_visit(visit_id).page.joined.isVisible()
    become(services, "ben")
    screen = desktop.open_visit(visit_id)
    officer = services.visits.view(visit_id).summary.officer
    said = f"You joined this visit. Its officer, {officer}, signs it off."
    assert said in screen.page.joined.text.text()
    assert screen.page.joined.isVisible()
    assert not screen.page.sidebar.edit.isVisible()
    desktop.click(screen.page.primary)
    dialog = desktop.dialog(SignOffDialog)
    assert said in texts(dialog)
    assert not dialog.primary.isVisible()
    dialog.reject()


def test_the_report_names_who_made_the_visit_and_who_was_there(
    desktop: Desktop, services: Services, visit_id: str, tmp_path: Path
) -> None:
    services.joint_visits.join(visit_id, "ben")
    services.visits.set_details(visit_id, joined_by="Health Protection")
    desktop.window.dialogs.visit.papers.save(visit_id)
    QApplication.processEvents()
    [out] = tmp_path.glob("*.pdf")
    with pypdfium2.PdfDocument(out) as document:
        text = " ".join(read_page(document, 0).split())
    assert "Made with Ben Doe" in text
    assert "Also present Health Protection" in text


def test_whoever_opens_the_visit_of_another_is_told_whose_it_is(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    bring(services, lee="lead")
    officer = services.me().title or services.me().name
    screen = desktop.open_visit(visit_id)
    assert not screen.page.joined.isVisible()
    become(services, "lee")
    desktop.refresh()
    desktop.settle()
    assert screen.page.joined.isVisible()
    assert screen.page.joined.text.text().startswith(f"This is the visit of {officer}.")
