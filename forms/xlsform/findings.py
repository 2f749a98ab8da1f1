"""The result of an import: the form's text, and everything that was left out."""

from __future__ import annotations

from msgspec import Struct

from visitapp.language import Message, message


class LeftOut(Struct, frozen=True):
    """Something that was left out: its sheet, its row there (from 1), and a sentence about it."""

    sheet: str
    row: int
    what: str


class Imported(Struct, frozen=True, kw_only=True):
    """An XLSForm in our format. `rows` counts the survey's rows that hold something."""

    yaml_text: str
    form_id: str
    title: str
    language: str
    rows: int
    areas: int
    questions: int
    conditions: int
    left_out: list[LeftOut]


class Findings:
    """Collects what is left out, in the order it is met. Says one thing about one row once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._left_out: dict[LeftOut, None] = {}

    def add(self, sheet: str, row: int, what: Message) -> None:
        """Notes that something of `row` of `sheet` is left out."""
        self._left_out[LeftOut(sheet, row, str(what))] = None

    def left_out(self) -> list[LeftOut]:
        """All of it, by sheet as met, then by row."""
        order: dict[str, int] = {}
        for item in self._left_out:
            order.setdefault(item.sheet, len(order))
        return sorted(self._left_out, key=lambda item: (order[item.sheet], item.row))


def column_lost(name: str) -> Message:
    """What to say of a column that is not read."""
    return message('The column "{name}" is left out.', name=name)
