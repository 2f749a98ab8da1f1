"""Live risk where settings are listed: the server's row of the night, worked out where none is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.services.risk.test_ranking import keep_as_of, rated_good, sound
from tests.support.desk.colleagues import become, bring
from visitapp.errors import NotFound
from visitapp.records import Role, Setting
from visitapp.services.risk.known import known_risks
from visitapp.services.risk.words import aged
from visitapp.services.services import Services
from visitapp.services.views.planner import Whose
from visitapp.services.views.risk import KnownRisk, RiskReason

TODAY = date(2026, 11, 22)


def rated_inadequate(services: Services, setting: str) -> None:
    with services.desk.transaction() as session:
        found = session.get_one(Setting, setting)
        found.regulator_overall, found.regulator_published = "Inadequate", date(2026, 11, 1)


def rated_apart(services: Services, homes: list[str]) -> None:
    """Two sound homes: the regulator calls the first Inadequate, and the second Good."""
    rated_good(services, homes[1])
    rated_inadequate(services, homes[0])
    for home in homes[:2]:
        sound(services, home)


def known(services: Services, *settings: str) -> dict[str, KnownRisk]:
    with services.desk.reading() as session:
        return known_risks(session, services.desk, settings)


def test_the_row_of_the_night_counts_and_without_one_it_is_worked_out(
    services: Services, homes: list[str]
) -> None:
    rated_apart(services, homes)
    night = services.desk.today() - timedelta(days=1)
    keep_as_of(services, homes[0], night)
    rated_good(services, homes[0])
    found = known(services, *homes)
    assert (found[homes[0]].rag, found[homes[0]].recorded_on) == ("red", night)
    assert (found[homes[1]].rag, found[homes[1]].recorded_on) == ("green", None)
    assert set(known(services, homes[1])) == {homes[1]}


def test_what_slips_comes_by_live_risk_and_then_by_rating(
    services: Services, homes: list[str]
) -> None:
    for home in homes:
        rated_good(services, home)
        sound(services, home)

    def slipping() -> list[str]:
        found = services.planner.slipping(Whose())
        return list(dict.fromkeys(one.due.setting_id for one in found))

    first, second = slipping()
    rated_inadequate(services, second)
    assert slipping() == [second, first]
    found = services.planner.slipping(Whose())
    assert found[0].risk is not None
    assert found[0].risk.rag == "red"


def test_the_portfolio_has_the_night_s_result_and_is_sorted_by_it(
    services: Services, homes: list[str]
) -> None:
    rated_apart(services, homes)
    for home in homes:
        keep_as_of(services, home, services.desk.today())
    rows = services.portfolio.rows(order="risk")
    assert [(one.setting_id, one.risk[0]) for one in rows] == [
        (homes[0], "red"),
        (homes[1], "green"),
    ]
    (high,) = services.portfolio.rows(filter="high_risk")
    assert (high.setting_id, high.live_on) == (homes[0], services.desk.today())


def test_one_setting_has_two_reasons_with_their_days(services: Services, homes: list[str]) -> None:
    sound(services, homes[0], medicines_risk="high", care_planning_risk="high", turnover=60)
    found = services.risk_ranking.of(homes[0])
    assert found is not None
    assert len(found.reasons) == 2
    assert all(one.on is not None for one in found.reasons)
    assert found.quality == next(
        one.quality for one in services.risk_ranking.rows() if one.setting_id == homes[0]
    )
    with pytest.raises(NotFound):
        services.risk_ranking.of("nothing")


def test_a_manager_s_device_says_no_age_that_it_does_not_know(
    services: Services, homes: list[str]
) -> None:
    sound(services, homes[0], medicines_risk="high")
    keep_as_of(services, homes[0], services.desk.today())
    bring(services, mia=Role.MANAGER)
    become(services, "mia")
    found = services.risk_ranking.of(homes[0])
    assert found is not None
    assert found.recorded_on == services.desk.today()
    assert [one.on for one in found.reasons] == [None, None]
    assert services.risk_ranking.of(homes[1]) is None, "the server recorded none"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "22 Nov 2026, today"),
        (1, "21 Nov 2026, 1 day old"),
        (13, "9 Nov 2026, 13 days old"),
        (14, "8 Nov 2026, 2 weeks old"),
        (60, "23 Sept 2026, 2 months old"),
    ],
)
def test_a_reason_says_how_old_it_is(days: int, words: str) -> None:
    reason = RiskReason(text="", on=TODAY - timedelta(days=days))
    assert aged(reason, TODAY).replace("Sep ", "Sept ") == words
    assert aged(RiskReason(text=""), TODAY) == ""
