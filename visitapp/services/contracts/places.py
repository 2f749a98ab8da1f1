"""Which settings are under which contracts: put one under a contract, change it, end it."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict, Unpack

from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Contract, ContractSetting, Setting
from visitapp.records.ids import contract_setting_id
from visitapp.rules.market.days import place_fault
from visitapp.rules.market_choices import ContractStatus, VolumeUnit
from visitapp.services.context import Desk
from visitapp.services.contracts.contracts import find_contract
from visitapp.services.contracts.terms import (
    MOST_POUNDS,
    check_choice,
    check_day,
    check_number,
    require,
    require_order,
    term_of,
)
from visitapp.services.contracts.view import place_views
from visitapp.services.lookup import find
from visitapp.services.permission import change, permit_making
from visitapp.services.views.places import ContractSettingView


class Bought(TypedDict, total=False):
    """What is bought of a setting: until when, how much, at which price a unit."""

    ends_on: date | None
    volume: int | None
    unit: str | None
    price_pence: int | None


class ContractPlaces:
    """What a person can do with the settings under contracts. Team leads and administrators do."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of_setting(self, setting_id: str) -> list[ContractSettingView]:
        """The contracts of a setting, those of the past among them. Raises NotFound."""
        with self._desk.reading() as session:
            find(session, Setting, setting_id)
            return place_views(session, {}, setting_id=setting_id)

    def add(
        self,
        contract: str,
        setting_id: str,
        starts_on: date | None = None,
        **bought: Unpack[Bought],
    ) -> ContractSettingView:
        """Put a setting under a contract from a day on; again, when it was ended by mistake.

        Raises NotFound, NotAllowed, Refused ALREADY_THERE, or Refused BAD_VALUE.
        """
        fields = _checked(bought)
        check_day("starts_on", starts_on)
        with self._desk.transaction() as session:
            found = find_contract(session, contract)
            setting = find(session, Setting, setting_id)
            if found.status == ContractStatus.ENDED:
                raise Refused(
                    Code.BAD_VALUE, message("Contract {number} has ended.", number=found.number)
                )
            ends_on = fields.get("ends_on")
            require_order(starts_on, ends_on)
            _require_term(found, starts_on, "starts_on")
            _require_term(found, ends_on, "ends_on")
            id_ = contract_setting_id(found.id, setting.id, starts_on)
            link = session.get(ContractSetting, id_)
            if link is None:
                link = ContractSetting(
                    id=id_, contract_id=found.id, setting_id=setting.id, starts_on=starts_on
                )
                permit_making(self._desk, session, ContractSetting)
                session.add(link)
                session.flush()
            elif not link.ended and not link.deleted:
                raise Refused(
                    Code.ALREADY_THERE,
                    message(
                        "{setting} is already under contract {number}.",
                        setting=setting.name,
                        number=found.number,
                    ),
                )
            again: dict[str, Any] = {"ended": False, "deleted": False, "ends_on": None, **fields}
            change(self._desk, session, link, again)
            return _view(session, link)

    def edit(self, place_id: str, **bought: Unpack[Bought]) -> ContractSettingView:
        """Change what is bought of a setting. Raises NotFound, NotAllowed, Refused BAD_VALUE."""
        fields = _checked(bought)
        with self._desk.transaction() as session:
            link = find(session, ContractSetting, place_id)
            if "ends_on" in fields:
                _require_last(session, link, fields["ends_on"])
            change(self._desk, session, link, fields)
            return _view(session, link)

    def end(self, place_id: str, last_day: date) -> ContractSettingView:
        """Take a setting off a contract after a day: at once where it has come, else the server
        does it on the day after. Raises NotFound, NotAllowed, Refused BAD_VALUE."""
        check_day("ends_on", last_day)
        with self._desk.transaction() as session:
            link = find(session, ContractSetting, place_id)
            _require_last(session, link, last_day)
            ended = last_day <= self._desk.today()
            change(self._desk, session, link, {"ends_on": last_day, "ended": ended})
            return _view(session, link)

    def remove(self, place_id: str) -> None:
        """Take away a place that was made by mistake. Raises NotFound or NotAllowed."""
        with self._desk.transaction() as session:
            change(self._desk, session, find(session, ContractSetting, place_id), {"deleted": True})


def _require_last(session: Session, link: ContractSetting, last_day: date | None) -> None:
    require_order(link.starts_on, last_day)
    _require_term(find(session, Contract, link.contract_id), last_day, "ends_on")


def _require_term(contract: Contract, day: date | None, field: str) -> None:
    require(place_fault(term_of(contract), [day], contract.number), field)


def _checked(bought: Bought) -> dict[str, Any]:
    fields: dict[str, Any] = dict(bought)
    if fields.get("unit") is not None:
        check_choice("unit", fields["unit"], VolumeUnit)
    check_number("volume", fields.get("volume"), MOST_POUNDS)
    check_number("price_pence", fields.get("price_pence"), MOST_POUNDS)
    check_day("ends_on", fields.get("ends_on"))
    return fields


def _view(session: Session, link: ContractSetting) -> ContractSettingView:
    views = place_views(session, {}, contract_id=link.contract_id, setting_id=link.setting_id)
    return next(view for view in views if view.id == link.id)
