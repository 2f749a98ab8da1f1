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
from forms.format.condition_tokens import TODAY_CALL, ConditionError, Token, tokens_of, with_today
from visitapp.language import translate

if TYPE_CHECKING:
    from cel import Program

_SAME, _ORDER = ("==", "!="), ("<", "<=", ">", ">=")
_MEMORY = 512
_OPENING, _CLOSING = ("(", "["), (")", "]")


_SIZE, _CHARACTERS = Token("name", "size"), Token("name", "characters")
"""The library's `size` counts bytes, two for an accented letter; ours counts characters."""


class Compared(Struct, frozen=True):
    """An answer or a fact that a condition compares with a text in quotes."""

    name: str
    value: str


class Condition:
    """A compiled condition. `answers` and `setting` are the names it reads."""

    def __init__(self, source: str) -> None:
        """Raises ConditionError when the source cannot be used."""
        self.source = source
        tokens = tokens_of(source)
        if any(token == TODAY_CALL[0] for token in tokens):
            tokens = with_today(tokens)
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
            what = translate("`{root}` stands alone in the condition.", root=root)
            raise ConditionError(
                what, translate("Name what you mean, such as {root}.name.", root=root)
            )
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
    what = translate("The condition cannot be read.")
    if where:
        what = translate("The condition cannot be read near character {place}.", place=where[1])
    remedy = translate("Compare a name with a value, such as answers.some_question == 'met'.")
    return ConditionError(what, remedy)
