"""The columns of the ranking by live risk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from visitapp.language import message, plural, translate
from visitapp.services.risk.words import move_text
from visitapp.services.views.risk import RankedRisk
from visitapp.services.visits.outcome_labels import NamedOutcome
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column, in_file


def ranking_columns(today: Callable[[], date]) -> list[Column]:
    """Place, move, setting, both results, why, how much is known, next visit."""
    return [
        Column(translate("Place"), _place, share=6, value=lambda row: row.rank),
        Column(translate("Moved"), _move, share=9, yields=3),
        Column(
            translate("Setting"), lambda row: Cell(row.setting, row.model, strong=True), share=18
        ),
        Column(translate("Quality risk"), lambda row: _result(row.quality), share=15),
        Column(translate("Contract risk"), lambda row: _result(row.contract), share=15, yields=1),
        Column(translate("Why it stands here"), _why, share=21),
        Column(translate("Known"), _known, share=8, yields=4, value=lambda row: row.coverage),
        Column(
            translate("Next visit"),
            lambda row: _next(row, today()),
            share=12,
            yields=2,
            value=lambda row: row.planned_on,
        ),
        in_file(translate("Visit due"), lambda row: row.due_on),
        in_file(translate("Every reason"), lambda row: "; ".join(row.reasons)),
        in_file(translate("What moved it"), lambda row: "; ".join(row.moved_by)),
    ]


_LEVELS = {"red": message("High"), "amber": message("Medium"), "green": message("Low")}
"""In a column that says of what."""


def _place(row: RankedRisk) -> Cell:
    return Cell("—" if row.rank is None else str(row.rank), strong=True)


def _move(row: RankedRisk) -> Cell:
    tone = "red" if (row.moved or 0) > 0 else "green" if (row.moved or 0) < 0 else "muted"
    by = row.moved_by[0] if row.moved_by else ""
    if not by and row.moved:
        by = translate("others moved")
    return Cell(move_text(row) or "—", by, tone=tone, hint="\n".join(row.moved_by))


def _result(result: NamedOutcome | None) -> Cell:
    if result is None:
        return Cell("—", hint=translate("The model does not keep contract risk apart."))
    if result.rag == "unrated":
        return Cell(translate("Not known"), rag=result.rag, hint=result.level)
    text = translate(_LEVELS[result.rag].template)
    if result.percent is not None:
        text = translate("{level}, score {n}", level=text, n=result.percent)
    hint = words.joined(result.level, translate("A lower score is riskier."))
    return Cell(text, rag=result.rag, hint=hint)


def _why(row: RankedRisk) -> Cell:
    first, rest = row.reasons[:1], row.reasons[1:]
    return Cell("".join(first), "; ".join(rest), hint="\n".join(row.reasons))


def _known(row: RankedRisk) -> Cell:
    stale = plural("{n} answer too old", "{n} answers too old", row.stale) if row.stale else ""
    return Cell(translate("{n}%", n=row.coverage), stale)


def _next(row: RankedRisk, today: date) -> Cell:
    due = ""
    if row.due_on is not None:
        due = translate("due {day}", day=words.near_day(row.due_on, today))
    if row.planned_on is None:
        return Cell(translate("None planned"), due, tone="amber", strong=True)
    late = row.due_on is not None and row.planned_on > row.due_on
    day = words.near_day(row.planned_on, today)
    return Cell(day, due, second_tone="red" if late else "muted")
