"""The columns of a list of concerns."""

from __future__ import annotations

from collections.abc import Mapping

from visitapp.language import translate
from visitapp.rules.concerns.states import (
    ConcernKind,
    ConcernSource,
    ConcernStage,
    ConcernStatus,
    Severity,
)
from visitapp.services.concerns.views import ConcernRow
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column
from visitapp.vocabulary import choice_word


def concern_columns(themes: Mapping[str, str]) -> list[Column]:
    """Concern, setting, themes, severity, received, next, state. `themes`: their labels."""
    return [
        Column(translate("Concern"), _concern, share=28),
        Column(
            translate("Setting"), lambda one: Cell(one.setting, one.provider), share=17, yields=1
        ),
        Column(
            translate("Themes"),
            lambda one: Cell(", ".join(themes.get(theme, theme) for theme in one.themes)),
            share=13,
            yields=3,
        ),
        Column(
            translate("Severity"),
            lambda one: Cell(one.severity, hint=choice_word(Severity, one.severity)),
            share=8,
            yields=4,
            value=lambda one: int(one.severity) if one.severity else None,
        ),
        Column(
            translate("Received"),
            lambda one: Cell(words.day(one.received_at.astimezone().date())),
            share=11,
            yields=2,
            value=lambda one: one.received_at.astimezone().date(),
        ),
        Column(translate("Next"), _next, share=16),
        Column(
            translate("State"), lambda one: Cell(choice_word(ConcernStatus, one.status)), share=11
        ),
    ]


def kind_line(one: ConcernRow) -> str:
    """`Complaint · Family or friend · restricted`."""
    restricted = translate("restricted") if one.restricted else ""
    kind, source = choice_word(ConcernKind, one.kind), choice_word(ConcernSource, one.source)
    return words.joined(kind, source, restricted)


def _concern(one: ConcernRow) -> Cell:
    return Cell(one.title, kind_line(one), strong=True)


def _next(one: ConcernRow) -> Cell:
    if one.next_due is None:
        return Cell("—")
    stage, day = choice_word(ConcernStage, one.next_stage), words.day(one.next_due)
    if one.late:
        return Cell(stage, translate("late: {day}", day=day), tone="red", strong=True)
    return Cell(stage, translate("by {day}", day=day))
