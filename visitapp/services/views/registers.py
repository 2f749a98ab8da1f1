"""What services hand out about a register of contracts that is read from a file."""

from __future__ import annotations

from msgspec import Struct

from visitapp.services.views.action_sheets import SheetFault


class FieldDifference(Struct, frozen=True, kw_only=True):
    """One field that the file would change, in words; empty where there is nothing."""

    field: str
    before: str
    after: str


class ContractDifference(Struct, frozen=True, kw_only=True):
    """A contract that the file would make or change. `row` is its row there; `contract_id` is None
    for a new one."""

    row: int
    contract_id: str | None
    number: str
    changes: list[FieldDifference]


class AddedSetting(Struct, frozen=True, kw_only=True):
    """A setting that the file would add. `location_id` is empty for one that no regulator knows."""

    row: int
    name: str
    service_type: str
    location_id: str


class RegisterColumn(Struct, frozen=True):
    """A column of a file: its title, and the field that it is taken to be, empty for none."""

    title: str
    field: str


class RegisterDifference(Struct, frozen=True, kw_only=True):
    """What a file would change. `columns`: the title of the column that each field is read from;
    `unread`: the other columns. `absent`: contracts that have not ended and are not in the file,
    which stay as they are. `left_out`: contracts of other teams. `faults`: what must be mended
    first; `notes`: what is kept otherwise than its cell says; `ignored`: formulas."""

    file: str
    rows: int
    columns: dict[str, str]
    unread: list[str]
    new: list[ContractDifference]
    changed: list[ContractDifference]
    unchanged: int
    absent: list[str]
    new_providers: list[str]
    new_settings: list[AddedSetting]
    left_out: list[SheetFault]
    faults: list[SheetFault]
    notes: list[SheetFault]
    ignored: list[SheetFault]
