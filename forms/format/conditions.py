"""Conditions: when a question is relevant. CEL over `answers.<id>`, `setting.<fact>`, `today()`.

A condition is compiled once. Only operators, comparisons and a few functions are let through: no
loops, so that the time a condition takes is bounded by its length.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from forms.format.clauses import Reading, Run, Truth, all_of, any_of, leaf, not_
from forms.format.setting_facts import TODAY

if TYPE_CHECKING:
    from cel import Program

MAX_LENGTH = 500
MAX_DEPTH = 16
FUNCTIONS = frozenset(
    {"has", "size", "contains", "startsWith", "endsWith", "today", "int", "double"}
)
_SAME, _ORDER = ("==", "!="), ("<", "<=", ">", ">=")
_CONSTANTS = frozenset({"true", "false", "null", "in"})
_SIGNS = {"and": "&&", "or": "||", "not": "!( )"}
_MEMORY = 512
_OPENING, _CLOSING = ("(", "["), (")", "]")

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


_SIZE, _CHARACTERS = Token("name", "size"), Token("name", "characters")
"""The library's `size` counts bytes, two for an accented letter; ours counts characters."""
_TODAY = [Token("name", "today"), Token("sign", "("), Token("sign", ")")]


class Compared(Struct, frozen=True):
    """An answer or a fact that a condition compares with a text in quotes."""

    name: str
    value: str


class Condition:
    """A compiled condition. `answers` and `setting` are the names it reads."""

    def __init__(self, source: str) -> None:
        """Raises ConditionError when the source cannot be used."""
        self.source = source
        tokens = _tokens(source)
        if any(token == _TODAY[0] for token in tokens):
            tokens = _with_today(tokens)
            source = " ".join(token.text for token in tokens)
        if _SIZE in tokens:
            tokens = [_CHARACTERS if token == _SIZE else token for token in tokens]
            source = " ".join(token.text for token in tokens)
        self.answers = _names(tokens, "answers")
        self.setting = _names(tokens, "setting")
        self.compared = _compared(tokens, "answers", _SAME)
        self.compared_facts = _compared(tokens, "setting", (*_SAME, *_ORDER))
        self._run = _runner(source, self.answers, self.setting)
        self._tokens = tokens
        self._clause: Truth | None = None
        self._memory: dict[tuple[str, tuple[Reading | None, ...]], bool] = {}

    def holds(
        self, readings: Sequence[Reading | None], facts: Mapping[str, object], facts_key: str
    ) -> bool:
        """Whether it is true. `readings` are those of `answers`, in order; None is missing.

        `facts_key` stands for the facts it reads: the same key promises the same facts, so a
        result can be remembered. A condition that fails, as when an answer is missing, is false.
        """
        key = (facts_key, tuple(readings))
        known = self._memory.get(key)
        if known is None:
            if len(self._memory) >= _MEMORY:
                self._memory.clear()
            if self._clause is None:
                self._clause = self._taken_apart(self._tokens)
            known = self._memory[key] = self._clause(readings, facts, facts_key) is True
        return known

    def _taken_apart(self, tokens: list[Token]) -> Truth:
        """The clauses of a part of it, for `holds`."""
        for sign, joined in (("||", any_of), ("&&", all_of)):
            parts = _split(tokens, sign)
            if len(parts) > 1:
                return joined([self._taken_apart(part) for part in parts])
        if _is_bracketed(tokens):
            return self._taken_apart(tokens[1:-1])
        if tokens[0].text == "!" and _is_bracketed(tokens[1:]):
            return not_(self._taken_apart(tokens[2:-1]))
        answers, setting = _names(tokens, "answers"), _names(tokens, "setting")
        run = _runner(" ".join(token.text for token in tokens), answers, setting)
        places = tuple(self.answers.index(name) for name in answers)
        return leaf(run, places, reads_facts=bool(setting))

    def outcome(self, readings: Sequence[Reading | None], facts: Mapping[str, object]) -> object:
        """What it gives when it is run now; the exception itself when it fails."""
        return self._run(readings, facts)


def _runner(source: str, answers: Sequence[str], setting: Sequence[str]) -> Run:
    """Runs `source` on readings of these answers, in order; gives the exception when it fails."""
    program = _compiled(source)

    def run(readings: Sequence[Reading | None], facts: Mapping[str, object]) -> object:
        given = zip(answers, readings, strict=True)
        context = {
            "answers": {name: reading for name, reading in given if reading is not None},
            "setting": {name: facts[name] for name in setting if name in facts},
            _CHARACTERS.text: len,
        }
        try:
            return program.execute(context)
        except (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError) as problem:
            return problem

    return run


def _compiled(source: str) -> Program:
    import cel  # late: the package brings a terminal of its own along, 0.2 s at start

    try:
        return cel.compile(source)
    except ValueError as problem:
        raise _unparsed(str(problem)) from None


