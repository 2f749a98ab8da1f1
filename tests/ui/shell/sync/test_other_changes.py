"""What a terminal command changes shows in the open window, and is not overwritten by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import ROWAN
from tests.support.forms.answers import best_answers
from tests.support.window.visit_screen import ActionScreen, VisitDetailsScreen
from tests.support.window.windows import Desktop, texts
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.ui.dialogs.visits.add_evidence import EvidenceDialog
from visitapp.ui.dialogs.visits.discard_visit import DiscardVisitDialog
from visitapp.ui.dialogs.visits.return_visit import ReturnDialog
from visitapp.ui.shell.routes import Route

QUESTION = "registered_manager"


@pytest.fixture
def terminal(
    desktop: Desktop, tmp_path: Path, clock: Clock, keyring: MemoryKeyring
) -> Iterator[Services]:
    """The same data folder, opened beside the window as a command would."""
    with open_desk(tmp_path / "desk", clock, keyring) as opened:
        yield opened


def test_a_setting_added_in_a_terminal_appears(desktop: Desktop, terminal: Services) -> None:
    assert len(desktop.portfolio.names) == 2
    name = terminal.settings.add(ROWAN.location_id).name
    desktop.until(lambda: name in desktop.portfolio.names)


def test_an_answer_given_in_a_terminal_appears_on_the_open_card(
    desktop: Desktop, terminal: Services, visit_id: str
) -> None:
    visit = desktop.open_visit(visit_id)
    terminal.visits.answer(visit_id, QUESTION, value="not_met", note="Nobody is registered.")
    desktop.until(lambda: visit.chosen(QUESTION) == "Not met")


def test_a_note_written_in_a_terminal_is_not_overwritten_by_the_one_shown_before(
    desktop: Desktop, terminal: Services, visit_id: str
) -> None:
    visit = desktop.open_visit(visit_id, QUESTION)
    desktop.press("1")
    desktop.press("n")
    desktop.type("Seen the certificate.")
    desktop.press(Qt.Key.Key_Escape)
    desktop.press("n")
    note = desktop.window.focusWidget()
    terminal.visits.answer(
        visit_id, QUESTION, value="met", note="Seen the certificate, and rang the regulator."
    )
    desktop.until(lambda: visit.note(QUESTION).endswith("rang the regulator."))
    assert desktop.window.focusWidget() is note, "the caret stays where it was"
    desktop.press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    desktop.type(" They confirmed.")
    desktop.press(Qt.Key.Key_Escape)
    kept = terminal.visits.view(visit_id).answers[QUESTION].note
    assert kept == "Seen the certificate, and rang the regulator. They confirmed."


@pytest.fixture
def action(desktop: Desktop, visit_id: str) -> str:
    today = desktop.services.desk.today()
    return desktop.services.actions.add(visit_id, None, "Mend the roof", today, owner="Deputy").id


def test_an_action_changed_in_a_terminal_is_not_overwritten_by_its_open_dialog(
    desktop: Desktop, terminal: Services, action: str
) -> None:
    desktop.window.dialogs.actions.edit(terminal.actions.view(action))
    dialog = ActionScreen(desktop)
    terminal.actions.update(action, owner="Registered manager")
    desktop.until(lambda: "was changed elsewhere" in dialog.message)
    dialog.fill("Detail", "Two quotes by Friday.")
    dialog.press("Save")
    kept = terminal.actions.view(action)
    assert (kept.owner, kept.detail) == ("Registered manager", "Two quotes by Friday.")


def test_visit_details_changed_in_a_terminal_are_kept(
    desktop: Desktop, terminal: Services, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id)
    screen.edit_details()
    dialog = VisitDetailsScreen(desktop)
    terminal.visits.set_details(visit_id, joined_by="Health Protection")
    desktop.until(lambda: "was changed elsewhere" in dialog.message)
    dialog.fill("Day of the visit", "+0")
    dialog.press("Save")
    assert terminal.visits.view(visit_id).joined_by == "Health Protection"


def test_a_review_follows_an_answer_given_in_a_terminal(
    desktop: Desktop, terminal: Services, visit_id: str
) -> None:
    form = terminal.visits.form(visit_id)
    terminal.visits.answer_all(visit_id, best_answers(form))
    review = desktop.open_visit(visit_id).finish()
    assert review.can_sign
    terminal.visits.answer(visit_id, QUESTION, value="not_met", note="")
    desktop.until(lambda: not review.can_sign)
    assert "changed elsewhere while you were reviewing it" in review.message


CHANGED = "changed elsewhere while you had it open"


def test_evidence_says_that_the_answer_it_is_for_was_changed(
    desktop: Desktop, terminal: Services, visit_id: str
) -> None:
    desktop.open_visit(visit_id, QUESTION)
    desktop.press("e")
    dialog = desktop.dialog(EvidenceDialog)
    desktop.type("Audit of 3 November")
    terminal.visits.answer(visit_id, QUESTION, value="not_met", note="Nobody is registered.")
    desktop.until(lambda: CHANGED in dialog.messages.text())
    desktop.press(Qt.Key.Key_Return)
    view = terminal.visits.view(visit_id)
    assert view.answers[QUESTION].note == "Nobody is registered."
    assert [piece.title for piece in view.evidence] == ["Audit of 3 November"]


def test_a_discard_counts_the_answers_given_in_a_terminal_meanwhile(
    desktop: Desktop, terminal: Services, visit_id: str
) -> None:
    desktop.open_visit(visit_id)
    desktop.window.dialogs.visit.discard(visit_id)
    dialog = desktop.dialog(DiscardVisitDialog)
    assert any("Its 0 answers are kept" in text for text in texts(dialog))
    terminal.visits.answer(visit_id, QUESTION, value="met")
    desktop.until(lambda: CHANGED in dialog.messages.text())
    assert any("Its 1 answer is kept" in text for text in texts(dialog))


def test_a_return_says_that_the_visit_was_decided_on_in_a_terminal(
    desktop: Desktop, terminal: Services, visit_id: str
) -> None:
    terminal.visits.answer_all(visit_id, best_answers(terminal.visits.form(visit_id)))
    terminal.visits.sign_off(visit_id)
    bring(desktop.services, lee=Role.LEAD)
    become(desktop.services, "lee")
    desktop.window.go(Route("review", visit_id))
    desktop.press("b", Qt.KeyboardModifier.ControlModifier)
    dialog = desktop.dialog(ReturnDialog)
    desktop.type("Which audit was this?")
    terminal.reviews.approve(visit_id, at_once=True)
    desktop.until(lambda: CHANGED in dialog.messages.text())
    assert dialog.comment.toPlainText() == "Which audit was this?"
