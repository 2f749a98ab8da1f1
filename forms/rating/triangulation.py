"""Warns where a visit rests on too few records, or on one kind of source alone.

What a manager shows, what an officer sees and what people say can each mislead; together they
seldom do. A small home may have fewer records than a form asks for, so this bars nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from math import ceil

from msgspec import Struct

from forms.model import Area, Form, Question
from forms.rating.answer_values import Answer, Answers, is_count
from forms.rating.answers import is_answered, relevant_questions, scale_value
from visitapp.language import Message, both, counted, message, translate

RECORDS, SEEN, SAID = "records", "seen", "said"
_OF_EVIDENCE = {"document": RECORDS, "photo": SEEN, "note": SEEN, "conversation": SAID}
_ALONE = {
    RECORDS: message("These rest on records and samples alone: {areas}."),
    SEEN: message("These rest on notes and photos alone: {areas}."),
    SAID: message("These rest on conversations alone: {areas}."),
}


class ThinSource(Struct, frozen=True):
    """A sentence about what answers rest on; `question`: the one it is about, or empty."""

    text: str
    question: str = ""


def thin_sources(
    form: Form,
    answers: Answers,
    evidence_kinds: Mapping[str, Set[str]],
    setting: Mapping[str, object] | None = None,
) -> list[ThinSource]:
    """Questions with fewer records or people than the form asks for, then areas that rest on one
    kind of source or none, in form order.

    `evidence_kinds` holds for each question the kinds of evidence that were added to it.
    """
    facts = setting or {}
    asked = relevant_questions(form, answers, facts)
    given = {
        name: question
        for name, question in form.questions.items()
        if name in asked and is_answered(question, answers.get(name))
    }
    found = []
    for name, question in given.items():
        for text in _too_few(question, answers[name], least(question, facts)):
            found.append(ThinSource(str(text), name))
    return [*found, *_areas(form, given, answers, evidence_kinds)]


def least(question: Question, setting: Mapping[str, object]) -> int:
    """How many the form asks for: a number, or more in a large setting; never more people than it
    has beds. 0 where it asks for none."""
    wanted, beds = question.minimum or 0, setting.get("beds")
    if not is_count(beds) or not isinstance(beds, int) or question.type != "people":
        return wanted
    if question.minimum_percent:
        wanted = max(wanted, ceil(beds * question.minimum_percent / 100))
    return min(wanted, beds) if beds else wanted


def _too_few(question: Question, answer: Answer, wanted: int) -> Iterator[Message]:
    number, value = question.number, answer.get("value")
    if question.type == "sample" and is_count(checked := answer.get("checked")):
        if isinstance(checked, int) and checked < wanted:
            yield message(
                "{number} rests on a sample of {n}. The form asks for {least}.",
                number=number,
                n=checked,
                least=wanted,
            )
    elif question.type == "people" and isinstance(value, Mapping):
        yield from _unheard(number, value, wanted)


def _unheard(number: str, counts: Mapping[str, object], wanted: int) -> Iterator[Message]:
    """Sides that nobody spoke for, or too few did."""
    people, relatives, staff = (_count(counts, one) for one in ("people", "relatives", "staff"))
    if not people and not relatives:
        yield message(
            "{number}: no person who uses the service and no relative was spoken to.", number=number
        )
    elif people < wanted:
        yield counted(
            "{number}: {n} person who uses the service was spoken to. The form asks for {least}.",
            "{number}: {n} people who use the service were spoken to. The form asks for {least}.",
            people,
            number=number,
            least=wanted,
        )
    if not staff:
        yield message("{number}: no member of staff was spoken to.", number=number)


def _count(counts: Mapping[str, object], group: str) -> int:
    found = counts.get(group)
    return found if isinstance(found, int) and is_count(found) else 0


def _areas(
    form: Form,
    given: Mapping[str, Question],
    answers: Answers,
    evidence_kinds: Mapping[str, Set[str]],
) -> Iterator[ThinSource]:
    """A sentence for each kind of source that stands alone, and one for areas with none."""
    alone: dict[str, list[str]] = {}
    for area in form.areas:
        here = [question for question in area.questions if question.id in given]
        if any(_scored(question, answers[question.id]) for question in here):
            kinds = set().union(*(_sources(q, answers[q.id], evidence_kinds) for q in here))
            if len(kinds) < 2:
                alone.setdefault(next(iter(kinds), ""), []).append(_titled(area))
    for kind in ("", *_ALONE):
        if areas := alone.get(kind):
            text = translate(
                "No sample, note or evidence is recorded for: {areas}.", areas=both(areas)
            )
            if kind:
                text = translate(_ALONE[kind].template, areas=both(areas))
            yield ThinSource(text)


def _scored(question: Question, answer: Answer) -> bool:
    found = scale_value(question, answer)
    return found is not None and found.score is not None and question.weight > 0


def _sources(question: Question, answer: Answer, kinds: Mapping[str, Set[str]]) -> set[str]:
    """The kinds of source behind one answer, as far as they are recorded."""
    found = {_OF_EVIDENCE[kind] for kind in kinds.get(question.id, ()) if kind in _OF_EVIDENCE}
    note = answer.get("note")
    if isinstance(note, str) and note.strip():
        found.add(SEEN)
    if question.type == "sample" and is_count(answer.get("checked")):
        found.add(RECORDS)
    if question.type == "people":
        found.add(SAID)
    return found


def _titled(area: Area) -> str:
    return f"{area.number} {area.title}"
