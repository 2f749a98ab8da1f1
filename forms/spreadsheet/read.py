"""Opens a spreadsheet behind the guard: measured first, and no fault of the reader gets past."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from contextlib import contextmanager

import python_calamine

from forms.spreadsheet import compound
from forms.spreadsheet.cells import Unvalued, sheet_parts, unvalued
from forms.spreadsheet.limits import Limits
from forms.spreadsheet.package import Package, measured
from forms.spreadsheet.quiet import quiet
from forms.spreadsheet.refusals import refused, too_many_cells
from visitapp.language import message

Cell = (
    int
    | float
    | str
    | bool
    | datetime.time
    | datetime.date
    | datetime.datetime
    | datetime.timedelta
)


def is_spreadsheet(data: bytes) -> bool:
    """Whether a file begins as an old Excel file or as a zip package does."""
    return data.startswith((compound.SIGNATURE, b"PK"))


class Spreadsheet:
    """An open spreadsheet. `names` are those of its sheets, in order."""

    def __init__(
        self, book: python_calamine.CalamineWorkbook, package: Package | None, limits: Limits
    ) -> None:
        self.names = list(book.sheet_names)
        self._book = book
        self._package = package
        self._limits = limits
        self._parts = sheet_parts(package.parts) if package else {}

    def rows(self, name: str, file: str) -> Iterator[list[Cell]]:
        """The rows of a sheet from the first, empty ones included. Raises BadFile when it is too
        large."""
        too_large = self._package.too_large if self._package else frozenset()
        if too_large and self._parts.get(name, "") in {*too_large, ""}:
            raise too_many_cells(file, self._limits, name)
        with _guarded(file):
            sheet = self._book.get_sheet_by_name(name)
        before: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
        return ([*before, *row] for row in sheet.iter_rows())

    @property
    def shown_names(self) -> list[str]:
        """The names of the sheets that are not hidden."""
        shown = python_calamine.SheetVisibleEnum.Visible
        return [one.name for one in self._book.sheets_metadata if one.visible == shown]

    @property
    def has_macros(self) -> bool:
        """Whether the file holds macros, which are never read. An old Excel file does not tell."""
        parts = self._package.parts if self._package else {}
        types = parts.get("[Content_Types].xml", b"")
        return b"vbaProject" in types or any(name.startswith("Basic/") for name in parts)

    def formulas(self, name: str) -> set[tuple[int, int]]:
        """The cells of a sheet that are formulas: row and column, from 1. An old Excel file does
        not tell."""
        return {(one.row, one.column) for one in self._unvalued(name, every_formula=True)}

    def unvalued(self, name: str) -> list[Unvalued]:
        """The cells of a sheet whose value is not in the file. Old Excel files always have it."""
        return self._unvalued(name, every_formula=False)

    def _unvalued(self, name: str, *, every_formula: bool) -> list[Unvalued]:
        if self._package is None:
            return []
        content = self._package.parts.get("content.xml")
        if content is not None:
            return unvalued(content, name, every_formula=every_formula)
        part = self._package.parts.get(self._parts.get(name, ""), b"")
        return unvalued(part, every_formula=every_formula)


@contextmanager
def opened(data: bytes, file: str, limits: Limits) -> Iterator[Spreadsheet]:
    """The spreadsheet in `data`, whose sheets may be read while this is open.

    Raises BadFile, naming `file`, when it is damaged, protected by a password or too large, also
    when the sheet reader panics.
    """
    package = None
    if data.startswith(compound.SIGNATURE):
        data = compound.repacked(data, file, limits)
    else:
        package = measured(data, file, limits)
        data = package.packed()
        package = package.without_read_cells()
    with _guarded(file):
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    try:
        yield Spreadsheet(book, package, limits)
    finally:
        book.close()


@contextmanager
def _guarded(file: str) -> Iterator[None]:
    """Turns whatever the sheet reader raises, its panics included, into one refusal."""
    try:
        with quiet():
            yield
    except BaseException as problem:  # the reader's own panics are no plain Exception
        if isinstance(problem, KeyboardInterrupt | SystemExit | MemoryError | GeneratorExit):
            raise
        raise refused(
            file,
            None,
            message("The spreadsheet is damaged."),
            message("Open it, save it as .xlsx and import that."),
        ) from problem
