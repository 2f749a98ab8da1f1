"""An outcome as lines on a terminal, in the words of its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.cli.output import show
from visitapp.language import both, translate
from visitapp.rules.choices import Rag

if TYPE_CHECKING:
    from forms.model import Form
    from forms.rating.outcome import Outcome, ResultOutcome, WouldChange
    from visitapp.services.visits.visits import Visits


def outcome_lines(outcome: Outcome, form: Form) -> list[str]:
    """An outcome for reading: what it is, each named result, why, and what would change it."""
    from forms.levels import polarity

    said = polarity(form)
    return [
        _head(form, outcome.overall, outcome),
        *([said] if said else []),
        *(line for one in outcome.results for line in _result_lines(form, one)),
        *section(translate("Why"), [f"  {reason.text}" for reason in outcome.because]),
        *section(
            translate("What would change it"),
            [_change_line(form, one) for one in outcome.would_change],
        ),
    ]


def show_outcome(visits: Visits, visit_id: str, outcome: Outcome, *, as_json: bool) -> None:
    """Print the outcome of a visit, or that it is hidden."""
    from visitapp.services.visits.blind import hidden_line

    if visits.is_hidden(visit_id):
        show({"hidden": True, "unanswered": outcome.unanswered}, [hidden_line()], as_json=as_json)
    else:
        show(outcome, outcome_lines(outcome, visits.form(visit_id)), as_json=as_json)


def grade(form: Form, rag: str, level: str) -> str:
    """A RAG, or in a form with levels the level and its colour: `Good (Green)`."""
    from forms.levels import label_of
    from visitapp.vocabulary import choice_word

    word = choice_word(Rag, rag)
    return f"{label_of(form, level)} ({word})" if level else word


def section(title: str, lines: list[str]) -> list[str]:
    """Lines under a title; nothing when there are none."""
    return [title, *lines] if lines else []


def _head(form: Form, rag: str, outcome: Outcome | ResultOutcome) -> str:
    from forms.levels import outcome_label
    from visitapp.vocabulary import choice_word

    label = outcome_label(form, outcome)
    said = choice_word(Rag, rag)
    if label:
        said = label if rag == "unrated" else f"{label} ({said})"
    percent = "" if outcome.percent is None else f", {outcome.percent}%"
    checked = translate("{coverage}% checked", coverage=outcome.coverage)
    provisional = f", {translate('provisional')}" if outcome.provisional else ""
    return f"{said}{percent}, {checked}{provisional}"


def _result_lines(form: Form, result: ResultOutcome) -> list[str]:
    said = _head(form, result.rag, result)
    return [f"{result.title}: {said}", *(f"  {reason.text}" for reason in result.because)]


def _change_line(form: Form, change: WouldChange) -> str:
    answers = [
        translate("{question} became {value}", question=one.question, value=one.value)
        for one in change.answers
    ]
    outcome = grade(form, change.to, change.level)
    return "  " + translate("{outcome} if {changes}", outcome=outcome, changes=both(answers))
