"""Settings that a register names and this device does not have: added when the person says so."""

from __future__ import annotations

import re

from msgspec import Struct

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Contract, ids
from visitapp.rules.market.contract_terms import service_types
from visitapp.services.contracts.register.known import Known
from visitapp.services.contracts.register.reading import Wanted
from visitapp.storage.directory import Place

_LOCATION_ID = re.compile(r"1-[0-9]{6,}|CS[0-9]{6,}", re.IGNORECASE)


class NewSetting(Struct, frozen=True, kw_only=True):
    """A setting that is added: a `place` of the directory, or one that no regulator knows, by its
    name alone."""

    id: str
    name: str
    service_type: str
    place: Place | None
    district: str
    officer_id: str
    team: str
    row: int


def new_settings(wanted: Wanted, contract: Contract | None, known: Known) -> list[NewSetting]:
    """The settings that a row adds; the rows after it know them. Raises Refused BAD_VALUE for one
    that cannot be added."""
    added = [_new_setting(named, wanted, contract, known) for named in wanted.settings.unknown]
    for one in added:
        location_id = one.place.location_id if one.place else ""
        known.learn_setting(one.id, one.name, location_id, one.district)
    return added


def _new_setting(named: str, wanted: Wanted, contract: Contract | None, known: Known) -> NewSetting:
    if not known.adds_settings:
        raise Refused(
            Code.BAD_VALUE,
            message("No setting on this device is “{name}”.", name=named[:60]),
            message("Let the import add unknown settings, or add the setting first."),
        )
    place = known.place(named)
    if place is None and _LOCATION_ID.fullmatch(named):
        raise Refused(
            Code.BAD_VALUE,
            message("The directory on this device has no location {id}.", id=named),
            message("Import the regulator's file first."),
        )
    officer = wanted.fields.get("officer_id") or (contract.officer_id if contract else None)
    officer = officer or known.user.id
    return NewSetting(
        id=_id(named, place, wanted, contract),
        name=place.name if place else named,
        service_type=place.service_type if place else _service_type(named, wanted, contract),
        place=place,
        district=wanted.beside.get("district", ""),
        officer_id=officer,
        team=known.officer_teams.get(officer, known.user.team),
        row=wanted.row,
    )


def _id(named: str, place: Place | None, wanted: Wanted, contract: Contract | None) -> str:
    if place is not None:
        return ids.setting_id(place.regulator, place.location_id)
    return ids.named_setting_id(contract.number if contract else str(wanted.number), named)


def _service_type(named: str, wanted: Wanted, contract: Contract | None) -> str:
    said: str = wanted.fields.get("service_types") or (contract.service_types if contract else "")
    found = service_types(said)
    if len(found) != 1:
        raise Refused(
            Code.BAD_VALUE,
            message("It is not known which service “{name}” gives.", name=named[:60]),
            message("Write one service type in the row, or add the setting first."),
        )
    return str(found[0])
