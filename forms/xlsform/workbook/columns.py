"""Column names: the many spellings of XLSForm's history brought to one, the language split off.

The spellings follow the XLSForm reference tables and the aliases pyxform still reads.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from forms.xlsform.workbook.delimited import TextRow

_PREFIXES = ("bind", "control", "body", "instance", "jr")
_ALIASES = {
    "caption": "label",
    "text": "label",
    "question": "label",
    "value": "name",
    "listname": "list_name",
    "list": "list_name",
    "relevance": "relevant",
    "skip": "relevant",
    "constraint_msg": "constraint_message",
    "constraintmsg": "constraint_message",
    "constraintmessage": "constraint_message",
    "requiredmsg": "required_message",
    "required_msg": "required_message",
    "calculate": "calculation",
    "readonly": "read_only",
    "repeat_times": "repeat_count",
    "count": "repeat_count",
    "choicefilter": "choice_filter",
    "guidance": "guidance_hint",
    "help": "hint",
    "notes": "note",
    "title": "form_title",
    "set_form_title": "form_title",
    "id_string": "form_id",
    "set_form_id": "form_id",
    "formid": "form_id",
    "audio": "media",
    "image": "media",
    "video": "media",
    "big_image": "media",
}
TRANSLATED = frozenset(
    ("label", "hint", "guidance_hint", "constraint_message", "required_message", "media")
)


class Column(Struct, frozen=True):
    """A column: our name for it, and its language as written (empty when it has none)."""

    name: str
    language: str = ""


class Cells(Struct, frozen=True):
    """A row by column: `number` is its row in the sheet."""

    number: int
    values: dict[Column, str]

    def get(self, name: str) -> str:
        """The text in a column without a language, or empty."""
        return self.values.get(Column(name), "")

    def languages(self, name: str) -> dict[str, str]:
        """The texts of a translated column by language."""
        return {c.language: text for c, text in self.values.items() if c.name == name and text}


def parse_column(header: str) -> Column:
    """The column that a header names: "label::English (en)" is a label in "English (en)"."""
    mark = "::" if "::" in header else ":"
    parts = [part.strip() for part in header.split(mark) if part.strip()]
    if mark == "::" and parts and ":" in parts[0]:
        parts[:1] = [part.strip() for part in parts[0].split(":")]
    while len(parts) > 1 and _plain(parts[0]) in _PREFIXES:
        parts.pop(0)
    if parts and ":" in parts[0]:
        parts[0] = parts[0].split(":")[-1]
    if not parts:
        return Column("")
    name = _plain(parts[0])
    if name == "media":
        return Column("media", mark.join(parts[2:]))
    name = _ALIASES.get(name, name)
    language = mark.join(parts[1:])
    if language and name not in TRANSLATED:
        return Column(f"{name}:{language}")
    return Column(name, language)


def _plain(name: str) -> str:
    return "_".join(name.lower().replace("-", " ").replace("_", " ").split())


class Stray(Struct, frozen=True):
    """Texts of a row (from 1) that stand under no name, or under one that stands there twice."""

    row: int
    texts: list[str]


class Table(Struct, frozen=True):
    """A sheet's columns as its header (at row `header`) names them, and the rows below."""

    header: int
    columns: list[Column]
    rows: list[Cells]
    strays: list[Stray]


def table(rows: list[TextRow], wanted: str) -> Table:
    """The sheet by column.

    The header is the first of the leading ten rows that has the column `wanted`, or else the
    first row. Where a column stands twice, the first that is filled counts.
    """
    header = next((n for n, row in enumerate(rows[:10]) if _has(row, wanted)), 0)
    if not rows:
        return Table(1, [], [], [])
    columns = [parse_column(cell) for cell in rows[header].cells]
    cells, strays = [], []
    for row in rows[header + 1 :]:
        values, others = _by_column(columns, row)
        if values:
            cells.append(Cells(row.number, values))
        if others:
            strays.append(Stray(row.number, others))
    named = dict.fromkeys(column for column in columns if column.name)
    return Table(rows[header].number, list(named), cells, strays)


def respelled(sheet: Table, spellings: Mapping[str, str]) -> Table:
    """The table with each language in one spelling.

    Where two columns become one, the first that is filled counts and other texts are strays.
    """
    rows, strays = [], list(sheet.strays)
    for row in sheet.rows:
        values: dict[Column, str] = {}
        others = []
        for column, text in row.values.items():
            same = Column(column.name, spellings.get(column.language, column.language))
            if values.setdefault(same, text) != text and column.name != "media":
                others.append(text)
        rows.append(Cells(row.number, values))
        if others:
            strays.append(Stray(row.number, others))
    columns = (Column(c.name, spellings.get(c.language, c.language)) for c in sheet.columns)
    return Table(sheet.header, list(dict.fromkeys(columns)), rows, strays)


def _by_column(columns: list[Column], row: TextRow) -> tuple[dict[Column, str], list[str]]:
    """The row's texts by column, and those that no column takes. Every medium is only named once,
    whatever it is of."""
    values: dict[Column, str] = {}
    others: list[str] = []
    unnamed = [Column("")] * (len(row.cells) - len(columns))
    for column, text in zip([*columns, *unnamed], row.cells, strict=False):
        if not text:
            continue
        taken = values.setdefault(column, text) if column.name else ""
        if taken != text and column.name != "media":
            others.append(text)
    return values, others


def _has(row: TextRow, wanted: str) -> bool:
    return any(parse_column(cell).name == wanted for cell in row.cells)
