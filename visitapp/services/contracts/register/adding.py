"""Settings that a register names and this device does not have: added when the person says so."""

from __future__ import annotations

import re

from msgspec import Struct

from visitapp.errors import Code, Refused
from visitapp.language import Message, message
from visitapp.records import Contract, ids
from visitapp.rules.market.contract_terms import service_types
from visitapp.rules.names import telling_words
from visitapp.services.contracts.register.known import Known
from visitapp.services.contracts.register.reading import Wanted
from visitapp.storage.directory import Place

_LOCATION_ID = re.compile(r"1-[0-9]{6,}|CS[0-9]{6,}", re.IGNORECASE)
_SHOWN = 5


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
    unknown = wanted.settings.unknown
    made = (_new_setting(named, wanted, contract, known) for named in unknown)
    added = list({one.id: one for one in made}.values())
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
    place = known.place(named) or _place_named(named, wanted, contract, known)
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


def _place_named(
    named: str, wanted: Wanted, contract: Contract | None, known: Known
) -> Place | None:
    """The one place of the directory with this name, unless another provider's or here already."""
    found = known.named(named)
    if len(found) != 1 or known.has_location(found[0].location_id):
        return None
    current = known.provider_names.get(contract.provider_id, "") if contract else ""
    provider = wanted.provider or current
    same = not provider or telling_words(provider) == telling_words(found[0].provider)
    return found[0] if same else None


def unmatched(added: NewSetting, known: Known) -> Message | None:
    """What to say of a setting that is added by its name, though the directory has that name."""
    found = known.named(added.name) if added.place is None else []
    if not found:
        return None
    return message(
        "“{name}” is added as not registered. The directory has {n} of this name: {places}. Write "
        "the location ID if it is one of them.",
        name=added.name,
        n=len(found),
        places=", ".join(f"{one.location_id} ({one.provider})" for one in found[:_SHOWN]),
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
