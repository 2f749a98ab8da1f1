"""What a register would change on this device: the difference that is shown, and the changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from visitapp.dates import short_day
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Contract
from visitapp.rules.access import ADMIN
from visitapp.rules.market.contract_life import current_end
from visitapp.rules.market.contract_terms import service_types
from visitapp.rules.market_choices import ContractStatus
from visitapp.rules.text import folded
from visitapp.services.contracts.register.adding import NewSetting, new_settings, unmatched
from visitapp.services.contracts.register.beside import (
    SaidOnce,
    check_level,
    ending,
    left_off,
    provider_contact,
    provider_group,
    settings_in_district,
    stays_off,
)
from visitapp.services.contracts.register.changes import ContractChange
from visitapp.services.contracts.register.deputies import Covering, deputies
from visitapp.services.contracts.register.known import Known
from visitapp.services.contracts.register.reading import Faults, Wanted, ignored, read_row
from visitapp.services.contracts.register.wording import differences
from visitapp.services.contracts.terms import require_order
from visitapp.services.sheets.cells import text_of
from visitapp.services.sheets.reading import SheetRow, Table
from visitapp.services.views.action_sheets import SheetFault
from visitapp.services.views.registers import (
    AddedSetting,
    ContractDifference,
    RegisterDifference,
)

Progress = Callable[[int, int], None]


def untold(done: int, total: int) -> None:
    """Progress that nobody watches."""


class Plan(Struct, frozen=True):
    """The difference, and the changes that make it, one for each contract in it."""

    difference: RegisterDifference
    changes: list[ContractChange]


class _Rows:
    """Goes through the rows, and keeps what each of them changes."""

    def __init__(self, known: Known, titles: Mapping[str, str]) -> None:
        self.known, self.faults, self.said = known, Faults(titles), SaidOnce()
        self.changes: list[ContractChange] = []
        self.new: list[ContractDifference] = []
        self.changed: list[ContractDifference] = []
        self.left_out: list[SheetFault] = []
        self.unchanged = 0
        self.seen: dict[str, int] = {}

    def take(self, row: SheetRow) -> None:
        """Compare one row with what is known."""
        wanted = read_row(row, self.known, self.faults)
        if wanted.number is None:
            return
        with self.faults.of(row.number, "number"):
            contract = _contract(wanted, self.known, self.seen)
            if contract is None and (team := _other_team(wanted, self.known)):
                self._leave_out(wanted, team)
                return
            change = _change(wanted, contract, self.known, self.faults, self.said)
            difference = differences(wanted.row, change, self.known)
            if contract is not None and not difference.changes:
                self.unchanged += 1
                return
            (self.changed if contract else self.new).append(difference)
            self.changes.append(change)

    def _leave_out(self, wanted: Wanted, team: str) -> None:
        what = message(
            "{number} is for an officer of the team {team}; an administrator imports it.",
            number=wanted.number or "",
            team=team,
        )
        column = self.faults.titles["officer"]
        self.left_out.append(SheetFault(row=wanted.row, column=column, what=str(what)))


def planned(file: str, table: Table, known: Known, progress: Progress = untold) -> Plan:
    """What the rows of a file would change; one whose cells that are read are blank is none.
    `progress` is told how many rows were compared, and their number."""
    rows = [row for row in table.rows if any(map(text_of, row.cells.values()))]
    known.look_up(one for row in rows for one in _parts(row.cells.get("settings")))
    compared = _Rows(known, table.titles)
    for done, row in enumerate(rows):
        progress(done, len(rows))
        compared.take(row)
    return Plan(
        RegisterDifference(
            file=file,
            rows=len(rows),
            columns=table.titles,
            unread=table.unread,
            new=compared.new,
            changed=compared.changed,
            unchanged=compared.unchanged,
            absent=[
                one.number
                for one in known.contracts
                if one.status != ContractStatus.ENDED and folded(one.number) not in compared.seen
            ],
            new_providers=_new_providers(compared.changes, known),
            new_settings=[_added(one) for change in compared.changes for one in change.added],
            left_out=compared.left_out,
            faults=compared.faults.found,
            notes=compared.faults.notes,
            ignored=[cell for row in rows for cell in ignored(row, table.titles)],
        ),
        compared.changes,
    )


def _parts(cell: object) -> list[str]:
    return [*re.split(r"[;,\n]", text_of(cell)), *re.split(r"[;\n]", text_of(cell))]


def _new_providers(changes: Iterable[ContractChange], known: Known) -> list[str]:
    """The names of providers that are added, by name alone or from the directory."""
    found: dict[str, str] = {}
    for change in changes:
        place = known.place_providers.get(change.fields.get("provider_id", ""))
        name = place.provider if place else change.new_provider
        if name:
            found.setdefault(folded(name), name)
    return list(found.values())


def _added(one: NewSetting) -> AddedSetting:
    return AddedSetting(
        row=one.row,
        name=one.name,
        service_type=one.service_type,
        location_id=one.place.location_id if one.place else "",
    )


def _other_team(wanted: Wanted, known: Known) -> str:
    """The team of the officer that a row names, where it is not the user's own; empty where the
    user's device holds every team's contracts."""
    officer = wanted.fields.get("officer_id")
    team = known.officer_teams.get(officer, "") if officer else ""
    return team if known.user.role != ADMIN and team != known.user.team else ""


def _contract(wanted: Wanted, known: Known, seen: dict[str, int]) -> Contract | None:
    if not wanted.number:
        raise Refused(
            Code.BAD_VALUE,
            message("A contract needs a number."),
            message("Write it, or take the row out of the file."),
        )
    key = folded(wanted.number)
    if key in seen:
        raise Refused(
            Code.BAD_VALUE,
            message("The contract stands in row {row} too.", row=seen[key]),
            message("Leave one of them."),
        )
    seen[key] = wanted.row
    return known.contract(wanted.number)


def _change(
    wanted: Wanted, contract: Contract | None, known: Known, faults: Faults, said: SaidOnce
) -> ContractChange:
    """The change that a row makes; what it may not do is a fault."""
    row = wanted.row
    fields = {
        name: value
        for name, value in wanted.fields.items()
        if contract is None or not _is_so(contract, name, value, known)
    }
    new_provider, ends, group = "", None, ""
    contact: dict[str, str] = {}
    added: list[NewSetting] = []
    moved: list[str] = []
    provider = contract.provider_id if contract else None
    with faults.of(row, "ends_on"):
        _check_days(fields, contract)
    with faults.of(row, "management_level"):
        check_level(fields, contract, known)
    with faults.of(row, "status"):
        ends = ending(wanted, contract, known)
    with faults.of(row, "provider"):
        _check_provider(wanted, contract)
        found = known.provider(wanted.provider, provider) if wanted.provider else provider
        if found is None:
            new_provider = wanted.provider or ""
        elif found != provider:
            fields["provider_id"] = provider = found
    with faults.of(row, "group"):
        group = provider_group(wanted, provider, new_provider, known, said)
    with faults.of(row, "contact"):
        contact = provider_contact(wanted, provider, new_provider, known, said)
    with faults.of(row, "settings"):
        _check_settings(wanted, contract, known)
        added = new_settings(wanted, contract, known)
    for one in added:
        faults.note(row, "settings", unmatched(one, known))
    off = left_off(wanted.settings.ids, wanted, contract, known)
    for setting_id, day in off.items():
        faults.note(row, "settings", stays_off(known.setting_names[setting_id], day))
    named = [*wanted.settings.ids, *(one.id for one in added)]
    with faults.of(row, "district"):
        moved = settings_in_district(wanted, named, known, said)
    here = known.under.get(contract.id, []) if contract else []
    covered: list[Covering] = []
    with faults.of(row, "deputy"):
        officer = wanted.fields.get("officer_id") or (contract.officer_id if contract else None)
        covered = deputies(wanted, (*named, *here), officer, known, said)
    under = (*off, *here)
    return ContractChange(
        contract=contract,
        fields=fields,
        new_provider=new_provider,
        settings=[one for one in named if one not in under],
        added=added,
        ending=ends,
        group=group,
        contact=contact,
        district=wanted.beside.get("district", ""),
        moved=moved,
        covered=covered,
    )


def _is_so(contract: Contract, name: str, value: Any, known: Known) -> bool:
    """Whether a contract has this value. Its number stays as it is written here, the order of its
    services says nothing, and a register may show the end as it was extended last, or the level
    that the rules give."""
    match name:
        case "number":
            return True
        case "management_level":
            return bool(value == known.levels.get(contract.id))
        case "service_types":
            return set(service_types(value)) == set(service_types(contract.service_types))
        case "ends_on":
            return value in (contract.ends_on, current_end(contract.ends_on, contract.extended_to))
    return bool(value == getattr(contract, name))


def _check_days(fields: dict[str, Any], contract: Contract | None) -> None:
    if not {"starts_on", "ends_on"} & fields.keys():
        return
    starts_on: date | None = fields.get("starts_on", contract and contract.starts_on)
    ends_on: date | None = fields.get("ends_on", contract and contract.ends_on)
    require_order(starts_on, ends_on)
    if "ends_on" in fields and contract is not None and contract.extended_to is not None:
        raise Refused(
            Code.BAD_VALUE,
            message(
                "The contract was extended to {day} here.", day=short_day(contract.extended_to)
            ),
            message("Write that date or leave the cell empty; extend the contract with a reason."),
        )


def _check_provider(wanted: Wanted, contract: Contract | None) -> None:
    if contract is None and wanted.provider == "":
        raise Refused(
            Code.BAD_VALUE,
            message("A new contract needs its provider."),
            message("Write the provider's name."),
        )


def _check_settings(wanted: Wanted, contract: Contract | None, known: Known) -> None:
    if contract is None or contract.status != ContractStatus.ENDED:
        return
    off = left_off(wanted.settings.ids, wanted, contract, known)
    if wanted.settings.unknown or set(wanted.settings.ids) - {*known.under[contract.id], *off}:
        raise Refused(
            Code.BAD_VALUE,
            message("Contract {number} has ended.", number=contract.number),
            message("Take back its end first, or leave the cell empty."),
        )
