"""The food hygiene rating that an officer confirms as a setting's, and what it then fills."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.support.directory.fhrs import Kitchen, write_fhrs
from visitapp.errors import NotFound
from visitapp.records import History, Setting
from visitapp.services.services import Services

SAME = Kitchen("101", "Heather Bank Care Home", "ZZ1 1AA", rating="4")
NEIGHBOUR = Kitchen("102", "Beck Lane Cafe", "ZZ1 1AA", rating="1", business_type="Restaurant")
MOVED = Kitchen("103", "Heather Bank", "ZZ9 9ZZ", rating="2")
ELSEWHERE = Kitchen("104", "Heather Stores", "ZZ8 8ZZ")
NEW = Kitchen("105", "Larch Nursing Home", "ZZ1 2BB", rating="AwaitingInspection", rated="")


@pytest.fixture
def kitchens(services: Services) -> None:
    path = services.directory.path.parent / "fhrs.xml"
    services.directory.import_file(write_fhrs(path, (ELSEWHERE, MOVED, NEIGHBOUR, SAME, NEW)))


def filled_hygiene(services: Services, setting_id: str) -> tuple[object, str, object] | None:
    for one in services.risk.assess(setting_id, "kent-ten").filled:
        if one.question == "hygiene_rating":
            return one.value, one.origin, one.at
    return None


@pytest.mark.usefixtures("kitchens")
def test_candidates_come_by_postcode_and_name_the_likeliest_first(
    services: Services, homes: list[str]
) -> None:
    found = services.settings.hygiene_candidates(homes[0])
    assert [one.fhrs_id for one in found] == ["101", "102", "103"]
    assert [(one.same_postcode, one.same_name) for one in found] == [
        (True, True),
        (True, False),
        (False, True),
    ]
    assert (found[0].rating, found[0].rated_on) == ("4", date(2026, 3, 3))
    assert not any(one.confirmed for one in found)


@pytest.mark.usefixtures("kitchens")
def test_nothing_fills_a_risk_model_until_an_officer_confirms(
    services: Services, homes: list[str]
) -> None:
    assert filled_hygiene(services, homes[0]) is None
    confirmed = services.settings.confirm_hygiene(homes[0], "101")
    assert confirmed is not None
    assert confirmed.confirmed
    assert filled_hygiene(services, homes[0]) == (
        "4",
        "Food hygiene rating of Heather Bank Care Home (101): 4, rated 3 Mar 2026.",
        date(2026, 3, 3),
    )
    with services.desk.reading() as session:
        changes = session.scalars(select(History).where(History.field == "hygiene_id")).all()
    assert [(one.old, one.new) for one in changes] == [("", "101")]


@pytest.mark.usefixtures("kitchens")
def test_a_rating_without_a_date_is_as_of_today(services: Services, homes: list[str]) -> None:
    services.settings.confirm_hygiene(homes[1], "105")
    assert filled_hygiene(services, homes[1]) == (
        "awaiting_inspection",
        "Food hygiene rating of Larch Nursing Home (105): AwaitingInspection.",
        services.desk.today(),
    )


@pytest.mark.usefixtures("kitchens")
def test_a_confirmed_match_stands_first_and_can_be_taken_away(
    services: Services, homes: list[str]
) -> None:
    services.settings.confirm_hygiene(homes[0], "104")
    first = services.settings.hygiene_candidates(homes[0])[0]
    assert (first.fhrs_id, first.confirmed) == ("104", True)
    assert services.settings.confirm_hygiene(homes[0], None) is None
    assert filled_hygiene(services, homes[0]) is None
    assert all(one.fhrs_id != "104" for one in services.settings.hygiene_candidates(homes[0]))


@pytest.mark.usefixtures("kitchens")
def test_a_match_that_left_the_directory_is_kept_and_fills_nothing(
    services: Services, homes: list[str]
) -> None:
    services.settings.confirm_hygiene(homes[0], "101")
    services.directory.path.unlink()
    assert services.settings.hygiene_candidates(homes[0]) == []
    assert filled_hygiene(services, homes[0]) is None
    with services.desk.reading() as session:
        assert session.get_one(Setting, homes[0]).hygiene_id == "101"


@pytest.mark.usefixtures("kitchens")
def test_what_is_not_there_is_not_found(services: Services, homes: list[str]) -> None:
    for ask in (
        lambda: services.settings.confirm_hygiene(homes[0], "999"),
        lambda: services.settings.confirm_hygiene("nowhere", "101"),
        lambda: services.settings.hygiene_candidates("nowhere"),
    ):
        with pytest.raises(NotFound):
            ask()
    with services.desk.reading() as session:
        assert session.get_one(Setting, homes[0]).hygiene_id == ""
