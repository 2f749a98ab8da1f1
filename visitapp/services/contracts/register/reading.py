"""What a row of a register asks for: each cell as the field's value, or why it cannot be one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from visitapp.errors import Refused
from visitapp.language import Message, message
from visitapp.services.contracts.register.cells import NamedSettings, read_cell, rounded
from visitapp.services.contracts.register.columns import BESIDE, FIELDS, RECORDED
from visitapp.services.contracts.register.known import Known
from visitapp.services.sheets.cells import text_of
from visitapp.services.sheets.reading import FORMULA, SheetRow
from visitapp.services.views.action_sheets import SheetFault


class Wanted(Struct, frozen=True, kw_only=True):
    """What a row asks for. `fields` are a contract's own, without those that the row leaves as they
    are; `beside`: what it says of the contract's state, provider and settings. `number` and the
    name of the `provider` are empty where the row says nothing, and None where their cell is a
    fault."""

    row: int
    number: str | None
    provider: str | None
    fields: dict[str, Any]
    beside: dict[str, Any]
    settings: NamedSettings


class Faults:
    """Collects what stops the import. `titles`: of the columns of the file, by field."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self.titles = {name: str(title) for name, title in FIELDS.items()} | dict(titles)
        self.found: list[SheetFault] = []
        self.notes: list[SheetFault] = []
        """What stops nothing, and the person should know."""

    def note(self, row: int, field: str, what: Message | None) -> None:
        """Say something of this cell, unless there is nothing to say."""
        if what is not None:
            self.notes.append(SheetFault(row=row, column=self.titles[field], what=str(what)))

    @contextmanager
    def of(self, row: int, field: str) -> Iterator[None]:
        """Notes what is refused within as a fault of this cell."""
        try:
            yield
        except Refused as why:
            self.found.append(SheetFault(row=row, column=self.titles[field], what=str(why)))


def read_row(row: SheetRow, known: Known, faults: Faults) -> Wanted:
    """What the row asks for, without the cells that are faults. Blank cells and formulas say
    nothing."""
    values: dict[str, Any] = {}
    for name in FIELDS:
        cell = row.cells.get(name)
        if cell is FORMULA or text_of(cell) == "":
            continue
        values[name] = None
        with faults.of(row.number, name):
            values[name] = read_cell(known, name, cell)
    if values.get("yearly_cost") is not None:
        said_of = rounded(row.cells["yearly_cost"], values["yearly_cost"])
        faults.note(row.number, "yearly_cost", said_of)
    number, provider = values.get("number", ""), values.pop("provider", "")
    settings = values.pop("settings", None) or NamedSettings([], [])
    said = {name: value for name, value in values.items() if value is not None}
    return Wanted(
        row=row.number,
        number=number,
        provider=provider,
        settings=settings,
        beside={name: said.pop(name) for name in BESIDE if name in said},
        fields={RECORDED.get(name, name): value for name, value in said.items()},
    )


def ignored(row: SheetRow, titles: Mapping[str, str]) -> list[SheetFault]:
    """The cells of a row that are formulas."""
    what = str(message("This is a formula, which is not read."))
    return [
        SheetFault(row=row.number, column=titles[name], what=what)
        for name, cell in row.cells.items()
        if cell is FORMULA
    ]
