"""The members of a JSON file that is too large to be held, one after another."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any, TextIO

_CHUNK = 1 << 16
_LONGEST = 1 << 20
"""Characters of one member that is read as a whole."""
_SPACE = re.compile(r"[ \t\n\r]*")
_AFTER = tuple(",:}] \t\n\r")
_DECODER = json.JSONDecoder()


def members(stream: TextIO, into: Collection[str]) -> Iterator[tuple[str, Any]]:
    """Each member of the object that a file holds: its key and its value. Of an object or an array
    under a key of `into` every member or item instead, an item with the key of its array.

    Raises ValueError for what is no such file, or ends too soon.
    """
    text = _Text(stream)
    yield from _of_object(text, into)
    if not text.ends():
        raise ValueError("more text after the object")


def _of_object(text: _Text, into: Collection[str]) -> Iterator[tuple[str, Any]]:
    text.take("{")
    if text.next() == "}":
        text.take("}")
        return
    while True:
        key = text.value()
        text.take(":")
        begins = text.next()
        if key in into and begins == "{":
            yield from _of_object(text, into)
        elif key in into and begins == "[":
            yield from ((key, item) for item in _of_array(text))
        else:
            yield str(key), text.value()
        if text.take(",}") == "}":
            return


def _of_array(text: _Text) -> Iterator[Any]:
    text.take("[")
    if text.next() == "]":
        text.take("]")
        return
    while True:
        yield text.value()
        if text.take(",]") == "]":
            return


class _Text:
    """The text of a file, of which what was read is forgotten."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text, self._at = "", 0

    def ends(self) -> bool:
        """Whether nothing but space is left."""
        while True:
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._text):
                return False
            if not self._more():
                return True

    def next(self) -> str:
        """The next character that is no space, which stays."""
        if self.ends():
            raise ValueError("the text ends too soon")
        return self._text[self._at]

    def take(self, wanted: str) -> str:
        """The next character, which must be one of these."""
        found = self.next()
        if found not in wanted:
            raise ValueError(f"{found!r} where one of {wanted!r} should be")
        self._at += 1
        return found

    def value(self) -> Any:
        """The next value, whole."""
        self.next()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if len(self._text) - self._at > _LONGEST or not self._more():
                    raise
                continue
            if self._text[end : end + 1] not in _AFTER and self._more():
                continue  # a number that is cut here is one too
            self._at = end
            return value

    def _more(self) -> bool:
        chunk = self._stream.read(_CHUNK)
        if chunk:
            self._text, self._at = self._text[self._at :] + chunk, 0
        return bool(chunk)
