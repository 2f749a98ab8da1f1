"""What is written for one row of a register."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from visitapp.records import Contract
from visitapp.services.contracts.register.adding import NewSetting
from visitapp.services.contracts.register.beside import Ending
from visitapp.services.contracts.register.deputies import Covering


class ContractChange(Struct, frozen=True, kw_only=True):
    """What is written for a row: the fields that change, the provider by its name where it is new
    to this device, the settings that come under the contract, those of them that are added, the
    state that it comes to, what changes of its provider and its settings, and who covers them."""

    contract: Contract | None
    fields: dict[str, Any]
    new_provider: str
    settings: list[str]
    added: list[NewSetting]
    ending: Ending | None
    group: str
    contact: dict[str, str]
    district: str
    moved: list[str]
    covered: list[Covering]
