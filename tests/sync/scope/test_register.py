"""The register, changed by two people who are apart."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.desk.made import a_link
from tests.support.sync.council import Council, Device
from tests.support.sync.pushes import create, push, step_of, update
from visitapp.errors import Code
from visitapp.records import (
    Action,
    Conflict,
    Contract,
    ContractSetting,
    Provider,
    Rating,
    Setting,
    Visit,
    new_id,
)
from visitapp.records.ids import contract_setting_id

REASON = "The provider left"


class Apart:
    """A lead and an officer of one team, offline from here on; the officer's two homes are under
    one contract of the lead's."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.lee, self.lou = council.lead("lee"), council.lead("lou")
        self.ann = council.officer("ann")
        self.home, self.other = self.ann.setting("Alder House"), self.ann.setting("Birch House")
        self.visit = self.ann.visit(self.home, plans="not_met")
        self.action = self.ann.action(self.home)
        self.ann.sync()
        self.contract, provider = new_id(), new_id()
        self.lee.add(Provider(id=provider, name="Willow Care"))
        self.lee.add(Contract(id=self.contract, provider_id=provider, number="C1"))
        self.lee.sync()
        self.link = self.lee.under(self.contract, self.home)
        self.meet()

    def meet(self) -> None:
        for _ in range(2):
            for device in (self.lee, self.lou, self.ann):
                assert device.sync().refused == []

    def status(self, id_: str) -> tuple[str, str | None]:
        setting = self.council.get(Setting, id_)
        return setting.status, setting.merged_into_id

    def close(self) -> None:
        """The lead closes the home, discards its draft and withdraws its action."""
        self.lee.step(self.home, "closed", Setting, reason=REASON)
        self.lee.edit(Visit, self.visit, deleted=True, discard_reason=REASON)
        self.lee.step(self.action, "withdrawn", reason=REASON)
        assert self.lee.sync().refused == []


@pytest.fixture
def apart(any_council: Council) -> Apart:
    return Apart(any_council)


def test_work_at_a_home_that_closed_meanwhile_is_taken(apart: Apart) -> None:
    apart.ann.sign_off(apart.visit, apart.council.library)
    new = apart.ann.action(apart.home, "Return the files")
    apart.ann.step(apart.action, "done")
    apart.close()
    assert apart.ann.sync().refused == []
    signed = apart.council.get(Visit, apart.visit)
    assert (signed.status, signed.deleted) == ("signed_off", False)
    assert [rating.rag for rating in apart.council.all(Rating)] == ["red"]
    assert apart.council.get(Action, new) is not None
    (conflict,) = apart.council.all(Conflict)
    assert (conflict.record_id, conflict.field) == (apart.action, "status")
    apart.meet()
    for device in (apart.lee, apart.ann):
        assert device.get(Setting, apart.home).status == "closed"
        assert not device.get(Visit, apart.visit).deleted


def test_work_at_a_home_that_was_merged_meanwhile_is_taken(apart: Apart) -> None:
    apart.ann.sign_off(apart.visit, apart.council.library)
    into = {"merged_into_id": apart.other}
    apart.lee.step(apart.home, "merged", Setting, reason="Twice", fields=into)
    assert apart.lee.sync().refused == []
    assert apart.ann.sync().refused == []
    assert apart.status(apart.home) == ("merged", apart.other)
    assert apart.council.get(Visit, apart.visit).setting_id == apart.home, "nothing is moved"


def test_two_leads_merge_two_homes_into_each_other(apart: Apart) -> None:
    for device, one, other in (
        (apart.lee, apart.home, apart.other),
        (apart.lou, apart.other, apart.home),
    ):
        fields = {"merged_into_id": other}
        device.step(one, "merged", Setting, reason="Twice", fields=fields)
    assert apart.lee.sync().refused == []
    (refused,) = apart.lou.sync().refused
    assert refused.code == Code.STEP_REFUSED
    assert apart.status(apart.home) == ("merged", apart.other)
    assert apart.status(apart.other) == ("open", None)


def test_the_first_of_two_closings_stands_and_the_other_is_told(apart: Apart) -> None:
    apart.lee.step(apart.home, "closed", Setting, reason=REASON, day=date(2026, 11, 20))
    apart.lou.step(apart.home, "closed", Setting, reason="Fire", day=date(2026, 11, 21))
    assert apart.lee.sync().refused == []
    (refused,) = apart.lou.sync().refused
    assert refused.code == Code.STEP_REFUSED
    assert apart.council.get(Setting, apart.home).closed_on == date(2026, 11, 20)


def test_an_officer_and_another_teams_lead_close_nothing(apart: Apart) -> None:
    max_ = apart.council.lead("max", "West")
    max_.sync()
    home = apart.council.get(Setting, apart.home)
    for device, code in ((apart.ann, Code.STEP_REFUSED), (max_, Code.OUT_OF_SCOPE)):
        (result,) = push(device, step_of(device, home, "closed"))
        assert (result.status, result.code) == ("refused", code)
    unknown = {"merged_into_id": new_id()}
    (result,) = push(apart.lee, step_of(apart.lee, home, "merged", fields=unknown))
    assert result.status == "refused"
    assert apart.status(apart.home) == ("open", None)


