"""What was left last time is the visit's plan; sections, lenses, repeats and second looks."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.desk.desks import FORM, Clock, signed_off_visit
from tests.support.forms.answers import best_answers
from tests.support.window.windows import Desktop, texts
from visitapp.services.services import Services
from visitapp.ui.dialogs.visits.sign_off import SignOffDialog
from visitapp.ui.dialogs.visits.start_visit import StartVisitDialog
from visitapp.ui.dialogs.visits.visit_details import VisitDetailsDialog
from visitapp.ui.shell.routes import Route

LEFT = "registered_manager"
BELOW = "provider_oversight"


@pytest.fixture
def second(services: Services, heather: str, clock: Clock) -> str:
    """A visit after one that left a question, and found another below Met for the second time."""
    clock.move_to(date(2026, 9, 1))
    signed_off_visit(
        services,
        heather,
        **{
            LEFT: {"value": "not_checked", "reason": "On leave."},
            BELOW: {"value": "partly", "note": "One visit since June."},
        },
    )
    clock.move_to(date(2026, 11, 22))
    return services.visits.start(heather, FORM).id


def test_what_was_left_is_marked_counted_and_shown_alone(desktop: Desktop, second: str) -> None:
    screen = desktop.open_visit(second)
    assert "Not checked last time" in texts(screen.card(LEFT))
    assert "Not checked last time" not in texts(screen.card(BELOW))
    assert "1 not checked last time" in screen.page.sidebar.areas[0].accessibleName()
    desktop.press("l")
    left = screen.page.narrowing.left
    assert left.isChecked()
    assert left.text() == "Not checked last time (1)"
    assert screen.shown == [LEFT]
    desktop.press("u")
    assert not left.isChecked()
    assert BELOW in screen.shown


def test_the_last_answer_stands_with_its_evidence_and_action(
    desktop: Desktop, services: Services, heather: str, clock: Clock
) -> None:
    clock.move_to(date(2026, 9, 1))
    visit = services.visits.start(heather, FORM).id
    below = {"value": "partly", "note": "One visit since June."}
    form = services.visits.form(visit)
    services.visits.answer_all(visit, {**best_answers(form), BELOW: below})
    services.visits.add_evidence(visit, BELOW, "document", "Log of <visits>")
    services.actions.add(visit, None, "Visit each month.", date(2026, 10, 1), question=BELOW)
    services.visits.sign_off(visit)
    clock.move_to(date(2026, 10, 5))
    audit = services.visits.start(heather, "medicines-audit").id
    services.visits.answer_all(audit, best_answers(services.visits.form(audit)))
    services.visits.sign_off(audit)

    screen = desktop.open_visit(services.visits.start(heather, FORM).id)
    lines = texts(screen.card(BELOW))
    told = next(line for line in lines if "Last answer, 1 Sep 2026:" in line)
    assert "Evidence: Log of &lt;visits&gt;" in told
    assert "Action: Visit each month. Open, due 1 Oct 2026." in told


def test_from_another_area_the_switch_goes_to_what_was_left(desktop: Desktop, second: str) -> None:
    screen = desktop.open_visit(second)
    desktop.press("u")
    screen.page.areas.show_area(screen.page.sheet.form.areas[3])  # type: ignore[union-attr]  # open
    desktop.press("l")
    assert screen.area_title.startswith("1 ")
    assert screen.shown == [LEFT]


def test_a_first_visit_offers_no_such_switch(desktop: Desktop, services: Services) -> None:
    larch = next(r.setting_id for r in services.portfolio.rows() if r.name == "Larch Nursing Home")
    screen = desktop.open_visit(services.visits.start(larch, FORM).id)
    assert screen.page.narrowing.left.isHidden()


def test_the_start_dialog_says_what_was_left(
    desktop: Desktop, services: Services, second: str, heather: str
) -> None:
    desktop.window.dialogs.visit.start_visit(heather)
    dialog = desktop.dialog(StartVisitDialog)
    dialog.form.setCurrentIndex(dialog.form.findData(FORM))
    asked = services.visits.form(second).questions[LEFT]
    assert dialog.plan.text().splitlines() == [
        "Not checked last time (1), and marked on this visit:",
        f"{asked.number} {asked.ask}",
    ]
    dialog.form.setCurrentIndex(dialog.form.findData("medicines-audit"))
    assert dialog.plan.isHidden()
    dialog.reject()


def test_a_finding_that_comes_back_is_counted(desktop: Desktop, second: str) -> None:
    screen = desktop.open_visit(second)
    assert "Below Met at the last 2 visits." in texts(screen.card(BELOW))
    screen.choose(BELOW, "Not met")
    assert "Third visit in a row below Met." in texts(screen.card(BELOW))
    screen.choose(BELOW, "Met")
    assert not any("in a row" in text for text in texts(screen.card(BELOW)))


def test_one_note_behind_two_findings_is_worth_a_second_look(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    form = services.visits.form(visit_id)
    note = "The same two falls were never written up."
    services.visits.answer_all(visit_id, best_answers(form))
    services.visits.answer(visit_id, LEFT, value="partly", note=note)
    screen = desktop.open_visit(visit_id)
    assert "Worth a second look" not in screen.panel_text
    screen.choose(BELOW, "Partly met")
    desktop.press("n")
    desktop.type(note)
    screen.page.leave()
    assert "Worth a second look" in screen.panel_text
    assert "The same note supports 2 findings" in screen.panel_text
    desktop.click(screen.page.primary)
    dialog = desktop.dialog(SignOffDialog)
    assert any("The same note supports" in text for text in texts(dialog))
    assert dialog.primary.isEnabled(), "a warning is no bar"
    dialog.reject()


def test_a_question_says_where_it_stands_in_frameworks(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    form = desktop.services.visits.form(visit_id)
    framework = form.frameworks["cqc"]
    words = framework.key_questions[form.questions[LEFT].frameworks["cqc"]]
    shown = "\n".join(texts(screen.card(LEFT)))
    assert f"{framework.title} {framework.version}: {words}" in shown


def test_one_team_shows_and_walks_its_own_section_only(
    desktop: Desktop, services: Services, heather: str
) -> None:
    visit = services.visits.start(heather, "joint-assurance", purpose="joint").id
    screen = desktop.open_visit(visit)
    sidebar, form = screen.page.sidebar, services.visits.form(visit)
    owner = form.areas[-2].owner
    assert sidebar.owners is not None
    assert screen.page.header.line.text() == form.owners[form.areas[0].owner]
    sidebar.owners.choose(owner)
    sidebar.owners.chosen.emit(owner)
    own = [area for area in form.areas if area.owner == owner]
    assert [made.area for made in sidebar.areas if not made.isHidden()] == own
    assert screen.area_title == f"{own[0].number} {own[0].title}"
    screen.page.areas.step_area(-1)
    assert screen.area_title == f"{own[0].number} {own[0].title}"


def test_the_details_of_a_visit_can_be_changed(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.click(screen.page.sidebar.edit)
    dialog = desktop.dialog(VisitDetailsDialog)
    dialog.joined.setText("Health Protection")
    dialog.announced.setChecked(False)
    desktop.click(dialog.primary)
    view = services.visits.view(visit_id)
    assert (view.joined_by, view.announced) == ("Health Protection", False)
    shown = "\n".join(texts(screen.page.sidebar))
    assert "unannounced · with Health Protection" in shown
    desktop.window.go(Route("portfolio"))


def test_a_small_window_stays_small_on_the_way_to_a_visit_and_back(
    desktop: Desktop, second: str, heather: str
) -> None:
    desktop.window.resize(1280, 720)
    for route in (Route("setting", heather), Route("visit", second), Route("setting", heather)):
        desktop.window.go(route)
        desktop.until(lambda: desktop.visit.is_complete)
        assert desktop.window.width() == 1280


def test_a_short_word_about_the_link_is_whole_in_a_small_window(
    desktop: Desktop, services: Services, second: str
) -> None:
    """The title of the longest area gives way."""
    desktop.window.resize(1280, 720)
    screen = desktop.open_visit(second)
    form = services.visits.form(second)
    screen.page.areas.show_area(max(form.areas, key=lambda area: len(area.title)))
    assert screen.page.narrowing.left.isVisible()
    pill = screen.page.header.pill
    pill.say("Synced just now")
    desktop.until(lambda: pill.width() >= pill.sizeHint().width())
    assert desktop.window.width() == 1280
