"""A council's contract has one number and one record, whoever makes it where."""

from __future__ import annotations

import pytest

from tests.support.sync.council import Council, Device
from visitapp.errors import Code
from visitapp.records import Contract, ContractSetting, Provider, new_id
from visitapp.records.ids import contract_id, named_provider_id


def make(device: Device, number: str, id_: str | None = None, **fields: object) -> str:
    """A contract as a register makes it."""
    provider = named_provider_id("Willow Care")
    if provider not in {one.id for one in device.all(Provider)}:
        device.add(Provider(id=provider, name="Willow Care"))
    made = id_ or contract_id(number)
    device.add(Contract(id=made, provider_id=provider, number=number, **fields))
    return made


def test_two_leads_of_a_team_who_make_it_apart_meet_in_one_record(any_council: Council) -> None:
    lee, lou = any_council.lead("lee"), any_council.lead("lou")
    home = any_council.officer("ann").setting()
    any_council.devices[-1].sync()
    for device in (lee, lou):
        device.sync()
        device.under(make(device, "C-1", title="Care", lot="1"), home)
    assert lee.sync().refused == []
    assert lou.sync().refused == []
    (one,) = any_council.all(Contract)
    assert (one.number, len(any_council.all(ContractSetting))) == ("C-1", 1)
    assert len(any_council.all(Provider)) == 1


def test_what_they_say_differently_of_it_is_a_conflict(council: Council) -> None:
    lee, lou = council.lead("lee"), council.lead("lou")
    home = council.officer("ann").setting()
    council.devices[-1].sync()
    for device, lot in ((lee, "1"), (lou, "2")):
        device.sync()
        device.under(make(device, "C-1", lot=lot), home)
    assert lee.sync().refused == []
    assert lou.sync().conflicts == 1
    assert council.all(Contract)[0].lot == "1"


def test_another_teams_contract_is_not_made_again_and_its_settings_come_under_it(
    any_council: Council,
) -> None:
    lee, max_ = any_council.lead("lee"), any_council.lead("max", "West")
    home = any_council.officer("ann").setting("Alder House")
    any_council.devices[-1].sync()
    away = any_council.officer("cat", "West").setting("Birch House")
    any_council.devices[-1].sync()
    for device in (lee, max_):
        device.sync()
    lee.under(make(lee, "C-1", title="Care"), home)
    assert lee.sync().refused == []
    max_.under(make(max_, "c-1", title="Mine"), away)
    (refused,) = max_.sync().refused
    assert refused.code == Code.ALREADY_THERE
    assert "There is already a contract C-1" in refused.text
    (one,) = any_council.all(Contract)
    assert one.title == "Care"
    assert {link.setting_id for link in any_council.all(ContractSetting)} == {home, away}


@pytest.mark.parametrize("number", ["C-1", "c-1 "])
def test_a_number_that_another_contract_has_is_refused(any_council: Council, number: str) -> None:
    lee, max_ = any_council.lead("lee"), any_council.lead("max", "West")
    make(lee, "C-1", new_id())
    assert lee.sync().refused == []
    make(max_, number, new_id())
    other = make(max_, "C-2")
    refused = max_.sync().refused
    assert [one.code for one in refused] == [Code.ALREADY_THERE]
    max_.edit(Contract, other, number=number)
    assert [one.code for one in max_.sync().refused] == [Code.ALREADY_THERE]
    assert sorted(one.number for one in any_council.all(Contract)) == ["C-1", "C-2"]


def test_a_group_with_one_number_twice_keeps_the_first(council: Council) -> None:
    lee = council.lead("lee")
    for _ in range(2):
        make(lee, "C-1", new_id())
    make(lee, "C-2")
    assert [one.code for one in lee.sync().refused] == [Code.ALREADY_THERE]
    assert sorted(one.number for one in council.all(Contract)) == ["C-1", "C-2"]


def test_a_number_is_free_again_once_its_contract_is_deleted(council: Council) -> None:
    lee = council.lead("lee")
    first = make(lee, "C-1")
    lee.sync()
    lee.edit(Contract, first, deleted=True)
    assert lee.sync().refused == []
    make(lee, "C-1", new_id())
    assert lee.sync().refused == []
