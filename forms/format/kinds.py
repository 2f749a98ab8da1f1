"""The kinds of value a key of a form or of a policy may hold.

`forms.format.keys` declares the form format with them once, `visitapp.rules.policy.keys` that of a
policy. The checker (`forms.format.shape`) and the
JSON schema (`forms.format.schema`) both read that declaration.
"""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

NAME = r"[A-Za-z0-9][A-Za-z0-9_-]*"
QUESTION_NAME = r"[A-Za-z_][A-Za-z0-9_-]*"


class Text(Struct, frozen=True):
    """Words, at most `longest` characters."""

    longest: int = 4000


class Name(Struct, frozen=True):
    """An id: letters, digits, `_` and `-`, to the given pattern."""

    longest: int = 80
    pattern: str = NAME


class Number(Struct, frozen=True):
    """A decimal number, kept exactly, within `least` and `most`."""

    least: Fraction = Fraction(-1_000_000)
    most: Fraction = Fraction(1_000_000)


class Whole(Struct, frozen=True):
    """A whole number within `least` and `most`."""

    least: int = 0
    most: int = 1_000_000


class Flag(Struct, frozen=True):
    """true or false."""


class Day(Struct, frozen=True):
    """A calendar day, such as 2027-04-01."""


class OneOf(Struct, frozen=True):
    """One word of a fixed choice."""

    choices: tuple[str, ...]


class ListOf(Struct, frozen=True):
    """A list of at least `fewest` of one kind."""

    item: Kind
    fewest: int = 1


class MapOf(Struct, frozen=True):
    """Names of the author's choosing, each with a value of one kind."""

    value: Kind


class Key(Struct, frozen=True):
    """One key of a record. `about` explains it in an editor."""

    name: str
    kind: Kind
    about: str
    required: bool = False


class Record(Struct, frozen=True):
    """A fixed set of keys. `title` is what a fault calls it, such as `a question`."""

    title: str
    keys: tuple[Key, ...]


Kind = Text | Name | Number | Whole | Flag | Day | OneOf | ListOf | MapOf | Record
