"""Contracts: made, changed and decided on by a lead, with many settings each."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock
from tests.support.directory.cqc import HEATHER, LARCH
from visitapp.errors import Code, NotAllowed, NotFound, Refused
from visitapp.services.services import Services
from visitapp.services.views.contracts import ContractView

REASON = "Agreed at the board"


class Market:
    """A lead's desk with two homes of one provider and a contract that covers one of them."""

    def __init__(self, services: Services) -> None:
        self.services, self.contracts = services, services.contracts
        bring(services, lee="lead", ann="officer")
        become(services, "lee")
        homes = [services.settings.add(one.location_id) for one in (HEATHER, LARCH)]
        self.homes = [home.setting_id for home in homes]
        (provider,) = services.providers.list()
        self.provider = provider.id
        self.today = services.desk.today()
        self.contracts.add(
            "CARE-1",
            self.provider,
            title="Residential care",
            officer_id="ann",
            starts_on=date(2024, 4, 1),
            ends_on=self.today + timedelta(days=200),
            extension_months="12+12",
            decide_months=2,
        )
        self.place = services.contract_places.add(
            "CARE-1", self.homes[0], volume=28, unit="people", price_pence=86_100
        ).id

    def view(self) -> ContractView:
        return self.contracts.view("CARE-1")


@pytest.fixture
def market(services: Services) -> Market:
    return Market(services)


def refusal(error: type[Refused], code: str, made: object) -> str:
    assert callable(made)
    with pytest.raises(error) as refused:
        made()
    assert refused.value.code == code
    return str(refused.value.what)


def test_a_contract_shows_its_settings_and_terms(market: Market) -> None:
    market.services.contract_places.add("CARE-1", market.homes[1])
    view = market.view()
    assert [(one.setting, one.volume) for one in view.settings] == [
        ("Heather Bank", 28),
        ("Larch Nursing Home", None),
    ]
    assert (view.row.phase, view.row.officer, view.row.near) == ("live", "Ann Doe", True)
    assert view.people is None, "one setting does not say"
    assert len(view.possible_ends) == 2
    assert view.row.decide_by is not None
    assert view.row.decide_by < market.today + timedelta(days=200)
    assert set(view.next_states) == {"extended", "ending", "ended"}


def test_a_setting_names_every_contract_that_it_is_under(market: Market) -> None:
    market.contracts.add("CARE-2", market.provider)
    market.services.contract_places.add("CARE-2", market.homes[0])
    view = market.services.settings.view(market.homes[0])
    assert view.contract_numbers == ["CARE-1", "CARE-2"]
    market.services.contract_places.end(market.place, market.today)
    view = market.services.settings.view(market.homes[0])
    assert view.contract_numbers == ["CARE-2"]
    assert [(one.contract, one.ended) for one in view.contracts] == [
        ("CARE-1", True),
        ("CARE-2", False),
    ]
    assert [one.setting for one in market.view().past_settings] == ["Heather Bank"]


def test_a_setting_is_under_a_contract_once_from_one_day_on(market: Market) -> None:
    places = market.services.contract_places
    again = partial(places.add, "CARE-1", market.homes[0])
    assert "already" in refusal(Refused, Code.ALREADY_THERE, again)
    places.end(market.place, market.today)
    assert again().id == market.place, "an end by mistake is taken back"
    later = places.add("CARE-1", market.homes[0], date(2027, 4, 1), price_pence=90_000)
    assert later.id != market.place, "a new price starts on a later day"
    places.remove(later.id)
    assert [one.id for one in market.view().settings] == [market.place]


def test_a_later_last_day_ends_nothing_yet(market: Market) -> None:
    ended = market.services.contract_places.end(market.place, market.today + timedelta(days=1))
    assert not ended.ended
    changed = market.services.contract_places.edit(market.place, volume=30)
    assert (changed.volume, changed.ends_on) == (30, market.today + timedelta(days=1))


def test_the_decisions_on_a_contract_are_kept(market: Market, clock: Clock) -> None:
    until = market.today + timedelta(days=565)
    extended = market.contracts.extend("CARE-1", until, REASON)
    assert (extended.row.phase, extended.row.ends_on) == ("extended", until)
    clock.now += timedelta(minutes=1)
    noticed = market.contracts.give_notice("CARE-1", market.today + timedelta(days=90), REASON)
    assert (noticed.row.phase, noticed.row.decide_by) == ("ending", None)
    clock.now += timedelta(minutes=1)
    assert market.contracts.resume("CARE-1", "Notice withdrawn").row.phase == "extended"
    clock.now += timedelta(minutes=1)
    ended = market.contracts.end("CARE-1", market.today, REASON)
    assert (ended.row.phase, ended.ended_on) == ("ended", market.today)
    assert [one.after for one in ended.steps] == ["ended", "extended", "ending", "extended"]
    assert {one.by for one in ended.steps} == {"Lee Doe"}
    assert market.services.settings.view(market.homes[0]).contract_numbers == []
    refused = partial(market.services.contract_places.add, "CARE-1", market.homes[1])
    assert "has ended" in refusal(Refused, Code.BAD_VALUE, refused)


