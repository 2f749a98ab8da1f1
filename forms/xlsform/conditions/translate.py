"""Translates an expression into a condition over earlier answers, or says why that cannot be."""

from __future__ import annotations

from collections.abc import Callable

from forms.xlsform.conditions.comparing import compare, truth_of
from forms.xlsform.conditions.expressions import (
    CalculationError,
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
from forms.xlsform.conditions.functions import (
    arithmetic,
    as_day,
    as_text,
    count,
    has_word,
    length,
    number,
    rounded,
    whole_number,
)
from forms.xlsform.conditions.scope import Absent, Scope, Worked
from forms.xlsform.conditions.truth import Compared, Constant, Truth, every, negated, size, some
from forms.xlsform.conditions.values import (
    Cases,
    Chosen,
    Dated,
    Fixed,
    Leaf,
    Worded,
    as_number,
    chosen_if,
    fixed,
    from_truth,
    holds,
    mapped,
    names_of,
    one,
    quoted,
    weight,
)
from forms.xlsform.text import shortened
from visitapp.language import Message, message


def translate(source: str, scope: Scope) -> Truth:
    """The condition that an expression states. Raises ExpressionError, whose text says why not."""
    try:
        scope.work.spend(len(source) // _CHARACTERS)
        return every([_Translator(scope).truth(parse(source))])
    except RecursionError as problem:
        raise ExpressionError(message("it is nested too deep")) from problem


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
            "number": (range(1, 2), lambda a: mapped(self.value(a[0]), number)),
            "int": (range(1, 2), lambda a: mapped(self.value(a[0]), whole_number)),
            "string-length": (range(1, 2), lambda a: mapped(self.value(a[0]), length)),
            "count-selected": (range(1, 2), lambda a: mapped(self.value(a[0]), count)),
            "round": (range(1, 3), self._round),
            "contains": (
                range(2, 3),
                lambda a: self._text_test(a, "contains", lambda x, y: y in x),
            ),
            "starts-with": (
                range(2, 3),
                lambda a: self._text_test(a, "startsWith", str.startswith),
            ),
            "ends-with": (range(2, 3), lambda a: self._text_test(a, "endsWith", str.endswith)),
        }

    def truth(self, tree: Tree) -> Truth:
        """The expression as a condition."""
        if isinstance(tree, Chain) and tree.operators[0] in ("and", "or"):
            parts = [self.truth(operand) for operand in tree.operands]
            self._scope.work.spend(sum(map(size, parts)))
            self._doubt_bare(tree)
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
                return arithmetic(fixed(0.0), "-", self.value(operand))
            case Call("today" | "date", arguments):
                return self._day(arguments)
            case Here():
                raise ExpressionError(message("it asks for its own answer"))
            case Call(function, arguments):
                return self._call(function, arguments)
        if tree.operators[0] in ("and", "or", *_SIGNS):
            return from_truth(self.truth(tree))
        result = self.value(tree.operands[0])
        for sign, operand in zip(tree.operators, tree.operands[1:], strict=True):
            right = self.value(operand)
            self._spend(result, right)
            result = arithmetic(result, sign, right)
        return result

    def _spend(self, left: Cases, right: Cases) -> None:
        """Two values are about to be paired, case by case."""
        self._scope.work.spend(weight(left) * weight(right))

    def _comparison(self, tree: Chain) -> Truth:
        if len(tree.operators) > 1:
            raise ExpressionError(message("it compares a comparison"))
        (sign,), (left, right) = tree.operators, tree.operands
        if sign in ("=", "==", "!=") and (_is_truth(left) or _is_truth(right)):
            return self._both(left, right, sign != "!=")
        a, b = self.value(left), self.value(right)
        self._spend(a, b)
        truth = compare(a, "=" if sign == "==" else sign, b)
        if isinstance(truth, Constant):
            self._doubt(left, right)
        return truth

    def _doubt(self, left: Tree, right: Tree) -> None:
        """Notes a text that is no answer to the question it is compared with."""
        for named, text in ((left, right), (right, left)):
            if isinstance(named, Reference) and isinstance(text, Text) and text.value:
                what = message('"{text}" is not an answer to {question}')
                shown = shortened(text.value, 60)
                self._scope.work.doubt(what.filled(text=shown, question=named.name))

    def _both(self, left: Tree, right: Tree, equal: bool) -> Truth:
        a, b = self.truth(left), self.truth(right)
        if not equal:
            b = negated(b)
        return some([every([a, b]), every([negated(a), negated(b)])])

    def _doubt_bare(self, tree: Chain) -> None:
        """Notes a text or number that stands beside `and` or `or` without a comparison."""
        for operand in tree.operands:
            if isinstance(operand, Text | Number):
                shown = operand.value if isinstance(operand, Text) else f"{operand.value:g}"
                what = message('"{text}" stands beside "{operator}" without a comparison')
                self._scope.work.doubt(what.filled(text=shown, operator=tree.operators[0]))

    def _reference(self, name: str) -> Cases:
        symbol = self._scope.symbols.get(name)
        if symbol is None:
            raise ExpressionError(
                message("it names {name}, which is not asked before it", name=name)
            )
        if isinstance(symbol, Absent):
            raise ExpressionError(message("it names {name}, {why}", name=name, why=symbol.why))
        if not isinstance(symbol, Worked):
            return one(symbol)
        if name in self._open:
            raise ExpressionError(message("{name} is worked out from itself", name=name))
        if name not in self._worked:
            self._worked[name] = self._calculated(name, symbol)
        return self._worked[name]

    def _calculated(self, name: str, symbol: Worked) -> Cases:
        self._open.append(name)
        self._scope.work.spend(len(symbol.source) // _CHARACTERS)
        try:
            return self.value(parse(symbol.source))
        except CalculationError:
            raise
        except ExpressionError as problem:
            what = message(
                "it names {name}, whose calculation in row {row} cannot be kept: {problem}",
                name=name,
                row=symbol.row,
                problem=problem,
            )
            raise CalculationError(what) from problem
        finally:
            self._open.pop()

    def _call(self, function: str, arguments: tuple[Tree, ...]) -> Cases:
        known = self._functions.get(function)
        if known is None:
            raise ExpressionError(message("it uses {function}()", function=function))
        counts, apply = known
        if len(arguments) not in counts:
            raise ExpressionError(
                message(
                    "{function}() is written with too few or too many values", function=function
                )
            )
        return apply(arguments)

    def _day(self, arguments: tuple[Tree, ...]) -> Cases:
        """`today()` is the day of the visit; `date(…)` reads a text as a day."""
        if not arguments:
            return one(Dated("today()"))
        if len(arguments) > 1:
            raise ExpressionError(message("date() is written with too many values"))
        return mapped(self.value(arguments[0]), as_day)

    def _selected(self, arguments: tuple[Tree, ...]) -> Truth:
        wanted = self._words(arguments[1], message("selected() compares with an answer"))
        truth = holds(self.value(arguments[0]), lambda leaf: has_word(leaf, wanted))
        if isinstance(truth, Constant):
            self._doubt(*arguments)
        return truth

    def _words(self, tree: Tree, otherwise: Message) -> str:
        value = self.value(tree)
        if len(value) == 1 and isinstance(value[0].leaf, Fixed):
            return as_text(value[0].leaf.value)
        raise ExpressionError(otherwise)

    def _round(self, arguments: tuple[Tree, ...]) -> Cases:
        digits = self.value(arguments[1]) if len(arguments) > 1 else fixed(0.0)
        leaf = digits[0].leaf
        if len(digits) > 1 or not isinstance(leaf, Fixed):
            raise ExpressionError(message("it rounds to a number of digits that is an answer"))
        places = as_number(leaf.value)
        if not places.is_integer() or not 0 <= places <= 6:
            raise ExpressionError(message("it rounds to an unusual number of digits"))
        return mapped(self.value(arguments[0]), lambda value: rounded(value, int(places)))

    def _text_test(
        self,
        arguments: tuple[Tree, ...],
        function: str,
        test: Callable[[str, str], bool],
    ) -> Cases:
        """`function` is the name of the test in CEL."""
        wanted = self._words(arguments[1], message("its text search compares with an answer"))

        def change(leaf: Leaf) -> Cases:
            if isinstance(leaf, Chosen):
                return mapped(names_of(leaf), change)
            if isinstance(leaf, Fixed):
                return fixed(1.0 if test(as_text(leaf.value), wanted) else 0.0)
            if isinstance(leaf, Worded):
                found = f"{leaf.cel}.{function}({quoted(wanted)})"
                none = test("", wanted)
                return from_truth(Compared(found, "==", "true", (leaf.question,), none))
            raise ExpressionError(message("it searches in a number, a date or ticks"))

        return mapped(self.value(arguments[0]), change)

    def _if(self, arguments: tuple[Tree, ...]) -> Cases:
        condition = self.truth(arguments[0])
        yes, no = self.value(arguments[1]), self.value(arguments[2])
        self._scope.work.spend(size(condition) * (len(yes) + len(no)) + weight(yes) + weight(no))
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


_SIGNS = ("=", "==", "!=", "<", "<=", ">", ">=")
