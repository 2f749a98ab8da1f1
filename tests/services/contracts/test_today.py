"""A contract that ends, or asks for a decision, is on its officer's day."""

from __future__ import annotations

from datetime import date

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.services.today.items import Part, TodayItem


def lines(services: Services) -> list[TodayItem]:
    return [one for one in services.today.view().items if one.part == Part.CONTRACTS]


def test_its_officer_is_reminded_of_the_decision_then_of_the_end(
    services: Services, homes: list[str], clock: Clock
) -> None:
    officer = services.me().id
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    provider = services.providers.add("Brook Care").row.id
    contract = services.contracts.add(
        "C-1",
        provider,
        officer_id=officer,
        ends_on=date(2027, 9, 30),
        extension_months="12",
        decide_months=2,
    ).row
    become(services, officer)
    clock.move_to(date(2027, 4, 29))
    assert lines(services) == [], "the last reminder of the decision is three months before it"
    clock.move_to(date(2027, 4, 30))
    (line,) = lines(services)
    assert (line.title, line.page) == ("Contract C-1", "contracts")
    assert line.detail == "Brook Care \u00b7 decide on the extension by 30 Jul 2027"
    assert (line.when, line.late) == ("in 91 days", False)
    clock.move_to(date(2027, 8, 1))
    assert lines(services)[0].when == "2 days late"
    become(services, "lee")
    assert lines(services) == [], "it is the officer's"
    services.contracts.give_notice(contract.id, date(2027, 9, 30), "Another service is bought")
    become(services, officer)
    assert lines(services)[0].detail == "Brook Care \u00b7 ends 30 Sep 2027"
