"""The columns of a list of visits."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from visitapp.language import translate
from visitapp.services.views.visits import VisitSummary
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column

FormTitle = Callable[[str, str], str]
"""The title of a form, from its id and version."""


SoFar = Mapping[str, tuple[str, str]]
"""Colour and level of open visits by their id; both empty where the outcome is hidden."""


def visit_columns(
    title: FormTitle, *, with_setting: bool = True, so_far: Callable[[], SoFar] = dict
) -> list[Column]:
    """Setting (unless all are of one), visit, date, outcome, status, officer. `so_far`: how open
    visits stand."""
    columns = [
        Column(translate("Visit"), lambda v: _visit(v, title), share=23),
        Column(
            translate("Visited on"),
            lambda v: Cell(words.day(v.visited_on)),
            share=12,
            yields=3,
            value=lambda v: v.visited_on,
        ),
        Column(translate("Outcome"), lambda v: _outcome(v, so_far()), share=17),
        Column(translate("Status"), _status, share=18, yields=2),
        Column(translate("Officer"), lambda v: Cell(v.officer), share=14, yields=1),
    ]
    setting = Column(translate("Setting"), lambda v: Cell(v.setting, strong=True), share=20)
    return [setting, *columns] if with_setting else columns


def _visit(visit: VisitSummary, title: FormTitle) -> Cell:
    return Cell(words.purpose_visit(visit.purpose), title(visit.form_id, visit.form_version))


def _outcome(visit: VisitSummary, so_far: SoFar) -> Cell:
    if visit.id in so_far:
        rag, level = so_far[visit.id]
        if not rag:
            return Cell(translate("Hidden until all is answered"), tone="muted")
        return Cell(words.so_far(rag, level), rag=rag)
    if visit.status in ("draft", "returned"):
        return Cell(translate("Not signed off"), tone="muted")
    return Cell(visit.level or words.rag_word(visit.rag), _override(visit), rag=visit.rag)


def _override(visit: VisitSummary) -> str:
    """The other rating of a visit whose outcome is overridden."""
    if not visit.override_rag:
        return ""
    rag = words.rag_word(visit.override_rag)
    if visit.override_agreed:
        return translate("overridden to {rag}", rag=rag)
    return translate("override to {rag} asked for", rag=rag)


def _status(visit: VisitSummary) -> Cell:
    tone = "amber" if visit.status in ("draft", "returned") else ""
    signed = visit.signed_off_at
    second = (
        translate("signed off {day}", day=words.day(signed.astimezone().date())) if signed else ""
    )
    return Cell(words.visit_status(visit.status), second, tone=tone)
