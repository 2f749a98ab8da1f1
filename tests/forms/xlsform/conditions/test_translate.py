"""Translated conditions mean what the XLSForm meant: compared with a separate, slow reading."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.format.condition_tokens import ConditionError
from forms.format.conditions import Condition
from forms.format.setting_facts import TODAY
from forms.xlsform.conditions.expressions import ExpressionError, parse
from forms.xlsform.conditions.scope import Absent, Scope, Symbol, Work, Worked
from forms.xlsform.conditions.translate import translate
from forms.xlsform.conditions.truth import FALSE, TRUE, written
from forms.xlsform.conditions.values import Chosen, Dated, Measured, Ticked, Worded
from tests.support.forms import xpath
from tests.support.rows import rows

SYMBOLS: dict[str, Symbol] = {
    "c": Chosen("c", {"yes": "yes", "no": "no", "dk": "dk"}),
    "r": Chosen("r", {"v_1": "1", "v_2": "2", "v_3": "3"}),
    "n": Measured("answers.n", ("n",), True, True),
    "m": Measured("answers.m", ("m",)),
    "t": Ticked({"a": "t_a", "b": "t_b", "c": "t_c"}),
    "w": Worded("w"),
    "v": Worded("v"),
    "d": Dated("answers.d", "d"),
    "e": Dated("answers.e", "e"),
    "adult": Worked("if(${n} >= 18, '1', '0')", 2),
    "total": Worked("${n} + ${m}", 3),
    "ranked": Absent("which is answered in words"),
    "circle": Worked("${circle} + 1", 4),
    "ping": Worked("${pong}", 5),
    "pong": Worked("${ping}", 6),
}
WORKED = {name: parse(s.source) for name, s in SYMBOLS.items() if isinstance(s, Worked)}
NAMES = {"v_1": "1", "v_2": "2", "v_3": "3"}


def translated(source: str) -> str:
    """The condition in CEL, as a form would hold it; empty when always true."""
    truth = translate(source, Scope(SYMBOLS, Work()))
    return "" if truth == TRUE else "false" if truth == FALSE else written(truth)


def compiled(cel: str) -> Condition:
    """The condition as our engine holds it; one that is always true is left away in a form."""
    return Condition(cel or "true")


def holds(condition: Condition, answers: Mapping[str, Any]) -> bool:
    """What our engine makes of it."""
    return condition.holds(
        [answers.get(name) for name in condition.answers], {TODAY: "2026-11-22"}, ""
    )


def every_answer() -> list[dict[str, Any]]:
    """Answers as our engine reads them, for each question none or each of a few."""
    found = []
    for c, r, n, m, t in product(
        [None, "yes", "no", "dk"],
        [None, "v_1", "v_3"],
        [None, 0.0, 5.0, 18.0],
        [None, 0.0, 2.5],
        [None, "", "a", "bc"],
    ):
        answers: dict[str, Any] = {"c": c, "r": r, "n": n, "m": m}
        at = len(found)
        answers |= {"w": WORDS[at % 5], "v": WORDS[at % 7 % 5]}
        answers |= {"d": DAYS[at % 4], "e": DAYS[at // 2 % 3]}
        for name in "abc":
            answers[f"t_{name}"] = None if t is None else ("yes" if name in t else "no")
        found.append({name: value for name, value in answers.items() if value is not None})
    return found


WORDS = (None, "abc", "łódź", "don't know", "b")
DAYS = (None, "2026-11-22", "2026-11-21", "2026-12-01")
ANSWERS = every_answer()[::3]


def as_xlsform(answers: Mapping[str, Any]) -> dict[str, xpath.Value]:
    """The same answers as an XLSForm client holds them."""
    found: dict[str, xpath.Value] = {
        name: answers[name] for name in ("c", "n", "m", "w", "v") if name in answers
    }
    found |= {name: xpath.day(answers[name]) for name in ("d", "e") if name in answers}
    if "r" in answers:
        found["r"] = NAMES[answers["r"]]
    found["t"] = frozenset(name for name in "abc" if answers.get(f"t_{name}") == "yes")
    return found


@rows(
    ("source", "cel"),
    [
        ("${c} = 'yes'", "answers.c == 'yes'"),
        ("'yes' = ${c}", "answers.c == 'yes'"),
        ("${c} != 'yes'", "!has(answers.c) || answers.c != 'yes'"),
        ("selected(${c}, 'yes')", "answers.c == 'yes'"),
        ("selected(${c}, 'yes') or selected(${c}, 'no')", "answers.c != 'dk'"),
        ("not(selected(${c}, 'no'))", "!has(answers.c) || answers.c != 'no'"),
        ("${c} != ''", "has(answers.c)"),
        ("string-length(${c}) > 0", "has(answers.c)"),
        ("${n} >= 18", "answers.n >= 18"),
        ("${n} = ''", "!has(answers.n)"),
        ("${n} * 30 > ${m}", "answers.n * 30.0 > answers.m"),
        ("${r} >= 2", "answers.r != 'v_1'"),
        ("selected(${t}, 'a')", "answers.t_a == 'yes'"),
        ("count-selected(${t}) > 0", None),
        ("${adult} = '1'", "answers.n >= 18"),
        ("${adult} = 1 and ${c} = 'no'", "answers.n >= 18 && answers.c == 'no'"),
        ("true()", ""),
        ("FALSE", "false"),
        ("${c} = 'maybe'", "false"),
        ("${w} != ''", "has(answers.w)"),
        ("${w} = ''", "!has(answers.w)"),
        ("string-length(${w}) > 0", "has(answers.w)"),
        ("string-length(${w}) > 10", "has(answers.w) && size(answers.w) > 10"),
        ('${w} = "don\'t know"', 'answers.w == "don\'t know"'),
        ("${d} < today()", "answers.d < today()"),
        ("${d} >= date('2026-01-01')", "answers.d >= '2026-01-01'"),
        ("${d} != ''", "has(answers.d)"),
        ("${n} mod 2 = 0", "double(int(answers.n) % 2) == 0"),
        ("round(${m}) >= 3", "answers.m >= 2.5"),
    ],
)
def test_a_condition_reads_well(source: str, cel: str | None) -> None:
    assert cel is None or translated(source) == cel


@rows(
    "source",
    [
        "${c} = 'yes' and not(${n} > 5) or ${r} = '3'",
        "not(${c} = 'yes' and (${n} > 5 or ${m} < 1))",
        "${c} = ${r}",
        "${n} = ${m}",
        "${n} != ${m}",
        "${r} + ${n} > 5",
        "${r} = 3.0",
        "-${n} < -4",
        "(${n} + ${m}) div 2 >= 2.5",
        "${total} > 7 and ${adult} = '0'",
        "if(${c} = 'yes', ${n}, ${m}) > 2",
        "if(${c} = 'yes', 'x', 'y') = 'x'",
        "coalesce(${m}, ${n}) >= 2.5",
        "count-selected(${t}) = 2",
        "count-selected(${t}) < 1",
        "count-selected(${t}) != 1",
        "${t} = 'a'",
        "${t} != ''",
        "string-length(${t}) > 0",
        "${c} = true()",
        "selected(${t}, 'b') = selected(${t}, 'c')",
        "selected(${t}, 'zebra') or ${c} = 'dk'",
        "${n}",
        "${c}",
        "number(${r}) < 2",
        "int(${n}) = 5",
        "string-length(${n}) = 0",
        "${w} = 'abc'",
        "${w} != 'abc'",
        "not(${w} != '')",
        "${w} = ${v}",
        "${w} != ${v}",
        "${w}",
        "${w} = ${c}",
        "string-length(${w}) >= 4",
        "string-length(${w}) < 4 and ${w} != ''",
        "string-length(${w}) != 4",
        "string-length(${w}) <= 0",
        "contains(${w}, 'b')",
        "not(starts-with(${w}, 'ł'))",
        "ends-with(${w}, 'ź')",
        "coalesce(${w}, 'abc') = 'abc'",
        "${d} < today()",
        "${d} > today()",
        "not(${d} <= today())",
        "${d} = ${e}",
        "${d} != ${e}",
        "${d} < ${e} or ${d} = ''",
        "today() >= date('2026-11-22')",
        "${d} != today()",
        "string-length(${d}) > 0",
        "${n} mod 5 = 3",
        "${n} mod 5 + 1 > ${m}",
        "-${n} mod 5 != -3",
        "round(${m}) = 3",
        "round(${m}) != 3",
        "round(${m}) < 2.5",
        "round(${m}) <= 3",
        "round(${m}, 1) > 2.4",
        "round(${n}) = 5",
        "round(2.5) = 3 and ${c} = 'yes'",
    ],
)
def test_a_condition_means_the_same(source: str) -> None:
    cel, tree = translated(source), parse(source)
    condition = compiled(cel)
    for answers in ANSWERS:
        given = as_xlsform(answers)
        with_results = given | {
            name: xpath.value_of(worked, given) for name, worked in WORKED.items() if name in source
        }
        assert holds(condition, answers) is xpath.holds(tree, with_results), (cel, answers)


@rows(
    ("source", "why"),
    [
        ("${ranked} != ''", "which is answered in words"),
        ("${later} = 1", "not asked before"),
        ("${circle} = 1", "worked out from itself"),
        ("${ping} = 1", "worked out from itself"),
        ("today() > ${n}", "compares a date with something else"),
        ("today() - ${d} > 30", "reckons with dates"),
        ("${w} > 5", "words for a number"),
        ("${w} = 5", "compares words with a number"),
        ("${w} = ${d}", "compares words with a number or a date"),
        ("date(${n}) < today()", "takes something else for a date"),
        ("now() > ${d}", "now"),
        ("string-length(${w}) > ${n}", "length"),
        ("regex(${c}, '^y')", "regex"),
        ("pulldata('a', 'b', 'c', ${n}) = 1", "pulldata"),
        ("${m} mod 2 = 0", "mod on a number with decimals"),
        ("${n} mod ${n} = 0", "mod with an answer"),
        ("${n} mod 0 = 0", "mod on"),
        ("round(${m}, ${n}) = 1", "number of digits"),
        ("int(${m}) = 2", "decimals"),
        (". > 5", "own answer"),
        ("selected(${c})", "too few"),
        ("selected(${c}, ${r})", "compares with an answer"),
        ("${t} > 3", "ticks"),
        ("${c} = 'yes' = ${n}", "comparison"),
    ],
)
def test_what_has_no_counterpart_says_why(source: str, why: str) -> None:
    with pytest.raises(ExpressionError, match=why):
        translated(source)


TEXTS = st.sampled_from(["'yes'", "'no'", "'1'", "'3'", "''", "'a'", "'a b'"])
FIGURES = st.sampled_from(["0", "1", "2.5", "3", "18", "-1"])
SIGNS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
EQUAL = st.sampled_from(["=", "!="])
CHOICES = st.sampled_from(["${c}", "${r}"])
NUMBERS = st.sampled_from(["${n}", "${m}", "${r}"])
SUMS = st.builds(
    "({} {} {})".format, NUMBERS, st.sampled_from(["+", "-", "*"]), st.one_of(FIGURES, NUMBERS)
)
ALL_WORDS = st.sampled_from(["${w}", "${v}"])
TESTS = st.sampled_from(["contains", "starts-with", "ends-with"])
ALL_DAYS = st.sampled_from(["${d}", "${e}", "today()", "date('2026-11-21')"])
ATOMS = st.one_of(
    st.builds("{} {} {}".format, CHOICES, SIGNS, st.one_of(TEXTS, FIGURES, CHOICES)),
    st.builds("{} {} {}".format, NUMBERS, SIGNS, st.one_of(FIGURES, NUMBERS, st.just("''"))),
    st.builds("{} {} {}".format, SUMS, SIGNS, st.one_of(FIGURES, SUMS)),
    st.builds("selected({}, {})".format, st.sampled_from(["${t}", "${c}", "${r}"]), TEXTS),
    st.builds("count-selected(${{t}}) {} {}".format, SIGNS, st.sampled_from(["0", "1", "2"])),
    st.builds("${{t}} {} {}".format, EQUAL, TEXTS),
    st.builds("string-length({}) {} 0".format, CHOICES, SIGNS),
    st.builds("{} {} {}".format, ALL_WORDS, EQUAL, st.one_of(TEXTS, ALL_WORDS)),
    st.builds("{}({}, {})".format, TESTS, ALL_WORDS, TEXTS),
    st.builds("string-length({}) {} {}".format, ALL_WORDS, SIGNS, st.integers(0, 6)),
    st.builds("{} {} {}".format, ALL_DAYS, SIGNS, ALL_DAYS),
    st.builds("${{n}} mod {} {} {}".format, st.integers(1, 9), SIGNS, FIGURES),
    st.builds("round(${{m}}) {} {}".format, SIGNS, FIGURES),
    st.sampled_from(["true()", "false()", "${c}", "${n}", "${w}"]),
)
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not({})".format, inner),
        st.builds("(if({}, ${{n}}, ${{m}}) {} 3)".format, inner, SIGNS),
        st.builds("(if({}, 'yes', ${{c}}) {} 'yes')".format, inner, EQUAL),
    ),
    max_leaves=6,
)


@given(EXPRESSIONS)
@settings(max_examples=150)
def test_any_condition_means_the_same(source: str) -> None:
    tree = parse(source)
    try:
        cel = translated(source)
        condition = compiled(cel)
    except (ExpressionError, ConditionError):
        return
    for answers in ANSWERS[::3]:
        assert holds(condition, answers) is xpath.holds(tree, as_xlsform(answers)), (cel, answers)


def test_the_work_on_a_form_is_bounded() -> None:
    scope = Scope(SYMBOLS, Work())
    source = " + ".join(["${total} * ${total}"] * 12) + " > 1"
    with pytest.raises(ExpressionError, match="too long"):
        translate(source, scope)
    wide = Chosen("w", {f"v{n}": str(n) for n in range(60)})
    scope = Scope(SYMBOLS | {"w": wide}, Work())
    endless = " + ".join(["${w} * ${w} * 0"] * 200) + " = 1"
    with pytest.raises(ExpressionError, match=r"too long to work out|too many cases"):
        translate(endless, scope)
