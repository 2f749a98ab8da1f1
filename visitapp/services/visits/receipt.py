"""The receipt of a signed-off visit: a hash that its paper shows and whoever has the visit can work
out again."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import msgspec

from forms.model import Form
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.rules.visit_life import is_frozen
from visitapp.services.views.visits import AnswerView, VisitView
from visitapp.services.visits.answers.marks import MARKS

GROUP, SHORTEST = 8, 16
"""Digits in a group on paper, and how many somebody must type at least."""


def receipt_of(view: VisitView, form: Form) -> str:
    """64 hex digits over the form's version, the answers, the hashes of photos and documents, the
    outcome, the day, the sign-off and what the officer added, such as the summary and the
    signatures; empty before that, or where the answers are not here.

    The SHA-256 of the JSON below with sorted keys, in UTF-8.
    """
    signed = view.summary.signed_off_at
    if not is_frozen(view.summary.status) or signed is None or view.answers_elsewhere:
        return ""
    held = {
        "receipt": 1,
        "visit": view.summary.id,
        "form": [form.id, form.version, form.digest],
        "visited_on": view.summary.visited_on,
        "signed_off_at": int(signed.timestamp() * 1000),
        "answers": {name: _as_recorded(answer) for name, answer in view.answers.items()},
        "photos": sorted(one.sha256 for one in view.evidence if one.sha256),
        "outcome": view.outcome,
    }
    added = {
        "summary": view.officer_summary,
        "told_manager": view.told_manager,
        "signatures": view.signatures,
        "blind": view.blind,
        "answered_before": view.answered_before,
    }
    held |= {name: given for name, given in added.items() if given}
    plain = msgspec.to_builtins(held, enc_hook=str, str_keys=True)
    return hashlib.sha256(msgspec.json.encode(plain, order="sorted")).hexdigest()


def _as_recorded(answer: AnswerView) -> dict[str, Any]:
    """An answer without the marks that it does not have, so that a paper that was printed before
    there were any still has its receipt."""
    fields: dict[str, Any] = msgspec.to_builtins(answer, enc_hook=str)
    return {name: given for name, given in fields.items() if name not in MARKS or given}


def grouped(receipt: str) -> str:
    """In groups, to be read and typed."""
    return " ".join(receipt[at : at + GROUP] for at in range(0, len(receipt), GROUP))


def matches(view: VisitView, form: Form, typed: str) -> bool:
    """Whether a receipt, or its first digits, is that of a visit as this device has it. Raises
    Refused BAD_VALUE for too few digits, or a visit that has no receipt here."""
    digits = re.sub(r"[\s-]", "", typed).lower()
    if not re.fullmatch(rf"[0-9a-f]{{{SHORTEST},64}}", digits):
        raise Refused(
            Code.BAD_VALUE,
            message("A receipt is 64 digits and letters a to f, of which 16 are enough."),
        )
    receipt = receipt_of(view, form)
    if not receipt:
        raise Refused(
            Code.BAD_VALUE,
            message("This visit has no receipt on this device."),
            message("It must be signed off, and its answers must be here."),
        )
    return receipt.startswith(digits)
