"""What the server checks of contracts, settings under them, and settings that are merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sync.server.records.workspace import Row, Workspace
from visitapp.errors import Code, Refused
from visitapp.language import Message
from visitapp.records import Contract, ContractSetting, Setting, Synced
from visitapp.rules.lifecycle import Taken
from visitapp.rules.market.days import (
    DAYS,
    Term,
    extension_day_fault,
    last_day_fault,
    notice_fault,
    order_fault,
    place_fault,
    term_fault,
)
from visitapp.rules.market.setting_life import not_merged_into
from visitapp.rules.market_choices import ContractStatus, SettingStatus


class RegisterChecks:
    """The checks of one transaction. Each raises Refused."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def creation(self, kind: type[Synced], values: Mapping[str, Any]) -> None:
        """A new contract or a new place under one must have days that can be."""
        if kind is Contract:
            _refuse(term_fault(_term(values)))
        elif kind is ContractSetting:
            self._place(values, (values.get("starts_on"), values.get("ends_on")))

    def change(self, row: Row, values: Mapping[str, Any]) -> None:
        """So must one of which a day changes."""
        after = {**row.values, **values}
        if row.kind is Contract and DAYS & values.keys():
            _refuse(term_fault(_term(after)))
        elif row.kind is ContractSetting and "ends_on" in values:
            self._place(after, (values["ends_on"],))

    def merge(self, setting: Row, into_id: str, require_scope: Callable[[str], object]) -> None:
        """A setting is merged into another one, which must be the actor's too and no merged one
        itself, so that settings never point to each other in a ring."""
        require_scope(into_id)
        into = self._workspace.get(Setting.__tablename__, into_id)
        merged = into is None or into.values["status"] == SettingStatus.MERGED
        if merged or into_id == setting.id:
            raise Refused(Code.STEP_REFUSED, not_merged_into())

    def _place(self, values: Mapping[str, Any], days: tuple[date | None, ...]) -> None:
        contract = self._workspace.get(Contract.__tablename__, values["contract_id"])
        _refuse(order_fault(values.get("starts_on"), values.get("ends_on")))
        if contract is not None:
            _refuse(place_fault(_term(contract.values), days, contract.values["number"]))


def require_contract_step(contract: Row, step: Taken) -> None:
    """Raise Refused for a step of a contract to a day that cannot be."""
    term = _term(contract.values)
    if step.after == ContractStatus.EXTENDED and "extended_to" in step.fields:
        _refuse(extension_day_fault(term, step.fields["extended_to"]))
    elif step.after == ContractStatus.ENDING:
        _refuse(notice_fault(term, step.fields["ended_on"]))
    elif step.after == ContractStatus.ENDED and step.day is not None:
        _refuse(last_day_fault(term, step.day))


def _term(values: Mapping[str, Any]) -> Term:
    return Term(**{name: values.get(name) for name in DAYS})


def _refuse(fault: Message | None) -> None:
    if fault is not None:
        raise Refused(Code.BAD_VALUE, fault)
