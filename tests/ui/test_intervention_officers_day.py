"""An intervention officer's first day by keyboard alone: from an empty data folder to the report of
the intervention, on screen and in the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from forms.tailored.build import question_of
from tests.support.desk.by_keys import CONNECT, at_a_new_laptop, connect, fill, find, pick, sync
from tests.support.desk.by_keys import tab_to as tab
from tests.support.desk.desks import Clock, open_desk, signed_off_visit
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.desk.north import GIVEN, IRENA, OWN, North, north, send
from tests.support.paper.pdfs import read_page
from tests.support.window.screens import said
from tests.support.window.typist import Typist
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.records import Intervention
from visitapp.services.interventions.views import InterventionView
from visitapp.ui.dialogs.interventions.criteria import CriterionDialog, ReadingDialog
from visitapp.ui.dialogs.interventions.step import InterventionStepDialog, SeriesDialog
from visitapp.ui.dialogs.plans.update import UpdateDialog
from visitapp.ui.dialogs.visits.start_visit import StartVisitDialog
from visitapp.ui.theme.look import Look

ENTER, ESC, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space
HOME, DOWN = Qt.Key.Key_Home, Qt.Key.Key_Down
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
TOLD = "Four of nine staff are observed"
SEEN = "The counts of 14 days, each with two signatures"
pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def team(tmp_path: Path) -> Iterator[North]:
    """A Red home with a plan of three actions; its intervention is Irena's."""
    with north(tmp_path / "north") as there:
        olive, today = there.olive, there.olive.desk.today()
        red = {"value": "not_met", "note": "Two of five were not referred."}
        signed_off_visit(olive, there.heather, referrals=red)
        due = today + timedelta(days=30)
        for title, target in (
            ("Observe each medicines round", 9),
            ("Count at handover", None),
            ("Write the night rota", None),
        ):
            olive.actions.add(None, there.heather, title, due, target=target)
        olive.plans.draft(there.heather, "Medicines are safe", today, today + timedelta(days=90))
        one = olive.interventions.refer(there.heather, "Red twice", "All of it is late")
        send(olive)
        clock = Clock(datetime.now(UTC))
        with open_desk(tmp_path / "lena", clock, MemoryKeyring()) as lena:
            lena.connection.connect(there.served.address, "lena", GIVEN, OWN)
            send(lena)
            lena.interventions.accept(one.id, "irena")
            send(lena)
        yield there


@pytest.fixture
def officer(look: Look, tmp_path: Path, files: AnswerFiles, qtbot: QtBot) -> Iterator[Desktop]:
    with at_a_new_laptop(tmp_path / "irena", look, qtbot, files, IRENA, "i", CONNECT) as desktop:
        yield desktop


def test_a_day_by_keyboard_alone(team: North, officer: Desktop) -> None:
    connect(officer, team.served.address, "irena", GIVEN, OWN)
    see_the_intervention(officer)
    set_the_criteria(officer)
    tell_of_an_action(officer, team)
    plan_the_visits(officer)
    kept, left = make_the_visit(officer, team)
    hold_and_step_down(officer)
    read_the_report(officer)
    sync(officer)
    statuses = {one.id: one.status for one in officer.services.actions.list()}
    assert statuses[kept] == "verified"
    assert statuses[left] == "open"
    with team.served.database.reading() as session:
        assert [one.status for one in session.scalars(select(Intervention))] == ["stepped_down"]


def see_the_intervention(officer: Desktop) -> None:
    officer.press(HOME, ALT)
    for _ in range(10):
        if officer.focus.startswith("Open the intervention"):
            break
        officer.press("j")
    officer.press(ENTER)
    assert officer.shown == "Intervention"
    words = " ".join(said(officer.window.page()))
    assert "All of it is late" in words
    assert "Next: Set the exit criteria" in words


def set_the_criteria(officer: Desktop) -> None:
    officer.press("n", CTRL, SHIFT)
    officer.dialog(CriterionDialog)
    officer.type("Falls with injury")
    tab(officer, "Bound")
    officer.press(DOWN)
    fill(officer, "Value needed", "1")
    over(officer)
    officer.press("n", CTRL, SHIFT)
    officer.dialog(CriterionDialog)
    officer.type("The plan moves")
    pick(officer, "Measured by", "Actions")
    fill(officer, "Value needed", "30")
    over(officer)
    assert [one.text for one in intervention(officer).criteria] == [
        "Falls with injury",
        "The plan moves",
    ]


