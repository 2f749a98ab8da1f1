"""Ids that two laptops derive alike, so that the same thing meets in the same row."""

from __future__ import annotations

from datetime import date, datetime

import uuid_utils

_SPACE = uuid_utils.UUID("6f0d3c0e-6d57-5b0e-9a50-7669736974ff")

_TIME, _HASH = len("xxxxxxxx-xxxx"), len("xxxxxxxx-xxxx-x")
"""Where in a UUID's text the time of a UUIDv7 ends, and what follows the version begins."""


def answer_id(visit_id: str, question: str, item: str = "") -> str:
    """The id of the answer to `question` in a visit; `item` is the code of a sample item.

    A UUIDv8: its first 48 bits are the visit's, which are those of its time, so that answers lie
    in an index as their visits do; the rest is a UUIDv5's (docs/decisions/0016).
    """
    derived = str(uuid_utils.uuid5(_SPACE, f"answer/{visit_id}/{question}/{item}"))
    return f"{visit_id[:_TIME]}-8{derived[_HASH:]}"


def rating_id(visit_id: str, occasion: str) -> str:
    """The id of the rating row of a visit for one occasion: `STATUS/MOMENT`, the status that the
    visit came to and the moment of the sign-off that this is about."""
    return str(uuid_utils.uuid5(_SPACE, f"rating/{visit_id}/{occasion}"))


def review_draw_id(visit_id: str, signed_off_at: str) -> str:
    """The id of the draw for one sign-off of a visit, `signed_off_at` as on the wire."""
    return str(uuid_utils.uuid5(_SPACE, f"draw/{visit_id}/{signed_off_at}"))


def risk_score_id(setting_id: str, day: date) -> str:
    """The id of what live risk said of a setting one night."""
    return str(uuid_utils.uuid5(_SPACE, f"risk/{setting_id}/{day.isoformat()}"))


def position_id(cause: str) -> str:
    """The id of a position that no person decided: the cause is `rating/ID` of the Red that closed
    the setting, `lapsed/ID` of a hold, or `carried-over/ID` of the setting."""
    return str(uuid_utils.uuid5(_SPACE, f"position/{cause}"))


def joining_id(visit_id: str, user_id: str) -> str:
    """The id of a user's joining of a visit."""
    return str(uuid_utils.uuid5(_SPACE, f"joining/{visit_id}/{user_id}"))


def escalation_id(setting_id: str) -> str:
    """The id of the escalation of a setting: it has one, so that decisions taken apart meet."""
    return str(uuid_utils.uuid5(_SPACE, f"escalation/{setting_id}"))


def setting_id(regulator: str, location_id: str) -> str:
    """The id of a setting known to a regulator (`cqc`, `care_inspectorate`) by `location_id`."""
    return str(uuid_utils.uuid5(_SPACE, f"setting/{regulator}/{location_id}"))


def provider_id(regulator: str, number: str) -> str:
    """The id of a provider known to a regulator by `number`."""
    return str(uuid_utils.uuid5(_SPACE, f"provider/{regulator}/{number}"))


def named_provider_id(name: str) -> str:
    """The id of a provider that a register of contracts names and no regulator's file has."""
    return str(uuid_utils.uuid5(_SPACE, f"provider/{_word(name)}"))


def contact_id(provider_id: str, name: str) -> str:
    """The id of a provider's contact from a register of contracts."""
    return str(uuid_utils.uuid5(_SPACE, f"contact/{provider_id}/{_word(name)}"))


def provider_group_id(name: str) -> str:
    """The id of a group of providers; capitals and spaces make no other group."""
    return str(uuid_utils.uuid5(_SPACE, f"provider_group/{_word(name)}"))


def contract_id(number: str) -> str:
    """The id of a new contract with this number; capitals and spaces make no other contract."""
    return str(uuid_utils.uuid5(_SPACE, f"contract/{_word(number)}"))


def named_setting_id(number: str, name: str) -> str:
    """The id of a setting that no regulator knows, by its name in the register of contracts under
    the contract with this number."""
    return str(uuid_utils.uuid5(_SPACE, f"setting/{_word(number)}/{_word(name)}"))


def contract_setting_id(contract_id: str, setting_id: str, starts_on: date | str | None) -> str:
    """The id of a setting's place under a contract from one day on."""
    key = f"contract_setting/{contract_id}/{setting_id}/{starts_on or ''}"
    return str(uuid_utils.uuid5(_SPACE, key))


def regulator_change_id(
    setting_id: str, source: str, domain: str, after: str, published_on: object
) -> str:
    """The id of what a regulator published about a setting on one day, a date or its ISO text."""
    day = published_on or ""
    return str(uuid_utils.uuid5(_SPACE, f"regulator/{setting_id}/{source}/{domain}/{after}/{day}"))


def published_form_id(form_id: str, version: str) -> str:
    """The id of the record of a published form; two texts can never bear one version."""
    return str(uuid_utils.uuid5(_SPACE, f"form/{form_id}@{version}"))


def published_policy_id(version: str) -> str:
    """The id of the record of a published policy; two texts can never bear one version."""
    return str(uuid_utils.uuid5(_SPACE, f"policy/{version}"))


def conflict_id(kind: str, record_id: str, field: str, revision: int, device_id: str) -> str:
    """The id of the conflict over one field, met by a device at the server's `revision` of it."""
    return str(
        uuid_utils.uuid5(_SPACE, f"conflict/{kind}/{record_id}/{field}/{revision}/{device_id}")
    )


def sealed_id(made_at: datetime, seal: bytes) -> str:
    """The id of what only the server can have made: a UUIDv8 of its time and its seal."""
    time = int(made_at.timestamp() * 1000) & (2**48 - 1)
    tail = int.from_bytes(seal[:10]) & (2**76 - 1) & ~(0b11 << 62) | (0b10 << 62)
    return str(uuid_utils.UUID(int=time << 80 | 0x8 << 76 | tail))


def _word(text: str) -> str:
    """A name or number whose capitals and spaces make no other one."""
    return " ".join(text.split()).casefold()
