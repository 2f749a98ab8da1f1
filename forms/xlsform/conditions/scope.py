"""The meaning of the names in an expression, and the work that may be spent on translating."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from forms.xlsform import limits
from forms.xlsform.conditions.expressions import ExpressionError
from forms.xlsform.conditions.values import Chosen, Dated, Measured, Ticked, Worded
from visitapp.language import Message, message


class Worked(Struct, frozen=True):
    """A `calculate` row: its expression, put in place wherever a condition names it."""

    source: str
    row: int


class Absent(Struct, frozen=True):
    """A name that a condition cannot read, and why, in a clause."""

    why: Message


Symbol = Chosen | Ticked | Measured | Worded | Dated | Worked | Absent


class Work:
    """The work that may still be spent on the conditions of one form, so that it has an end."""

    def __init__(self) -> None:
        self.spent = 0
        self.doubts: dict[str, None] = {}
        """Comparisons that come out the same whatever is answered, each in a clause."""

    def doubt(self, what: Message) -> None:
        """Notes such a comparison."""
        self.doubts[str(what)] = None

    def spend(self, steps: int) -> None:
        """Raises ExpressionError when too much was spent already."""
        self.spent += steps
        if self.spent > limits.WORK:
            raise ExpressionError(message("the conditions of the form are too long to work out"))


class Scope(Struct, frozen=True):
    """The meaning of the names of an expression at the place where it is written."""

    symbols: Mapping[str, Symbol]
    work: Work
