"""The words of an error as data: to be sent to another program, or kept and shown later.

Whoever shows them words them again, in their own language of that day. What another program sent
can do nothing but be text: places are filled by name alone, and its length is bounded.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from visitapp.errors import VisitappError
from visitapp.language import Message, places, verbatim

LONGEST = 50_000
"""Characters of a worded message. Messages within messages could otherwise grow without end."""
_DEEPEST = 8


class Words(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A `Message` as data."""

    template: str
    parameters: dict[str, str | int | Words] = {}
    many: str = ""
    count: int | None = None
    small: bool = False


class Explanation(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What happened, and what to do about it."""

    what: Words
    next_step: Words | None = None


def explanation_of(error: VisitappError) -> Explanation:
    """The words of an error."""
    what, *rest = map(_words, error.sentences())
    return Explanation(what=what, next_step=rest[0] if rest else None)


def messages_of(explanation: Explanation | None, text: str) -> tuple[Message, Message | None]:
    """The messages of an error again: what happened, and what to do.

    text: the same in English, used when there is no explanation or it is none that a program of
    ours makes.
    """
    try:
        if explanation is not None:
            step = explanation.next_step
            return _message(explanation.what), None if step is None else _message(step)
    except ValueError:
        pass
    return verbatim(text), None


def kept_text(kept: Any, text: str) -> str:
    """The words of an explanation that was kept as JSON, in the language of today; `text` when
    there is none."""
    try:
        explanation = None if kept is None else msgspec.convert(kept, Explanation)
    except msgspec.ValidationError:
        explanation = None
    return " ".join(str(one) for one in messages_of(explanation, text) if one is not None)


def _words(message: Message) -> Words:
    return Words(
        template=message.template,
        parameters={name: _plain(value) for name, value in message.parameters.items()},
        many=message.many,
        count=message.count,
        small=message.small,
    )


def _plain(value: object) -> str | int | Words:
    if isinstance(value, Message):
        return _words(value)
    return value if type(value) is int else str(value)  # a bool would not be read back


def _message(words: Words) -> Message:
    """Raises ValueError for words that are too long or too deep."""
    if _length(words) > LONGEST:
        raise ValueError("an explanation is too long")
    return _unchecked(words)


def _unchecked(words: Words) -> Message:
    parameters = {
        name: _unchecked(value) if isinstance(value, Words) else value
        for name, value in words.parameters.items()
    }
    return Message(words.template, parameters, words.many, words.count, words.small)


def _length(words: Words, depth: int = 0) -> int:
    """The characters of a message when it is worded in English."""
    if depth > _DEEPEST:
        raise ValueError("an explanation is nested too deep")
    lengths = {
        name: _length(value, depth + 1) if isinstance(value, Words) else len(str(value))
        for name, value in words.parameters.items()
    }
    return max(
        len(template) + sum(lengths.get(name, 0) for name in places(template))
        for template in (words.template, words.many)
    )
