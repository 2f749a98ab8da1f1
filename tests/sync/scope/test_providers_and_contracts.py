"""A provider and a contract arrive with the first of their settings, and leave with the last."""

from __future__ import annotations

import pytest

from tests.support.sync.council import Council, Device
from tests.support.sync.pushes import create, push, update
from visitapp.errors import Code
from visitapp.records import (
    Conflict,
    Contract,
    ContractSetting,
    History,
    Provider,
    Setting,
    Visit,
    new_id,
)
from visitapp.records.ids import provider_id


class Market:
    """A lead's provider and contract, and two homes of Ann's under them; Ben is of another team."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.lee, self.ann = council.lead("lee"), council.officer("ann")
        self.ben = council.officer("ben", "West")
        self.homes = [self.ann.setting("Alder House"), self.ann.setting("Birch House")]
        self.ann.sync()
        self.lee.sync()
        self.provider, self.contract = new_id(), new_id()
        self.lee.add(Provider(id=self.provider, name="Willow Care"))
        self.lee.add(Contract(id=self.contract, provider_id=self.provider, number="C1"))
        self.lee.sync()
        self.lee.edit(Contract, self.contract, title="Residential care")
        self.lee.sync()

    def put_under_contract(self, *homes: str) -> None:
        for home in homes:
            self.lee.under(self.contract, home)
        assert self.lee.sync().refused == []

    def hand_over(self, *homes: str) -> None:
        self.council.admin.assign("ben", list(homes))


@pytest.fixture
def market(any_council: Council) -> Market:
    return Market(any_council)


def held(device: Device) -> tuple[set[str], set[str], set[str]]:
    """What a device has: contracts, providers, and contracts that its history is about."""
    return (
        {row.id for row in device.all(Contract)},
        {row.id for row in device.all(Provider)},
        {row.contract_id for row in device.all(History)} - {None},
    )


def test_they_come_whole_with_the_first_setting_and_leave_with_the_last(market: Market) -> None:
    market.ann.sync()
    assert held(market.ann) == (set(), set(), set())
    market.put_under_contract(*market.homes)
    market.ann.sync()
    whole = ({market.contract}, {market.provider}, {market.contract})
    assert held(market.ann) == whole
    assert held(market.ben) == (set(), set(), set())

    market.hand_over(market.homes[0])
    for device in (market.ann, market.ben):
        device.sync()
        assert held(device) == whole
    market.hand_over(market.homes[1])
    for device in (market.ann, market.ben):
        device.sync()
    assert held(market.ann) == (set(), set(), set())
    assert held(market.ben) == whole
    assert market.ann.sync().received == 0


def test_a_setting_that_is_given_an_older_contract_brings_it(market: Market) -> None:
    market.put_under_contract(market.homes[0])
    market.ann.sync()
    second = new_id()
    market.lee.add(Contract(id=second, provider_id=market.provider, number="C2"))
    market.lee.sync()
    market.ann.setting("Cedar House")
    market.ann.sync()
    market.lee.under(second, market.homes[0])
    market.lee.sync()
    market.ann.sync()
    assert held(market.ann)[:2] == ({market.contract, second}, {market.provider})


def test_a_setting_whose_work_waits_keeps_its_contract(market: Market) -> None:
    market.put_under_contract(*market.homes)
    market.ann.sync()
    market.ann.edit(Setting, market.homes[0], beds=12)
    market.hand_over(*market.homes)
    (refused,) = {one.code for one in market.ann.sync().refused}
    assert refused == Code.OUT_OF_SCOPE
    assert {row.id for row in market.ann.all(Setting)} == {market.homes[0]}
    assert held(market.ann)[:2] == ({market.contract}, {market.provider})


def test_nobody_reads_or_writes_the_contract_of_another_team(market: Market) -> None:
    market.put_under_contract(*market.homes)
    max_ = market.council.lead("max", "West")
    max_.sync()
    assert held(max_) == (set(), set(), set())
    (edited,) = push(max_, update("contract", market.contract, 1, title="Mine"))
    assert (edited.status, edited.code) == ("refused", Code.OUT_OF_SCOPE)
    entry = {"kind": "contract", "record_id": market.contract, "field": "title"}
    (told,) = push(max_, create(max_, "history", contract_id=market.contract, **entry))
    assert (told.status, told.code) == ("refused", Code.OUT_OF_SCOPE)


def test_a_conflict_over_a_contract_is_for_those_who_see_it(market: Market) -> None:
    market.put_under_contract(market.homes[0])
    lou = market.council.lead("lou")
    lou.sync()
    for device, title in ((market.lee, "One"), (lou, "Two")):
        device.edit(Contract, market.contract, title=title)
        device.sync()
    for device in (market.ann, market.ben, market.lee):
        device.sync()
    (conflict,) = market.lee.all(Conflict)
    assert (conflict.contract_id, conflict.setting_id) == (market.contract, None)
    assert [row.id for row in market.ann.all(Conflict)] == [conflict.id]
    assert market.ben.all(Conflict) == []


@pytest.mark.parametrize("names", [(), ("setting_id", "contract_id")])
def test_a_record_that_belongs_to_nothing_or_to_two_is_refused(
    market: Market, names: tuple[str, ...]
) -> None:
    ids = {"setting_id": market.homes[0], "contract_id": market.contract}
    entry = {"kind": "setting", "record_id": market.homes[0], "field": "name"}
    given = {name: ids[name] for name in names}
    (result,) = push(market.lee, create(market.lee, "history", **entry, **given))
    assert (result.status, result.code) == ("refused", Code.BAD_VALUE)


def test_a_provider_that_two_officers_add_is_one(market: Market) -> None:
    both = provider_id("cqc", "1-1")
    for device in (market.ann, market.ben):
        device.add(Provider(id=both, name="Hazel Care", number="1-1"))
        home = device.setting(device.name)
        device.edit(Setting, home, provider_id=both)
        assert device.sync().refused == []
    for device in (market.ann, market.ben):
        device.sync()
        assert both in held(device)[1]


def test_a_visit_keeps_the_contract_that_it_reviewed(market: Market) -> None:
    link = market.lee.under(market.contract, market.homes[0])
    market.lee.sync()
    market.ann.sync()
    visit = market.ann.visit(market.homes[0])
    market.ann.edit(Visit, visit, contract_id=market.contract)
    market.ann.sync()
    market.lee.edit(ContractSetting, link, ended=True)
    market.lee.sync()
    market.ann.sync()
    assert held(market.ann)[0] == {market.contract}, "the visit and the link refer to it"
    fresh = market.council.device("ann")
    fresh.sync()
    assert fresh.get(Visit, visit).contract_id == market.contract
    market.hand_over(market.homes[0])
    market.ann.sync()
    market.ann.sync()
    assert held(market.ann)[0] == set()
    assert market.ann.get(Visit, visit) is None
