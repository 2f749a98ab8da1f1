"""A council's own rules: how often it visits, when a better rating stands, when actions are due.

The values that ship are in `resources/policy/default.yaml`, each with its source. A policy never
enters `forms.rate`: the outcome of a visit depends on its form and answers alone.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from forms.format.source import ListNode, MapNode, Node, ScalarNode, UnreadableError, parse
from visitapp.errors import BadFile, Code
from visitapp.language import message, verbatim

Months = Annotated[int, Meta(ge=1, le=60)]
Days = Annotated[int, Meta(ge=0, le=366)]
Percent = Annotated[int, Meta(ge=0, le=100)]
Moment = Literal["sign_off", "approval"]
Clocked = Literal["risk_led", "themed", "intervention", "joint", "contract_review", "desktop"]
"""Purposes that may have a clock of their own. The annual date is the clock of quality visits."""


class _Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a policy. A misspelt key is a fault, so that no rule is silently ignored."""


class QualityMonths(_Part, frozen=True, kw_only=True):
    """Months from one quality visit to the next, by the quality rating that stands."""

    green: Months
    amber: Months
    red: Months
    unrated: Months


class VisitRules(_Part, frozen=True, kw_only=True):
    """How often settings are visited."""

    quality_months: QualityMonths
    purpose_months: dict[Clocked, Months]
    first_visit_days: Days
    due_soon_days: Days


class RatingRules(_Part, frozen=True, kw_only=True):
    """When a rating stands. `days_ahead`: how far after the server's date a visit may be dated."""

    better_at: Moment
    first_green_at: Moment
    days_ahead: Annotated[int, Meta(ge=0, le=7)]


class RiskRules(_Part, frozen=True, kw_only=True):
    """`coverage_floor`: the least coverage, in per cent, at which a risk model shows a colour."""

    coverage_floor: Percent


class ActionDays(_Part, frozen=True, kw_only=True):
    """Days in which an action is done, by its priority."""

    immediate: Days
    high: Days
    medium: Days
    low: Days


class ActionRules(_Part, frozen=True, kw_only=True):
    """When actions are due."""

    days: ActionDays


class Policy(_Part, frozen=True, kw_only=True):
    """One version of a council's rules."""

    version: Annotated[str, Meta(min_length=1, max_length=20)]
    visits: VisitRules
    ratings: RatingRules
    risk: RiskRules
    actions: ActionRules


def read_policy(text: str, file: str) -> Policy:
    """The policy that a YAML text describes. `file` names it in a fault.

    Raises BadFile (FILE_UNREADABLE) with the line or the key that is wrong.
    """
    try:
        return msgspec.convert(_plain(parse(text)), Policy, strict=False)
    except UnreadableError as fault:
        raise BadFile(
            Code.FILE_UNREADABLE,
            verbatim(fault.what),
            verbatim(fault.remedy),
            file=file,
            row=fault.line,
        ) from None
    except msgspec.ValidationError as fault:
        what = message("The policy has a fault: {fault}.", fault=fault)
        remedy = message("Correct it and try again. The policy in force has not changed.")
        raise BadFile(Code.FILE_UNREADABLE, what, remedy, file=file) from None


@cache
def shipped_policy() -> Policy:
    """The policy that comes with the program."""
    path = files("resources") / "policy" / "default.yaml"
    return read_policy(path.read_text(encoding="utf-8"), path.name)


def _plain(node: Node) -> Any:
    """Nodes as dicts, lists and text. Raises UnreadableError on a key given twice."""
    match node:
        case ScalarNode(text=text):
            return text
        case ListNode(items=items):
            return [_plain(item) for item in items]
        case MapNode(pairs=pairs):
            found: dict[str, Any] = {}
            for key, value in pairs:
                if key.text in found:
                    what = f"The key “{key.text}” is given twice."
                    raise UnreadableError(key.line, what, "Keep one of them.")
                found[key.text] = _plain(value)
            return found
