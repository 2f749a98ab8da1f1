"""The columns of the lists on the page Escalation, and that of the portfolio."""

from __future__ import annotations

from visitapp.language import message, plural, translate
from visitapp.rules.escalation.states import EscalationStatus
from visitapp.services.escalation.views import EntryView, PersonView, StepView
from visitapp.services.views.settings import PortfolioRow
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column, in_file
from visitapp.vocabulary import choice_word

_STATES = {
    "open": message("Open"),
    "ended": message("Ended"),
    "skipped": message("Passed over"),
    "waiting": message("Not taken"),
}

_WHO = {
    "officer": message("Officer decides"),
    "lead": message("Team lead decides"),
    "manager": message("Senior manager decides"),
}
"""The least role that decides on a step, short enough for its row."""


def step_columns() -> list[Column]:
    """Step, state and when it was opened, dates."""
    return [
        Column(translate("Step"), _step, share=38),
        Column(translate("State"), _state, share=32),
        Column(translate("Due or review"), _date, share=30),
        in_file(translate("Opened"), lambda step: step.opened_on),
    ]


def entry_columns() -> list[Column]:
    """Day, what was decided or noted, who."""
    return [
        Column(translate("Day"), lambda e: Cell(words.day(e.on)), share=16),
        Column(translate("What"), _entry, share=62),
        Column(translate("Who"), lambda e: Cell(e.by), share=22, yields=1),
    ]


def person_columns() -> list[Column]:
    """Code, who pays, needs, moved."""
    return [
        Column(translate("Person"), lambda p: Cell(p.person, strong=True), share=14),
        Column(translate("Who pays"), lambda p: Cell(p.funder_word), share=20, yields=2),
        Column(translate("Needs"), lambda p: Cell(p.needs, p.critical), share=34, yields=1),
        Column(translate("Moved, or alternatives"), _moved, share=32),
    ]


def portfolio_column() -> Column:
    """Where a setting stands on the ladder."""
    return Column(
        translate("Escalation"),
        _escalation,
        "escalation",
        12,
        3,
        value=lambda row: _escalation(row).text if row.more.get("escalation") else "",
        of="escalation",
    )


def why_not(step: StepView) -> str:
    """Why the person may not decide on a step that somebody may; else empty."""
    return step.why_not if step.state in ("open", "waiting") else ""


def _step(step: StepView) -> Cell:
    why = why_not(step)
    return Cell(step.word, str(_WHO[step.by]) if why else "", strong=True, hint=why)


def _state(step: StepView) -> Cell:
    is_open = step.state == "open"
    opened = translate("opened {day}", day=words.day(step.opened_on)) if step.opened_on else ""
    return Cell(
        words.joined(str(_STATES[step.state]), step.outcome),
        opened,
        tone="amber" if is_open else "",
        strong=is_open,
    )


def _date(step: StepView) -> Cell:
    if step.state != "open":
        return Cell(words.day(step.ended_on))
    late = plural("{n} day late", "{n} days late", step.late) if step.late else ""
    day = words.day(step.review_on or step.due_on)
    return Cell(day, late, tone="red" if late else "", second_tone="red")


def _entry(entry: EntryView) -> Cell:
    aside = translate("Set aside: it met another decision. ") if entry.set_aside else ""
    return Cell(entry.title, aside + " \u00b7 ".join(entry.lines), strong=bool(entry.turn))


def _moved(person: PersonView) -> Cell:
    if person.off_list:
        return Cell(translate("Not to be moved"), person.off_list)
    if person.moved_on is not None:
        return Cell(person.moved_to, words.day(person.moved_on), tone="green")
    return Cell(translate("To be moved"), person.alternatives, tone="amber")


def _escalation(row: PortfolioRow) -> Cell:
    status = row.more.get("escalation")
    if not status:
        return Cell("\u2014")
    day = row.more.get("escalation_next_on")
    next_ = translate("next {day}", day=words.day(day)) if day else ""
    return Cell(choice_word(EscalationStatus, status), next_, tone="amber", strong=True)