def tell_of_an_action(officer: Desktop, team: North) -> None:
    find(officer, "heather")
    officer.until(lambda: officer.shown == "Setting")
    officer.press("p")
    assert officer.shown == "Improvement plan"
    officer.press("r")
    officer.dialog(UpdateDialog)
    officer.type(TOLD)
    fill(officer, "Number done, of 9", "4")
    fill(officer, "Date", f"{officer.services.desk.today():%d/%m/%Y}")
    over(officer)
    assert "4 of 9" in " ".join(said(officer.window.page()))
    (plan,) = officer.services.plans.list(team.heather)
    first = officer.services.plans.view(plan.id).actions[0]
    assert first.progress == 4
    told = officer.services.plans.history(first.id)[0]
    assert TOLD in told.text


def plan_the_visits(officer: Desktop) -> None:
    officer.press("i", CTRL, SHIFT)
    officer.press(ENTER)
    assert officer.shown == "Intervention"
    officer.press("p", CTRL, SHIFT)
    officer.dialog(SeriesDialog)
    fill(officer, "Number of visits", "2")
    over(officer)
    assert len(intervention(officer).planned) == 2


def make_the_visit(officer: Desktop, team: North) -> tuple[str, str]:
    """The ids of an action that was asked about, and of one that was not."""
    officer.press("n", CTRL)
    dialog = officer.dialog(StartVisitDialog)
    assert dialog.form.currentData() == "intervention-visit"
    tab(officer, "Actions that it asks about")
    first, second, third = dialog.asked.ticked()
    officer.press(DOWN)
    officer.press(SPACE)
    assert dialog.asked.ticked() == [first, third]
    over(officer)
    assert officer.shown == "Visit"
    visit = next(v for v in officer.services.visits.list() if v.purpose == "intervention")
    form = officer.services.visits.form(visit.id)
    assert question_of(first) in form.questions
    assert question_of(second) not in form.questions
    officer.press("g")
    Typist(officer, every=0).fill(form)
    give_evidence(officer, visit.id)
    officer.press(ENTER)
    assert officer.services.visits.view(visit.id).summary.status == "signed_off"
    officer.press(ESC)
    officer.until(lambda: QApplication.activeModalWidget() is None)
    return first, second


def give_evidence(officer: Desktop, visit: str) -> None:
    """The review names what was called verified without evidence; each gap is mended from there."""
    for _ in range(12):
        review = officer.visit.finish()
        needs = officer.services.visits.view(visit).needs
        if not needs:
            return
        review.tab_to("Question")
        officer.press(ENTER)
        officer.until(lambda: QApplication.activeModalWidget() is None)
        assert officer.focus.startswith("Note"), (needs[0], officer.focus)
        officer.type(SEEN)
    pytest.fail(f"still in the way: {needs}")


def hold_and_step_down(officer: Desktop) -> None:
    officer.press("i", CTRL, SHIFT)
    officer.press(ENTER)
    officer.press("r")
    officer.dialog(ReadingDialog)
    officer.type("0")
    over(officer)
    assert "2 of 2 exit criteria hold" in " ".join(said(officer.window.page()))
    for step, reason, status in (
        ("Every", "", "sustaining"),
        ("Step", "The home asks for fewer visits", "stepped_down"),
    ):
        officer.press("s")
        officer.dialog(InterventionStepDialog)
        pick(officer, "Next step", step)
        fill(officer, "Reason", reason) if reason else None
        over(officer)
        assert intervention(officer).status == status


def read_the_report(officer: Desktop) -> None:
    officer.press("p")
    officer.until(lambda: any(officer.folder.glob("*.pdf")))
    (file,) = officer.folder.glob("*.pdf")
    with pypdfium2.PdfDocument(file) as document:
        text = " ".join(read_page(document, number) for number in range(len(document)))
    for words in ("Heather Bank", "Falls with injury", IRENA, "All of it is late"):
        assert words in text


def over(officer: Desktop) -> None:
    """Agree to the dialog that is open."""
    officer.press(ENTER, CTRL)
    officer.until(lambda: QApplication.activeModalWidget() is None)


def intervention(officer: Desktop) -> InterventionView:
    (line,) = officer.services.interventions.list()
    return officer.services.interventions.view(line.id)
