"""Settings: from the directory into the portfolio, and everything about one."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.desk.desks import Clock, signed_off_visit
from tests.support.directory.cqc import HEATHER, LARCH, PLACES
from visitapp.errors import Code, NotFound, Refused
from visitapp.records import Provider, Setting
from visitapp.services.services import Services


def test_adding_copies_what_the_directory_says(services: Services) -> None:
    for place in PLACES:
        services.settings.add(place.location_id)
    rows = {row.name: row for row in services.portfolio.rows()}
    assert [row.name for row in services.portfolio.rows()] == sorted(p.name for p in PLACES)
    heather = rows["Heather Bank"]
    assert heather.service_type == "residential"
    assert heather.provider == "Moorland Homes Ltd"
    assert heather.location_id == HEATHER.location_id
    assert heather.postcode == "ZZ1 1AA"
    assert heather.regulator_overall == "Good"
    assert heather.regulator_published == date(2026, 5, 29)
    assert rows["Larch Nursing Home"].service_type == "nursing"
    assert rows["Rowan Care at Home"].service_type == "home_care"


def test_whoever_adds_a_setting_holds_it(services: Services, homes: list[str]) -> None:
    with services.desk.reading() as session:
        setting = session.get_one(Setting, homes[0])
        assert setting.officer_id == services.me().id
        assert setting.created_by == services.me().id


def test_two_settings_of_a_provider_share_it(services: Services, homes: list[str]) -> None:
    with services.desk.reading() as session:
        providers = {session.get_one(Setting, home).provider_id for home in homes}
        assert session.query(Provider).count() == 1
    assert len(providers) == 1


def test_adding_twice_is_refused_politely(services: Services, homes: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        services.settings.add(HEATHER.location_id)
    assert refused.value.code == Code.ALREADY_THERE
    assert str(refused.value.what) == "Heather Bank is already in the portfolio."
    assert len(services.portfolio.rows()) == 2


def test_a_location_that_was_not_imported_is_not_found(services: Services) -> None:
    with pytest.raises(NotFound):
        services.settings.add("1-000000")


def test_a_setting_that_left_can_be_added_again(services: Services, homes: list[str]) -> None:
    with services.desk.transaction() as session:
        session.get_one(Setting, homes[1]).deleted = True
    assert [row.name for row in services.portfolio.rows()] == ["Heather Bank"]
    assert services.settings.add(LARCH.location_id).setting_id == homes[1]
    assert len(services.portfolio.rows()) == 2


def test_the_view_tells_what_happened_newest_first(
    services: Services, homes: list[str], clock: Clock
) -> None:
    clock.move_to(date(2026, 12, 1))
    signed_off_visit(services, homes[0])
    clock.move_to(date(2027, 3, 1))
    bad = {"value": "not_met", "note": "Two of five were not referred."}
    signed_off_visit(services, homes[0], referrals=bad)
    view = services.settings.view(homes[0])
    told = [entry.what for entry in view.timeline]
    assert told[-1] == "Joined the portfolio."
    assert "Quality rated Red by the visit of 1 Mar 2027." in told[:2]
    assert [entry.at for entry in view.timeline] == sorted(
        (entry.at for entry in view.timeline), reverse=True
    )
    assert [(point.on, point.rag) for point in view.points] == [
        (date(2026, 12, 1), "green"),
        (date(2027, 3, 1), "red"),
    ]
    assert (view.rating.rag, view.row.rag, view.row.placements) == ("red", "red", "Closed to new")


def test_a_setting_that_is_not_here_is_not_found(services: Services) -> None:
    with pytest.raises(NotFound):
        services.settings.view("nowhere")


NOT_REFERRED = {"value": "not_met", "note": "Two of five were not referred."}


def test_a_visit_older_than_the_one_that_stands_proposes_nothing(
    services: Services, homes: list[str]
) -> None:
    signed_off_visit(services, homes[0], visited_on=date(2026, 11, 20), referrals=NOT_REFERRED)
    signed_off_visit(services, homes[0], visited_on=date(2026, 6, 1))
    rating = services.settings.view(homes[0]).rating
    assert (rating.rag, rating.proposed) == ("red", "")
    signed_off_visit(services, homes[0], visited_on=date(2026, 11, 21))
    rating = services.settings.view(homes[0]).rating
    assert (rating.rag, rating.proposed) == ("red", "green")


def test_a_contract_review_is_no_point_of_the_outcomes(
    services: Services, homes: list[str]
) -> None:
    signed_off_visit(services, homes[0], referrals=NOT_REFERRED)
    signed_off_visit(services, homes[0], form_id="contract-review")
    assert [point.rag for point in services.settings.view(homes[0]).points] == ["red"]


def test_a_contract_review_is_compared_with_contract_reviews_alone(
    services: Services, homes: list[str]
) -> None:
    signed_off_visit(services, homes[0], referrals=NOT_REFERRED)
    review = signed_off_visit(services, homes[0], form_id="contract-review")
    assert review.summary.previous_rag == "unrated"
    after = signed_off_visit(services, homes[0])
    assert after.summary.previous_rag == "red"
