"""Findings that ask for an action and have none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from forms.model import Form
from forms.rating.answers import relevant_questions
from forms.rating.suggest import suggested_action
from visitapp.language import Message, counted, message
from visitapp.records import ASSESSMENTS, FROZEN, ActionStatus

Values = Mapping[str, Any]

MOST_NAMED = 5
"""Findings that a sentence names."""


class Finding(Struct, frozen=True, kw_only=True):
    """An answer that asks for an action. `question`: its id; `asked`: as it is printed; `area`: the
    title of its area of the form."""

    visit_id: str
    visited_on: date
    area: str
    question: str
    asked: str


def findings_without_action(
    visits: Iterable[Values],
    answers_of: Callable[[str], Mapping[str, Values]],
    form_of: Callable[[Values], Form | None],
    actions: Iterable[Values],
) -> list[Finding]:
    """The findings of one setting that ask for an action and have none, in the order of the forms.

    A question counts as it was answered last, whatever the form: the same id asks the same thing
    on each. visits, actions: the values of those that are not deleted; answers_of: the answers of a
    visit by question; form_of: the form of a visit, None when it is not here.
    """
    acted = _acted(actions)
    signed = [v for v in visits if v["status"] in FROZEN and v["purpose"] not in ASSESSMENTS]
    seen: set[str] = set()
    forms: set[str] = set()
    found: list[Finding] = []
    for visit in sorted(signed, key=lambda v: (v["visited_on"], v["id"]), reverse=True):
        form = form_of(visit) if visit["form_id"] not in forms else None
        if form is None:
            continue
        forms.add(visit["form_id"])
        answers = {q: dict(answer) for q, answer in answers_of(visit["id"]).items()}
        for question_id in _in_order(form, answers, visit.get("facts")):
            if question_id in seen:
                continue
            seen.add(question_id)
            question = form.questions[question_id]
            asks = suggested_action(question, answers[question_id]) is not None
            if asks and not _covers(acted.get(question_id, []), visit["visited_on"]):
                found.append(
                    Finding(
                        visit_id=visit["id"],
                        visited_on=visit["visited_on"],
                        area=form.area_of[question_id].title,
                        question=question_id,
                        asked=f"{question.number} {question.ask}",
                    )
                )
    return found


def findings_fault(found: list[Finding]) -> Message | None:
    """Why a plan with these findings left cannot be agreed; None when none is left."""
    if not found:
        return None
    named = "; ".join(one.asked for one in found[:MOST_NAMED])
    more = len(found) - MOST_NAMED
    if more <= 0:
        return message(
            "The plan cannot be agreed: these findings ask for an action and have none: {findings}",
            findings=named,
        )
    return counted(
        "The plan cannot be agreed: these findings and {n} more ask for an action and have none: "
        "{findings}",
        "The plan cannot be agreed: these findings and {n} more ask for an action and have none: "
        "{findings}",
        more,
        findings=named,
    )


def _in_order(form: Form, answers: dict[str, Any], facts: Values | None) -> list[str]:
    """The questions that are asked and were answered, in form order."""
    asked = relevant_questions(form, answers, facts or {})
    given = {q for q, answer in answers.items() if any(answer.get(n) is not None for n in _GIVEN)}
    return [question for question in form.questions if question in given & asked]


_GIVEN = ("value", "checked", "met")


def _acted(actions: Iterable[Values]) -> dict[str, list[Values]]:
    """The actions that were not withdrawn, by the question that they answer."""
    found: dict[str, list[Values]] = {}
    for action in actions:
        if action["question"] and action["status"] != ActionStatus.WITHDRAWN:
            found.setdefault(action["question"], []).append(action)
    return found


def _covers(actions: Iterable[Values], visited_on: date) -> bool:
    """Whether one of the actions answers what was found on a day: it is not verified yet, or was
    verified since."""
    return any(
        action["verified_at"] is None or action["verified_at"].date() >= visited_on
        for action in actions
    )
