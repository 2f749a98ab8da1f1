"""Complete answers to any form."""

from __future__ import annotations

from typing import Any

from forms.model import Form, Question


def best_answers(form: Form) -> dict[str, dict[str, Any]]:
    """Every question answered as well as its scale allows."""
    return {name: best_answer(question) for name, question in form.questions.items()}


def best_answer(question: Question) -> dict[str, Any]:
    """The best answer to one question."""
    match question.type:
        case "choice":
            assert question.scale is not None
            best = question.scale.best or question.scale.values[0]
            return {"value": best.value}
        case "sample":
            return {"checked": 5, "met": 5}
        case "number" | "percent":
            return {"value": _best_number(question)}
        case "people":
            return {"value": {"people": 4, "relatives": 2, "staff": 3, "professionals": 1}}
        case "date":
            return {"value": "2026-11-20"}
    return {"value": "Seen and discussed."}


def _best_number(question: Question) -> float:
    if question.scale is None or question.scale.best is None:
        return 1
    best = question.scale.best.value
    return float(next(band.start for band in question.bands if band.result == best))
