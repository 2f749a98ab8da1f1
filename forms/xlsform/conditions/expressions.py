"""The expression language of XLSForm, a part of XPath 1.0: a grammar and the tree it gives."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from lark import Lark, LarkError, Token, Transformer, v_args
from msgspec import Struct

from forms.xlsform import limits
from visitapp.language import Message, message

_GRAMMAR = r"""
start: _or
_or: any_of | _and
_and: all_of | _equal
_equal: equal | _order
_order: order | _sum
_sum: sum | _product
_product: product | _unary
_unary: minus | _primary
any_of: _and (_OR _and)+
all_of: _equal (_AND _equal)+
equal: _order (EQUAL _order)+
order: _sum (ORDER _sum)+
sum: _product ((PLUS | MINUS) _product)+
product: _unary ((STAR | DIV | MOD) _unary)+
minus: MINUS+ _primary
_primary: number | text | reference | here | path | call | "(" _or ")"
number: NUMBER
text: TEXT
reference: REFERENCE
here: "."
path: PATH | NAME
call: NAME "(" [_or ("," _or)*] ")"

_OR.2: /or(?![\w.-])/i
_AND.2: /and(?![\w.-])/i
DIV.2: /div(?![\w.-])/i
MOD.2: /mod(?![\w.-])/i
EQUAL: "!=" | "==" | "="
ORDER: "<=" | ">=" | "<" | ">"
PLUS: "+"
MINUS: "-"
STAR: "*"
NUMBER.2: /\d+(\.\d*)?|\.\d+/
TEXT: /"[^"]*"|'[^']*'/
REFERENCE: /\$\{\s*[^{}\s]+\s*\}/
PATH.2: /(\.\.?)?(\/[A-Za-z_.][\w.-]*)+/
NAME: /[A-Za-z_][\w-]*(:[A-Za-z_][\w-]*)?/
%import common.WS
%ignore WS
"""


class ExpressionError(Exception):
    """An expression that cannot be read or has no counterpart. The text says why, in a clause."""

    def __init__(self, why: Message) -> None:
        super().__init__(why)


class CalculationError(ExpressionError):
    """The same of a calculation that an expression names; the text names the calculation."""


_NOT_TAKEN = re.compile(
    r"\b(position|instance|indexed-repeat|pulldata|jr:choice-name|jr:itext|current|count-non-empty"
    r"|count|sum|min|max|join|concat|substr|substring-before|substring-after|translate|regex|now"
    r"|date-time|format-date|format-date-time|decimal-date-time|decimal-time|selected-at|area"
    r"|distance|random|uuid|randomize|version|digest|weighted-checklist|checklist)\s*\(",
    re.I,
)
"""Functions of ODK and SurveyCTO that have no counterpart, for expressions we cannot parse."""
_USES = message("it uses {function}()")


class Number(Struct, frozen=True):
    """A number."""

    value: float


class Text(Struct, frozen=True):
    """A text in quotes."""

    value: str


class Reference(Struct, frozen=True):
    """The answer to another question, by its name."""

    name: str


class Here(Struct, frozen=True):
    """The answer that is being given (`.`)."""


class Call(Struct, frozen=True):
    """A function, by its lower-case name, with its arguments."""

    function: str
    arguments: tuple[Tree, ...]


class Chain(Struct, frozen=True):
    """Operands, and the operators between them: and, or, = != < <= > >= + - * div mod."""

    operators: tuple[str, ...]
    operands: tuple[Tree, ...]


class Minus(Struct, frozen=True):
    """A number with its sign turned."""

    operand: Tree


Tree = Number | Text | Reference | Here | Call | Chain | Minus


@v_args(inline=True)
class _Builder(Transformer[Token, Tree]):
    """Builds the tree while the parser reads, so that depth costs no recursion."""

    def start(self, tree: Tree) -> Tree:
        return tree

    def number(self, token: Token) -> Tree:
        return Number(float(token))

    def text(self, token: Token) -> Tree:
        return Text(token[1:-1])

    def reference(self, token: Token) -> Tree:
        return Reference(token[2:-1].strip())

    def here(self) -> Tree:
        return Here()

    def path(self, token: Token) -> Tree:
        word = token.lower()
        if word in (".", "null"):
            return Text("")
        if word in ("true", "false"):
            return Call(word, ())
        return Reference(token.rsplit("/", 1)[-1])

    def call(self, name: Token, *arguments: Tree | None) -> Tree:
        return Call(name.lower(), tuple(a for a in arguments if a is not None))

    def minus(self, *parts: Token | Tree) -> Tree:
        operand = parts[-1]
        assert not isinstance(operand, Token)
        return operand if len(parts) % 2 else Minus(operand)

    def _chain(self, *parts: Token | Tree) -> Tree:
        operators = tuple(str(p).lower() for p in parts if isinstance(p, Token))
        return Chain(operators, tuple(p for p in parts if not isinstance(p, Token)))

    equal = order = sum = product = _chain

    def _joined(self, word: str, operands: tuple[Tree, ...]) -> Tree:
        return Chain((word,) * (len(operands) - 1), operands)

    def all_of(self, *operands: Tree) -> Tree:
        return self._joined("and", operands)

    def any_of(self, *operands: Tree) -> Tree:
        return self._joined("or", operands)


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", transformer=_Builder())


_TYPED = str.maketrans("\u2018\u2019\u201c\u201d\xa0\u2212", "''\"\" -")
"""Curly quotes, hard spaces and long minus signs of word processors, and the plain ones."""


@lru_cache(maxsize=512)
def parse(source: str) -> Tree:
    """The tree of an expression. Raises ExpressionError when it cannot be read."""
    if len(source) > limits.EXPRESSION:
        raise ExpressionError(message("it is too long"))
    source = source.translate(_TYPED)
    if _depth(source) > limits.BRACKETS:
        raise ExpressionError(message("its brackets are nested too deep"))
    try:
        tree = _parser().parse(source)
    except LarkError as problem:
        named = _NOT_TAKEN.search(source)
        why = _USES.filled(function=named[1].lower()) if named else message("it cannot be read")
        raise ExpressionError(why) from problem
    assert not isinstance(tree, Token)
    return tree  # type: ignore[return-value]  # our builder gives trees


def _depth(source: str) -> int:
    deepest = depth = 0
    for character in source:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    return deepest
