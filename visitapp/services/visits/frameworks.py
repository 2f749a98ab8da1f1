"""Where a question stands in published frameworks: one visit can be read through several."""

from __future__ import annotations

from forms.model import Form, Question


def lenses(form: Form, question: Question) -> list[str]:
    """`CQC key questions 2024: Well-led`, one for each framework the question is tagged by."""
    return [_lens(form, name, place) for name, place in question.frameworks.items()]


def _lens(form: Form, name: str, place: str) -> str:
    """A framework that the form does not declare is named by its own id."""
    framework = form.frameworks.get(name)
    if framework is None:
        return f"{_readable(name)}: {_readable(place)}"
    words = framework.key_questions.get(place) or _readable(place)
    return f"{framework.title} {framework.version}: {words}"


def _readable(code: str) -> str:
    return code.replace("_", " ").capitalize()
