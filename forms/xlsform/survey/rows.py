"""The survey sheet: its rows in order, each with the groups it stands in."""

from __future__ import annotations

from msgspec import Struct

from forms.spreadsheet.refusals import refused
from forms.xlsform import limits
from forms.xlsform.findings import Findings
from forms.xlsform.survey.types import Kind, Type, parse_type
from forms.xlsform.workbook.columns import Cells, Table
from visitapp.errors import Code
from visitapp.language import message

_TRUE = frozenset(("yes", "true", "true()", "1", "y", "required"))


class Group(Struct, frozen=True):
    """A group or repeat that is open: the row that begins it."""

    cells: Cells
    type: Type

    @property
    def row(self) -> int:
        """Its row in the sheet."""
        return self.cells.number


class Item(Struct, frozen=True):
    """A row of the survey that is no group: `groups` are those around it, outermost first."""

    cells: Cells
    type: Type
    groups: tuple[Group, ...]

    @property
    def row(self) -> int:
        """Its row in the sheet."""
        return self.cells.number

    @property
    def name(self) -> str:
        """Its name in the XLSForm; may be empty."""
        return self.cells.get("name")


def is_true(text: str) -> bool:
    """Whether a cell says yes."""
    return text.strip().lower() in _TRUE


def read_survey(table: Table, sheet: str, findings: Findings) -> tuple[list[Item], list[Group]]:
    """The rows and the groups, in order.

    Raises BadFile, naming the row, when a group is not closed, closed twice or nested too deep.
    """
    items: list[Item] = []
    groups: list[Group] = []
    open_: list[Group] = []
    for cells in table.rows:
        if is_true(cells.get("disabled")):
            what = message("The row is disabled, so it is left out.")
            findings.add(sheet, cells.number, what)
            continue
        if not cells.get("type"):
            _note_untyped(cells, sheet, findings)
            continue
        type_ = parse_type(cells.get("type"))
        if _computes_by_itself(cells, type_):
            type_ = Type(kind=Kind.CALCULATE, word=type_.word)
        if type_.kind is Kind.BEGIN:
            open_.append(Group(cells, type_))
            groups.append(open_[-1])
            _check_depth(open_, findings)
        elif type_.kind is Kind.END:
            _close(open_, cells, type_, findings)
        else:
            items.append(Item(cells, type_, tuple(open_)))
    if open_:
        raise refused(
            findings.file,
            open_[-1].row,
            message("The {group} that begins here has no end.", group=open_[-1].type.word),
            message('Add a row with the type "end {group}".', group=open_[-1].type.word),
        )
    return items, groups


def _computes_by_itself(cells: Cells, type_: Type) -> bool:
    """Whether a row that could be asked shows a result that nobody can change."""
    answered = type_.kind in (Kind.TEXT, Kind.NUMBER, Kind.WHOLE, Kind.DATE, Kind.UNKNOWN)
    return answered and bool(cells.get("calculation")) and is_true(cells.get("read_only"))


def _note_untyped(cells: Cells, sheet: str, findings: Findings) -> None:
    words = ", ".join(f'{column.name} "{text[:60]}"' for column, text in cells.values.items())
    what = message("The row has no type, so it is left out: {words}.", words=words[:300])
    findings.add(sheet, cells.number, what)


def _check_depth(open_: list[Group], findings: Findings) -> None:
    if len(open_) > limits.NESTING:
        raise refused(
            findings.file,
            open_[-1].row,
            message("Groups are nested too deep."),
            message("Groups can be nested at most {limit} deep.", limit=limits.NESTING),
            Code.FILE_TOO_LARGE,
        )


def _close(open_: list[Group], cells: Cells, type_: Type, findings: Findings) -> None:
    if not open_:
        raise refused(
            findings.file,
            cells.number,
            message("This row ends a {group} that was never begun.", group=type_.word),
            message("Remove the row, or add the row that begins it."),
        )
    begun = open_.pop()
    if begun.type.word != type_.word:
        raise refused(
            findings.file,
            cells.number,
            message(
                "A {group} ends here, but row {row} began a {begun}.",
                group=type_.word,
                row=begun.row,
                begun=begun.type.word,
            ),
            message("Let each end match the row that began it."),
        )
