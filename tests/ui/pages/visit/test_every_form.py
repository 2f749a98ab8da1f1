"""Every form of the library opens on the Visit page, and its questions take answers by keys.

One window serves all of them. Every area is opened; of long areas the first questions and one of
each kind that the form has are tried.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from forms.catalogue.catalogue import FormSummary
from forms.model import Question
from tests.support.desk.desks import SHIPPED, Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import HEATHER, ROWAN, SURGERY, write_cqc
from tests.support.window.visit_screen import VisitScreen
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.records import Setting, Visit
from visitapp.services.services import Services
from visitapp.ui.pages.visit.area_page import AreaPage
from visitapp.ui.pages.visit.question.question_card import QuestionCard
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look

FORMS = list({form.id: form for form in SHIPPED.summaries()}.values())
"""The newest version of each form."""
FIRST = 2
TYPED = {"text": "Seen", "date": "5/6/2026"}


@pytest.fixture(autouse=True)
def no_window_stays() -> None:
    """The window of this file stays until its last test."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("every-form")
    with open_desk(folder / "desk", Clock(), MemoryKeyring()) as services:
        services.directory.import_file(write_cqc(folder / "places.csv"))
        for home in (HEATHER, ROWAN, SURGERY):
            services.settings.add(home.location_id)
        yield services


@pytest.fixture(scope="module")
def window(
    desk: Services, look: Look, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    folder = tmp_path_factory.mktemp("window")
    made = MainWindow(desk, look, Preferences(folder), AnswerFiles(folder))
    made.resize(1280, 720)
    made.show()
    yield made
    made.close()
    made.deleteLater()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_form_opens_and_takes_answers_by_keys(
    form: FormSummary, desk: Services, window: MainWindow, qtbot: QtBot
) -> None:
    visit_id = begin(desk, form)
    window.go(Route("visit", visit_id))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page = VisitScreen(Desktop(window, desk, qtbot)).page
    sheet = page.sheet
    assert sheet is not None
    seen: set[tuple[str, str]] = set()
    for area in sheet.form.areas:
        page.areas.show_area(area)
        for card in cards(page.area.currentWidget(), seen):
            takes_the_focus(card)
            question = card.question
            if (
                kind_of(question) not in seen
                and question.id in sheet.relevant
                and not sheet.filled(question.id)
            ):
                seen.add(kind_of(question))
                page.area.go(card)
                answer_by_keys(card)
                card.flush()
                assert sheet.answered(question), f"{question.number} took no answer"
    assert seen
    panel = page.panel.outcome
    scored = any(area.percent is not None for area in sheet.outcome.areas)
    assert panel.chip.rag == sheet.outcome.overall
    below_floor = sheet.form.kind == "risk" and panel.chip.rag == "unrated"
    assert (panel.chip.rag != "unrated") == (scored and not below_floor)
    assert not below_floor or sheet.outcome.coverage < sheet.form.minimum_coverage
    assert desk.visits.view(visit_id).outcome == sheet.outcome


def begin(desk: Services, form: FormSummary) -> str:
    """A visit or an assessment on the form. Self-assessments have no way in of their own yet."""
    setting = place_for(desk, form)
    if form.kind == "visit":
        return desk.visits.start(setting, form.id).id
    if form.kind == "risk":
        return desk.risk.assess(setting, form.id).id
    with desk.desk.transaction() as session:
        visit = Visit(
            setting_id=setting,
            form_id=form.id,
            form_version=form.version,
            purpose="desktop",
            visited_on=desk.desk.today(),
            officer_id=desk.desk.user(session).id,
        )
        session.add(visit)
        session.flush()
        return visit.id


def place_for(desk: Services, form: FormSummary) -> str:
    """A setting that the form is for; where there is none, the first is made into one."""
    rows = desk.portfolio.rows()
    fitting = [row.setting_id for row in rows if row.service_type in form.applies_to]
    if fitting:
        return fitting[0]
    with desk.desk.transaction() as session:
        session.get_one(Setting, rows[0].setting_id).service_type = form.applies_to[0]
    return rows[0].setting_id


def cards(page: QWidget, seen: set[tuple[str, str]]) -> list[QuestionCard]:
    """The first cards of the area shown, up to the last of a kind that was not tried yet."""
    assert isinstance(page, AreaPage)
    questions = page.area.questions
    fresh = [place for place, one in enumerate(questions) if kind_of(one) not in seen]
    wanted = min(len(questions), max(FIRST, *fresh, 0) + 1)
    while len(page.cards) < wanted:
        page.build_next()
    tried = {0, 1, 2, *fresh}
    return [card for place, card in enumerate(page.cards) if place in tried]


def kind_of(question: Question) -> tuple[str, str]:
    """Questions of one kind are answered in the same way."""
    return question.type, question.scale.id if question.scale else ""


def takes_the_focus(card: QuestionCard) -> None:
    """The key that begins an answer leads into the card's own editor."""
    assert card.accessibleName().startswith(card.question.number)
    if card.isHidden():
        return
    card.setFocus()
    card.editor.begin()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert card.editor.isAncestorOf(focused), f"{card.question.number} cannot be answered by keys"


def answer_by_keys(card: QuestionCard) -> None:
    """Press what an officer presses on this kind of question."""
    question: Question = card.question
    if question.type in TYPED:
        card.editor.begin()
        QTest.keyClicks(QApplication.focusWidget(), TYPED[question.type])
    elif question.type == "choice":
        QTest.keyClick(card, Qt.Key.Key_1)
    else:
        card.editor.begin()
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_1)
    if question.type == "sample":
        for key in (Qt.Key.Key_Tab, Qt.Key.Key_1, Qt.Key.Key_Tab):
            QTest.keyClick(QApplication.focusWidget(), key)
