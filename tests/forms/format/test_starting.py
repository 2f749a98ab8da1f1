"""A new form passes the check, is rated, and holds what was asked for."""

from __future__ import annotations

import pytest

from forms import rate
from forms.catalogue.read import read_form
from forms.format.check import check_form
from forms.format.keys import FORM_KINDS
from forms.format.starting import starting_form
from tests.support.forms.answers import best_answers
from visitapp.errors import Code, Refused


@pytest.mark.parametrize("kind", FORM_KINDS)
def test_a_new_form_is_good_and_rates(kind: str) -> None:
    text = starting_form("kitchen", "Kitchens", kind)
    assert check_form(text, "kitchen.yaml") == []
    form = read_form(text, "kitchen.yaml")
    assert (form.id, form.title, form.kind) == ("kitchen", "Kitchens", kind)
    assert any(question.source for question in form.questions.values()) == (kind == "risk")
    best = rate(form, best_answers(form))
    assert (best.overall, best.percent, best.unanswered) == ("green", 100, [])
    worst = rate(form, {"first_question": {"value": "not_met"}})
    assert worst.overall == ("unrated" if kind == "risk" else "red")


@pytest.mark.parametrize("title", ['Say "yes": {now}', "Café # 1", "- no", "null", "1"])
def test_any_title_is_kept_as_it_was_given(title: str) -> None:
    assert read_form(starting_form("f", title, "visit"), "f").title == title


@pytest.mark.parametrize(
    ("form_id", "title", "kind"),
    [("two words", "T", "visit"), ("", "T", "visit"), ("f", "", "visit"), ("f", "T", "audit")],
)
def test_what_no_form_can_have_is_refused(form_id: str, title: str, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        starting_form(form_id, title, kind)
    assert refused.value.code == Code.BAD_VALUE
