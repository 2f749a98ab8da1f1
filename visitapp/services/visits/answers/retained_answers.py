"""Answers that a visit's form version does not take: kept, shown, and counted for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from forms.catalogue.catalogue import Library
from forms.model import Form, Question
from forms.rating.answers import check_answers
from visitapp.errors import Refused
from visitapp.language import translate
from visitapp.records import Answer, Evidence
from visitapp.services.views.form_upgrade import KeptAside
from visitapp.services.views.visits import AnswerView
from visitapp.services.visits.answers.answers import (
    RECORDED,
    AnswersByQuestion,
    fitting_view,
    plain_answer,
)
from visitapp.services.wording import answer_text


def answer_views(form: Form, sheet: AnswersByQuestion) -> dict[str, AnswerView]:
    """The answers that the form takes, by question id; of others the note and reason."""
    views = {
        name: fitting_view(form, name, row) for name, row in sheet.items() if name in form.questions
    }
    return {name: view for name, view in views.items() if view != AnswerView(question=name)}


def kept_aside(
    library: Library, form: Form, sheet: AnswersByQuestion, evidence: Sequence[Evidence]
) -> list[KeptAside]:
    """The others in form order, told in the words of the newest version that takes them.

    Questions that are gone and hold evidence only are among them.
    """
    gone = {piece.question for piece in evidence if piece.question} - form.questions.keys()
    names = [name for name, row in sheet.items() if not _fits(form, name, row)]
    names += sorted(gone.difference(names))
    if not names:
        return []
    versions = list(_other_versions(library, form))
    titles = {
        name: [piece.title for piece in evidence if piece.question == name] if name in gone else []
        for name in names
    }
    told = [_told(form, versions, name, sheet.get(name), titles[name]) for name in names]
    return sorted(told, key=lambda one: (_place(one.number), one.question))


def _place(number: str) -> list[int]:
    """Puts 2.10 after 2.9."""
    return [int(part) for part in number.split(".") if part]


def _fits(form: Form, name: str, row: Answer) -> bool:
    answer = plain_answer(row)
    return not answer or not check_answers(form, {name: answer})


def _other_versions(library: Library, form: Form) -> Iterable[Form]:
    """The versions of a form on this device, newest first; one that cannot be read is left out."""
    for version in reversed(library.versions(form.id)):
        try:
            yield library.form(form.id, version)
        except Refused:
            continue


def _told(
    form: Form, versions: Sequence[Form], name: str, row: Answer | None, evidence: list[str]
) -> KeptAside:
    answer = plain_answer(row) if row is not None else {}
    question = _question(versions, name, answer)
    recorded = any(answer.get(part) is not None for part in RECORDED)
    if not recorded:
        text = ""
    elif question is None:
        sample = {name: answer.get(name) for name in ("met", "checked")}
        text = str(answer.get("value") or translate("{met} of {checked}", **sample))
    else:
        text = answer_text(question, answer)
    return KeptAside(
        question=name,
        number=question.number if question else "",
        ask=question.ask if question else "",
        answer=text,
        note=answer.get("note", ""),
        reason=answer.get("reason", ""),
        evidence=evidence,
        why="other_kind" if name in form.questions else "gone",
    )


def _question(versions: Sequence[Form], name: str, answer: dict[str, object]) -> Question | None:
    """The question in the newest version that takes the answer."""
    for version in versions:
        if name in version.questions and not check_answers(version, {name: answer}):
            return version.questions[name]
    return None
