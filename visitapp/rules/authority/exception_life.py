"""The life of a placement exception: a senior manager's authority to place one person in a setting
that is closed to new placements.

                    ┌──> refused
asked ──authorise──>┤
  │                 └──> authorised ──> used
  │                        │      │       ^
  └──────> void <──────────┘      v       │
             │                 expired ───┤
             └────────────────────────────┘

The server ends what is asked or authorised when the position of the setting changes (void), and
what is authorised after its last day (expired). A placement that was made is recorded even then.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from visitapp.dates import short_day
from visitapp.language import Message, counted, message
from visitapp.rules.access import WRITERS
from visitapp.rules.authority.states import ExceptionStatus
from visitapp.rules.choices import Role
from visitapp.rules.lifecycle import Derivation, Lifecycle, Need, Stale, StepRule, Taken, Values
from visitapp.rules.text import text_fault

DECIDERS = frozenset({Role.MANAGER})
_NOBODY: frozenset[Role] = frozenset()
_PLACED, _ENDING = frozenset({Need.DAY}), frozenset({Need.DAY, Need.REASON})

OPEN_EXCEPTIONS = (ExceptionStatus.ASKED, ExceptionStatus.AUTHORISED)
"""Those that a change of the placement position ends."""


class PlacementRisk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The risk assessment of one placement. Every part says something, if only "none"."""

    need: str
    alternatives: str
    hazards: str
    safeguards: str
    safeguarding_view: str
    regulator_view: str
    told: str


RISK_PARTS = PlacementRisk.__struct_fields__


def assessment_fault(assessment: Any) -> Message | None:
    """Why a value (plain, as it is kept) is no complete risk assessment; None when it is one."""
    try:
        parts = msgspec.structs.asdict(msgspec.convert(assessment, PlacementRisk))
    except msgspec.ValidationError:
        return _UNFINISHED
    if not all(text.strip() for text in parts.values()):
        return _UNFINISHED
    return next((fault for text in parts.values() if (fault := text_fault(text))), None)


_UNFINISHED = message(
    "Fill in every part of the risk assessment. Write “none” where there is none."
)


BANNED = message(
    "The regulator has stopped admissions at this setting, so no exception can be authorised."
)


def validity_fault(valid_to: date, decided_on: date, most_days: int) -> Message | None:
    """Why an exception that is authorised on a day cannot be valid to another; None when it can."""
    if valid_to < decided_on:
        return message("The exception would end before it begins.")
    if valid_to > decided_on + timedelta(days=most_days):
        return counted(
            "An exception is valid for {n} day at most.",
            "An exception is valid for {n} days at most.",
            most_days,
        )
    return None


def outside_fault(values: Values, day: date, reason: str) -> Message | None:
    """Why a placement on a day cannot be recorded under an exception (its values) that is in force;
    None when it can. One on another day than the authority's is not a use of it. It is recorded
    with its reason all the same: a person was placed."""
    first, last = values["decided_on"], values["valid_to"]
    if values["status"] != ExceptionStatus.AUTHORISED or reason.strip():
        return None
    if first is None or last is None or first <= day <= last:
        return None
    return message(
        "This exception is in force from {first} to {last}. Say why the person was placed on "
        "another day.",
        first=short_day(first),
        last=short_day(last),
    )


def was_covered(values: Values) -> bool:
    """Whether the person was placed while the exception was in force. `values`: those of a used
    exception."""
    first, last, placed_on = values["decided_on"], values["valid_to"], values["placed_on"]
    if first is None or last is None or placed_on is None:
        return False
    covered: bool = first <= placed_on <= min(last, values["ended_on"] or last)
    return covered


def _begin(values: Values) -> dict[str, Any]:
    return {"status": ExceptionStatus.ASKED.value, **dict.fromkeys(_LATER)}


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    changed: dict[str, Any] = {**values, "status": step.after}
    match step.after:
        case ExceptionStatus.ASKED:
            assessed = {"assessed_by": step.by, "assessed_at": step.at}
            return {**changed, "assessment": step.fields["assessment"], **assessed}
        case ExceptionStatus.AUTHORISED | ExceptionStatus.REFUSED:
            given = {name: step.fields.get(name) for name in _GIVEN}
            return {**changed, **given, "decided_by": step.by, "decided_on": step.day}
        case ExceptionStatus.USED:
            return {**changed, "placed_on": step.day}
        case _:
            return {**changed, "ended_on": step.day}


_GIVEN = ("conditions", "valid_to", "policy_version")
_LATER = (
    *("assessment", "assessed_by", "assessed_at"),
    *("decided_by", "decided_on", *_GIVEN),
    *("placed_on", "ended_on"),
)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and text_fault(value) is None


def _is_day(value: Any) -> bool:
    return isinstance(value, date)


_SETS: Mapping[str, Any] = {
    "assessment": lambda value: assessment_fault(value) is None,
    # Names the assessment that a decision rests on, so that it never rests on a later one.
    "assessed_at": lambda value: isinstance(value, datetime),
    "conditions": _is_text,
    "valid_to": _is_day,
    "policy_version": _is_text,
}

_AUTHORITY = frozenset({Need.DAY, Need.REASON, Need.ASSESSED_AT, Need.VALID_TO})


def _rules() -> tuple[StepRule, ...]:
    asked, authorised = ExceptionStatus.ASKED, ExceptionStatus.AUTHORISED
    used, void, expired = ExceptionStatus.USED, ExceptionStatus.VOID, ExceptionStatus.EXPIRED
    refused = ExceptionStatus.REFUSED
    return (
        # To stay is the step that records the risk assessment. The latest counts.
        StepRule(asked, asked, WRITERS, frozenset({Need.ASSESSMENT}), happened=True),
        StepRule(asked, authorised, DECIDERS, _AUTHORITY),
        StepRule(asked, refused, DECIDERS, _ENDING),
        StepRule(asked, void, WRITERS, _ENDING),
        StepRule(authorised, void, DECIDERS, _ENDING),
        StepRule(authorised, expired, _NOBODY),
        StepRule(authorised, used, WRITERS, _PLACED, happened=True),
        StepRule(expired, used, WRITERS, _ENDING, happened=True),
        StepRule(void, used, WRITERS, _ENDING, happened=True),
    )


EXCEPTION = Lifecycle(
    states=ExceptionStatus,
    starts=frozenset({ExceptionStatus.ASKED}),
    rules=_rules(),
    derived=Derivation(
        fields=frozenset(_begin({})),
        begin=_begin,
        apply=_apply,
        sets=_SETS,
    ),
    stale=Stale.REFUSED,
)
