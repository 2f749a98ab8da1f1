"""What is wrong with a form, said so that the person who wrote it can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from msgspec import Struct

from visitapp.errors import Code, Refused
from visitapp.language import Message, counted, message, translate, verbatim


class Fault(Struct, frozen=True, order=True):
    """One fault: where it is (`line` counts from 1), what is wrong, and how to mend it."""

    file: str
    line: int
    what: str
    remedy: str


MOST = 300


class Faults:
    """Gathers the faults of one file, up to `MOST` of them: nobody reads more."""

    def __init__(self, file: str, *, author: bool = True) -> None:
        """`author`: whether to note also what only the author of a form needs to mend."""
        self.file = file
        self._author = author
        self._found: list[Fault] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    @property
    def full(self) -> bool:
        """Whether there is no use in looking further."""
        return len(self._found) >= MOST

    def add(self, line: int, what: str, remedy: str) -> None:
        """Note one fault on `line`."""
        if not self.full:
            self._found.append(Fault(self.file, line, what, remedy))

    def advise(self, line: int, what: str, remedy: str) -> None:
        """Note a fault that does not stop a form from being read."""
        if self._author:
            self.add(line, what, remedy)

    def listed(self) -> list[Fault]:
        """Every fault once, in the order of the file."""
        return sorted(set(self._found))


def one_of(choices: list[str]) -> str:
    """The choices as a phrase: `a, b or c`."""
    marked = [f"`{choice}`" for choice in choices]
    if len(marked) < 2:
        return "".join(marked)
    return translate("{choices} or {last}", choices=", ".join(marked[:-1]), last=marked[-1])


def nearest(word: str, choices: list[str]) -> str:
    """A remedy that offers the closest choice, or lists them when none is close."""
    choices = [choice for choice in choices if choice]
    close = get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return translate("Did you mean `{choice}`?", choice=close[0])
    return translate("Use {choices}.", choices=one_of(choices)) if choices else ""


def first_remedy(faults: Sequence[Fault]) -> Message:
    """How to mend the first of these faults, and how many more there are."""
    remedy, rest = verbatim(faults[0].remedy), len(faults) - 1
    if not rest:
        return remedy
    return counted("{remedy} ({n} more fault)", "{remedy} ({n} more faults)", rest, remedy=remedy)


class FaultyFile(Refused):
    """A file that was refused: `faults` holds every one of its faults, at least one. The sentence
    names the first and how many more there are."""

    def __init__(self, code: Code, faults: Sequence[Fault]) -> None:
        first = faults[0]
        what = message(
            "{file}, line {line}: {what}", file=first.file, line=first.line, what=first.what
        )
        super().__init__(code, what, first_remedy(faults))
        self.faults = list(faults)


class FaultyForm(FaultyFile):
    """A form that was refused."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(Code.FORM_FAULTS, faults)
