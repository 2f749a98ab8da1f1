"""A whole shipped form is answered by real keys, in at most two a question on average."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from forms.rating.answers import relevant_questions
from tests.support.window.typist import Typist
from tests.support.window.windows import Desktop
from visitapp.services.visits.answers.plain import plain

TAB = Qt.Key.Key_Tab


@pytest.mark.parametrize("every", [0, 10], ids=["all well", "with findings"])
def test_a_whole_form_takes_at_most_two_keys_a_question(
    desktop: Desktop, visit_id: str, every: int, record_property: Callable[[str, object], None]
) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press("g")
    typist = Typist(desktop, every=every)
    form = desktop.services.visits.form(visit_id)
    answered = typist.fill(form)
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
