"""The life of a concern.

open ──ask──> asked ──reply──> replied
 │  └───────────┼───reply──────^  │
 └──────────────┴────decide───────┴──> decided ──close──> closed
 ^                                        │                  │
 └──────────────── reopen ────────────────┴──────────────────┘

A step that stays in its state records something beside: that it was acknowledged, who handles it,
that it is restricted or not any more, what the investigation found. A compliment is closed at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date
from typing import Any

from visitapp.dates import short_day
from visitapp.language import Message, message
from visitapp.rules.access import REVIEWERS, WRITERS, AccessRequest, Actor
from visitapp.rules.concerns.restriction import USUAL_AUDIENCE, is_audience
from visitapp.rules.concerns.states import (
    ConcernDecision,
    ConcernKind,
    ConcernStage,
    ConcernStatus,
    Harm,
)
from visitapp.rules.lifecycle import Derivation, Lifecycle, Need, Stale, StepRule, Taken, Values
from visitapp.rules.text import text_fault

_STAGE_OF = {
    ConcernStatus.REPLIED: ConcernStage.ANSWERED,
    ConcernStatus.DECIDED: ConcernStage.DECIDED,
    ConcernStatus.CLOSED: ConcernStage.CLOSED,
}
"""The stage that a concern reaches with a state."""

REPORTED = frozenset(set(ConcernStage) - set(_STAGE_OF.values()))
"""The stages that somebody reports, beside the states."""

_GIVEN = (
    *("handler_id", "restricted_to", "reply", "decision", "lesson"),
    *("harm", "causes", "investigator", "learned", "checked_visit_id"),
)
"""Fields that a step gives their value."""


def _begin(values: Values) -> dict[str, Any]:
    """The derived fields of a new concern. The server puts the policy's audience in place of the
    usual one."""
    restricted = USUAL_AUDIENCE if values.get("starts_restricted") else None
    return {
        **dict.fromkeys(_GIVEN),
        "status": ConcernStatus.OPEN.value,
        "stage": None,
        "reached": {},
        "reopened_count": 0,
        "restricted_to": restricted,
    }


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    given = {name: step.fields[name] for name in _GIVEN if name in step.fields}
    changed = {**values, **given, "status": step.after}
    reopened = step.after == ConcernStatus.OPEN and step.before != ConcernStatus.OPEN
    reached = dict(values["reached"] or {})
    if reopened:
        later = (ConcernStage.DECIDED, ConcernStage.CLOSED)
        reached = {name: when for name, when in reached.items() if name not in later}
        changed |= {"decision": None, "reopened_count": values["reopened_count"] + 1}
    stage = step.fields.get("stage")
    if stage is None and step.after != step.before:
        stage = _STAGE_OF.get(ConcernStatus(step.after))
    if stage is not None:
        reached.setdefault(str(stage), _moment(step, stage))
        changed["stage"] = str(stage)
    if step.fields.get("lifted"):
        changed["restricted_to"] = None
    if "restricted_to" in given:
        # Whoever restricts a concern goes on seeing it.
        changed["handler_id"] = given.get("handler_id") or values["handler_id"] or step.by
    return {**changed, "reached": reached}


def _moment(step: Taken, stage: str) -> str:
    """When a stage was reached: to the minute where its limit is in hours, else the day."""
    at = step.at.astimezone(UTC)
    if stage == ConcernStage.NOTED:
        return at.isoformat(timespec="minutes")
    return (step.day or at.date()).isoformat()


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and text_fault(value) is None


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= len("0" * 36)


_SETS: Mapping[str, Callable[[Any], bool]] = {
    "stage": lambda value: value in REPORTED,
    "handler_id": _is_id,
    "restricted_to": is_audience,
    "reply": _is_text,
    "decision": lambda value: value in set(ConcernDecision),
    "lesson": _is_text,
    "harm": lambda value: value in set(Harm),
    "causes": _is_text,
    "investigator": _is_text,
    "learned": _is_text,
    "checked_visit_id": _is_id,
    "lifted": lambda value: value is True,
}


def _rules() -> tuple[StepRule, ...]:
    open_, asked, replied, decided, closed = ConcernStatus
    day, reason = Need.DAY, Need.REASON
    pairs = [
        *((state, state, frozenset[Need]()) for state in ConcernStatus),
        (open_, asked, frozenset({day})),
        *((before, replied, frozenset({day, Need.REPLY})) for before in (open_, asked)),
        *(
            (before, decided, frozenset({day, reason, Need.DECISION}))
            for before in (open_, asked, replied)
        ),
        *((before, closed, frozenset({day, Need.LESSON})) for before in (open_, decided)),
        *((before, open_, frozenset({reason})) for before in (decided, closed)),
    ]
    return tuple(StepRule(before, after, WRITERS, needs) for before, after, needs in pairs)


CONCERN = Lifecycle(
    states=ConcernStatus,
    starts=frozenset({ConcernStatus.OPEN}),
    rules=_rules(),
    derived=Derivation(fields=frozenset(_begin({})), begin=_begin, apply=_apply, sets=_SETS),
    stale=Stale.CONFLICT,
)


def close_fault(kind: str, before: str, after: str) -> Message | None:
    """Why a concern of this kind cannot be closed yet, in a sentence; None when it can, or when it
    is another step."""
    undecided = before == ConcernStatus.OPEN and after == ConcernStatus.CLOSED
    if undecided and kind != ConcernKind.COMPLIMENT:
        return message("Decide on this concern before you close it.")
    return None


def title_fault(title: str) -> Message | None:
    """A sentence for a title without words, else None."""
    return None if title.strip() else message("Say in a few words what the concern is.")


def note_fault(text: str) -> Message | None:
    """A sentence for an update without words, else None."""
    return None if text.strip() else message("Write what happened.")


def early_fault(received_on: date, day: date) -> Message | None:
    """Why no step of a concern can have been taken on a day; None when it can."""
    if day >= received_on:
        return None
    return message(
        "This concern was received on {day}. Give that day or a later one.",
        day=short_day(received_on),
    )


def write_concern(actor: Actor, request: AccessRequest) -> Message | None:
    """Whoever may write and sees it; those who review say who handles it, and lift a
    restriction."""
    handed = not request.creating and "handler_id" in request.fields
    if handed and actor.role not in REVIEWERS:
        return message("Only a team lead decides who handles a concern.")
    if "lifted" in request.fields and actor.role not in REVIEWERS:
        return message("Only a team lead lifts the restriction of a concern.")
    return None
