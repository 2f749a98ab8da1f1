"""Referring a theme for support, and its effect three months on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.support.desk.desks import Clock
from visitapp.errors import Code, Refused
from visitapp.services.concerns.views import NewConcern
from visitapp.services.services import Services
from visitapp.services.support.words import effect_words, headline
from visitapp.services.today.items import NextStep

ASKED, TAKEN_UP, KNOWN = date(2026, 3, 2), date(2026, 3, 16), date(2026, 6, 16)
DAYS = ("2025-12-01", "2026-01-05", "2026-02-20", "2026-03-01", "2026-03-10", "2026-04-01")


@pytest.fixture
def home(services: Services, homes: list[str], clock: Clock) -> str:
    """A home with four concerns about medicines before it is referred, and one after."""
    clock.move_to(date(2026, 8, 1))
    for text in DAYS:
        received = datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
        services.concerns.log(
            NewConcern(
                setting_id=homes[0],
                kind="complaint",
                title="A dose missed",
                severity="2",
                source="family",
                themes=["medicines"],
                received_at=received + timedelta(hours=12),
            )
        )
    clock.move_to(ASKED)
    return homes[0]


def test_its_effect_is_counted_before_and_after(
    services: Services, home: str, clock: Clock
) -> None:
    (one,) = services.support.refer([home], "medicines", "Skills for Homes", "Training at night")
    assert (one.status, one.effect.before, one.effect.after) == ("asked", 3, 0)
    assert effect_words(one) == (
        "3 concerns about it from 2 Dec 2025 to 1 Mar 2026. Not taken up yet."
    )
    services.support.move(one.id, "offered", ASKED, "Two sessions with a pharmacist")
    clock.move_to(TAKEN_UP)
    taken = services.support.move(one.id, "taken_up")
    assert headline(taken) == "Medicines: taken up 16 Mar 2026, Skills for Homes"
    assert (taken.effect_on, taken.to_review, taken.next_states) == (KNOWN, False, ["declined"])
    clock.move_to(date(2026, 4, 20))
    assert effect_words(services.support.view(one.id)).endswith(
        "then 1 so far. Its effect is known after 15 Jun 2026."
    )
    clock.move_to(KNOWN)
    known = services.support.view(one.id)
    assert (known.to_review, known.next_states) == (True, ["reviewed", "declined"])
    assert "then 1 from 16 Mar 2026 to 15 Jun 2026." in effect_words(known)
    reviewed = services.support.move(one.id, "reviewed", text="Rounds are calm now")
    assert (reviewed.status, reviewed.ended_on) == ("reviewed", KNOWN)
    assert [event.text for event in reviewed.events] == [
        "Two sessions with a pharmacist",
        "",
        "Rounds are calm now",
    ]


def test_the_review_waits_on_the_day_and_stands_in_the_timeline(
    services: Services, home: str, clock: Clock
) -> None:
    (one,) = services.support.refer([home], "medicines", "Skills for Homes")
    clock.move_to(TAKEN_UP)
    services.support.move(one.id, "taken_up")
    assert not [item for item in services.today.view().items if item.does == NextStep.SUPPORT]
    clock.move_to(KNOWN)
    (item,) = [item for item in services.today.view().items if item.does == NextStep.SUPPORT]
    assert (item.title, item.target) == ("Say what support with medicines did", one.id)
    services.support.move(one.id, "reviewed", text="Fewer gaps")
    assert not [item for item in services.today.view().items if item.does == NextStep.SUPPORT]
    told = [entry.what for entry in services.settings.view(home).timeline]
    for what in (
        "Support asked of Skills for Homes.",
        "Support by Skills for Homes taken up.",
        "Effect of the support reviewed.",
    ):
        assert what in told


def test_what_cannot_be_is_refused(services: Services, home: str, clock: Clock) -> None:
    support = services.support
    for asked, why in (
        ({"theme": "magic"}, "There is no theme"),
        ({"partner": " "}, "Say who is asked"),
        ({"asked_on": ASKED + timedelta(1)}, "in the future"),
    ):
        given = {"setting_ids": [home], "theme": "medicines", "partner": "Skills", **asked}
        with pytest.raises(Refused, match=why):
            support.refer(**given)
    (one,) = support.refer([home], "medicines", "Skills for Homes")
    assert support.last_partner() == "Skills for Homes"
    with pytest.raises(Refused) as again:
        support.refer([home], "medicines", "Another")
    assert again.value.code == Code.ALREADY_THERE
    for after, day, text, why in (
        ("offered", None, "", "Say what is offered"),
        ("declined", None, "", "Give a reason"),
        ("taken_up", ASKED - timedelta(1), "", "Give that day or a later one"),
        ("reviewed", None, "Better", "cannot become"),
    ):
        with pytest.raises(Refused, match=why):
            support.move(one.id, after, day, text)
    support.move(one.id, "taken_up")
    with pytest.raises(Refused, match="Its effect is known from 2 Jun 2026 on"):
        support.move(one.id, "reviewed", text="Better")
    assert support.list(open_only=True)


def test_several_settings_are_referred_together_or_none(
    services: Services, home: str, homes: list[str]
) -> None:
    services.support.refer([homes[1]], "falls", "Skills for Homes")
    with pytest.raises(Refused):
        services.support.refer([home, homes[1]], "falls", "Skills for Homes")
    assert services.support.list(home) == []
    made = services.support.refer([home, homes[1]], "skin", "Skills for Homes")
    assert {one.setting_id for one in made} == {home, homes[1]}