def test_a_contract_past_its_end_is_marked_and_stays(market: Market, clock: Clock) -> None:
    clock.now += timedelta(days=201)
    row = market.view().row
    assert (row.phase, row.past_end, row.near) == ("live", True, True)


def test_lists_and_filters(market: Market) -> None:
    market.contracts.add("CARE-2", market.provider, officer_id="lee", key_supplier=True)
    market.contracts.add("HOME-1", market.provider)
    market.contracts.end("HOME-1", market.today, REASON)

    def numbers(text: str = "", which: str = "current") -> list[str]:
        return [row.number for row in market.contracts.list(text, which)]

    assert numbers() == ["CARE-1", "CARE-2"]
    assert numbers(which="mine") == ["CARE-2"]
    assert numbers(which="near") == ["CARE-1"]
    assert numbers(which="key") == ["CARE-2"]
    assert numbers(which="ended") == ["HOME-1"]
    assert numbers("moorland care", "all") == ["CARE-1", "CARE-2"]


def test_the_level_follows_the_rules_until_a_person_sets_another(market: Market) -> None:
    level = market.view().level
    assert (level.level, level.overridden) == ("oversight", False)
    assert "Its annual cost is not known." in level.reasons
    market.contracts.edit("CARE-1", yearly_cost=5_030_000)
    assert market.view().level.level == "proactive"
    review = market.today + timedelta(days=90)
    market.contracts.set_level("CARE-1", "oversight", "Two good years", review)
    level = market.view().level
    assert (level.level, level.by_rules, level.review_on) == ("oversight", "proactive", review)
    assert market.contracts.set_level("CARE-1", None).level.level == "proactive"
    unreasoned = partial(market.contracts.set_level, "CARE-1", "oversight")
    refusal(Refused, Code.BAD_VALUE, unreasoned)


@pytest.mark.parametrize(
    "terms",
    [
        {"number": " "},
        {"starts_on": date(2028, 1, 1), "ends_on": date(2027, 1, 1)},
        {"route": "made_up"},
        {"our_share": 101},
        {"yearly_cost": -1},
        {"extension_months": "12 and 12"},
        {"service_types": ["castle"]},
        {"ends_on": date(2199, 1, 1)},
        {"title": "x" * 251},
    ],
)
def test_what_a_contract_cannot_hold(market: Market, terms: dict[str, object]) -> None:
    before = market.view()
    refusal(Refused, Code.BAD_VALUE, lambda: market.contracts.edit("CARE-1", **terms))  # type: ignore[arg-type]  # wrong on purpose
    assert market.view() == before


def test_an_officer_reads_contracts_and_changes_none(market: Market) -> None:
    become(market.services, "ann")
    assert market.view().row.mine
    places = market.services.contract_places
    for change in (
        lambda: market.contracts.add("CARE-9", market.provider),
        lambda: market.contracts.edit("CARE-1", title="Mine"),
        lambda: (
            market.contracts.set_level("CARE-1", None, "x")
            or market.contracts.edit("CARE-1", lot="2")
        ),
        lambda: places.add("CARE-1", market.homes[1]),
        lambda: places.edit(market.place, volume=1),
    ):
        refusal(NotAllowed, Code.NOT_ALLOWED, change)
    extend = partial(market.contracts.extend, "CARE-1", date(2029, 1, 1), REASON)
    refusal(Refused, Code.STEP_REFUSED, extend)


def test_numbers_that_are_taken_or_unknown(market: Market) -> None:
    taken = partial(market.contracts.add, "CARE-1", market.provider)
    refusal(Refused, Code.ALREADY_THERE, taken)
    with pytest.raises(NotFound):
        market.contracts.view("CARE-7")
    with pytest.raises(NotFound):
        market.contracts.add("CARE-7", "nobody")


def test_days_that_cannot_be_are_refused_in_a_sentence(market: Market) -> None:
    contracts, places = market.contracts, market.services.contract_places
    early, late = date(2024, 3, 31), market.today + timedelta(days=201)
    before = market.view()
    for change, said in (
        (partial(contracts.give_notice, "CARE-1", early, REASON), "starts on 1 Apr 2024"),
        (partial(contracts.give_notice, "CARE-1", late, REASON), "last day by notice"),
        (partial(contracts.end, "CARE-1", early, REASON), "starts on 1 Apr 2024"),
        (partial(contracts.extend, "CARE-1", market.today, REASON), "already"),
        (partial(places.add, "CARE-1", market.homes[1], early), "no setting is under it before"),
        (partial(places.add, "CARE-1", market.homes[1], late), "no setting is under it after"),
        (partial(places.edit, market.place, ends_on=late), "no setting is under it after"),
        (partial(places.end, market.place, early), "no setting is under it before"),
    ):
        assert said in refusal(Refused, Code.BAD_VALUE, change)
    assert market.view() == before


def test_an_extended_contract_keeps_its_first_end_before_the_later_one(market: Market) -> None:
    until = market.today + timedelta(days=500)
    market.contracts.extend("CARE-1", until, REASON)
    edit = partial(market.contracts.edit, "CARE-1", ends_on=until)
    assert "its first end date must be earlier" in refusal(Refused, Code.BAD_VALUE, edit)
    assert market.contracts.edit("CARE-1", title="Care").row.title == "Care"
