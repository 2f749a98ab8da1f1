"""When a plan can be agreed, and agreed again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from visitapp.rules.plans.agreed import AgreedPlan, Agreement, agreement_fault, last_agreement

DRAFTED = date(2026, 11, 1)
DAY = timedelta(days=1)
LATER = DRAFTED + 9 * DAY


def plan(goal: str) -> AgreedPlan:
    return AgreedPlan(
        goal=goal,
        starts_on=date(2026, 12, 1),
        ends_on=date(2027, 3, 1),
        provider_people="",
        actions=[],
    )


LAST = Agreement(version=3, day=LATER, plan=plan("Safe medicines"))


@pytest.mark.parametrize(
    ("goal", "day", "last", "said"),
    [
        ("Safe medicines", DRAFTED, None, None),
        (
            "Safe medicines",
            DRAFTED - DAY,
            None,
            "This plan was neither drafted nor begun before 1 Nov 2026.",
        ),
        ("Safe medicines", LATER, LAST, "Nothing has changed since version 3 was agreed."),
        ("Nobody misses a dose", LATER, LAST, None),
        ("Nobody misses a dose", LATER - DAY, LAST, "Version 3 was agreed on 10 Nov 2026."),
    ],
)
def test_an_agreement_follows_the_draft_and_the_last_version(
    goal: str, day: date, last: Agreement | None, said: str | None
) -> None:
    fault = agreement_fault(plan(goal), day, DRAFTED, last)
    assert fault is None if said is None else str(fault).startswith(said)


def test_a_plan_typed_after_it_began_is_agreed_from_its_start_on() -> None:
    given = plan("Safe medicines")
    assert agreement_fault(given, given.starts_on, given.starts_on + 9 * DAY, None) is None
    assert agreement_fault(given, given.starts_on - DAY, given.starts_on + 9 * DAY, None)


def test_a_draft_has_no_last_agreement() -> None:
    assert last_agreement({"agreed": None, "agreed_on": None, "version": 0}) is None