def _split(tokens: list[Token], sign: str) -> list[list[Token]]:
    """The parts between such signs outside all brackets; all in one where a `?` chooses."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth == 0 and token.text == "?":
            return [tokens]
        if depth == 0 and token.text == sign:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _is_bracketed(tokens: list[Token]) -> bool:
    """Whether one pair of brackets is around all of it."""
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth == 0:
            return place > 0 and place == len(tokens) - 1 and tokens[0].text == "("
    return False


def _tokens(source: str) -> list[Token]:
    if len(source) > MAX_LENGTH:
        what = f"The condition is longer than {MAX_LENGTH} characters."
        raise ConditionError(what, "Split it over several questions.")
    tokens: list[Token] = []
    place = depth = 0
    while place < len(source):
        found = _TOKEN.match(source, place)
        if found is None and source[place] == "=":
            raise ConditionError("A single `=` is not a comparison.", "Write `==` for `is`.")
        if found is None and source[place] in "\"'" and source.count(source[place], place) == 1:
            what = f"The quote before `{source[place + 1 : place + 21]}` is not closed."
            raise ConditionError(what, "Close it with the same quote.")
        if found is None:
            what = f"The condition cannot be read at `{source[place : place + 20]}`."
            raise ConditionError(what, "Use names, numbers, texts in quotes and comparisons.")
        place = found.end()
        if found.lastgroup:
            tokens.append(Token(found.lastgroup, found.group()))
            depth += (found.group() in "([") - (found.group() in ")]")
        if depth > MAX_DEPTH:
            raise ConditionError("The brackets are nested too deep.", "Use fewer brackets.")
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
                what = f"The function `{token.text}` is not available in a condition."
                raise ConditionError(what, f"Use only {', '.join(sorted(FUNCTIONS))}.")
        elif not follows_dot and token.text.lower() in _SIGNS:
            what = f"`{token.text}` is not a word of conditions."
            raise ConditionError(what, f"Write `{_SIGNS[token.text.lower()]}`.")
        elif not follows_dot and token.text not in _CONSTANTS | {"answers", "setting"}:
            what = f"The condition names `{token.text}`, which means nothing by itself."
            raise ConditionError(
                what, f"Write answers.{token.text}, setting.{token.text} or quotes."
            )


def _with_today(tokens: list[Token]) -> list[Token]:
    """Each `today()` as the fact it stands for, the day of the visit."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        if tokens[place] != _TODAY[0]:
            found.append(tokens[place])
            place += 1
            continue
        if tokens[place : place + 3] != _TODAY:
            raise ConditionError("`today` stands without its brackets.", "Write `today()`.")
        found += [Token("name", "setting"), Token("sign", "."), Token("name", TODAY)]
        place += 3
    return found


def _names(tokens: list[Token], root: str) -> tuple[str, ...]:
    """The names read from `answers` or `setting`, as `root.name` or `root['name']`."""
    names: dict[str, None] = {}
    for place, token in enumerate(tokens):
        if token != Token("name", root) or (place and tokens[place - 1].text == "."):
            continue
        following = tokens[place + 1 : place + 4]
        if [t.text for t in following[:1]] == ["."] and len(following) > 1:
            names[following[1].text] = None
        elif len(following) == 3 and following[0].text == "[" and following[1].kind == "text":
            names[following[1].text[1:-1]] = None
        else:
            what = f"`{root}` stands alone in the condition."
            raise ConditionError(what, f"Name what you mean, such as {root}.name.")
    return tuple(names)


def _compared(tokens: list[Token], root: str, signs: Sequence[str]) -> tuple[Compared, ...]:
    """Every `root.x == 'text'`, `'text' == root.x` and `root.x in ['text', ...]`, with any of the
    signs for `==`."""
    found: list[Compared] = []
    for place in range(len(tokens) - 2):
        if [t.text for t in tokens[place : place + 2]] != [root, "."]:
            continue
        question, after = tokens[place + 2].text, tokens[place + 3 :]
        texts = [t.text for t in after[:2]]
        if texts and texts[0] in signs and after[1:2] and after[1].kind == "text":
            found.append(Compared(question, after[1].text[1:-1]))
        if place > 1 and tokens[place - 1].text in signs:
            found += [
                Compared(question, t.text[1:-1])
                for t in tokens[place - 2 : place - 1]
                if t.kind == "text"
            ]
        if texts == ["in", "["]:
            for token in after[2:]:
                if token.text == "]":
                    break
                if token.kind == "text":
                    found.append(Compared(question, token.text[1:-1]))
    return tuple(found)


def _unparsed(problem: str) -> ConditionError:
    where = re.search(r"<input>:\d+:(\d+)", problem)
    place = f" near character {where[1]}" if where else ""
    remedy = "Compare a name with a value, such as answers.some_question == 'met'."
    return ConditionError(f"The condition cannot be read{place}.", remedy)
