"""The page of an intervention, by keyboard: from the referral to its closing."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from forms.tailored.build import question_of
from tests.support.desk.colleagues import become, bring
from tests.support.window.screens import Screen, intervention_page
from tests.support.window.windows import Desktop
from visitapp.records import Role, User
from visitapp.ui.dialogs.interventions.criteria import (
    CriterionDialog,
    DropCriterionDialog,
    ReadingDialog,
)
from visitapp.ui.dialogs.interventions.referral import AcceptDialog, ChangeDialog, ReferDialog
from visitapp.ui.dialogs.interventions.step import InterventionStepDialog, SeriesDialog
from visitapp.ui.dialogs.visits.start_visit import StartVisitDialog
from visitapp.ui.pages.interventions.page import InterventionPage

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def said(desktop: Desktop, page: InterventionPage) -> str:
    return "\n".join(Screen(desktop, page).said)


def test_a_setting_is_referred_from_its_page(desktop: Desktop, heather: str) -> None:
    desktop.setting.go(heather)
    desktop.press("I")
    desktop.settle()
    assert desktop.focus == "Refer this setting"
    desktop.press(Qt.Key.Key_Return)
    dialog = desktop.dialog(ReferDialog)
    dialog.grounds.setPlainText("Five of nine actions late")
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert "Say why this setting is referred." in dialog.messages.text()
    dialog.why.setFocus()
    desktop.type("Red twice")
    desktop.press(Qt.Key.Key_Return, CTRL)
    (line,) = desktop.services.interventions.list(heather)
    assert line.status == "referred"
    page = intervention_page(desktop, heather)
    assert "Five of nine actions late" in said(desktop, page)
    assert not page.accept.isVisible()


def test_it_is_followed_to_its_end_by_keyboard(desktop: Desktop, heather: str) -> None:
    services = desktop.services
    bring(services, lee=Role.LEAD, irena=Role.INTERVENTION)
    one = services.interventions.refer(heather, "Red twice", "Five of nine actions late")
    become(services, "lee")
    page = intervention_page(desktop, heather)
    desktop.press(Qt.Key.Key_Return, CTRL)
    accept = desktop.dialog(AcceptDialog)
    assert accept.officer.currentText() == "Irena Doe · West"
    Screen(desktop, accept).click("Accept the referral")
    assert services.interventions.view(one.id).officer == "Irena Doe"
    page.table.setFocus()
    desktop.press("n", CTRL | SHIFT)
    criterion = desktop.dialog(CriterionDialog)
    criterion.text.setText("Falls with injury")
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert "Type a whole number." in criterion.messages.text(), "nobody meant at least 0"
    assert not services.interventions.view(one.id).criteria
    room = criterion.screen().availableGeometry().size()
    assert criterion.height() <= room.height()
    criterion.bound.setCurrentIndex(criterion.bound.findData("at_most"))
    criterion.needed.setText("1")
    Screen(desktop, criterion).click("Set it")
    page.table.setFocus()
    desktop.press("R")
    reading = desktop.dialog(ReadingDialog)
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert reading.isVisible(), "an empty count is not 0"
    Screen(desktop, reading).field(QLineEdit, "Counted").setText("0")
    Screen(desktop, reading).click("Save the reading")
    assert "1 of 1 exit criteria hold" in said(desktop, page)
    desktop.click(page.plan)
    series = desktop.dialog(SeriesDialog)
    series.count.setText("2")
    Screen(desktop, series).click("Plan them")
    assert len(services.interventions.view(one.id).planned) == 2
    page.table.setFocus()
    desktop.press("S")
    step = desktop.dialog(InterventionStepDialog)
    step.after.setCurrentIndex(step.after.findData("sustaining"))
    Screen(desktop, step).click("Take the step")
    found = services.interventions.view(one.id)
    assert found.status == "sustaining"
    page.table.setFocus()
    desktop.press("S")
    step = desktop.dialog(InterventionStepDialog)
    step.after.setCurrentIndex(step.after.findData("closed"))
    step.summary.setPlainText("From Red to Green")
    Screen(desktop, step).click("Take the step")
    assert "to be held until" in step.messages.text()
    step.reason.setPlainText("The home is sold")
    Screen(desktop, step).click("Take the step")
    assert services.interventions.view(one.id).ended_on == services.desk.today()
    assert page.again.isVisible()


def test_the_page_says_what_comes_next(desktop: Desktop, heather: str) -> None:
    services = desktop.services
    bring(services, lee=Role.LEAD, irena=Role.INTERVENTION)
    one = services.interventions.refer(heather, "Red twice", "Five of nine actions late")
    page = intervention_page(desktop, heather)
    assert "Next: A team lead accepts or refuses the referral." in said(desktop, page)
    become(services, "lee")
    services.interventions.accept(one.id, "irena")
    page.refresh()
    assert "Next: Set the exit criteria: what must hold before it ends." in said(desktop, page)
    services.exit_criteria.add(one.id, "Falls", "reading", 1, bound="at_most")
    page.refresh()
    assert "Next: Plan the visits." in said(desktop, page)


def test_a_lead_gives_it_another_officer_and_end(desktop: Desktop, heather: str) -> None:
    services = desktop.services
    bring(services, lee=Role.LEAD, irena=Role.INTERVENTION, iris=Role.INTERVENTION)
    one = services.interventions.refer(heather, "Red twice", "Five of nine actions late")
    page = intervention_page(desktop, heather)
    become(services, "lee")
    services.interventions.accept(one.id, "irena")
    page.refresh()
    page.table.setFocus()
    desktop.press("C")
    dialog = desktop.dialog(ChangeDialog)
    assert dialog.officer.currentText() == "Irena Doe · West"
    dialog.officer.setCurrentIndex(dialog.officer.findData("iris"))
    dialog.ends.show_text("+300")
    dialog.reason.setPlainText("Illness")
    Screen(desktop, dialog).click("Save")
    found = services.interventions.view(one.id)
    assert (found.officer, found.planned_to) == (
        "Iris Doe",
        services.desk.today() + timedelta(days=300),
    )


def test_of_two_officers_of_one_name_the_one_who_has_it_stays(
    desktop: Desktop, heather: str
) -> None:
    services = desktop.services
    bring(services, lee=Role.LEAD, irena=Role.INTERVENTION, iris=Role.INTERVENTION)
    with services.desk.database.applying() as session:
        for name in ("irena", "iris"):
            session.get_one(User, name).title = "Iris Doe"
    one = services.interventions.refer(heather, "Red twice", "Five of nine actions late")
    page = intervention_page(desktop, heather)
    become(services, "lee")
    services.interventions.accept(one.id, "iris")
    page.refresh()
    page.table.setFocus()
    desktop.press("C")
    dialog = desktop.dialog(ChangeDialog)
    assert dialog.officer.currentText() == "Iris Doe · West · iris"
    dialog.ends.show_text("+300")
    dialog.reason.setPlainText("Illness")
    Screen(desktop, dialog).click("Save")
    assert services.interventions.view(one.id).officer_id == "iris"
    with services.desk.database.applying() as session:
        session.get_one(User, "iris").active = False
    page.refresh()
    page.table.setFocus()
    desktop.press("C")
    again = desktop.dialog(ChangeDialog)
    assert again.officer.currentData() == "iris", "who has left is not replaced unasked"


def test_a_question_is_chosen_in_words_and_a_criterion_removed(
    desktop: Desktop, heather: str
) -> None:
    services = desktop.services
    one = services.interventions.refer(heather, "Red twice", "Five of nine actions late")
    page = intervention_page(desktop, heather)
    desktop.press("n", CTRL | SHIFT)
    dialog = desktop.dialog(CriterionDialog)
    dialog.text.setText("Medicine records are whole")
    dialog.needed.setText("95")
    assert not dialog.question.isVisible()
    dialog.measure.setCurrentIndex(dialog.measure.findData("answer"))
    assert dialog.question.isVisible()
    asked = services.exit_criteria.questions(heather)
    assert dialog.question.currentText() in asked.values()
    Screen(desktop, dialog).click("Set it")
    (criterion,) = services.interventions.view(one.id).criteria
    assert criterion.question in asked
    assert asked[criterion.question].startswith(criterion.asks)
    page.table.setFocus()
    desktop.press(Qt.Key.Key_Delete)
    Screen(desktop, desktop.dialog(DropCriterionDialog)).click("Remove the criterion")
    assert services.interventions.view(one.id).criteria == []


def test_the_list_leads_to_each_intervention(desktop: Desktop, heather: str) -> None:
    services = desktop.services
    desktop.interventions.go()
    assert "No interventions yet" in desktop.interventions.said
    bring(services, lee=Role.LEAD)
    services.interventions.refer(heather, "Red twice", "Five of nine actions late")
    desktop.refresh()
    listed = desktop.interventions
    assert len(listed.table.rows) == 1
    listed.click("Ended")
    assert listed.table.rows == []
    listed.click("Waiting for a team lead")
    desktop.interventions.table.open(0)
    desktop.settle()
    assert isinstance(desktop.window.page(), InterventionPage)
    assert desktop.window.page().setting_id == heather


def test_a_visit_asks_about_the_chosen_actions(desktop: Desktop, heather: str) -> None:
    services = desktop.services
    bring(services, lee=Role.LEAD, irena=Role.INTERVENTION)
    due = services.desk.today() + timedelta(days=20)
    kept, left = (
        services.actions.add(None, heather, title, due).id
        for title in ("Count at handover", "Observe each handler")
    )
    one = services.interventions.refer(heather, "Red twice", "Five of nine actions late")
    become(services, "lee")
    services.interventions.accept(one.id, "irena")
    services.visit_series.plan(one.id, 1)
    intervention_page(desktop, heather)
    desktop.press("n", CTRL)
    dialog = desktop.dialog(StartVisitDialog)
    assert dialog.form.currentData() == "intervention-visit"
    assert dialog.asked.ticked() == [kept, left]
    dialog.asked.setFocus()
    desktop.press(Qt.Key.Key_Down)
    desktop.press(Qt.Key.Key_Space)
    Screen(desktop, dialog).click("Start the visit")
    visit = next(v for v in services.visits.list(setting_id=heather) if v.purpose == "intervention")
    questions = services.visits.form(visit.id).questions
    assert question_of(kept) in questions
    assert question_of(left) not in questions
