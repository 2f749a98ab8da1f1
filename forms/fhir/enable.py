"""What of a condition FHIR's enableWhen can say: one list of comparisons, all or any of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from lark import Lark, LarkError, Token, Transformer, v_args
from msgspec import Struct

from forms.fhir.codes import Json, coding
from forms.model import Question

_GRAMMAR = r"""
start: _or
_or: any_of | _and
any_of: _and ("||" _and)+
_and: all_of | _atom
all_of: _atom ("&&" _atom)+
_atom: compared | within | has | has_not | "(" _or ")"
compared: ANSWER SIGN (TEXT | NUMBER)
within: ANSWER "in" "[" TEXT ("," TEXT)* "]"
has: "has" "(" ANSWER ")"
has_not: "!" "has" "(" ANSWER ")"

ANSWER: /answers\.[A-Za-z_]\w*/
SIGN: "==" | "!=" | "<=" | ">=" | "<" | ">"
TEXT: /"[^"\\]*"|'[^'\\]*'/
NUMBER: /-?\d+(\.\d+)?/
%import common.WS
%ignore WS
"""


class _Test(Struct, frozen=True):
    question: str
    operator: str
    value: str | float | bool


class _Group(Struct, frozen=True):
    behaviour: str
    parts: tuple[_Node, ...]


_Node = _Test | _Group


class _Unsayable(Exception):
    pass


@v_args(inline=True)
class _Builder(Transformer[Token, _Node]):
    def start(self, node: _Node) -> _Node:
        return node

    def any_of(self, *parts: _Node) -> _Node:
        return _Group("any", parts)

    def all_of(self, *parts: _Node) -> _Node:
        return _Group("all", parts)

    def compared(self, answer: Token, sign: Token, literal: Token) -> _Node:
        question = _name(answer)
        value = literal[1:-1] if literal.type == "TEXT" else float(literal)
        test = _Test(question, "=" if sign == "==" else str(sign), value)
        if sign != "!=":
            return test
        # With no answer our condition is false; what FHIR makes of != then is not said.
        return _Group("all", (_Test(question, "exists", True), test))

    def within(self, answer: Token, *values: Token) -> _Node:
        return _Group("any", tuple(_Test(_name(answer), "=", value[1:-1]) for value in values))

    def has(self, answer: Token) -> _Node:
        return _Test(_name(answer), "exists", True)

    def has_not(self, answer: Token) -> _Node:
        return _Test(_name(answer), "exists", False)


def _name(answer: Token) -> str:
    return answer.removeprefix("answers.")


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", transformer=_Builder())


def enable_when(condition: str, questions: Mapping[str, Question]) -> Json | None:
    """`enableWhen` and, where it matters, `enableBehavior`; None when FHIR cannot say it."""
    try:
        parsed = _parser().parse(condition)
        node: _Node = parsed  # type: ignore[assignment]  # the grammar starts with one node
        behaviour, tests = _flat(node)
        said = [_said(test, questions) for test in tests]
    except (LarkError, _Unsayable):
        return None
    return {"enableWhen": said} | ({"enableBehavior": behaviour} if len(said) > 1 else {})


def _flat(node: _Node) -> tuple[str, list[_Test]]:
    """One list of tests. Raises _Unsayable where all and any are mixed."""
    if isinstance(node, _Test):
        return "", [node]
    tests: list[_Test] = []
    for part in node.parts:
        behaviour, inner = _flat(part)
        if behaviour not in ("", node.behaviour) and len(inner) > 1:
            raise _Unsayable
        tests += inner
    return node.behaviour, tests


def _said(test: _Test, questions: Mapping[str, Question]) -> Json:
    question = questions.get(test.question)
    # A sample is a group here: it has no answer of its own to compare with.
    if question is None or question.type not in ("choice", "number", "percent"):
        raise _Unsayable
    said: Json = {"question": question.id, "operator": test.operator}
    if isinstance(test.value, bool):
        return said | {"answerBoolean": test.value}
    if isinstance(test.value, float):
        return said | {"answerDecimal": test.value}
    value = question.scale.by_value.get(test.value) if question.scale else None
    if question.scale is None or value is None:
        raise _Unsayable
    return said | {"answerCoding": coding(question.scale, value)}
