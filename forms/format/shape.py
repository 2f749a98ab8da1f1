"""Reads a tree of nodes by the declared keys, and notes every fault of shape on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from fractions import Fraction
from typing import Any

from msgspec import Struct

from forms.format.checks.writing import check_scalar
from forms.format.faults import Faults, nearest
from forms.format.kinds import (
    Day,
    Flag,
    Kind,
    ListOf,
    MapOf,
    Name,
    Number,
    OneOf,
    Record,
    Text,
    Whole,
)
from forms.format.source import ListNode, MapNode, Node, ScalarNode

_DECIMAL = re.compile(r"-?\d{1,9}(\.\d{1,6})?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
_INSTEAD = {"to": "A band has no upper end: it reaches to where the next one begins. Remove `to`."}
_BEGINS = "id"
"""The key that items of a list begin with; one item has it once."""


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


class Reader:
    """Reads nodes as kinds. A value that does not fit is left out and its fault noted."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def record(self, node: Node, kind: Record, name: str) -> Part | None:
        """A record under the key `name`: every unknown, missing, empty or wrong key is noted."""
        if not isinstance(node, MapNode):
            self._wrong(node, name, f"{kind.title} with keys, one a line")
            return None
        known = {key.name: key for key in kind.keys}
        given: dict[str, int] = {}
        values: dict[str, Value] = {}
        for word, below in self._once(node):
            if self._faults.full:
                break
            key = known.get(word.text)
            if key is None:
                self._unknown(word, kind, list(known))
                continue
            given[word.text] = word.line
            value = self._value(below, key.kind, word.text)
            if value is not None:
                values[word.text] = value
        self._missing(kind, node.line, given)
        return Part(node.line, given, values)

    def _unknown(self, word: ScalarNode, kind: Record, known: list[str]) -> None:
        remedy = _INSTEAD.get(word.text) if "from" in known else None
        what = f"`{word.text[:60]}` is not a key of {kind.title}."
        self._faults.add(word.line, what, remedy or nearest(word.text, known))

    def _missing(self, kind: Record, line: int, given: Mapping[str, int]) -> None:
        for key in kind.keys:
            if key.required and key.name not in given:
                what = f"`{key.name}` is missing from {kind.title}."
                self._faults.add(line, what, f"Add `{key.name}:`. {key.about}")

    def _once(self, node: MapNode) -> Iterator[tuple[ScalarNode, Node]]:
        seen: dict[str, int] = {}
        for key, below in node.pairs:
            if key.text in seen:
                what = f"`{key.text[:60]}` is repeated here."
                if key.text == _BEGINS:
                    remedy = "If another item begins here, put `- ` before it; else keep one: "
                    remedy += f"the first is on line {seen[key.text]}."
                    self._faults.add(key.line, what, remedy)
                    return  # what follows belongs to that item
                self._faults.add(
                    key.line, what, f"Keep one; the first is on line {seen[key.text]}."
                )
                continue
            seen[key.text] = key.line
            yield key, below

    def _value(self, node: Node, kind: Kind, name: str) -> Value | None:
        match kind:
            case Record():
                return self.record(node, kind, name)
            case ListOf():
                return self._listed(node, kind, name)
            case MapOf():
                return self._mapped(node, kind, name)
        if not isinstance(node, ScalarNode):
            self._wrong(node, name, "a single value")
            return None
        if (node.plain and node.text in _EMPTY) or not node.text.strip():
            self._faults.add(
                node.line, f"`{name}` is empty.", "Give it a value, or remove the key."
            )
            return None
        check_scalar(node, kind, name, self._faults)
        return self._scalar(node, kind, name)

    def _listed(self, node: Node, kind: ListOf, name: str) -> Value | None:
        if not isinstance(node, ListNode):
            self._wrong(node, name, "a list, each item after a `-` or in `[ ]`")
            return None
        if len(node.items) < kind.fewest:
            what = f"`{name}` has nothing in it."
            self._faults.add(node.line, what, "Add at least one item, or remove the key.")
        found = (self._value(item, kind.item, name) for item in node.items)
        return [value for value in found if value is not None]

    def _mapped(self, node: Node, kind: MapOf, name: str) -> Value | None:
        if not isinstance(node, MapNode):
            self._wrong(node, name, "names and values, such as `name: value`")
            return None
        found: dict[Word, Value] = {}
        for key, below in self._once(node):
            word = self._scalar(key, Name(), name)
            value = self._value(below, kind.value, key.text[:60])
            if isinstance(word, Word) and value is not None:
                found[word] = value
        return found

    def _scalar(self, node: ScalarNode, kind: Kind, name: str) -> Value | None:
        match kind:
            case Text() | Name():
                return self._word(node, kind, name)
            case OneOf():
                return self._chosen(node, kind, name)
            case Flag():
                return self._flag(node, name)
            case Day():
                return self._day(node, name)
            case Number():
                return self._number(node, name, _DECIMAL, kind)
            case Whole():
                return self._number(node, name, _WHOLE, kind)
        raise TypeError(kind)

    def _word(self, node: ScalarNode, kind: Text | Name, name: str) -> Word | None:
        text = node.text.strip()
        if len(text) > kind.longest:
            what = f"`{name}` is {len(text)} characters long; at most {kind.longest} fit."
            self._faults.add(node.line, what, "Make it shorter.")
            return None
        if isinstance(kind, Name) and not re.fullmatch(kind.pattern, text, re.ASCII):
            what = f"`{text[:60]}` cannot be used as a name under `{name}`."
            remedy = "Use letters, digits, `_` and `-` without spaces, beginning with a letter."
            self._faults.add(node.line, what, remedy)
            return None
        return Word(text, node.line)

    def _chosen(self, node: ScalarNode, kind: OneOf, name: str) -> Word | None:
        if node.text in kind.choices:
            return Word(node.text, node.line)
        what = f"`{name}` cannot be `{node.text[:60]}`."
        self._faults.add(node.line, what, nearest(node.text, list(kind.choices)))
        return None

    def _flag(self, node: ScalarNode, name: str) -> bool | None:
        if node.plain and node.text in ("true", "false"):
            return node.text == "true"
        what = f"`{name}` cannot be `{node.text[:60]}`."
        self._faults.add(node.line, what, "Write true or false, without quotes.")
        return None

    def _day(self, node: ScalarNode, name: str) -> Word | None:
        text = node.text.strip()
        if _DAY.fullmatch(text):
            with suppress(ValueError):
                return Word(date.fromisoformat(text).isoformat(), node.line)
        what = f"`{name}` is not a day: `{node.text[:60]}`."
        self._faults.add(node.line, what, "Write year, month and day, such as 2027-04-01.")
        return None

    def _number(
        self, node: ScalarNode, name: str, pattern: re.Pattern[str], kind: Number | Whole
    ) -> Fraction | None:
        sort, decimals = "number", " and at most six decimals"
        if isinstance(kind, Whole):
            sort, decimals = "whole number", ""
        if not node.plain or not pattern.fullmatch(node.text):
            what = f"`{name}` must be a {sort}, but is `{node.text[:60]}`."
            self._faults.add(node.line, what, f"Write digits{decimals}, without quotes or units.")
            return None
        number = Fraction(node.text)
        if not kind.least <= number <= kind.most:
            what = f"`{name}` is {node.text}."
            self._faults.add(node.line, what, f"It must be from {kind.least} to {kind.most}.")
            return None
        return number

    def _wrong(self, node: Node, name: str, wanted: str) -> None:
        found = {ScalarNode: "a single value", ListNode: "a list", MapNode: "keys with values"}
        what = f"`{name}` holds {found[type(node)]}."
        self._faults.add(node.line, what, f"It must hold {wanted}.")
