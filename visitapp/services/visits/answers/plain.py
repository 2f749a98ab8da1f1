"""Answers as the forms engine reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from visitapp.services.views.visits import AnswerView


def plain(answer: AnswerView) -> dict[str, Any]:
    """An answer without its empty fields, as docs/form-format.md writes it."""
    fields = {
        "value": answer.value,
        "checked": answer.checked,
        "met": answer.met,
        "note": answer.note or None,
        "reason": answer.reason or None,
    }
    return {name: given for name, given in fields.items() if given is not None}
