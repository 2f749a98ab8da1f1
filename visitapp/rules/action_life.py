"""The life of an action.

open → in progress → done → verified; reopened when it turns out not to be done; withdrawn when it
is no longer wanted. Done is the provider's word, verified is the officer's.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from visitapp.dates import short_day
from visitapp.language import Message, message
from visitapp.rules.access import WRITERS
from visitapp.rules.choices import ActionStatus, VerifiedHow
from visitapp.rules.lifecycle import Derivation, Lifecycle, Need, Stale, StepRule, Taken, Values
from visitapp.rules.text import text_fault

EARLIEST_DUE = date(2000, 1, 1)
LATEST_DUE = date(2099, 12, 31)

OPEN_STATUSES = frozenset({ActionStatus.OPEN, ActionStatus.IN_PROGRESS, ActionStatus.REOPENED})
"""Something is still to be done. `done` waits for an officer to verify it."""

_UNVERIFIED = (*sorted(OPEN_STATUSES), ActionStatus.DONE)
_MOVE = frozenset({Need.REASON_FOR_LATER})


def _rules() -> tuple[StepRule, ...]:
    open_, working, reopened = ActionStatus.OPEN, ActionStatus.IN_PROGRESS, ActionStatus.REOPENED
    done, verified, withdrawn = ActionStatus.DONE, ActionStatus.VERIFIED, ActionStatus.WITHDRAWN
    reason, proof = frozenset({Need.REASON}), frozenset({Need.DAY, Need.HOW, Need.PROOF})
    pairs = [
        # To stay is the step that moves the due date.
        *((state, state, _MOVE) for state in (open_, working, reopened)),
        *((state, working, _MOVE) for state in (open_, reopened)),
        *((state, done, frozenset({Need.DAY})) for state in (open_, working, reopened)),
        *((state, verified, proof) for state in _UNVERIFIED),
        *((state, withdrawn, reason) for state in _UNVERIFIED),
        *((state, reopened, reason) for state in (done, verified, withdrawn)),
    ]
    return tuple(StepRule(before, after, WRITERS, needs | _MOVE) for before, after, needs in pairs)


def _begin(values: Values) -> dict[str, Any]:
    """The derived fields of a new action; `values` has its `first_due_on`."""
    return {
        "status": ActionStatus.OPEN.value,
        "due_on": values["first_due_on"],
        "moved_count": 0,
        "reopened_count": 0,
        **_not_done(),
    }


def _not_done() -> dict[str, Any]:
    names = ("done_on", "verified_by", "verified_at", "verified_how", "verified_note")
    return dict.fromkeys(names)


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    due_on = step.fields.get("due_on", values["due_on"])
    reopened = step.after == ActionStatus.REOPENED and step.before != step.after
    changed: dict[str, Any] = {
        **values,
        "status": step.after,
        "due_on": due_on,
        # A date that comes with a reopening is a new one, and none that was moved.
        "moved_count": values["moved_count"] + (due_on > values["due_on"] and not reopened),
        "reopened_count": values["reopened_count"] + reopened,
    }
    if step.after == ActionStatus.DONE:
        return {**changed, **_not_done(), "done_on": step.day}
    if step.after == ActionStatus.VERIFIED:
        return {
            **changed,
            "done_on": values["done_on"] or step.day,
            "verified_by": step.by,
            "verified_at": step.at,
            "verified_how": step.fields["how"],
            "verified_note": step.fields.get("note"),
        }
    return {**changed, **_not_done()}


def overdue_days(status: str, due_on: date, today: date) -> int:
    """Whole days past its date, 0 while it is in time or nothing is left to do."""
    return max(0, (today - due_on).days) if status in OPEN_STATUSES else 0


def title_fault(title: str) -> Message | None:
    """A sentence for a title without words, else None."""
    return None if title.strip() else message("An action needs a title.")


def due_date_fault(due_on: date) -> Message | None:
    """A sentence when a due date cannot be meant, else None."""
    if EARLIEST_DUE <= due_on <= LATEST_DUE:
        return None
    return message("The due date {day} is not between 2000 and 2099.", day=short_day(due_on))


ACTION = Lifecycle(
    states=ActionStatus,
    starts=frozenset({ActionStatus.OPEN}),
    rules=_rules(),
    derived=Derivation(
        fields=frozenset(_begin({"first_due_on": None})),
        begin=_begin,
        apply=_apply,
        sets={
            "due_on": lambda value: isinstance(value, date) and due_date_fault(value) is None,
            "how": lambda value: value in tuple(VerifiedHow),
            "note": lambda value: isinstance(value, str) and text_fault(value) is None,
            # The step that signed off the visit which found the action so: both count, or neither.
            "sign_off": lambda value: isinstance(value, str),
        },
    ),
    stale=Stale.CONFLICT,
)
