"""What is kept of homes and providers, who decides beside a lead, and lists that are exported."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.support.plans import on_devices
from tests.support.sync.concerns import note, raise_concern
from tests.support.sync.decisions import TODAY
from tests.support.sync.machine.base import (
    DEVICES,
    EVERY,
    LEAD,
    Devices,
    happened,
    homes,
)
from visitapp.records import (
    Concern,
    Contact,
    Cover,
    Document,
    ImprovementPlan,
    ListExport,
    Provider,
    RegulatorAction,
    Role,
    SecondReview,
    Setting,
    SettingFact,
    Synced,
    Visit,
)
from visitapp.records.ids import contact_id
from visitapp.rules.choices import FROZEN

OTHER_LEAD = "sol"


def _fact(home: str) -> Synced:
    return SettingFact(
        setting_id=home, kind="manager", content="Jo Bloggs", source="visit", as_of=TODAY
    )


def _document(home: str) -> Synced:
    return Document(setting_id=home, kind="registration", title="Certificate", expires_on=TODAY)


def _enforcement(home: str) -> Synced:
    return RegulatorAction(setting_id=home, kind="warning_notice", from_on=TODAY)


KEPT = {"fact": _fact, "document": _document, "enforcement": _enforcement}


class Register(Devices):
    """The rules of the register and of what stands beside a review. Sol leads another team."""

    def _begin(self) -> None:
        super()._begin()
        self.sol = self.council.user(OTHER_LEAD, Role.LEAD, "West")
        self.everybody_syncs()

    @rule(device=st.sampled_from(DEVICES), home=homes, what=st.sampled_from(sorted(KEPT)))
    def record_of_a_home(self, device: str, home: str, what: str) -> None:
        here = self.devices[device]
        if here.get(Setting, home) is not None:
            here.add(KEPT[what](home))
            happened[what] += 1

    @rule(device=st.sampled_from(DEVICES), home=homes, answers=st.booleans())
    def raise_a_concern(self, device: str, home: str, answers: bool) -> None:
        here = self.devices[device]
        known = [one for one in here.all(Concern) if one.setting_id == home]
        if answers and known:
            note(here, known[0].id, "Spoken to the manager")
        elif here.get(Setting, home) is not None:
            raise_concern(here, home)
            happened["concern"] += 1

    @rule(home=homes, lifts=st.booleans())
    def restrict_a_concern(self, home: str, lifts: bool) -> None:
        """Or lift the restriction of one."""
        lee = self.devices[LEAD]
        mine = (one for one in lee.all(Concern) if one.setting_id == home)
        found = next((one for one in mine if (one.restricted_to is not None) is lifts), None)
        if found is not None:
            fields = {"lifted": True} if lifts else {"restricted_to": "lead"}
            lee.step(found.id, found.status, Concern, reason="Because", fields=fields)
            happened["lifted" if lifts else "restricted"] += 1

    @rule(device=st.sampled_from(DEVICES), home=homes)
    def begin_or_agree_a_plan(self, device: str, home: str) -> None:
        here = self.devices[device]
        if here.get(Setting, home) is None:
            return
        mine = [one for one in here.all(ImprovementPlan) if one.setting_id == home]
        if not mine:
            on_devices.draft(here, home)
            happened["plan"] += 1
        elif mine[0].status == "draft":
            on_devices.planned(here, mine[0].id)
            on_devices.agree(here, mine[0].id)
            happened["plan agreed"] += 1

    @rule(name=st.sampled_from(("Kit", "Pat")))
    def write_a_contact(self, name: str) -> None:
        """Of a provider: another role each time, which nobody else may lose."""
        lee = self.devices[LEAD]
        for provider in lee.all(Provider)[:1]:
            id_, role = contact_id(provider.id, name), self.ledger.new_value()
            known = lee.get(Contact, id_)
            if known is None:
                lee.add(Contact(id=id_, provider_id=provider.id, role=role, name=name))
            else:
                lee.edit(Contact, id_, role=role)
            self.ledger.wrote(Contact, id_, "role", role, over=known.role if known else None)
            happened["contact"] += 1

    @rule(home=homes, days=st.integers(0, 1))
    def name_a_delegate(self, home: str, days: int) -> None:
        lee, today = self.devices[LEAD], self.council.clock.now.date()
        if lee.get(Setting, home) is None:
            return
        lee.add(
            Cover(
                setting_id=home,
                deputy_id=self.sol,
                for_lead_id=lee.user_id,
                starts_on=today,
                ends_on=today + timedelta(days=days),
                note="Leave",
            )
        )
        happened["delegate"] += 1

    @rule(home=homes)
    def ask_for_a_second_review(self, home: str) -> None:
        lee = self.devices[LEAD]
        asked = {one.visit_id for one in lee.all(SecondReview)}
        for visit in lee.all(Visit):
            if visit.setting_id != home or visit.status not in FROZEN or visit.id in asked:
                continue
            lee.add(
                SecondReview(
                    setting_id=home,
                    visit_id=visit.id,
                    signed_off_at=visit.signed_off_at,
                    reviewer_id=self.sol,
                )
            )
            happened["second review"] += 1
            return

    @rule(device=st.sampled_from(EVERY))
    def export_a_list(self, device: str) -> None:
        here = self.devices[device]
        export: dict[str, Any] = {"list_name": "Settings", "row_count": 2, "file_type": "csv"}
        here.add(ListExport(user_id=here.user_id, **export))
        happened["export"] += 1