def test_two_edits_of_one_contract_meet_by_field(apart: Apart) -> None:
    apart.lee.edit(Contract, apart.contract, yearly_cost=100, lot="1")
    apart.lou.edit(Contract, apart.contract, notice_months=6, lot="2")
    apart.lee.step(apart.contract, "extended", Contract, reason="x", fields=_until(2028))
    apart.meet()
    contract = apart.council.get(Contract, apart.contract)
    assert (contract.yearly_cost, contract.notice_months, contract.lot) == (100, 6, "1")
    assert (contract.status, contract.extended_to) == ("extended", date(2028, 3, 31))
    assert [conflict.field for conflict in apart.council.all(Conflict)] == ["lot"]


def test_of_two_extensions_the_first_stands(apart: Apart) -> None:
    apart.lee.step(apart.contract, "extended", Contract, reason="x", fields=_until(2028))
    apart.lou.step(apart.contract, "extended", Contract, reason="y", fields=_until(2029))
    assert apart.lee.sync().refused == []
    assert [one.code for one in apart.lou.sync().refused] == [Code.STEP_REFUSED]
    assert apart.council.get(Contract, apart.contract).extended_to == date(2028, 3, 31)


def _until(year: int) -> dict[str, date]:
    return {"extended_to": date(year, 3, 31)}


def test_a_link_that_ends_meets_its_new_volume(apart: Apart) -> None:
    apart.lee.edit(ContractSetting, apart.link, ended=True, ends_on=date(2026, 11, 30))
    apart.lou.edit(ContractSetting, apart.link, volume=30)
    apart.meet()
    link = apart.council.get(ContractSetting, apart.link)
    assert (link.ended, link.volume) == (True, 30)
    assert apart.council.all(Conflict) == []


def test_two_leads_who_link_a_home_alike_meet_in_one_link(apart: Apart) -> None:
    def link(device: Device, **fields: object) -> str:
        record = a_link(apart.contract, apart.other, starts_on=date(2026, 4, 1), **fields)
        device.add(record)
        return record.id

    assert link(apart.lee, volume=28) == link(apart.lou, unit="people")
    apart.meet()
    links = [one for one in apart.council.all(ContractSetting) if one.setting_id == apart.other]
    assert [(one.volume, one.unit) for one in links] == [(28, "people")]


def test_days_that_cannot_be_are_refused_by_the_server(apart: Apart) -> None:
    lee = apart.lee
    days = {"starts_on": date(2024, 4, 1), "ends_on": date(2027, 3, 31)}
    lee.edit(Contract, apart.contract, **days)
    assert lee.sync().refused == []
    contract = apart.council.get(Contract, apart.contract)
    wire = {"contract_id": apart.contract, "setting_id": apart.other}
    early = contract_setting_id(apart.contract, apart.other, date(2024, 3, 31))
    late = contract_setting_id(apart.contract, apart.other, date(2027, 4, 1))
    results = push(
        lee,
        step_of(lee, contract, "ending", fields={"ended_on": "2024-03-31"}),
        step_of(lee, contract, "ending", fields={"ended_on": "2027-04-01"}),
        step_of(lee, contract, "ended", day="2024-03-31"),
        step_of(lee, contract, "extended", fields={"extended_to": "2027-03-31"}),
        create(lee, "contract_setting", early, starts_on="2024-03-31", **wire),
        create(lee, "contract_setting", late, starts_on="2027-04-01", **wire),
        create(
            lee,
            "contract",
            provider_id=contract.provider_id,
            number="C2",
            starts_on="2026-01-01",
            ends_on="2025-01-01",
        ),
        update("contract", apart.contract, ends_on="2024-01-01"),
        update("contract_setting", apart.link, ends_on="2027-04-01"),
    )
    assert [(one.status, one.code) for one in results] == [("refused", Code.BAD_VALUE)] * 9
    (fine,) = push(lee, step_of(lee, contract, "extended", fields={"extended_to": "2027-04-01"}))
    assert fine.status == "accepted"


def test_places_under_a_contract_in_a_group_are_checked_too(apart: Apart) -> None:
    lee = apart.lee
    lee.edit(Contract, apart.contract, ends_on=date(2027, 3, 31))
    homes = [apart.ann.setting(f"Home {n}") for n in range(3)]
    apart.meet()
    for home, day in zip(
        homes, (date(2026, 4, 1), date(2027, 4, 1), date(2026, 4, 1)), strict=True
    ):
        lee.add(a_link(apart.contract, home, starts_on=day))
    (refused,) = lee.sync().refused
    assert refused.code == Code.BAD_VALUE
    assert "ends on 31 Mar 2027" in refused.text


def test_a_contact_without_a_name_is_refused_by_the_server(apart: Apart) -> None:
    lee = apart.lee
    provider = apart.council.get(Contract, apart.contract).provider_id
    fields = {"provider_id": provider, "role": "Out of hours", "phone": "01632 960120"}
    bare, fine = push(
        lee,
        create(lee, "contact", **fields, name=" "),
        create(lee, "contact", **fields, name="On call"),
    )
    assert (bare.status, bare.code, fine.status) == ("refused", Code.BAD_VALUE, "accepted")
