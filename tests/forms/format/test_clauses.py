"""A condition taken apart means what it means as a whole."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from forms.format.condition_tokens import ConditionError
from forms.format.conditions import Condition

PARTS = [
    *("answers.a == 'met'", "answers.b != 'met'", "answers.n > 60", "answers.n + 1.0 < 62.0"),
    *("has(answers.a)", "answers.a in ['met', 'not_met']", "setting.beds > 20", "true", "false"),
    *("answers.a", "setting.kind.startsWith('care')", "1 / 0 == 1", "'x || y' == answers.b"),
    *("(answers.a == 'met') == (answers.b == 'met')", "setting['kind'] == 'day'", "(1)"),
]
CONDITIONS = st.recursive(
    st.sampled_from(PARTS),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(" || ".join),
        st.lists(inner, min_size=2, max_size=4).map(" && ".join),
        inner.map(lambda one: f"({one})"),
        inner.map(lambda one: f"!({one})"),
        inner.map(lambda one: f"!({one}) == true"),
        st.tuples(inner, inner, inner).map(lambda three: "({}) ? ({}) : ({})".format(*three)),
        st.tuples(inner, inner, inner).map("{0[0]} ? {0[1]} : {0[2]}".format),
    ),
    max_leaves=6,
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "a": st.sampled_from(["met", "not_met"]),
        "b": st.sampled_from(["met", "x || y"]),
        "n": st.sampled_from([0.0, 60.5, 100.0]),
    },
)
FACTS = st.fixed_dictionaries(
    {}, optional={"beds": st.sampled_from([5, 40]), "kind": st.sampled_from(["day", "care home"])}
)


@settings(max_examples=400)
@given(source=CONDITIONS, answers=st.lists(ANSWERS, min_size=1, max_size=4), facts=FACTS)
@example(
    source="answers.a == 'met' || answers.b == 'met'",
    answers=[{}, {"a": "met"}, {"b": "met"}, {"a": "not_met"}, {"a": "not_met", "b": "x || y"}],
    facts={},
)
def test_it_holds_exactly_when_the_whole_is_true(
    source: str, answers: list[dict[str, Any]], facts: dict[str, Any]
) -> None:
    try:
        condition = Condition(source)
    except ConditionError:
        return
    for given_ in answers:
        readings = [given_.get(name) for name in condition.answers]
        whole = condition.outcome(readings, facts) is True
        assert condition.holds(readings, facts, repr(facts)) is whole


def test_a_condition_of_the_greatest_length_is_taken_apart() -> None:
    """Its signs stand without blanks; a blank between each would make it longer than is allowed."""
    source = "+".join(["answers.n"] * 47) + ">1.0||answers.a=='met'"
    assert 490 < len(source) <= 500
    condition = Condition(source)
    assert condition.holds([1.0, None], {}, "")
    assert not condition.holds([0.0, "not_met"], {}, "")
