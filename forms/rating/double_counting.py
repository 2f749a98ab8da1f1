"""Warns where one note or one piece of evidence drives several findings.

A finding is a scored answer below the best value of its scale. Saying one fact twice can be right,
so this bars nothing; it asks someone to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from forms.model import Form, Question
from forms.rating.answer_values import Answer, Answers
from forms.rating.answers import relevant_questions, scale_value
from visitapp.language import Message, both, message, translate

FEWEST_NOTE_WORDS = 3
FEWEST_TITLE_WORDS = 2
"""Shorter notes and titles, such as `See above` and `Photo`, are used for different facts."""

LONGEST_QUOTE = 80


_NOTE = message(
    "The same note supports {n} findings, {questions}: {text}. Check that one fact is not counted "
    "twice."
)
_FILE = message(
    "The same file supports {n} findings, {questions}: {text}. Check that one fact is not counted "
    "twice."
)
_TITLE = message(
    "Evidence with the same title supports {n} findings, {questions}: {text}. Check that one fact "
    "is not counted twice."
)


class Piece(Struct, frozen=True):
    """A piece of evidence: its question's id, its title, and the digest of its file, if any."""

    question: str
    title: str
    sha256: str | None = None


class _Use(Struct, frozen=True):
    """One thing used at a question: `key` tells it apart and is empty when it is too slight."""

    question: str
    key: str
    text: str


def double_counting(
    form: Form,
    answers: Answers,
    evidence: Iterable[Piece] = (),
    setting: Mapping[str, object] | None = None,
) -> list[str]:
    """A sentence for each note and each piece of evidence behind two findings or more.

    Notes and titles are compared by their words: case, spaces and punctuation do not matter.
    Evidence is the same where its file is, or else its title.
    """
    asked = relevant_questions(form, answers, setting)
    findings = {
        name: question
        for name, question in form.questions.items()
        if name in asked and _is_finding(question, answers.get(name))
    }
    notes = [_Use(name, *_note(answers[name])) for name in findings]
    pieces = [piece for piece in evidence if piece.question in findings]
    files = [_Use(piece.question, piece.sha256 or "", piece.title) for piece in pieces]
    titles = [_Use(piece.question, _title(piece), piece.title) for piece in pieces]
    return [
        *_told(findings, notes, _NOTE),
        *_told(findings, files, _FILE),
        *_told(findings, titles, _TITLE),
    ]


def _is_finding(question: Question, answer: Answer | None) -> bool:
    best = question.scale.best if question.scale else None
    found = scale_value(question, answer)
    if best is None or best.score is None or found is None or found.score is None:
        return False
    return question.weight > 0 and found.score < best.score


def _told(findings: Mapping[str, Question], uses: Iterable[_Use], what: Message) -> list[str]:
    """A sentence for each key used at several questions, in the order of its first use."""
    shared: dict[str, dict[str, str]] = {}
    for use in uses:
        if use.key:
            shared.setdefault(use.key, {}).setdefault(use.question, use.text)
    return [
        translate(
            what.template,
            n=len(used),
            questions=_numbers(findings, used),
            text=_quoted(next(iter(used.values()))),
        )
        for used in shared.values()
        if len(used) > 1
    ]


def _numbers(findings: Mapping[str, Question], used: Mapping[str, str]) -> str:
    return str(both([question.number for name, question in findings.items() if name in used]))


def _note(answer: Answer) -> tuple[str, str]:
    """The key and the text of an answer's note."""
    note = answer.get("note")
    text = note.strip() if isinstance(note, str) else ""
    return _key(text, FEWEST_NOTE_WORDS), text


def _title(piece: Piece) -> str:
    """What tells a title apart; nothing where a file already does."""
    return "" if piece.sha256 else _key(piece.title, FEWEST_TITLE_WORDS)


def _key(text: str, fewest: int) -> str:
    words = re.findall(r"\w+", text.casefold())
    return " ".join(words) if len(words) >= fewest else ""


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    shown = line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 3]}..."
    return f"\u201c{shown}\u201d"
