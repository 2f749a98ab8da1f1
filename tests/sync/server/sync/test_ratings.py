"""The server alone makes ratings: down at once, up on agreement, by the day of the visit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.support.sync.council import Clock, Council, Device
from visitapp.errors import Code
from visitapp.records import Contract, Provider, Rating, Visit, VisitStatus, new_id
from visitapp.rules.choices import RatingKind
from visitapp.standing.ratings import ranked_ratings

GOOD = {"plans": "met", "calls": "met"}
FAIR = {"plans": "met", "calls": "partly"}
POOR = {"plans": "not_met", "calls": "not_met"}
DAY = date(2026, 11, 10)


@pytest.fixture
def ann(any_council: Council) -> Device:
    return any_council.officer("ann")


@pytest.fixture
def lee(any_council: Council) -> Device:
    return any_council.lead("lee")


def signed(device: Device, council: Council, setting: str, on: date, **how: str) -> str:
    """A visit that is signed off and sent."""
    visit = device.visit(setting, on=on, **how)
    device.sign_off(visit, council.library)
    device.sync()
    return visit


def review(lead: Device, visit_id: str, decision: VisitStatus) -> None:
    lead.sync()
    lead.review(visit_id, decision)
    lead.sync()


def current(council: Council | Device, kind: RatingKind = RatingKind.QUALITY) -> list[str]:
    """The ratings that stand, as `red stands`."""
    ranked = ranked_ratings(kind)
    with council.database.reading() as session:
        found = session.execute(select(ranked.c.rag, ranked.c.state).where(ranked.c.place == 1))
        return [f"{rag} {state}" for rag, state in found]


def test_a_worse_rating_stands_at_sign_off(any_council: Council, ann: Device) -> None:
    signed(ann, any_council, ann.setting(), DAY, **POOR)
    assert current(any_council) == current(ann) == ["red stands"]


def test_a_first_green_waits_for_a_team_lead(
    any_council: Council, ann: Device, lee: Device
) -> None:
    visit = signed(ann, any_council, ann.setting(), DAY, **GOOD)
    assert current(any_council) == []
    review(lee, visit, VisitStatus.APPROVED)
    ann.sync()
    assert current(any_council) == current(ann) == current(lee) == ["green stands"]


def test_a_better_rating_stands_when_a_team_lead_approves(
    any_council: Council, ann: Device, lee: Device
) -> None:
    setting = ann.setting()
    signed(ann, any_council, setting, DAY, **POOR)
    better = signed(ann, any_council, setting, DAY + timedelta(days=5), **GOOD)
    assert current(any_council) == ["red stands"]
    review(lee, better, VisitStatus.APPROVED)
    assert current(any_council) == ["green stands"]


def test_an_older_visit_signed_late_never_stands_over_a_newer_one(
    any_council: Council, ann: Device, lee: Device
) -> None:
    setting = ann.setting()
    signed(ann, any_council, setting, DAY, **POOR)
    older = signed(ann, any_council, setting, DAY - timedelta(days=300), **GOOD)
    review(lee, older, VisitStatus.APPROVED)
    ann.sync()
    assert current(any_council) == current(ann) == ["red stands"]


def test_no_clock_of_a_laptop_orders_ratings(any_council: Council) -> None:
    ahead = Clock()
    ahead.now = any_council.clock.now + timedelta(days=365)
    any_council.user("ann")
    fast, right = any_council.device("ann", clock=ahead), any_council.device("ann")
    setting = right.setting()
    right.sync()
    fast.sync()
    signed(fast, any_council, setting, DAY, **FAIR)
    signed(right, any_council, setting, DAY, **POOR)
    fast.sync()
    assert current(any_council) == current(fast) == current(right) == ["red stands"]


def test_a_provisional_outcome_improves_nothing_even_when_approved(
    any_council: Council, ann: Device, lee: Device
) -> None:
    setting = ann.setting()
    signed(ann, any_council, setting, DAY, **POOR)
    thin = signed(ann, any_council, setting, DAY + timedelta(days=5), plans="met")
    assert any_council.get(Visit, thin).outcome["provisional"]
    review(lee, thin, VisitStatus.APPROVED)
    assert current(any_council) == ["red stands"]


def test_a_themed_audit_never_improves_and_proposes_a_worse_rating(
    any_council: Council, ann: Device, lee: Device
) -> None:
    setting = ann.setting()
    visit = signed(ann, any_council, setting, DAY, **FAIR)
    review(lee, visit, VisitStatus.APPROVED)
    ann.sync()
    day = DAY + timedelta(days=1)
    good = signed(ann, any_council, setting, day, form="themed", **GOOD)
    review(lee, good, VisitStatus.APPROVED)
    assert current(any_council) == ["amber stands"]
    bad = signed(ann, any_council, setting, day, form="themed", **POOR)
    assert current(any_council) == ["amber stands"], "never silently"
    review(lee, bad, VisitStatus.APPROVED)
    assert current(any_council) == ["red stands"]


def test_a_return_takes_an_improvement_back(any_council: Council, ann: Device, lee: Device) -> None:
    setting = ann.setting()
    signed(ann, any_council, setting, DAY, **POOR)
    better = signed(ann, any_council, setting, DAY + timedelta(days=5), **GOOD)
    review(lee, better, VisitStatus.APPROVED)
    review(lee, better, VisitStatus.RETURNED)
    ann.sync()
    assert current(any_council) == current(ann) == ["red stands"]


def test_a_return_leaves_a_worsening_standing_under_review(
    any_council: Council, ann: Device, lee: Device
) -> None:
    visit = signed(ann, any_council, ann.setting(), DAY, **POOR)
    review(lee, visit, VisitStatus.RETURNED)
    assert current(any_council) == ["red under_review"]
    ann.sync()
    ann.answer(visit, "plans", value="met")
    ann.answer(visit, "calls", value="met")
    ann.sign_off(visit, any_council.library)
    ann.sync()
    assert current(any_council) == ["red under_review"], "the correction waits for the lead"
    review(lee, visit, VisitStatus.APPROVED)
    assert current(any_council) == ["green stands"]


def test_a_contract_review_rates_the_contract_and_leaves_placements(
    any_council: Council, ann: Device, lee: Device
) -> None:
    provider, contract = new_id(), new_id()
    lee.add(Provider(id=provider, name="Pellowick Homes"))
    lee.add(Contract(id=contract, provider_id=provider, number="C-1", title="Residential"))
    lee.sync()
    ann.sync()
    setting = ann.setting()
    ann.sync()
    lee.sync()
    lee.under(contract, setting)
    lee.sync()
    ann.sync()
    signed(ann, any_council, setting, DAY, form="contract", contract_id=contract, **POOR)
    assert current(any_council) == []
    assert current(any_council, RatingKind.CONTRACT) == ["red stands"]


def test_a_contract_review_that_names_no_contract_rates_nothing(
    any_council: Council, ann: Device
) -> None:
    signed(ann, any_council, ann.setting(), DAY, form="contract", **POOR)
    assert any_council.all(Rating) == []


@pytest.mark.parametrize(("days", "taken"), [(0, True), (1, True), (2, False)])
def test_a_visit_of_a_day_to_come_is_refused(
    any_council: Council, ann: Device, days: int, taken: bool
) -> None:
    on = any_council.clock.now.date() + timedelta(days=days)
    visit = ann.visit(ann.setting(), on=on, **POOR)
    ann.sign_off(visit, any_council.library)
    ann.sync()
    assert (any_council.get(Visit, visit).status == VisitStatus.SIGNED_OFF) is taken


def test_a_rating_that_a_device_sends_is_refused(any_council: Council, ann: Device) -> None:
    visit = ann.visit(ann.setting(), **GOOD)
    ann.sign_off(visit, any_council.library)
    ann.add(
        Rating(
            id=new_id(),
            setting_id=ann.get(Visit, visit).setting_id,
            visit_id=visit,
            kind="quality",
            state="stands",
            visited_on=DAY,
            rag="green",
            since=ann.clock(),
            policy_version="1",
        )
    )
    ann.sync()
    assert {row.kind: row.refused_code for row in ann.outbox()} == {"rating": Code.NOT_ALLOWED}
    assert current(any_council) == []


def test_a_refused_sign_off_gives_no_rating(any_council: Council, ann: Device) -> None:
    visit = ann.visit(ann.setting(), plans="met", calls="not_met")
    ann.sign_off(visit, any_council.library, overall="green")
    ann.sync()
    assert [row.refused_code for row in ann.outbox()] == [Code.OUTCOME_DIFFERS]
    assert any_council.all(Rating) == []
