"""Reads a tree of nodes by the declared keys, and notes every fault of shape on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from fractions import Fraction

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
from forms.format.part import Part, Value, Word
from forms.format.source import ListNode, MapNode, Node, ScalarNode
from visitapp.language import translate

_DECIMAL = re.compile(r"-?\d{1,9}(\.\d{1,6})?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
_INSTEAD = {"to": "A band has no upper end: it reaches to where the next one begins. Remove `to`."}
_BEGINS = "id"
"""The key that items of a list begin with; one item has it once."""


class Reader:
    """Reads nodes as kinds. A value that does not fit is left out and its fault noted."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def record(self, node: Node, kind: Record, name: str) -> Part | None:
        """A record under the key `name`: every unknown, missing, empty or wrong key is noted."""
        if not isinstance(node, MapNode):
            self._wrong(node, name, translate("{title} with keys, one a line", title=kind.title))
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
        what = translate("`{text}` is not a key of {title}.", text=word.text[:60], title=kind.title)
        self._faults.add(word.line, what, remedy or nearest(word.text, known))

    def _missing(self, kind: Record, line: int, given: Mapping[str, int]) -> None:
        for key in kind.keys:
            if key.required and key.name not in given:
                what = translate(
                    "`{name}` is missing from {title}.", name=key.name, title=kind.title
                )
                self._faults.add(
                    line, what, translate("Add `{name}:`. {about}", name=key.name, about=key.about)
                )

    def _once(self, node: MapNode) -> Iterator[tuple[ScalarNode, Node]]:
        seen: dict[str, int] = {}
        for key, below in node.pairs:
            if key.text in seen:
                what = translate("`{text}` is repeated here.", text=key.text[:60])
                if key.text == _BEGINS:
                    remedy = translate(
                        "If another item begins here, put `- ` before it; else keep one: "
                        "the first is on line {line}.",
                        line=seen[key.text],
                    )
                    self._faults.add(key.line, what, remedy)
                    return  # what follows belongs to that item
                self._faults.add(
                    key.line,
                    what,
                    translate("Keep one; the first is on line {line}.", line=seen[key.text]),
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
            self._wrong(node, name, translate("a single value"))
            return None
        if (node.plain and node.text in _EMPTY) or not node.text.strip():
            self._faults.add(
                node.line,
                translate("`{name}` is empty.", name=name),
                translate("Give it a value, or remove the key."),
            )
            return None
        check_scalar(node, kind, name, self._faults)
        return self._scalar(node, kind, name)

    def _listed(self, node: Node, kind: ListOf, name: str) -> Value | None:
        if not isinstance(node, ListNode):
            self._wrong(node, name, translate("a list, each item after a `-` or in `[ ]`"))
            return None
        if len(node.items) < kind.fewest:
            what = translate("`{name}` has nothing in it.", name=name)
            self._faults.add(
                node.line, what, translate("Add at least one item, or remove the key.")
            )
        found = (self._value(item, kind.item, name) for item in node.items)
        return [value for value in found if value is not None]

    def _mapped(self, node: Node, kind: MapOf, name: str) -> Value | None:
        if not isinstance(node, MapNode):
            self._wrong(node, name, translate("names and values, such as `name: value`"))
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
            what = translate(
                "`{name}` is {count} characters long; at most {longest} fit.",
                name=name,
                count=len(text),
                longest=kind.longest,
            )
            self._faults.add(node.line, what, translate("Make it shorter."))
            return None
        if isinstance(kind, Name) and not re.fullmatch(kind.pattern, text, re.ASCII):
            what = translate(
                "`{text}` cannot be used as a name under `{name}`.", text=text[:60], name=name
            )
            remedy = translate(
                "Use letters, digits, `_` and `-` without spaces, beginning with a letter."
            )
            self._faults.add(node.line, what, remedy)
            return None
        return Word(text, node.line)

    def _chosen(self, node: ScalarNode, kind: OneOf, name: str) -> Word | None:
        if node.text in kind.choices:
            return Word(node.text, node.line)
        what = translate("`{name}` cannot be `{text}`.", name=name, text=node.text[:60])
        self._faults.add(node.line, what, nearest(node.text, list(kind.choices)))
        return None

    def _flag(self, node: ScalarNode, name: str) -> bool | None:
        if node.plain and node.text in ("true", "false"):
            return node.text == "true"
        what = translate("`{name}` cannot be `{text}`.", name=name, text=node.text[:60])
        self._faults.add(node.line, what, translate("Write true or false, without quotes."))
        return None

    def _day(self, node: ScalarNode, name: str) -> Word | None:
        text = node.text.strip()
        if _DAY.fullmatch(text):
            with suppress(ValueError):
                return Word(date.fromisoformat(text).isoformat(), node.line)
        what = translate("`{name}` is not a day: `{text}`.", name=name, text=node.text[:60])
        self._faults.add(
            node.line, what, translate("Write year, month and day, such as 2027-04-01.")
        )
        return None

    def _number(
        self, node: ScalarNode, name: str, pattern: re.Pattern[str], kind: Number | Whole
    ) -> Fraction | None:
        if not node.plain or not pattern.fullmatch(node.text):
            self._faults.add(node.line, *_not_a_number(name, node.text[:60], kind))
            return None
        number = Fraction(node.text)
        if not kind.least <= number <= kind.most:
            what = translate("`{name}` is {text}.", name=name, text=node.text)
            self._faults.add(
                node.line,
                what,
                translate("It must be from {least} to {most}.", least=kind.least, most=kind.most),
            )
            return None
        return number

    def _wrong(self, node: Node, name: str, wanted: str) -> None:
        found = {
            ScalarNode: translate("a single value"),
            ListNode: translate("a list"),
            MapNode: translate("keys with values"),
        }
        what = translate("`{name}` holds {found}.", name=name, found=found[type(node)])
        self._faults.add(node.line, what, translate("It must hold {wanted}.", wanted=wanted))


def _not_a_number(name: str, text: str, kind: Number | Whole) -> tuple[str, str]:
    """The fault of a value that is no number, and its remedy."""
    if isinstance(kind, Whole):
        what = translate("`{name}` must be a whole number, but is `{text}`.", name=name, text=text)
        return what, translate("Write digits, without quotes or units.")
    what = translate("`{name}` must be a number, but is `{text}`.", name=name, text=text)
    return what, translate("Write digits and at most six decimals, without quotes or units.")
