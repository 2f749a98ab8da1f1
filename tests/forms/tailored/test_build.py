"""Forms that are built for one setting: good ones, whatever they are built from."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import rate
from forms.catalogue.catalogue import FormSummary, shipped
from forms.format.check import examine
from forms.format.source import read_text
from forms.levels import levels_of
from forms.model import Form
from forms.tailored.build import (
    ACTIONS_AREA,
    MOST_ACTIONS,
    PlanAction,
    Weak,
    read_built,
    tailor,
    version_of,
)
from tests.support.forms.small_forms import area, question, text
from tests.support.forms.strategies import as_text, forms
from visitapp.errors import BadFile, Code

LIBRARY = shipped()
VISITS = [summary for summary in LIBRARY.summaries() if summary.kind == "visit"]
BASE = next(read_text(one.path) for one in VISITS if one.id == "intervention-visit")
BELLS = PlanAction(
    question="action_1", title="Mend the call bells", about="Due 4 Dec 2026.", priority="immediate"
)


def built(base: str, actions: list[PlanAction], weak: Weak | None = None) -> Form:
    made = tailor(base, actions, weak)
    assert examine(made, "built").faults == []
    form = read_built(made, _id(made), version_of(made))
    assert len(form.version) <= 20
    return form


def _id(made: str) -> str:
    first = made.splitlines()[0]
    assert first.startswith("id: ")
    return first.removeprefix("id: ").strip("'")


def test_each_action_becomes_a_question_before_all_others() -> None:
    rota = PlanAction(question="action_2", title="Send the rota", about="", priority="low")
    form = built(BASE, [BELLS, rota])
    first = form.areas[0]
    assert (first.id, [one.id for one in first.questions]) == (
        ACTIONS_AREA,
        ["action_1", "action_2"],
    )
    asked = first.questions[0]
    assert "Mend the call bells" in asked.ask
    assert asked.look_for == "Due 4 Dec 2026."
    assert asked.scale is not None
    assert [value.value for value in asked.scale.values][:3] == ["verified", "partly", "not_yet"]
    assert [one.weight for one in first.questions] == [3, 1]
    assert asked.evidence is not None
    assert asked.evidence.when == ("verified", "partly")
    base = LIBRARY.form("intervention-visit")
    assert [one.id for one in form.areas[1:]] == [one.id for one in base.areas]


@pytest.mark.parametrize("summary", VISITS, ids=lambda one: one.id)
def test_weak_areas_of_every_shipped_form_are_asked_as_they_were(summary: FormSummary) -> None:
    last = LIBRARY.form(summary.id, summary.version)
    weak = Weak(text=read_text(summary.path), areas=[one.id for one in last.areas[:4]])
    form = built(BASE, [BELLS], weak)
    own = {one.id for one in LIBRARY.form("intervention-visit").areas}
    again = [one for one in last.areas[:4] if one.id not in own]
    assert [one.id for one in form.areas[1 : 1 + len(again)]] == [one.id for one in again]
    rags = {level.id: level.rag for level in levels_of(last)}
    for asked, before in zip(form.areas[1:], again, strict=False):
        for one, other in zip(asked.questions, before.questions, strict=True):
            assert (one.id, one.ask, one.type, one.bands, one.weight) == (
                *(other.id, other.ask, other.type, other.bands, other.weight),
            )
            assert one.limits == {value: rags[limit] for value, limit in other.limits.items()}
            assert (one.scale and one.scale.values) == (other.scale and other.scale.values)


def test_a_form_built_from_a_built_one_keeps_its_weak_areas() -> None:
    residential = next(one for one in VISITS if one.id == "residential-quality")
    first = tailor(BASE, [BELLS], Weak(text=read_text(residential.path), areas=["safeguarding"]))
    form = built(BASE, [], Weak(text=first, areas=["safeguarding", ACTIONS_AREA, "today"]))
    assert [one.id for one in form.areas][:2] == ["safeguarding", "today"]


def test_a_question_is_asked_once_where_the_weak_area_asks_it() -> None:
    weak = Weak(text=text(area("care", question("calls"))), areas=["care"])
    base = text(area("today", question("calls")), area("plan", question("calm")))
    form = built(base, [], weak)
    assert [one.id for one in form.areas] == ["care", "plan"]


def test_a_condition_goes_with_the_question_that_it_reads() -> None:
    reads = question("meals", extra="relevant: \"answers.calls == 'met'\"")
    last = text(area("care", question("calls")), area("food", reads))
    base = text(area("today", question("staff")))
    apart = built(base, [], Weak(text=last, areas=["food"]))
    together = built(base, [], Weak(text=last, areas=["food", "care"]))
    assert (apart.questions["meals"].relevant, together.questions["meals"].relevant) == (
        None,
        "answers.calls == 'met'",
    )


def test_a_result_of_which_nothing_that_counts_is_left_goes() -> None:
    """The weak area asks what made the base's second result."""
    results = "results:\n  - {id: life, title: Life, areas: [today]}\n"
    results += "  - {id: meals, title: Meals, areas: [food]}\n"
    food = area("food", question("meals"), question("remarks", "text"))
    base = text(area("today", question("staff")), food, overall=results)
    form = built(base, [], Weak(text=text(area("care", question("meals"))), areas=["care"]))
    assert [(one.id, [*one.areas]) for one in form.results] == [("life", ["today", "care"])]


@settings(max_examples=20)
@given(
    forms(),
    forms(),
    st.sets(st.sampled_from(["a0", "a1", "a2"])),
    st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), max_size=3),
)
def test_whatever_it_is_built_from_the_form_is_good(
    base: dict[str, Any], last: dict[str, Any], areas: set[str], plan: list[tuple[str, str]]
) -> None:
    renamed = {**last, "areas": [{**one, "id": f"b{one['id']}"} for one in last["areas"]]}
    weak = Weak(text=as_text(renamed), areas=[f"b{one}" for one in areas])
    actions = [
        PlanAction(question=f"action_{place}", title=title, about=about, priority="high")
        for place, (title, about) in enumerate(plan)
    ]
    form = built(as_text(base), actions, weak)
    assert rate(form, {}).overall == "unrated"


def test_a_long_plan_is_cut_and_the_form_still_fits() -> None:
    longest = [
        PlanAction(question=f"action_{n}", title="😀" * 400, about="ž" * 20_000, priority="low")
        for n in range(MOST_ACTIONS + 50)
    ]
    assert len(built(BASE, longest).areas[0].questions) == MOST_ACTIONS


def test_another_plan_is_another_version() -> None:
    other = PlanAction(question="action_1", title="Mend the door", about="", priority="low")
    versions = {version_of(tailor(BASE, plan)) for plan in ([BELLS], [other], [BELLS, other])}
    assert len(versions) == 3
    assert version_of(tailor(BASE, [BELLS])) in versions
    assert all(version.startswith("2026.1-") for version in versions)


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda made: made.replace("score: 0.5", "score: 0.9", 1),
        lambda made: made.replace("intervention-visit", "residential-quality", 1),
        lambda made: "id: [",
        lambda made: "",
    ],
)
def test_a_form_that_is_not_the_one_pinned_is_refused(spoiled: Any) -> None:
    made = tailor(BASE, [BELLS])
    with pytest.raises(BadFile) as refused:
        read_built(spoiled(made), "intervention-visit", version_of(made))
    assert refused.value.code == Code.FORM_FAULTS


def test_a_pinned_version_without_its_mark_is_refused() -> None:
    with pytest.raises(BadFile):
        read_built(BASE, "intervention-visit", "2026.1")
