"""Invented answers are good answers, on every form that ships."""

from __future__ import annotations

from random import Random

import pytest

from forms.catalogue.catalogue import FormSummary, shipped
from forms.rating.answers import check_answers, relevant_questions
from forms.rating.needs import needs
from forms.rating.rating import rate
from visitapp.demo.council.answers import Pen
from visitapp.demo.work.seeding import complete

VISITS = [one for one in shipped().summaries() if one.kind == "visit"]


@pytest.mark.parametrize("summary", VISITS, ids=lambda one: one.id)
@pytest.mark.parametrize("level", [0.0, 0.5, 0.9, 1.0])
def test_every_form_can_be_filled_at_every_level(summary: FormSummary, level: float) -> None:
    form = shipped().form(summary.id)
    for seed in range(3):
        for service in summary.applies_to:
            facts = {"service_type": service}
            written = Pen(Random(seed), level, frozenset({form.areas[0].id})).fill(form, facts)
            answers, seen = complete(form, written, facts)

            assert check_answers(form, answers) == []
            assert set(answers) == relevant_questions(form, answers, facts)
            kinds = {question: {kind} for question, kind in seen}
            assert needs(form, answers, facts, kinds) == []


def test_a_better_level_gives_a_better_outcome() -> None:
    form = shipped().form("residential-quality")
    facts = {"service_type": "residential"}

    def percent(level: float) -> int:
        found = rate(form, Pen(Random(1), level, frozenset()).fill(form, facts), facts).percent
        assert found is not None
        return found

    assert percent(0.2) < percent(0.6) < percent(0.95)
    best = Pen(Random(1), 1.0, frozenset()).fill(form, facts)
    assert rate(form, best, facts).overall == "green"
