"""The columns of the lists on the page of an intervention."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.rules.choices import Rag
from visitapp.rules.interventions.states import Measure
from visitapp.services.interventions.views import CriterionView, Figures
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column
from visitapp.vocabulary import choice_word
from visitapp.vocabulary.interventions import a_month, measured_words, needed_words


def criterion_columns() -> list[Column]:
    """Criterion, at the start, now, needed, and since when it holds."""
    return [
        Column(
            translate("Exit criterion"),
            lambda c: Cell(c.text, choice_word(Measure, c.measure), strong=True),
            share=32,
        ),
        Column(
            translate("At start"),
            lambda c: Cell(measured_words(c.state.first, c.unit)),
            share=16,
            yields=1,
        ),
        Column(translate("Now"), lambda c: Cell(measured_words(c.state.now, c.unit)), share=16),
        Column(
            translate("Needed"),
            lambda c: Cell(needed_words(c.bound, c.unit, c.needed, c.times)),
            share=18,
        ),
        Column(translate("Holds"), _holds, share=18),
    ]


def figure_columns() -> list[Column]:
    """The day, both ratings, risks, plan and concerns."""
    return [
        Column(translate("Day"), lambda f: Cell(words.day(f.on), strong=True), share=14),
        Column(
            translate("Our rating"), lambda f: Cell(choice_word(Rag, f.rag), rag=f.rag), share=14
        ),
        Column(
            translate("Regulator"),
            lambda f: Cell(f.regulator or translate("not known")),
            share=18,
            yields=2,
        ),
        Column(translate("Risks"), lambda f: Cell(_risks(f)), share=22, yields=3),
        Column(translate("Verified"), lambda f: Cell(_verified(f)), share=16),
        Column(
            translate("Concerns a month"),
            lambda f: Cell(a_month(f.tenths_a_month)),
            share=16,
            yields=1,
        ),
    ]


def _holds(one: CriterionView) -> Cell:
    if one.state.since is None:
        return Cell(translate("Not yet"), tone="amber")
    return Cell(translate("Since {day}", day=words.day(one.state.since)), tone="green")


def _risks(figures: Figures) -> str:
    said = [f"{r.title}: {r.level or choice_word(Rag, r.rag)}" for r in figures.risks]
    return ", ".join(said) or translate("not known")


def _verified(figures: Figures) -> str:
    if figures.percent is None:
        return translate("no plan")
    return translate("{n} of {all}", n=figures.verified, all=figures.actions)
