"""The questions whose answers an exit criterion can measure."""

from __future__ import annotations

from collections.abc import Iterator

from forms.model import Form, Question
from visitapp.services.context import Desk

_MEASURED = frozenset({"sample", "percent"})


def measured_questions(desk: Desk, service_type: str) -> dict[str, str]:
    """In words and by id: those of visits to this kind of service that find a share, in the order
    of the forms. A question of several forms is named once."""
    found: dict[str, str] = {}
    for form in _visit_forms(desk, service_type):
        for area in form.areas:
            for question in area.questions:
                if question.type in _MEASURED:
                    found.setdefault(question.id, f"{question.ask} ({form.title}, {area.title})")
    return found


def question_words(desk: Desk, question: str) -> str:
    """A question as the newest form that has it asks it; empty where none does."""
    return next((one.ask for one in _asked(desk) if one.id == question), "")


def _asked(desk: Desk) -> Iterator[Question]:
    for summary in desk.library.summaries():
        if summary.kind == "visit":
            yield from desk.library.form(summary.id).questions.values()


def _visit_forms(desk: Desk, service_type: str) -> Iterator[Form]:
    """The newest versions, those that set the quality rating first."""
    quality = desk.quality_forms()
    ids = {
        one.id: (one.id not in quality, one.title)
        for one in desk.library.summaries()
        if one.kind == "visit" and (not one.applies_to or service_type in one.applies_to)
    }
    for id_ in sorted(ids, key=lambda one: ids[one]):
        yield desk.library.form(id_)
