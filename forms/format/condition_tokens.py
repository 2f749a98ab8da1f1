"""The words of a condition, and which of them are let through."""

from __future__ import annotations

import re

from msgspec import Struct

from forms.format.setting_facts import TODAY
from visitapp.language import translate

MAX_LENGTH = 500
MAX_DEPTH = 16
FUNCTIONS = frozenset(
    {"has", "size", "contains", "startsWith", "endsWith", "today", "int", "double"}
)
_CONSTANTS = frozenset({"true", "false", "null", "in"})
_SIGNS = {"and": "&&", "or": "||", "not": "!( )"}

_TOKEN = re.compile(
    r"""\s+ | (?P<text>"[^"\\\n]*"|'[^'\\\n]*') | (?P<number>\d+(\.\d+)?)
    | (?P<name>[A-Za-z_]\w*) | (?P<sign>&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()\[\]])""",
    re.VERBOSE | re.ASCII,
)


class ConditionError(Exception):
    """A condition that cannot be used: what is wrong and how to mend it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


class Token(Struct, frozen=True):
    """A word of a condition: kind is `text`, `number`, `name` or `sign`."""

    kind: str
    text: str


TODAY_CALL = [Token("name", "today"), Token("sign", "("), Token("sign", ")")]


def tokens_of(source: str) -> list[Token]:
    """The words of a condition. Raises ConditionError when it cannot be used."""
    if len(source) > MAX_LENGTH:
        what = translate("The condition is longer than {most} characters.", most=MAX_LENGTH)
        raise ConditionError(what, translate("Split it over several questions."))
    tokens: list[Token] = []
    place = depth = 0
    while place < len(source):
        found = _TOKEN.match(source, place)
        if found is None and source[place] == "=":
            raise ConditionError(
                translate("A single `=` is not a comparison."), translate("Write `==` for `is`.")
            )
        if found is None and source[place] in "\"'" and source.count(source[place], place) == 1:
            what = translate(
                "The quote before `{source}` is not closed.", source=source[place + 1 : place + 21]
            )
            raise ConditionError(what, translate("Close it with the same quote."))
        if found is None:
            what = translate(
                "The condition cannot be read at `{source}`.", source=source[place : place + 20]
            )
            raise ConditionError(
                what, translate("Use names, numbers, texts in quotes and comparisons.")
            )
        place = found.end()
        if found.lastgroup:
            tokens.append(Token(found.lastgroup, found.group()))
            depth += (found.group() in "([") - (found.group() in ")]")
        if depth > MAX_DEPTH:
            raise ConditionError(
                translate("The brackets are nested too deep."), translate("Use fewer brackets.")
            )
    _allowed(tokens)
    return tokens


def _allowed(tokens: list[Token]) -> None:
    for place, token in enumerate(tokens):
        if token.kind != "name":
            continue
        after = tokens[place + 1].text if place + 1 < len(tokens) else ""
        follows_dot = place > 0 and tokens[place - 1].text == "."
        if after == "(":
            if token.text not in FUNCTIONS and token.text != "in":
                what = translate(
                    "The function `{text}` is not available in a condition.", text=token.text
                )
                raise ConditionError(
                    what, translate("Use only {functions}.", functions=", ".join(sorted(FUNCTIONS)))
                )
        elif not follows_dot and token.text.lower() in _SIGNS:
            what = translate("`{text}` is not a word of conditions.", text=token.text)
            raise ConditionError(
                what, translate("Write `{sign}`.", sign=_SIGNS[token.text.lower()])
            )
        elif not follows_dot and token.text not in _CONSTANTS | {"answers", "setting"}:
            what = translate(
                "The condition names `{text}`, which means nothing by itself.", text=token.text
            )
            raise ConditionError(
                what, translate("Write answers.{text}, setting.{text} or quotes.", text=token.text)
            )


def with_today(tokens: list[Token]) -> list[Token]:
    """Each `today()` as the fact it stands for, the day of the visit."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        if tokens[place] != TODAY_CALL[0]:
            found.append(tokens[place])
            place += 1
            continue
        if tokens[place : place + 3] != TODAY_CALL:
            raise ConditionError(
                translate("`today` stands without its brackets."), translate("Write `today()`.")
            )
        found += [Token("name", "setting"), Token("sign", "."), Token("name", TODAY)]
        place += 3
    return found
