"""Cells without a value that can be read: formulas never worked out, and formulas that failed.

The sheet reader gives both as empty cells, so a condition or a rating would vanish unseen.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.parsers import expat

from msgspec import Struct

from visitapp.language import Message, message

NOT_WORKED_OUT = message("is a formula that no program has worked out yet")
FAILED = message("is a formula that gives an error")
REMEDY = message("Open the file in Excel or LibreOffice, save it and import it again.")

_SUSPECT = re.compile(rb"<(?:\w+:)?f[\s>/]|t\s*=\s*[\"']e[\"']|:formula\s*=")
_ODS_VALUES = frozenset(("value", "string-value", "date-value", "time-value", "boolean-value"))


class Unvalued(Struct, frozen=True):
    """A cell whose value is not in the file: row and column from 1, and why."""

    row: int
    column: int
    why: Message

    @property
    def place(self) -> str:
        """Its name in the sheet, such as C4."""
        letters, left = "", self.column
        while left:
            left, letter = divmod(left - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{letters}{self.row}"


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The part of each sheet of an .xlsx package, by the sheet's name."""
    folder = next((name for name in parts if name.lower().endswith("xl/workbook.xml")), "")
    base = posixpath.dirname(folder)
    links = parts.get(f"{base}/_rels/{posixpath.basename(folder)}.rels", b"")
    try:
        targets = {
            link.get("Id", ""): posixpath.normpath(
                posixpath.join("/", base, link.get("Target", ""))
            ).lstrip("/")
            for link in _elements(links, "Relationship")
        }
        found = {}
        for sheet in _elements(parts.get(folder, b""), "sheet"):
            link = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
            found[sheet.get("name", "")] = targets.get(link, "")
    except ElementTree.ParseError:
        return {}
    return found


def _elements(text: bytes, tag: str) -> list[ElementTree.Element]:
    if b"<!DOCTYPE" in text or not text:
        return []
    tree = ElementTree.fromstring(text)  # noqa: S314  # no document type, so nothing to expand
    return [one for one in tree.iter() if one.tag.rsplit("}")[-1] == tag]


def may_lack_values(part: bytes) -> bool:
    """Whether a sheet's XML has formulas or errors at all."""
    return _SUSPECT.search(part) is not None


def unvalued(part: bytes, sheet: str = "", *, every_formula: bool = False) -> list[Unvalued]:
    """The cells without a value of an .xlsx sheet part, or of one `sheet` of an ODS content part.

    every_formula: those of formulas that have a value as well. A part that is damaged gives those
    before the damage; the sheet reader refuses it anyway.
    """
    if not may_lack_values(part):
        return []
    looked = _Look(sheet, every_formula=every_formula)
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = looked.stop
    parser.StartElementHandler = looked.start
    parser.EndElementHandler = looked.end
    parser.CharacterDataHandler = looked.text
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError):
        return looked.found
    return looked.found


class _Look:
    """Follows rows and cells through the XML of a sheet, of .xlsx or ODS."""

    def __init__(self, sheet: str, *, every_formula: bool) -> None:
        self._every_formula = every_formula
        self.found: list[Unvalued] = []
        self._sheet = sheet
        self._inside = not sheet
        self._row = self._column = 0
        self._times = self._row_times = 1
        self._why = NOT_WORKED_OUT
        self._formula = self._valued = self._reading = False

    def stop(self, *_: object) -> None:
        raise ValueError("document type")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rsplit(":")[-1]
        plain = {key.rsplit(":")[-1]: value for key, value in attributes.items()}
        match name:
            case "table":
                self._inside = plain.get("name") == self._sheet
                self._row = 0
            case "row" | "table-row":
                self._row = int(plain.get("r", self._row + self._row_times))
                self._row_times = int(plain.get("number-rows-repeated", 1))
                self._column, self._times = 0, 1
            case "c" | "table-cell" | "covered-table-cell":
                self._begin_cell(plain)
            case "f":
                self._formula = True
            case "v" | "t" | "p":
                self._reading = True

    def _begin_cell(self, plain: Mapping[str, str]) -> None:
        letters = "".join(c for c in plain.get("r", "") if c.isalpha())
        self._column += self._times
        if letters:
            self._column = 0
            for letter in letters.upper():
                self._column = self._column * 26 + ord(letter) - 64
        self._times = int(plain.get("number-columns-repeated", 1))
        self._formula = "formula" in plain
        # A formula whose text is empty has a value: the empty text.
        text = plain.get("t") == "str" or plain.get("value-type") == "string"
        self._valued = text or bool(_ODS_VALUES & plain.keys())
        self._why = FAILED if plain.get("t") == "e" else NOT_WORKED_OUT

    def text(self, text: str) -> None:
        if self._reading and text.strip():
            self._valued = True

    def end(self, tag: str) -> None:
        name = tag.rsplit(":")[-1]
        if name in ("v", "t", "p"):
            self._reading = False
        elif name in ("c", "table-cell", "covered-table-cell"):
            failed = self._why == FAILED
            lacking = self._every_formula or not self._valued
            if self._inside and (failed or (self._formula and lacking)):
                self.found.append(Unvalued(self._row, self._column, self._why))
