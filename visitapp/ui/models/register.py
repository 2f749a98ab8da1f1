"""The difference that a register would make, as rows of a table: one for each field that changes,
one for each contract or setting that is new."""

from __future__ import annotations

from msgspec import Struct

from visitapp.language import translate
from visitapp.services.contracts.register.columns import FIELDS
from visitapp.services.views.registers import ContractDifference, RegisterDifference
from visitapp.ui.models.rows import Cell, Column


class DifferenceRow(Struct, frozen=True):
    """One line of the difference; `before` is None for something new."""

    row: int
    name: str
    field: str
    before: str | None
    after: str


def difference_rows(found: RegisterDifference) -> list[DifferenceRow]:
    """Changed contracts field by field, then new settings, then new contracts."""
    changed = [
        DifferenceRow(one.row, one.number, str(FIELDS[part.field]), part.before, part.after)
        for one in found.changed
        for part in one.changes
    ]
    settings = [
        DifferenceRow(
            one.row,
            one.name,
            translate("New setting"),
            None,
            translate("from the directory, ID {id}", id=one.location_id)
            if one.location_id
            else translate("not registered"),
        )
        for one in found.new_settings
    ]
    new = [
        DifferenceRow(one.row, one.number, translate("New contract"), None, _terms(one))
        for one in found.new
    ]
    return [*changed, *settings, *new]


def _terms(one: ContractDifference) -> str:
    return "; ".join(f"{FIELDS[part.field]}: {part.after}" for part in one.changes)


def problem_columns() -> list[Column]:
    """Row, column, and what has to be corrected there."""
    return [
        Column(translate("Row"), lambda one: Cell(str(one.row)), share=8),
        Column(translate("Column"), lambda one: Cell(one.column, strong=True), share=24),
        Column(translate("Problem"), lambda one: Cell(one.what, hint=one.what), share=68),
    ]


def register_columns() -> list[Column]:
    """Contract or setting, what changes, now, in the file."""
    return [
        Column(
            translate("Contract or setting"),
            lambda one: Cell(one.name, translate("row {n}", n=one.row), strong=True),
            share=24,
        ),
        Column(translate("What changes"), lambda one: Cell(one.field), share=20),
        Column(translate("Now"), _before, share=22, yields=1),
        Column(translate("In the file"), lambda one: Cell(one.after, hint=one.after), share=34),
    ]


def _before(one: DifferenceRow) -> Cell:
    if one.before is None:
        return Cell("")
    return Cell(one.before or translate("nothing"), tone="muted", hint=one.before)
