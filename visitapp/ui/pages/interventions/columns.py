"""The columns of the lists on the page of an intervention."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from visitapp.language import plural, translate
from visitapp.rules.choices import Rag
from visitapp.rules.interventions.states import InterventionResult, InterventionStatus, Measure
from visitapp.services.interventions.views import CriterionView, Figures, InterventionLine
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column, in_file
from visitapp.vocabulary import choice_word
from visitapp.vocabulary.interventions import a_month, measured_words, needed_words


def criterion_columns() -> list[Column]:
    """Criterion, at the start, now, needed, and since when it holds."""
    return [
        Column(
            translate("Exit criterion"),
            lambda c: Cell(
                c.text,
                words.joined(c.asks or choice_word(Measure, c.measure), c.how_checked),
                strong=True,
            ),
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


def line_columns(today: Callable[[], date]) -> list[Column]:
    """Setting and officer, state, criteria, planned end, next visit."""
    return [
        Column(
            translate("Setting"), lambda one: Cell(one.setting, one.officer, strong=True), share=34
        ),
        Column(translate("State"), _state, share=22),
        Column(
            translate("Criteria"),
            lambda one: Cell(translate("{n} of {all} hold", n=one.holding, all=one.criteria)),
            share=16,
            yields=2,
        ),
        Column(
            translate("Planned end"),
            lambda one: _end(one, today()),
            share=16,
            value=lambda one: one.planned_to,
        ),
        Column(
            translate("Next visit"),
            lambda one: Cell(words.day(one.next_visit) or "\u2014"),
            share=14,
            yields=1,
            value=lambda one: one.next_visit,
        ),
        in_file(translate("Intervention officer"), lambda one: one.officer),
        in_file(translate("Referred"), lambda one: one.referred_on),
        in_file(translate("Ended"), lambda one: one.ended_on),
    ]


def _state(one: InterventionLine) -> Cell:
    result = choice_word(InterventionResult, one.result) if one.result else ""
    since = one.ended_on or one.starts_on or one.referred_on
    waits = one.status == InterventionStatus.REFERRED
    return Cell(
        choice_word(InterventionStatus, one.status),
        words.joined(words.day(since), result),
        tone="amber" if waits else "",
    )


def _end(one: InterventionLine, today: date) -> Cell:
    if one.planned_to is None:
        return Cell("\u2014")
    late = one.is_late(today)
    over = (today - one.planned_to).days
    second = plural("{n} day over", "{n} days over", over) if late else ""
    return Cell(words.day(one.planned_to), second, tone="red" if late else "", second_tone="red")


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
