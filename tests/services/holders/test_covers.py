"""A lead arranges cover; the server starts and ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.desk.colleagues import become
from visitapp.errors import NotAllowed, NotFound, Refused
from visitapp.records import Cover
from visitapp.services.services import Services

WEEK = timedelta(days=7)


def test_all_settings_of_an_officer_are_covered(services: Services, team: list[str]) -> None:
    today = services.desk.today()
    made = services.covers.arrange_for("ann", "bob", today, today + WEEK, " Leave ")
    assert {one.setting_id for one in made} == set(team)
    assert {(one.deputy, one.note, one.active, one.over) for one in made} == {
        ("Bob Doe", "Leave", False, False)
    }
    assert services.covers.list() == made


def test_cover_ends_later_or_at_once_or_is_withdrawn(services: Services, team: list[str]) -> None:
    today = services.desk.today()
    (lasting,) = services.covers.arrange(team[:1], "bob", today - WEEK, today)
    (planned,) = services.covers.arrange(team[1:], "bob", today + WEEK, today + WEEK)
    assert services.covers.change_end(lasting.id, today + WEEK).ends_on == today + WEEK
    assert services.covers.end(lasting.id).over
    assert services.covers.end(planned.id).over
    assert services.covers.list() == []
    assert [one.id for one in services.covers.list(over=True)] == [lasting.id]
    with pytest.raises(NotFound):
        services.covers.end(planned.id)


def test_cover_that_makes_no_sense_is_refused(services: Services, team: list[str]) -> None:
    today = services.desk.today()
    day = timedelta(days=1)
    for deputy, starts_on, ends_on in (
        ("bob", today, today - day),
        ("bob", today - WEEK, today - day),
        ("ann", today, today),
        ("mia", today, today),
    ):
        with pytest.raises(Refused):
            services.covers.arrange(team, deputy, starts_on, ends_on)
    with pytest.raises(Refused, match="holds no settings"):
        services.covers.arrange_for("bob", "ann", today, today)
    with pytest.raises(NotFound, match="no user zoe"):
        services.covers.arrange(team, "zoe", today, today)
    become(services, "ann")
    with pytest.raises(NotAllowed, match="Only a team lead can arrange cover"):
        services.covers.arrange(team, "bob", today, today)
    with services.desk.reading() as session:
        assert session.query(Cover).count() == 0
