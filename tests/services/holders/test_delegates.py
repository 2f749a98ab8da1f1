"""A team lead names who reviews and decides while they are away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.desk.colleagues import become, bring
from visitapp.errors import NotAllowed, Refused
from visitapp.records import Cover, Role, User
from visitapp.services.services import Services

WEEK = timedelta(days=7)


@pytest.fixture
def dee(services: Services, team: list[str]) -> str:
    """The lead of another team."""
    bring(services, dee=Role.LEAD)
    with services.desk.database.applying() as session:
        session.get_one(User, "dee").team = "East"
    return "dee"


def test_the_delegate_covers_the_whole_team(services: Services, team: list[str], dee: str) -> None:
    today = services.desk.today()
    made = services.delegates.name(dee, today, today + WEEK, " Annual leave ")
    assert (made.lead, made.deputy, made.settings, made.note) == (
        *("Lee Doe", "Dee Doe"),
        *(len(team), "Annual leave"),
    )
    assert services.delegates.list() == [made]
    assert services.covers.list() == [], "listed once, as a delegate"
    assert services.leavers.holdings(dee).count == 0
    services.delegates.change_end(made.id, today + 2 * WEEK)
    (moved,) = services.delegates.list()
    assert moved.ends_on == today + 2 * WEEK
    services.delegates.end(made.id)
    assert services.delegates.list() == []


def test_one_to_come_is_withdrawn(services: Services, team: list[str], dee: str) -> None:
    day = services.desk.today() + WEEK
    services.delegates.end(services.delegates.name(dee, day, day, "Leave").id)
    assert services.delegates.list(over=True) == []


def test_the_window_offers_only_who_can_be_one(
    services: Services, team: list[str], dee: str
) -> None:
    assert [one.name for one in services.delegates.leads()] == ["lee"]
    assert [one.name for one in services.delegates.candidates()] == ["dee", "lee"]


def test_who_cannot_be_a_delegate(services: Services, team: list[str], dee: str) -> None:
    today = services.desk.today()
    bring(services, lou=Role.LEAD)
    for named, reason, sentence in (
        ("bob", "Leave", "it must be another team lead"),
        ("lou", "Leave", "A lead of the same team"),
        ("dee", " ", "Give the reason"),
    ):
        with pytest.raises(Refused, match=sentence):
            services.delegates.name(named, today, today, reason)
    with pytest.raises(Refused, match="last day is before the first day"):
        services.delegates.name(dee, today, today - WEEK, "Leave")
    with pytest.raises(Refused, match="Only a team lead has a delegate"):
        services.delegates.name(dee, today, today, "Leave", lead="ann")
    become(services, "ann")
    with pytest.raises(NotAllowed, match="Only a team lead"):
        services.delegates.name(dee, today, today, "Leave", lead="lee")
    with services.desk.reading() as session:
        assert session.query(Cover).count() == 0
