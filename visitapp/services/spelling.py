"""Which words of a text are not in the dictionary, and what they may have been meant as.

The list of forms is read once and kept as a set: a look-up takes less than a microsecond, and a
suggestion some hundred of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, NamedTuple

import zstandard
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import language_tag, message
from visitapp.services.context import Desk

MOST_SUGGESTED = 5
MOST_OWN = 2_000
LONGEST = 40

_QUOTE = "\N{RIGHT SINGLE QUOTATION MARK}"
_WORD = re.compile(rf"[^\W\d_]+(?:['{_QUOTE}][^\W\d_]+)*")
_BETWEEN_BLANKS = re.compile(r"\S+")
_NO_WORDS = re.compile(r"[\d@_\\]|://|\w\.\w|^;")
"""A code such as SU3, an address, or the name of a snippet."""
_SENTENCE = re.compile(r"(?:^|[.!?:]\s+)$")
_BEFORE = 3
"""Letters before a word that tell whether it begins a sentence."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz'"
_PLACE, _OFF = "own_words", "spelling_off"


class Span(NamedTuple):
    """Where a word stands in a text."""

    start: int
    length: int


def shipped_words() -> frozenset[str]:
    """The British list and the words of the field; takes a tenth of a second."""
    folder = files("resources") / "spelling"
    packed = (folder / "en_GB.zst").read_bytes()
    text = zstandard.ZstdDecompressor().decompress(packed).decode("utf-8")
    return frozenset(text.split("\n")) | set((folder / "care.txt").read_text("utf-8").split())


class Spelling:
    """The dictionary of the person of this device, with words of their own in its database.

    Words are marked in English only: of other languages the program has no list.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._words: frozenset[str] = frozenset()
        self._own: dict[str, str] | None = None
        self._on: bool | None = None
        self.version = 0
        """Another number whenever other words are wrong."""

    def load(self) -> None:
        """Read the list, in any thread; nothing is wrong before that."""
        self._words = self._words or shipped_words()
        self.version += 1

    @property
    def on(self) -> bool:
        """Whether words are marked: the person wants it, and writes English."""
        if self._on is None:
            with self._desk.reading() as session:
                self._on = not self._desk.states.get(session, _OFF)
        return self._on and language_tag().startswith("en")

    def turn(self, *, on: bool) -> None:
        """Mark words from now on, or not."""
        with self._desk.database.applying() as session:
            self._desk.states.set(session, _OFF, not on)
        self._on = on
        self.version += 1

    def wrong(self, text: str) -> Iterator[Span]:
        """The words that are in no list. Abbreviations, codes such as SU3, parts of addresses and
        names within a sentence are none."""
        if not self._words:
            return
        for part in _BETWEEN_BLANKS.finditer(text):
            if _NO_WORDS.search(part[0]):
                continue
            for found in _WORD.finditer(part[0]):
                start = part.start() + found.start()
                if not (self._is_name(text, found[0], start) or self.knows(found[0])):
                    yield Span(start, len(found[0]))

    def knows(self, word: str) -> bool:
        """Whether a word, or what it is the possessive of, is in a list."""
        plain = word.replace(_QUOTE, "'")
        own = self._own_words()
        for one in (plain, plain.removesuffix("'s"), plain.removesuffix("'")):
            if one in self._words or one.lower() in self._words or one.casefold() in own:
                return True
        return False

    def suggest(self, word: str) -> list[str]:
        """Words that one slip of the fingers, or letters doubled or not, would make of it; the
        likeliest first."""
        plain = word.replace(_QUOTE, "'").lower()
        if len(plain) > LONGEST:
            return []
        found = [one for one in dict.fromkeys(_one_slip(plain)) if self._is_word(one)]
        if not found:
            twice = (two for one in _doubled(plain) for two in (*_doubled(one), *_swapped(one)))
            found = [one for one in dict.fromkeys(twice) if self._is_word(one)]
        cased = [one.capitalize() if word[:1].isupper() else one for one in found]
        return cased[:MOST_SUGGESTED]

    def own(self) -> list[str]:
        """The person's own words, in order."""
        return sorted(self._own_words().values(), key=str.casefold)

    def learn(self, word: str) -> None:
        """Add a word of one's own. Raises Refused BAD_VALUE for what is none, or one too many."""
        word = word.strip().replace(_QUOTE, "'")
        if not _WORD.fullmatch(word) or len(word) > LONGEST:
            raise Refused(Code.BAD_VALUE, message("“{word}” is not one word.", word=word[:LONGEST]))
        own = {**self._own_words(), word.casefold(): word}
        if len(own) > MOST_OWN:
            raise Refused(
                Code.BAD_VALUE, message("You have {n} words of your own, the most.", n=MOST_OWN)
            )
        self._keep(own)

    def forget(self, word: str) -> None:
        """Take a word of one's own off the list."""
        own = dict(self._own_words())
        own.pop(word.casefold(), None)
        self._keep(own)

    def _is_word(self, word: str) -> bool:
        return word in self._words or word in self._own_words()

    @staticmethod
    def _is_name(text: str, word: str, start: int) -> bool:
        """Whether it looks like an abbreviation or a name: people and homes are in no list."""
        if len(word) == 1 or any(letter.isupper() for letter in word[1:]):
            return True
        return word[0].isupper() and not _SENTENCE.search(text[max(0, start - _BEFORE) : start])

    def _own_words(self) -> dict[str, str]:
        if self._own is None:
            with self._desk.reading() as session:
                self._own = self._read(session)
        return self._own

    def _read(self, session: Session) -> dict[str, str]:
        kept: Any = self._desk.states.get(session, _PLACE)
        return {str(one).casefold(): str(one) for one in kept} if isinstance(kept, list) else {}

    def _keep(self, own: dict[str, str]) -> None:
        with self._desk.database.applying() as session:
            self._desk.states.set(session, _PLACE, sorted(own.values()))
        self._own = own
        self.version += 1


def _one_slip(word: str) -> Iterator[str]:
    """Two letters swapped, one too many, another one, one missing; the first letter is seldom
    wrong, so it changes last."""
    yield from _swapped(word)
    places = [*range(1, len(word) + 1), 0]
    for place in places:
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
        for letter in _LETTERS:
            if after:
                yield before + letter + after[1:]
            yield before + letter + after


def _swapped(word: str) -> Iterator[str]:
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _doubled(word: str) -> Iterator[str]:
    """With one letter doubled, or one of two alike taken out."""
    for place, letter in enumerate(word):
        yield word[:place] + letter + word[place:]
        if word[place + 1 : place + 2] == letter:
            yield word[:place] + word[place + 1 :]
