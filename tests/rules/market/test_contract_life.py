"""The life of a contract, as a whole table."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest

from visitapp.rules.access import REVIEWERS
from visitapp.rules.choices import Role
from visitapp.rules.lifecycle import Need, Taken
from visitapp.rules.market.contract_life import CONTRACT, current_end
from visitapp.rules.market_choices import ContractStatus

DAY, LATER = date(2027, 3, 31), date(2028, 3, 31)
NEXT = {
    "live": {"extended", "ending", "ended"},
    "extended": {"extended", "ending", "ended"},
    "ending": {"ending", "ended", "live", "extended"},
    "ended": {"live", "extended"},
}
NEEDS = {"extended": Need.NEW_END, "ending": Need.LAST_DAY, "ended": Need.DAY}
BEGUN = CONTRACT.derived.begin({})


def step(before: str, after: str, **more: Any) -> Taken:
    fields = {"extended": {"extended_to": LATER}, "ending": {"ended_on": LATER}}
    whole = {"day": DAY, "reason": "Because", "fields": fields.get(after, {})}
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    return Taken(before=before, after=after, by="lee", at=at, **{**whole, **more})


def test_every_step_is_allowed_or_refused() -> None:
    wrong = []
    for before, after, role in product(ContractStatus, ContractStatus, Role):
        fault = CONTRACT.fault(step(before, after), role)
        may = "" if role in REVIEWERS else "role"
        expected = may if after in NEXT[before] else "no_step"
        found = fault.problem if fault else ""
        if found != expected:
            wrong.append((before, after, role, found))
    assert wrong == []


@pytest.mark.parametrize(
    ("before", "after"), [(b, a) for b, some in NEXT.items() for a in sorted(some)]
)
def test_every_step_needs_a_reason_and_its_date(before: str, after: str) -> None:
    bare = step(before, after, reason=" ")
    unreasoned = CONTRACT.fault(bare, "lead")
    assert unreasoned is not None
    assert unreasoned.problem == Need.REASON
    undated = CONTRACT.fault(step(before, after, day=None, fields={}), "lead")
    # What has been extended once may go on as it was.
    needs = NEEDS.get(after) if before in ("live", "extended") or after != "extended" else None
    assert (undated.problem if undated else None) == needs


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (["extended"], ("extended", LATER, None)),
        (["ending"], ("ending", None, LATER)),
        (["ended"], ("ended", None, DAY)),
        (["extended", "ending", "live"], ("live", LATER, None)),
        (["extended", "ended", "extended"], ("extended", LATER, None)),
        (["ending", "ended"], ("ended", None, DAY)),
    ],
)
def test_what_follows_from_steps(steps: list[str], expected: tuple[Any, ...]) -> None:
    values = BEGUN
    for after in steps:
        values = CONTRACT.derived.apply(values, step(values["status"], after))
    assert (values["status"], values["extended_to"], values["ended_on"]) == expected


def test_a_date_that_is_none_is_refused() -> None:
    fault = CONTRACT.fault(step("live", "extended", fields={"extended_to": "soon"}), "lead")
    assert fault is not None
    assert fault.problem == "field"


def test_the_current_end_is_the_extended_one() -> None:
    assert current_end(DAY, LATER) == LATER
    assert current_end(DAY, None) == DAY
    assert current_end(None, None) is None
