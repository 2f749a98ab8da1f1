"""A slow, separate reading of XLSForm expressions, as ODK's engine does it, to compare with.

A choice answers with a text, a "select multiple" with the set of what is ticked, a number with a
float; a question without an answer is the empty text.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from forms.xlsform.conditions.expressions import Call, Chain, Minus, Number, Reference, Text, Tree

Value = str | float | bool | frozenset[str]


def holds(tree: Tree, answers: Mapping[str, Value]) -> bool:
    """Whether the expression is true."""
    return _boolean(value_of(tree, answers))


def value_of(tree: Tree, answers: Mapping[str, Value]) -> Value:
    """What the expression gives."""
    match tree:
        case Number(value) | Text(value):
            return value
        case Reference(name):
            return answers.get(name, "")
        case Minus(operand):
            return -_number(value_of(operand, answers))
        case Call(function, arguments):
            return _call(function, arguments, answers)
        case Chain(operators, operands):
            return _chain(operators, operands, answers)
    raise AssertionError(tree)


def _chain(
    operators: tuple[str, ...], operands: tuple[Tree, ...], answers: Mapping[str, Value]
) -> Value:
    if operators[0] == "and":
        return all(holds(operand, answers) for operand in operands)
    if operators[0] == "or":
        return any(holds(operand, answers) for operand in operands)
    result = value_of(operands[0], answers)
    for sign, operand in zip(operators, operands[1:], strict=True):
        result = _binary(result, sign, value_of(operand, answers))
    return result


def _binary(a: Value, sign: str, b: Value) -> Value:
    if sign in ("=", "==", "!="):
        return _equal(a, b) is not (sign == "!=")
    x, y = _number(a), _number(b)
    match sign:
        case "<":
            return x < y
        case "<=":
            return x <= y
        case ">":
            return x > y
        case ">=":
            return x >= y
        case "+":
            return x + y
        case "-":
            return x - y
        case "*":
            return x * y
        case "mod":
            return math.fmod(x, y) if y else math.nan
        case "div":
            return x / y if y else (math.nan if x == 0 or x != x else math.copysign(math.inf, x))
    raise AssertionError(sign)


def _equal(a: Value, b: Value) -> bool:
    if isinstance(a, bool) or isinstance(b, bool):
        return _boolean(a) is _boolean(b)
    if isinstance(a, float) or isinstance(b, float):
        return _number(a) == _number(b)
    if isinstance(a, frozenset) and isinstance(b, str):
        return a == frozenset(b.split())
    return a == b


def _call(function: str, arguments: tuple[Tree, ...], answers: Mapping[str, Value]) -> Value:
    if function == "if":
        return value_of(arguments[1 if holds(arguments[0], answers) else 2], answers)
    values = [value_of(argument, answers) for argument in arguments]
    match function:
        case "true":
            return True
        case "false":
            return False
        case "not":
            return not _boolean(values[0])
        case "selected":
            first = values[0]
            ticked = first if isinstance(first, frozenset) else frozenset(_text(first).split())
            return _text(values[1]) in ticked
        case "count-selected":
            first = values[0]
            return float(len(first if isinstance(first, frozenset) else _text(first).split()))
        case "string-length":
            return float(len(_text(values[0])))
        case "coalesce":
            return values[0] if _text(values[0]) else values[1]
        case "int":
            number = _number(values[0])
            return number if math.isnan(number) else float(math.trunc(number))
        case "number":
            return _number(values[0])
        case "today":
            return day("2026-11-22")
        case "date":
            return values[0] if isinstance(values[0], float) else day(_text(values[0]))
        case "contains":
            return _text(values[1]) in _text(values[0])
        case "starts-with":
            return _text(values[0]).startswith(_text(values[1]))
        case "ends-with":
            return _text(values[0]).endswith(_text(values[1]))
        case "round":
            number, digits = _number(values[0]), 10 ** int(_number((*values, 0.0)[1]))
            return number if math.isnan(number) else math.floor(number * digits + 0.5) / digits
    raise AssertionError(function)


def day(text: str) -> float:
    """A date as ODK's engine reckons with it: days since 1970."""
    return float((date.fromisoformat(text) - date(1970, 1, 1)).days)


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}"
    return " ".join(sorted(value)) if isinstance(value, frozenset) else value


def _number(value: Value) -> float:
    if isinstance(value, bool | float):
        return float(value)
    try:
        return float(_text(value))
    except ValueError:
        return math.nan


def _boolean(value: Value) -> bool:
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)
