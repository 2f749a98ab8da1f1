"""Decisions on placements, exceptions and overrides."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.support.desk.exceptions import RISK
from tests.support.sync.council import Device
from tests.support.sync.decisions import TODAY, decide, decide_or_record, stands
from tests.support.sync.machine.base import (
    DEVICES,
    LEAD,
    MANAGER,
    OF_OFFICERS,
    Devices,
    happened,
    homes,
)
from visitapp.records import (
    ExceptionStatus,
    OutcomeOverride,
    OverrideStatus,
    PlacementException,
    Position,
    Setting,
    Visit,
)
from visitapp.rules.choices import FROZEN

ASSESSED = {"assessment": msgspec.structs.asdict(RISK)}
DECISIONS = (Position.OPEN, Position.CONDITIONAL, Position.CLOSED)


class Authority(Devices):
    """The rules of who decides what."""

    @rule(device=st.sampled_from(DEVICES), home=homes)
    def decide_or_record_an_event(self, device: str, home: str) -> None:
        happened["decision"] += decide_or_record(self.devices[device], home)

    @rule(home=homes, what=st.sampled_from(DECISIONS))
    def a_manager_decides(self, home: str, what: Position) -> None:
        if self.devices[MANAGER].get(Setting, home) is not None:
            decide(self.devices[MANAGER], home, what)
            happened["position"] += 1

    @rule(device=st.sampled_from(OF_OFFICERS), home=homes)
    def ask_for_an_exception(self, device: str, home: str) -> None:
        here = self.devices[device]
        if here.get(Setting, home) is None or stands(here, home).position != Position.CLOSED:
            return
        asked = PlacementException(setting_id=home, person="P31", why="Her husband lives there")
        here.add(asked)
        here.step(asked.id, "asked", PlacementException, reason="", fields=ASSESSED)
        happened["exception asked"] += 1

    @rule(home=homes, authorises=st.booleans())
    def decide_on_an_exception(self, home: str, authorises: bool) -> None:
        mia = self.devices[MANAGER]
        for one in _exceptions(mia, home, ExceptionStatus.ASKED)[:1]:
            if one.assessed_at is None:
                return
            authority = {
                "assessed_at": one.assessed_at,
                "valid_to": TODAY + timedelta(days=1),
                "conditions": "",
                "policy_version": "2026.1",
            }
            after = ExceptionStatus.AUTHORISED if authorises else ExceptionStatus.REFUSED
            fields = authority if authorises else {}
            mia.step(one.id, after, PlacementException, reason="Because", fields=fields)
            happened[f"exception {after}"] += 1

    @rule(device=st.sampled_from(DEVICES), home=homes)
    def place_a_person(self, device: str, home: str) -> None:
        here = self.devices[device]
        for one in _exceptions(here, home, ExceptionStatus.AUTHORISED)[:1]:
            here.step(one.id, "used", PlacementException, reason="She moved in")
            happened["exception used"] += 1

    @rule(device=st.sampled_from(OF_OFFICERS), home=homes, rag=st.sampled_from(("red", "green")))
    def ask_for_an_override(self, device: str, home: str, rag: str) -> None:
        here = self.devices[device]
        about = {one.visit_id for one in here.all(OutcomeOverride) if not one.deleted}
        for visit in here.all(Visit):
            outcome = (visit.outcome or {}).get("overall", "")
            if visit.setting_id != home or visit.status not in FROZEN or visit.id in about:
                continue
            if visit.signed_off_by != here.user_id or outcome == rag or visit.deleted:
                continue
            here.add(
                OutcomeOverride(
                    setting_id=home,
                    visit_id=visit.id,
                    signed_off_at=visit.signed_off_at,
                    outcome_rag=outcome,
                    rag=rag,
                    reason="Seen that evening",
                )
            )
            happened["override asked"] += 1
            return

    @rule(home=homes, agrees=st.booleans())
    def decide_on_an_override(self, home: str, agrees: bool) -> None:
        lee = self.devices[LEAD]
        for one in lee.all(OutcomeOverride):
            if one.setting_id == home and one.status == OverrideStatus.ASKED:
                after = OverrideStatus.AGREED if agrees else OverrideStatus.DECLINED
                lee.step(one.id, after, OutcomeOverride, reason="Because")
                happened[f"override {after}"] += 1
                return


def _exceptions(device: Device, home: str, status: ExceptionStatus) -> list[PlacementException]:
    found = [one for one in device.all(PlacementException) if one.setting_id == home]
    return [one for one in found if one.status == status]
