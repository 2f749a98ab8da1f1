"""The grammar: what it reads, how operators bind, and where it stops."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.xlsform.conditions.expressions import (
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
from tests.support.rows import rows

A, B = Reference("a"), Reference("b")


@rows(
    ("source", "tree"),
    [
        ("${a} = 'x'", Chain(("=",), (A, Text("x")))),
        ('${ a }="x"', Chain(("=",), (A, Text("x")))),
        ("${a} = \u2018x\u2019", Chain(("=",), (A, Text("x")))),
        ("${a}\xa0>= 2", Chain((">=",), (A, Number(2)))),
        ("${a}!=.5", Chain(("!=",), (A, Number(0.5)))),
        (". < 10", Chain(("<",), (Here(), Number(10)))),
        ("../zone = 1", Chain(("=",), (Reference("zone"), Number(1)))),
        ("/data/group/zone = 1", Chain(("=",), (Reference("zone"), Number(1)))),
        ("1 + 2 * 3", Chain(("+",), (Number(1), Chain(("*",), (Number(2), Number(3)))))),
        ("10 div 2 mod 3", Chain(("div", "mod"), (Number(10), Number(2), Number(3)))),
        ("--2", Number(2)),
        ("-${a}", Minus(A)),
        ("${a} - 1", Chain(("-",), (A, Number(1)))),
        ("${a}-1", Chain(("-",), (A, Number(1)))),
        ("TRUE", Call("true", ())),
        ("null", Text("")),
        ("selected(${a}, 'x')and true()", None),
        ("not(${a} or ${b})", Call("not", (Chain(("or",), (A, B)),))),
        ("${a} OR ${b}", Chain(("or",), (A, B))),
        ("orange", Reference("orange")),
        ("jr:choice-name(${a}, 'a')", Call("jr:choice-name", (A, Text("a")))),
        ("if (${a}, 1, 2)", Call("if", (A, Number(1), Number(2)))),
    ],
)
def test_an_expression_is_read(source: str, tree: Tree | None) -> None:
    assert parse(source) == tree or tree is None


def test_and_binds_tighter_than_or() -> None:
    tree = parse("${a} or ${b} and ${a}")
    assert tree == Chain(("or",), (A, Chain(("and",), (B, A))))


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("", "cannot be read"),
        ("${a} = ", "cannot be read"),
        ("${a = 1", "cannot be read"),
        ("instance('x')/root/item[name = ${a}]/label", r"uses instance\(\)"),
        ("because pyxform doesn't know", "cannot be read"),
        ("'never ends", "cannot be read"),
        ("(" * 25 + "1" + ")" * 25, "nested too deep"),
        ("1 + " * 3000 + "1", "too long"),
    ],
)
def test_what_cannot_be_read_says_so(source: str, why: str) -> None:
    with pytest.raises(ExpressionError, match=why):
        parse(source)


@given(st.text(alphabet="${}ab()'\"<>=!+-*/.,& 01divmodanor\n", max_size=60))
def test_no_text_breaks_the_parser(source: str) -> None:
    with suppress(ExpressionError):
        assert parse(source)


@pytest.mark.parametrize("source", ["1" + " + 1" * 1900, "-" * 7000 + "1", "1" + " and 1" * 1300])
def test_a_long_chain_costs_no_depth(source: str) -> None:
    assert parse(source)
