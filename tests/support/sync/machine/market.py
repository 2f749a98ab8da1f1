"""Who holds homes, contracts and their ends, homes that close or are merged."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.support.sync.machine.base import LEAD, OFFICERS, Devices, happened, homes
from tests.support.sync.nights import arrange_cover, hand_over, next_day
from visitapp.records import Contract, ContractSetting, Cover, Provider, Setting, new_id
from visitapp.rules.market.setting_life import SETTING


class Market(Devices):
    """The rules of who holds what, and of contracts."""

    @rule(home=homes, officer=st.sampled_from(OFFICERS))
    def hand_over(self, home: str, officer: str) -> None:
        here = self.council.get(Setting, home)
        if here is None:
            return
        to = self.devices[f"{officer}'s laptop"].user_id
        happened["moved"] += here.officer_id != to
        self.council.admin.assign(officer, [home])

    @rule(home=homes, officer=st.sampled_from(OFFICERS), days=st.integers(0, 1))
    def arrange_cover(self, home: str, officer: str, days: int) -> None:
        """Lee lets an officer cover a home until a day, from today."""
        deputy = self.devices[f"{officer}'s laptop"].user_id
        arrange_cover(self.council, self.devices["lee's laptop"], home, deputy, days)

    @rule(home=homes, officer=st.sampled_from(OFFICERS))
    def decide_a_hand_over(self, home: str, officer: str) -> None:
        """Lee hands a home over, with what its officer has begun there."""
        to = self.devices[f"{officer}'s laptop"].user_id
        hand_over(self.council, self.devices["lee's laptop"], home, to)

    @rule()
    def a_night_passes(self) -> None:
        before = [cover.id for cover in self.council.all(Cover) if cover.active]
        next_day(self.council)
        happened["cover ended"] += len(before)

    @rule(home=homes)
    def put_under_a_contract(self, home: str) -> None:
        lee = self.devices["lee's laptop"]
        if lee.get(Setting, home) is None:
            return
        provider, contract = new_id(), new_id()
        lee.add(Provider(id=provider, name="Willow Care"))
        lee.add(Contract(id=contract, provider_id=provider, number=contract[-12:]))
        lee.under(contract, home)
        happened["contract"] += 1

    @rule(home=homes, title=st.sampled_from(("One", "Two")))
    def edit_its_contract(self, home: str, title: str) -> None:
        lee = self.devices["lee's laptop"]
        for link in [one for one in lee.all(ContractSetting) if one.setting_id == home][:1]:
            lee.edit(Contract, link.contract_id, title=title)

    @rule(home=homes)
    def end_a_link(self, home: str) -> None:
        """The home's last day under a contract is today; the night takes it off."""
        lee = self.devices[LEAD]
        mine = [one for one in lee.all(ContractSetting) if one.setting_id == home]
        for link in [one for one in mine if one.ends_on is None][:1]:
            lee.edit(ContractSetting, link.id, ends_on=self.council.clock.now.date())
            happened["link ended"] += 1

    @rule(home=homes, other=homes, turn=st.integers(0, 1))
    def close_merge_or_reopen(self, home: str, other: str, turn: int) -> None:
        lee = self.devices[LEAD]
        here, into = lee.get(Setting, home), lee.get(Setting, other)
        if here is None or here.deleted:
            return
        after = SETTING.next_states(here.status, "lead")[1:]
        state = after[turn % len(after)]
        fields = {}
        if state == "merged":
            if into is None or home == other or into.status == "merged":
                return
            fields = {"merged_into_id": other}
        lee.step(home, state, Setting, reason="Because", fields=fields)
        happened[state] += 1
