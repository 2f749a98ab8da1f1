"""The rating rows that follow from an override, as the server and the device both work them out.

Down at once, up on agreement: a lower rating holds from the moment it is asked for, a higher one
when a team lead has agreed and the visit is approved.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from visitapp.records import VisitStatus
from visitapp.records.ids import rating_id
from visitapp.rules.authority.override_life import is_worse
from visitapp.rules.authority.states import OverrideStatus
from visitapp.rules.choices import (
    RatingCause,
    RatingKind,
    RatingState,
)
from visitapp.rules.policy.model import Policy
from visitapp.rules.ratings import EFFECTIVE, RatingRow, at_approval, at_sign_off
from visitapp.standing.ratings import latest_of_visit, standing_on
from visitapp.standing.visit_ratings import RatingSubject

_ENDED = ("ended", "proposed")


def override_ratings(
    visit: Mapping[str, Any],
    override: Mapping[str, Any],
    subject: RatingSubject,
    rows: list[RatingRow],
    *,
    at: datetime,
    policy: Policy,
) -> list[dict[str, Any]]:
    """The fields of the rows for an override that was asked for or decided, each with its `id`.

    visit, override: their fields by name, with `id`. rows: those of `subject`, which the visit
    rates.
    """
    made = {"since": at, "policy_version": policy.version}
    if override["status"] in (OverrideStatus.ASKED, OverrideStatus.AGREED):
        if override["status"] == OverrideStatus.ASKED and not is_worse(
            override["rag"], override["outcome_rag"]
        ):
            return []
        state = _state(visit, override["rag"], subject, rows, policy)
        latest = latest_of_visit(rows, visit["id"])
        if state is None or (latest and (latest.rag, latest.state) == (override["rag"], state)):
            return []
        own = {"rag": override["rag"], "state": state.value, "reason": override["reason"]}
        id_ = _row_id(visit, override, override["status"])
        return [{**_common(visit, subject), **made, **own, "id": id_}]
    return _without(visit, override, subject, rows, made)


def _state(
    visit: Mapping[str, Any],
    rag: str,
    subject: RatingSubject,
    rows: list[RatingRow],
    policy: Policy,
) -> RatingState | None:
    current = standing_on(rows, visit["visited_on"])
    state = at_sign_off(
        rag,
        provisional=visit["outcome"]["provisional"],
        sets_rating=subject.sets_rating,
        current=current.rag if current else None,
        rules=policy.ratings,
    )
    return _approved(visit, state)


def _approved(visit: Mapping[str, Any], state: RatingState | None) -> RatingState | None:
    """The state of a row, where the visit is approved already."""
    if visit["status"] == VisitStatus.APPROVED:
        return at_approval(state) or state
    return state


def _without(
    visit: Mapping[str, Any],
    override: Mapping[str, Any],
    subject: RatingSubject,
    rows: list[RatingRow],
    made: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """The rows that put the rating of the visit back as it was without the override."""
    ids = override_row_ids(visit, override)
    own = [row for row in rows if row.cause_id == visit["id"]]
    first = min((row.age for row in own if row.id in ids), default=None)
    if first is None:
        return []
    # What came later is the approval of a visit whose rating was the override's.
    before = [row for row in own if row.age < first]
    base = latest_of_visit(before, visit["id"])
    held = latest_of_visit([row for row in before if row.state in EFFECTIVE], visit["id"])
    common = {**_common(visit, subject), **made}
    ended = (held.rag, held.state) if held else (override["rag"], RatingState.WITHDRAWN.value)
    found = [{**common, **_row(ended), "id": _row_id(visit, override, _ENDED[0])}]
    if base is not None and base is not held:
        state = _approved(visit, RatingState(base.state)) or RatingState(base.state)
        later = {"since": made["since"] + timedelta(microseconds=1)}
        row = {**common, **_row((base.rag, state.value)), **later}
        found.append({**row, "id": _row_id(visit, override, _ENDED[1])})
    return found


def _row(given: tuple[str, str]) -> dict[str, Any]:
    return {"rag": given[0], "state": given[1]}


def override_row_ids(visit: Mapping[str, Any], override: Mapping[str, Any]) -> Collection[str]:
    """The ids that the rows of an override may have."""
    moments = (OverrideStatus.ASKED, OverrideStatus.AGREED, *_ENDED)
    return {_row_id(visit, override, moment) for moment in moments}


def _row_id(visit: Mapping[str, Any], override: Mapping[str, Any], moment: str) -> str:
    return rating_id(visit["id"], f"override/{override['id']}/{moment}")


def _common(visit: Mapping[str, Any], subject: RatingSubject) -> dict[str, Any]:
    outcome = visit["outcome"]
    because = outcome["because"]
    return {
        "setting_id": visit["setting_id"],
        "cause": RatingCause.VISIT.value,
        "visit_id": visit["id"],
        "event_id": None,
        "contract_id": subject.id if subject.kind == RatingKind.CONTRACT else None,
        "kind": subject.kind.value,
        "visited_on": visit["visited_on"],
        "percent": outcome["percent"],
        "provisional": outcome["provisional"],
        "reason": because[0]["text"] if because else "",
    }
