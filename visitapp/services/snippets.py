"""Short texts that a person keeps on this device to insert in notes."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.rules.text import text_fault
from visitapp.services.context import Desk

LONGEST_TEXT = 2_000
MOST = 200

_PLACE = "snippets"
_NAME = re.compile(r"[\w-]{1,30}")
_ASKED = re.compile(r";([\w-]{1,30})$")


class Snippet(Struct, frozen=True):
    """A text under a name without blanks, such as `falls`."""

    name: str
    text: str


class Snippets:
    """The snippets of the person of this device, in its encrypted database; they never travel."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> list[Snippet]:
        """Every one, by name."""
        with self._desk.reading() as session:
            kept = self._kept(session)
        return [Snippet(name, kept[name]) for name in sorted(kept, key=str.casefold)]

    def keep(self, name: str, text: str, *, instead_of: str = "") -> Snippet:
        """Keep a text under a name, `instead_of` the one that is changed.

        Raises Refused BAD_VALUE for a name that is none or is there already, a text that is empty
        or too long, or one snippet too many; then nothing was changed.
        """
        snippet = Snippet(name.strip().removeprefix(";"), text.strip())
        self._check(snippet)
        with self._desk.database.applying() as session:
            kept = self._kept(session)
            others = {one: old for one, old in kept.items() if one != instead_of}
            if snippet.name.casefold() in {one.casefold() for one in others}:
                raise Refused(
                    Code.BAD_VALUE,
                    message("There is a snippet ;{name} already.", name=snippet.name),
                    message("Choose another name, or change that one."),
                )
            if len(others) >= MOST:
                raise Refused(Code.BAD_VALUE, message("You have {n} snippets, the most.", n=MOST))
            self._put(session, {**others, snippet.name: snippet.text})
        return snippet

    def remove(self, name: str) -> Snippet | None:
        """Forget a snippet; gives it, so that it can be kept again."""
        with self._desk.database.applying() as session:
            kept = self._kept(session)
            text = kept.pop(name, None)
            if text is None:
                return None
            self._put(session, kept)
        return Snippet(name, text)

    def asked_for(self, before: str) -> tuple[int, str] | None:
        """What `;name` at the end of a text stands for: how many characters it has, and the
        snippet's text; None where it names none."""
        found = _ASKED.search(before)
        if found is None:
            return None
        name = found[1].casefold()
        texts = [one.text for one in self.all() if one.name.casefold() == name]
        return (len(found[0]), texts[0]) if texts else None

    @staticmethod
    def _check(snippet: Snippet) -> None:
        if not _NAME.fullmatch(snippet.name):
            raise Refused(
                Code.BAD_VALUE,
                message("A name has at most 30 letters, figures and dashes, and no blanks."),
            )
        if not snippet.text:
            raise Refused(Code.BAD_VALUE, message("Write the text that the snippet inserts."))
        if len(snippet.text) > LONGEST_TEXT:
            raise Refused(
                Code.BAD_VALUE, message("A snippet has at most {n} characters.", n=LONGEST_TEXT)
            )
        if fault := text_fault(snippet.text):
            raise Refused(Code.BAD_VALUE, fault)

    def _kept(self, session: Session) -> dict[str, str]:
        found: Any = self._desk.states.get(session, _PLACE)
        return dict(found) if isinstance(found, dict) else {}

    def _put(self, session: Session, kept: dict[str, str]) -> None:
        self._desk.states.set(session, _PLACE, kept)
