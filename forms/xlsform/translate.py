"""Translates an expression into a condition over earlier answers, or says why that cannot be."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from msgspec import Struct

from forms.conditions import MAX_LENGTH
from forms.xlsform import limits
from forms.xlsform.expressions import (
    Call,
    Chain,
    ExpressionError,
    Here,
    Minus,
    Number,
    Reference,
    Text,
    Tree,
    parse,
)
from forms.xlsform.truth import FALSE, Constant, Truth, every, negated, size, some
from forms.xlsform.values import (
    Case,
    Cases,
    Chosen,
    Count,
    Fixed,
    Leaf,
    Length,
    Measured,
    Ticked,
    as_number,
    cases,
    chosen_if,
    compare,
    compared,
    fixed,
    from_truth,
    holds,
    literal,
    mapped,
    names_of,
    one,
    ticked,
    truth_of,
)


class Worked(Struct, frozen=True):
    """A `calculate` row: its expression, put in place wherever a condition names it."""

    source: str


class Absent(Struct, frozen=True):
    """A name that a condition cannot read, and why, in a clause."""

    why: str


Symbol = Chosen | Ticked | Measured | Worked | Absent


class Work:
    """What may still be spent on the conditions of one form, so that none can be endless."""

    def __init__(self) -> None:
        self.spent = 0

    def spend(self, steps: int) -> None:
        """Raises ExpressionError when too much was spent already."""
        self.spent += steps
        if self.spent > limits.WORK:
            raise ExpressionError("the conditions of the form are too long to work out")


class Scope(Struct, frozen=True):
    """What the names of an expression stand for where it is written."""

    symbols: Mapping[str, Symbol]
    work: Work


def translate(source: str, scope: Scope) -> Truth:
    """The condition that an expression states. Raises ExpressionError, whose text says why not."""
    try:
        scope.work.spend(len(source) // _CHARACTERS)
        return every([_Translator(scope).truth(parse(source))])
    except RecursionError as problem:
        raise ExpressionError("it is nested too deep") from problem


_CHARACTERS = 40
"""Characters that are read in the time of one step."""


class _Translator:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._worked: dict[str, Cases] = {}
        self._open: list[str] = []
        self._functions: dict[str, tuple[range, Callable[[tuple[Tree, ...]], Cases]]] = {
            "selected": (range(2, 3), lambda a: from_truth(self._selected(a))),
            "not": (range(1, 2), lambda a: from_truth(negated(self.truth(a[0])))),
            "boolean": (range(1, 2), lambda a: from_truth(self.truth(a[0]))),
            "boolean-from-string": (range(1, 2), self._boolean_from_string),
            "true": (range(1), lambda _: fixed(1.0)),
            "false": (range(1), lambda _: fixed(0.0)),
            "if": (range(3, 4), self._if),
            "coalesce": (range(2, 3), self._coalesce),
            "once": (range(1, 2), lambda a: self.value(a[0])),
            "string": (range(1, 2), lambda a: self.value(a[0])),
            "number": (range(1, 2), lambda a: mapped(self.value(a[0]), _number)),
            "int": (range(1, 2), lambda a: mapped(self.value(a[0]), _whole)),
            "string-length": (range(1, 2), lambda a: mapped(self.value(a[0]), _length)),
            "count-selected": (range(1, 2), lambda a: mapped(self.value(a[0]), _count)),
            "contains": (range(2, 3), lambda a: self._text_test(a, lambda x, y: y in x)),
            "starts-with": (range(2, 3), lambda a: self._text_test(a, str.startswith)),
            "ends-with": (range(2, 3), lambda a: self._text_test(a, str.endswith)),
        }

    def truth(self, tree: Tree) -> Truth:
        """The expression as a condition."""
        if isinstance(tree, Chain) and tree.operators[0] in ("and", "or"):
            parts = [self.truth(operand) for operand in tree.operands]
            self._scope.work.spend(sum(map(size, parts)))
            return every(parts) if tree.operators[0] == "and" else some(parts)
        if isinstance(tree, Chain) and tree.operators[0] in _SIGNS:
            return self._comparison(tree)
        return truth_of(self.value(tree))

    def value(self, tree: Tree) -> Cases:
        """The expression as a value."""
        match tree:
            case Number(value) | Text(value):
                return fixed(value)
            case Reference(name):
                return self._reference(name)
            case Minus(operand):
                return _arithmetic(fixed(0.0), "-", self.value(operand))
            case Here():
                raise ExpressionError("it asks for its own answer")
            case Call(function, arguments):
                return self._call(function, arguments)
        if tree.operators[0] in ("and", "or", *_SIGNS):
            return from_truth(self.truth(tree))
        result = self.value(tree.operands[0])
        for sign, operand in zip(tree.operators, tree.operands[1:], strict=True):
            right = self.value(operand)
            self._spend(result, right)
            result = _arithmetic(result, sign, right)
        return result

    def _spend(self, left: Cases, right: Cases) -> None:
        """Two values are about to be paired, case by case."""
        self._scope.work.spend(_weight(left) * len(right) + _weight(right) * len(left))

    def _comparison(self, tree: Chain) -> Truth:
        if len(tree.operators) > 1:
            raise ExpressionError("it compares a comparison")
        (sign,), (left, right) = tree.operators, tree.operands
        if sign in ("=", "==", "!=") and (_is_truth(left) or _is_truth(right)):
            return self._both(left, right, sign != "!=")
        a, b = self.value(left), self.value(right)
        self._spend(a, b)
        return compare(a, "=" if sign == "==" else sign, b)

    def _both(self, left: Tree, right: Tree, alike: bool) -> Truth:
        a, b = self.truth(left), self.truth(right)
        if not alike:
            b = negated(b)
        return some([every([a, b]), every([negated(a), negated(b)])])

    def _reference(self, name: str) -> Cases:
        symbol = self._scope.symbols.get(name)
        if symbol is None:
            raise ExpressionError(f"it names {name}, which is not asked before it")
        if isinstance(symbol, Absent):
            raise ExpressionError(f"it names {name}, {symbol.why}")
        if not isinstance(symbol, Worked):
            return one(symbol)
        if name in self._open:
            raise ExpressionError(f"{name} is worked out from itself")
        if name not in self._worked:
            self._open.append(name)
            self._scope.work.spend(len(symbol.source) // _CHARACTERS)
            self._worked[name] = self.value(parse(symbol.source))
            self._open.pop()
        return self._worked[name]

    def _call(self, function: str, arguments: tuple[Tree, ...]) -> Cases:
        known = self._functions.get(function)
        if known is None:
            raise ExpressionError(f"it uses {function}()")
        count, apply = known
        if len(arguments) not in count:
            raise ExpressionError(f"{function}() is written with too few or too many values")
        return apply(arguments)

    def _selected(self, arguments: tuple[Tree, ...]) -> Truth:
        wanted = self._words(arguments[1], "selected()")
        return holds(self.value(arguments[0]), lambda leaf: _has_word(leaf, wanted))

    def _words(self, tree: Tree, where: str) -> str:
        value = self.value(tree)
        if len(value) == 1 and isinstance(value[0].leaf, Fixed):
            return _as_text(value[0].leaf.value)
        raise ExpressionError(f"{where} compares with an answer")

    def _text_test(self, arguments: tuple[Tree, ...], test: Callable[[str, str], bool]) -> Cases:
        wanted = self._words(arguments[1], "its text search")

        def change(leaf: Leaf) -> Cases:
            if isinstance(leaf, Chosen):
                return mapped(names_of(leaf), change)
            if isinstance(leaf, Fixed):
                return fixed(1.0 if test(_as_text(leaf.value), wanted) else 0.0)
            raise ExpressionError("it searches in a number or in ticks")

        return mapped(self.value(arguments[0]), change)

    def _if(self, arguments: tuple[Tree, ...]) -> Cases:
        condition = self.truth(arguments[0])
        yes, no = self.value(arguments[1]), self.value(arguments[2])
        self._scope.work.spend(size(condition) * (len(yes) + len(no)) + _weight(yes) + _weight(no))
        return chosen_if(condition, yes, no)

    def _coalesce(self, arguments: tuple[Tree, ...]) -> Cases:
        first = self.value(arguments[0])
        there = compare(first, "!=", fixed(""))
        return chosen_if(there, first, self.value(arguments[1]))

    def _boolean_from_string(self, arguments: tuple[Tree, ...]) -> Cases:
        value = self.value(arguments[0])
        return from_truth(
            some([compare(value, "=", fixed("true")), compare(value, "=", fixed("1"))])
        )


_TRUTHS = ("true", "false", "not", "boolean", "selected", "contains", "starts-with", "ends-with")


def _is_truth(tree: Tree) -> bool:
    return isinstance(tree, Call) and tree.function in _TRUTHS


def _weight(value: Cases) -> int:
    return sum(size(case.when) for case in value)


_SIGNS = ("=", "==", "!=", "<", "<=", ">", ">=")


def _as_text(value: str | float) -> str:
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value)


def _has_word(leaf: Leaf, wanted: str) -> Truth:
    if isinstance(leaf, Ticked):
        question = leaf.questions.get(wanted)
        return ticked(question) if question else FALSE
    if isinstance(leaf, Chosen):
        return holds(names_of(leaf), lambda inner: _has_word(inner, wanted))
    if isinstance(leaf, Fixed):
        return Constant(wanted in _as_text(leaf.value).split())
    return compared(leaf, "=", Fixed(wanted))


def _number(leaf: Leaf) -> Cases:
    if isinstance(leaf, Chosen):
        return mapped(names_of(leaf), _number)
    if isinstance(leaf, Fixed):
        return fixed(as_number(leaf.value))
    if isinstance(leaf, Ticked):
        raise ExpressionError("it takes ticks for a number")
    return one(leaf)


def _whole(leaf: Leaf) -> Cases:
    changed = _number(leaf)
    for case in changed:
        if isinstance(case.leaf, Measured) and not case.leaf.whole:
            raise ExpressionError("it uses int() on a number with decimals")

    def cut(inner: Leaf) -> Cases:
        if isinstance(inner, Fixed) and isinstance(inner.value, float):
            number = inner.value
            return fixed(number if math.isnan(number) else float(math.trunc(number)))
        return one(inner)

    return mapped(changed, cut)


def _length(leaf: Leaf) -> Cases:
    if isinstance(leaf, Chosen):
        return mapped(names_of(leaf), _length)
    if isinstance(leaf, Fixed):
        return fixed(float(len(_as_text(leaf.value))))
    if isinstance(leaf, Ticked):
        none = every(negated(ticked(question)) for question in leaf.questions.values())
        return cases([Case(none, Fixed(0.0)), Case(negated(none), Fixed(math.inf))])
    if isinstance(leaf, Measured):
        return one(Length(leaf))
    raise ExpressionError("it asks for the length of a number")


def _count(leaf: Leaf) -> Cases:
    if isinstance(leaf, Chosen):
        return mapped(names_of(leaf), _count)
    if isinstance(leaf, Fixed):
        return fixed(float(len(_as_text(leaf.value).split())))
    if isinstance(leaf, Ticked):
        return one(Count(leaf))
    raise ExpressionError("it counts the choices of a number")


def _arithmetic(left: Cases, sign: str, right: Cases) -> Cases:
    return mapped(
        mapped(left, _number),
        lambda a: mapped(mapped(right, _number), lambda b: one(_worked_out(a, sign, b))),
    )


def _worked_out(left: Leaf, sign: str, right: Leaf) -> Leaf:
    if isinstance(left, Fixed) and isinstance(right, Fixed):
        return Fixed(_calculated(as_number(left.value), sign, as_number(right.value)))
    for leaf in (left, right):
        if isinstance(leaf, Fixed) and math.isnan(as_number(leaf.value)):
            return Fixed(math.nan)
    if sign == "mod":
        raise ExpressionError("it uses mod")
    questions: list[str] = []
    texts = []
    for leaf in (left, right):
        if isinstance(leaf, Fixed):
            texts.append(literal(as_number(leaf.value), whole=False))
        elif isinstance(leaf, Measured):
            texts.append(leaf.cel if leaf.single else f"({leaf.cel})")
            questions += leaf.questions
        else:
            raise ExpressionError("it adds up what is no number")
    text = f"{texts[0]} {'/' if sign == 'div' else sign} {texts[1]}"
    if len(text) > MAX_LENGTH:
        raise ExpressionError("it is too long once translated")
    whole = sign != "div" and all(_is_whole(leaf) for leaf in (left, right))
    return Measured(text, tuple(dict.fromkeys(questions)), False, whole)


def _is_whole(leaf: Leaf) -> bool:
    if isinstance(leaf, Fixed):
        return as_number(leaf.value).is_integer()
    return isinstance(leaf, Measured) and leaf.whole


def _calculated(left: float, sign: str, right: float) -> float:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    if right == 0 or math.isnan(left) or math.isnan(right):
        return math.nan
    return left / right if sign == "div" else math.fmod(left, right)
