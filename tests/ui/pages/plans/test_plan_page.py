"""The page of an improvement plan, by keyboard."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit

from tests.support.desk.pictures import jpeg
from tests.support.plans.filled import filled
from tests.support.window.screens import Screen, plan_page
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.services.plans.views import PlanView
from visitapp.services.services import Services
from visitapp.ui.dialogs.actions.action import ActionDialog
from visitapp.ui.dialogs.plans.plan import AgreeDialog, EndPlanDialog, PlanDialog
from visitapp.ui.dialogs.plans.take_file import TakeFileDialog
from visitapp.ui.dialogs.plans.update import UpdateDialog
from visitapp.ui.dialogs.plans.versions import VersionsDialog
from visitapp.ui.dialogs.visits.show_evidence import EvidenceViewDialog
from visitapp.ui.pages.plans.page import PlanPage
from visitapp.ui.pages.settings.setting_page import SettingPage

CTRL = Qt.KeyboardModifier.ControlModifier
STARTS, ENDS, DUE = date(2026, 11, 22), date(2027, 2, 22), date(2026, 12, 7)


@pytest.fixture
def plan(services: Services, heather: str) -> PlanView:
    services.actions.add(
        None, heather, "Rewrite the care plans", DUE, success_measure="29 of 29", target=29
    )
    services.actions.add(None, heather, "Observe each medicines round", DUE)
    return services.plans.draft(heather, "Plans are right", STARTS, ENDS, "Registered manager")


@pytest.fixture
def answered(services: Services, plan: PlanView) -> PlanView:
    """The same, with an action for the finding of the visit in June."""
    return services.plans.add_found(plan.id)


def test_a_finding_without_an_action_stops_the_agreement(
    desktop: Desktop, heather: str, plan: PlanView
) -> None:
    page = plan_page(desktop, heather)
    assert plan.findings[0].asked in "\n".join(Screen(desktop, page).said)
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert desktop.window.findChildren(AgreeDialog) == [], "it leads to what stops it instead"
    assert desktop.focus == "Add the suggested action"
    why = "1 finding has no action yet. The plan can be agreed when it has one."
    assert page.findings.add.accessibleDescription() == why
    desktop.press(Qt.Key.Key_Space)
    assert not page.findings.isVisible()
    assert len(page.table.rows.rows) == 3
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert desktop.dialog(AgreeDialog).isVisible()


def test_many_findings_are_shown_when_they_stop_the_agreement(
    desktop: Desktop, heather: str, plan: PlanView
) -> None:
    page = plan_page(desktop, heather)
    (finding,) = plan.findings
    asked = [f"{n} Is part {n} of the home safe?" for n in range(1, 8)]
    many = [replace(finding, question=text, asked=text) for text in asked]
    page.findings.show_findings(replace(plan, findings=many))
    assert asked[6] not in Screen(desktop, page).said
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert asked[6] in Screen(desktop, page).said
    assert desktop.focus == "Add the 7 suggested actions"


def test_agree_on_the_tab_of_the_setting_opens_the_plan_that_has_findings(
    desktop: Desktop, heather: str, plan: PlanView
) -> None:
    desktop.setting.go(heather)
    setting = desktop.window.page()
    assert isinstance(setting, SettingPage)
    setting.tabs.choose("actions")
    desktop.click(setting.plan_tab.agree)
    desktop.settle()
    page = desktop.window.page()
    assert isinstance(page, PlanPage)
    assert page.findings.isVisible()


def test_an_empty_page_teaches_and_begins_a_plan(desktop: Desktop, heather: str) -> None:
    desktop.setting.go(heather)
    desktop.setting.click("Open the plan")
    desktop.settle()
    assert isinstance(desktop.window.page(), PlanPage)
    assert desktop.focus == "Begin a plan"
    desktop.press(Qt.Key.Key_Return)
    dialog = desktop.dialog(PlanDialog)
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert "Say what the plan is for" in dialog.messages.text()
    desktop.type("People are safe at night")
    desktop.press(Qt.Key.Key_Return, CTRL)
    (line,) = desktop.services.plans.list(heather)
    assert line.goal == "People are safe at night"


def test_a_plan_is_agreed_and_followed_by_keyboard(
    desktop: Desktop, heather: str, answered: PlanView
) -> None:
    plan, page = answered, plan_page(desktop, heather)
    assert desktop.focus == "Actions of the plan"
    desktop.press("R")
    told = desktop.dialog(UpdateDialog)
    desktop.type("Nine are done")
    Screen(desktop, told).field(QLineEdit, "Number done, of 29 (optional)").setText("9")
    Screen(desktop, told).click("Add update")
    assert any("9 of 29" in text for text in Screen(desktop, page).said)
    page.table.setFocus()
    desktop.press(Qt.Key.Key_Return, CTRL)
    agree = desktop.dialog(AgreeDialog)
    Screen(desktop, agree).click("Agree the plan")
    assert "Say with whom" in agree.messages.text()
    agree.agreed_with.setText("The registered manager")
    Screen(desktop, agree).click("Agree the plan")
    assert desktop.services.plans.view(plan.id).version == 1
    page.table.setFocus()
    desktop.press("V")
    action = desktop.dialog(ActionDialog)
    action.status.setCurrentIndex(action.status.findData("verified"))
    Screen(desktop, action).click("Save")
    assert "needs a note or evidence" in action.messages.text()
    action.note.setText("29 plans seen")
    Screen(desktop, action).click("Save")
    first, *_ = desktop.services.plans.view(plan.id).actions
    assert (first.status, first.verified_note) == ("verified", "29 plans seen")


def test_the_picture_is_a_table_too(desktop: Desktop, heather: str, plan: PlanView) -> None:
    page = plan_page(desktop, heather)
    assert not page.progress.chart.isVisible()
    assert "The picture begins tomorrow" in "\n".join(Screen(desktop, page).said)
    desktop.services.plans.change(plan.id, starts_on=date(2026, 11, 2))
    page.refresh()
    assert page.progress.chart.isVisible()
    assert "2 asked for, 0 done, 0 verified" in page.progress.chart.accessibleDescription()
    desktop.press("T")
    assert page.progress.table.isVisible()
    points = desktop.services.plans.progress(plan.id)
    assert page.progress.table.rows.rows == points
    page.table.setFocus()
    desktop.press("T")
    assert page.progress.chart.isVisible()


def test_a_plan_that_is_not_met_takes_a_reason(
    desktop: Desktop, heather: str, answered: PlanView
) -> None:
    plan = desktop.services.plans.agree(answered.id, "The owner")
    page = plan_page(desktop, heather)
    desktop.click(page.end)
    dialog = desktop.dialog(EndPlanDialog)
    dialog.after.setCurrentIndex(dialog.after.findData("not_met"))
    Screen(desktop, dialog).click("End the plan")
    assert "reason" in dialog.messages.text()
    dialog.reason.setPlainText("Three dates were missed")
    Screen(desktop, dialog).click("End the plan")
    assert desktop.services.plans.view(plan.id).status == "not_met"
    assert not page.agree.isVisible()


def test_the_provider_gets_a_file_and_what_comes_back_is_chosen_row_by_row(
    desktop: Desktop, heather: str, answered: PlanView
) -> None:
    plan = desktop.services.plans.agree(answered.id, "The owner")
    plan_page(desktop, heather)
    desktop.press(Qt.Key.Key_S, CTRL)
    folder = desktop.folder
    desktop.until(lambda: "Saved 3 files." in desktop.toast)
    (sheet,) = folder.glob("*.xlsx")
    names = sorted(file.name for file in folder.glob("*.pdf"))
    assert [name.split(" improvement")[0] for name in names][-1] == plan.setting
    assert len(names) == 2, "the plan, and the report of the visit in June"
    said = {1: {"Number done now": 9}, 2: {"Done on": STARTS, "What was done": "Seen by deputy"}}
    answers(desktop).to_open = filled(sheet, said)
    dialog = take(desktop)
    shown = "\n".join(Screen(desktop, dialog).said)
    assert "Number done: 9 (was 0)" in shown
    assert "Done on 22 Nov 2026. Still to be verified." in shown
    assert not dialog.primary.isEnabled()
    assert desktop.focus == f"1 {plan.actions[0].title}"
    desktop.press(Qt.Key.Key_Tab)
    desktop.press(Qt.Key.Key_Space)
    Screen(desktop, dialog).click("Take 1 row")
    first, second, *_ = desktop.services.plans.view(plan.id).actions
    assert (first.progress, second.status) == (0, "done")
    again = take(desktop)
    names = [box.accessibleName() for box in again.findChildren(QCheckBox)]
    assert names == [f"1 {first.title}"]
    assert first.title in Screen(desktop, again).said
    assert "1 row was taken from this file before." in "\n".join(Screen(desktop, again).said)


def test_a_file_of_something_else_is_refused_in_a_sentence(
    desktop: Desktop, heather: str, answered: PlanView
) -> None:
    desktop.services.plans.agree(answered.id, "The owner")
    plan_page(desktop, heather)
    other = desktop.folder / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    answers(desktop).to_open = other
    desktop.press(Qt.Key.Key_O, CTRL)
    desktop.until(lambda: "This is not the file of an improvement plan" in desktop.message())
    desktop.press("R")
    update = desktop.dialog(UpdateDialog)
    desktop.type("Rang the manager")
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert not update.isVisible()
    assert not desktop.window.page().messages.isVisible(), "what was done contradicts a refusal"


def test_evidence_and_versions_are_reached_by_key(
    desktop: Desktop, heather: str, answered: PlanView
) -> None:
    page = plan_page(desktop, heather)
    picture = desktop.folder / "chart.jpg"
    picture.write_bytes(jpeg(40, 30))
    answers(desktop).to_open = picture
    desktop.press("E")
    first = desktop.services.plans.view(answered.id).actions[0]
    (piece,) = desktop.services.evidence.of_action(first.id)
    Screen(desktop, page).click(f"Evidence: {piece.title}")
    shown = desktop.dialog(EvidenceViewDialog)
    desktop.press(Qt.Key.Key_Escape)
    assert not shown.isVisible()
    desktop.services.plans.agree(answered.id, "The owner")
    desktop.services.plans.change(answered.id, goal="Every plan is right")
    desktop.services.plans.agree(answered.id, "The manager")
    page.refresh()
    page.table.setFocus()
    desktop.press("H")
    versions = desktop.dialog(VersionsDialog)
    assert "Every plan is right" in "\n".join(Screen(desktop, versions).said)
    versions.which.setCurrentIndex(1)
    assert "Plans are right" in "\n".join(Screen(desktop, versions).said)


def test_the_tab_of_the_setting_begins_and_agrees_a_plan(desktop: Desktop, heather: str) -> None:
    desktop.setting.go(heather)
    page = desktop.window.page()
    assert isinstance(page, SettingPage)
    page.tabs.choose("actions")
    page.stack.setCurrentWidget(page.plan_tab)
    desktop.click(page.plan_tab.begin)
    dialog = desktop.dialog(PlanDialog)
    dialog.goal.setPlainText("People are safe at night")
    Screen(desktop, dialog).click("Begin the plan")
    desktop.settle()
    assert desktop.focus == "Agree version 1", "Enter must not start a visit"
    (line,) = desktop.services.plans.list(heather)
    desktop.services.plans.add_found(line.id)
    page.refresh()
    assert not page.plan_tab.begin.isVisible()
    Screen(desktop, page).click("Agree version 1")
    agree = desktop.dialog(AgreeDialog)
    agree.agreed_with.setText("The owner")
    Screen(desktop, agree).click("Agree the plan")
    assert desktop.services.plans.view(line.id).version == 1
    assert not page.plan_tab.agree.isVisible(), "nothing has changed since"


def answers(desktop: Desktop) -> AnswerFiles:
    assert isinstance(desktop.files, AnswerFiles)
    return desktop.files


def take(desktop: Desktop) -> TakeFileDialog:
    """Press the key for the provider's file, and wait for what it says."""
    desktop.press(Qt.Key.Key_O, CTRL)
    desktop.until(
        lambda: any(one.isVisible() for one in desktop.window.findChildren(TakeFileDialog))
    )
    return desktop.dialog(TakeFileDialog)
