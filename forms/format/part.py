"""A part of a form file as it was read: its values by key, and the line of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from msgspec import Struct


class Word(Struct, frozen=True):
    """A name or a text with its line."""

    text: str
    line: int


class Part:
    """One record of the form: its values by key, and where each stood.

    What was faulty or absent has no value; `given` still tells where the key stood.
    """

    def __init__(self, line: int, given: Mapping[str, int], values: Mapping[str, Value]) -> None:
        self.line = line
        self.given = given
        self._values = values

    def line_of(self, key: str) -> int:
        """The line of a key's value, or of the record when the key is absent."""
        return self.given.get(key, self.line)

    def text(self, key: str) -> str:
        """A text or a name; empty when absent."""
        value = self._values.get(key)
        return value.text if isinstance(value, Word) else ""

    def number(self, key: str) -> Fraction | None:
        """A number, exact."""
        value = self._values.get(key)
        return value if isinstance(value, Fraction) else None

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self._values.get(key)
        return value if isinstance(value, bool) else default

    def words(self, key: str) -> list[Word]:
        """A list of names."""
        return [item for item in self._list(key) if isinstance(item, Word)]

    def numbers(self, key: str) -> list[Fraction]:
        """A list of numbers."""
        return [item for item in self._list(key) if isinstance(item, Fraction)]

    def part(self, key: str) -> Part | None:
        """A record under a key."""
        value = self._values.get(key)
        return value if isinstance(value, Part) else None

    def parts(self, key: str) -> list[Part]:
        """A list of records."""
        return [item for item in self._list(key) if isinstance(item, Part)]

    def named(self, key: str) -> Iterator[tuple[Word, Value]]:
        """The author's own names under a key, each with its value."""
        value = self._values.get(key)
        if isinstance(value, dict):
            yield from value.items()

    def plain(self) -> dict[str, Any]:
        """Everything as dicts, lists, texts, numbers and flags."""
        return {key: _plain(value) for key, value in self._values.items()}

    def _list(self, key: str) -> list[Value]:
        value = self._values.get(key)
        return value if isinstance(value, list) else []


Value = Word | Fraction | bool | Part | list["Value"] | dict[Word, "Value"]


def _plain(value: Value) -> Any:
    match value:
        case Word():
            return value.text
        case Part():
            return value.plain()
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {name.text: _plain(item) for name, item in value.items()}
        case Fraction():
            return int(value) if value.denominator == 1 else value
    return value
