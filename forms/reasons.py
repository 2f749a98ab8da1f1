"""Why an outcome is what it is, a sentence for each reason (DESIGN §5, rule 9)."""

from __future__ import annotations

from forms.model import RAGS, Form, Question
from forms.outcome import Reason
from forms.plan import PlannedBand
from forms.standing import Standing
from forms.verdict import HeldRule, Verdict

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def reasons(standing: Standing, verdict: Verdict) -> list[Reason]:
    """Every reason that holds: the band, then rules, critical areas and limits in form order."""
    form = standing.plan.form
    found = []
    if verdict.band is not None:
        found.append(_band(standing.plan.bands, verdict, verdict.band))
    found += [_rule(form, held) for held in verdict.rules]
    found += [_critical(form, place) for place in verdict.critical]
    for place in sorted(standing.caps):
        planned, move = standing.plan.questions[place], standing.moves[place]
        if move is not None:
            area = form.areas[planned.area].id
            found.append(_limit(planned.question, move.value, area, standing.caps[place]))
    return found


def colour(rag: str) -> str:
    """A RAG as it is read: Red, Amber, Green or Unrated."""
    return rag.capitalize()


def _band(bands: tuple[PlannedBand, ...], verdict: Verdict, rank: int) -> Reason:
    place = [band.rank for band in bands].index(rank)
    shown, start = 100 * verdict.total // verdict.whole, _short(bands[place])
    reach = f"{start} or more" if place == 0 else f"{start} to below {_short(bands[place - 1])}"
    text = f"The form scores {shown} per cent: {colour(RAGS[rank])} is {reach}."
    return Reason(rule="band", text=text, to=RAGS[rank])


def _rule(form: Form, held: HeldRule) -> Reason:
    titles = [form.areas[place].title for place in held.areas]
    areas, overall = colour(RAGS[held.rule.areas]), colour(RAGS[held.rule.overall])
    verb = "is" if len(titles) == 1 else "are"
    at_least = held.rule.at_least
    number = _NUMBERS[at_least] if at_least < len(_NUMBERS) else str(at_least)
    text = (
        f"{listed(titles)} {verb} {areas}. {number} or more {areas} areas"
        f" give an overall of {overall} at best."
    )
    return Reason(rule="areas", text=text, to=RAGS[held.rule.overall])


def _critical(form: Form, place: int) -> Reason:
    area = form.areas[place]
    text = f"{area.title} is a critical area and is Red."
    return Reason(rule="critical_area", text=text, to=RAGS[0], area=area.id)


def _limit(question: Question, value: str, area: str, cap: int) -> Reason:
    label = question.scale.by_value[value].label if question.scale else value
    text = (
        f"Question {question.number}, \u201c{question.ask}\u201d, is {label}:"
        f" that limits the overall to {colour(RAGS[cap])}."
    )
    return Reason(rule="limit", text=text, to=RAGS[cap], area=area, question=question.id)


def _short(band: PlannedBand) -> str:
    return f"{band.start / band.unit:g}"


def listed(words: list[str]) -> str:
    """Words as a phrase: `A, B and C`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
