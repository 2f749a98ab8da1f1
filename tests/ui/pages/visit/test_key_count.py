"""A whole shipped form is answered by real keys, in at most two a question on average."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from forms.model import Question
from forms.rating.answers import relevant_questions
from tests.support.forms.answers import best_answer
from tests.support.window.visit_screen import ActionScreen, EvidenceScreen
from tests.support.window.windows import Desktop
from visitapp.services.visits.answers.plain import plain
from visitapp.ui.widgets.option_keys import option_keys

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab


class Typist:
    """Answers the question in focus, and counts the keys; prose is counted apart."""

    def __init__(self, desktop: Desktop, *, every: int) -> None:
        """Each `every`-th choice is answered by the worst value of its scale."""
        self.desktop, self.screen = desktop, desktop.visit
        self.every = every
        self.keys = self.prose = self.choices = 0

    def press(self, *keys: str | Qt.Key) -> None:
        for key in keys:
            self.desktop.press(key)
            self.keys += 1

    def write(self, text: str) -> None:
        self.desktop.type(text)
        self.prose += len(text)

    def answer(self, question: Question) -> None:
        """Answer, and go on to the next question."""
        match question.type:
            case "choice":
                self._choose(question)
            case "sample":
                self.press("5", "m")
            case "text":
                self.press(ENTER)
                self.write("Seen.")
                self.press(ESC)
            case "date":
                self.press("t")
            case "people":
                self.press("4")
            case _:
                self.press(*f"{best_answer(question)['value']:g}")
        if self.screen.current == question.id:
            self.press("j")

    def _choose(self, question: Question) -> None:
        assert question.scale is not None
        self.choices += 1
        scored = [v for v in question.scale.values if v.score is not None]
        worst = self.every and self.choices % self.every == 0
        value = min(scored, key=lambda v: v.score or 0) if worst and scored else None
        wanted = value.value if value else best_answer(question)["value"]
        values = [v.value for v in question.scale.values]
        keys = option_keys([v.label for v in question.scale.values])
        self.press(keys[values.index(wanted)].keys[0])
        if value is not None:
            self._explain(question)

    def _explain(self, question: Question) -> None:
        """A note, the evidence that is asked for, and the action that is suggested."""
        self.press("n")
        self.write("Two of the five we looked at were out of date.")
        self.press(ESC)
        if "as evidence" in self.screen.text(question.id):
            self.press("e")
            EvidenceScreen(self.desktop)
            self.write("Audit of 3 November")
            self.press(ENTER)
        if any(text.startswith("+ Action") for text in self.screen.offers(question.id)):
            self.press("a")
            ActionScreen(self.desktop)
            self.press(ENTER)


@pytest.mark.parametrize("every", [0, 10], ids=["all well", "with findings"])
def test_a_whole_form_takes_at_most_two_keys_a_question(
    desktop: Desktop, visit_id: str, every: int, record_property: Callable[[str, object], None]
) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press("g")
    typist = Typist(desktop, every=every)
    form = desktop.services.visits.form(visit_id)
    last = ""
    answered: list[str] = []
    while screen.current != last:
        last = screen.current
        typist.answer(form.questions[last])
        answered.append(last)
    record_property("keys", typist.keys)
    record_property("questions", len(answered))
    view = desktop.services.visits.view(visit_id)
    answers = {name: plain(one) for name, one in view.answers.items()}
    assert set(answered) == relevant_questions(form, answers, view.setting_facts)
    assert typist.keys <= 2 * len(answered), (typist.keys, len(answered))
    assert view.needs == []
    assert screen.finish().can_sign


def test_a_sample_that_was_not_all_met_takes_three(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id, "audit_findings_closed")
    desktop.press("g")
    for key in ("5", TAB, "4"):
        desktop.press(key)
    desktop.press("j")
    assert screen.current != "audit_findings_closed"
    sample = desktop.services.visits.view(visit_id).answers["audit_findings_closed"]
    assert (sample.checked, sample.met) == (5, 4)


def test_a_choice_takes_one_key_and_a_sample_that_was_met_two(
    desktop: Desktop, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press("g")
    first = screen.current
    desktop.press("1")
    assert screen.current != first
    screen.go("audit_findings_closed")
    for key in ("5", "m"):
        desktop.press(key)
    assert screen.current != "audit_findings_closed"
    answers = desktop.services.visits.view(visit_id).answers
    assert answers[first].value == "met"
    sample = answers["audit_findings_closed"]
    assert (sample.checked, sample.met) == (5, 5)
