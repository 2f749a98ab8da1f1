"""Hypothesis makes forms (as the YAML's own data) and answers to them."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import strategies as st

from forms.catalogue.read import read_form
from forms.model import Form

RAGS = ["red", "amber", "green"]
SCALES: dict[str, list[dict[str, Any]]] = {
    "standard": [
        {"value": "met", "label": "Met", "score": 1, "rag": "green"},
        {"value": "partly", "label": "Partly met", "score": 0.5, "rag": "amber"},
        {"value": "not_met", "label": "Not met", "score": 0, "rag": "red"},
        {"value": "na", "label": "Not applicable", "excluded": True, "needs_reason": True},
        {"value": "nc", "label": "Not checked", "unchecked": True, "needs_reason": True},
    ],
    "thirds": [
        {"value": "poor", "label": "Poor", "score": 0.1},
        {"value": "fair", "label": "Fair", "score": 0.333333},
        {"value": "good", "label": "Good", "score": 0.9},
        {"value": "as_good", "label": "As good", "score": 0.9},
    ],
    "yes_no": [
        {"value": "yes", "label": "Yes", "score": 1},
        {"value": "no", "label": "No", "score": 0},
        {"value": "unknown", "label": "Unknown", "unchecked": True},
    ],
}
BANDED = {
    "standard": ["met", "partly", "not_met"],
    "thirds": ["poor", "fair", "good"],
    "yes_no": ["yes", "no"],
}
WEIGHTS = st.sampled_from([0, 0.3, 1, 1, 1, 2, 2.5, 3])
NUMBERS = st.sampled_from([0, 1, 33, 50, 60, 99, 100, 0.1, 9.99, 33.3, 60.5, 66.67, 89.9])
STARTS = st.lists(
    st.sampled_from([10, 33.3, 50, 60, 66.67, 75, 80, 90, 100]), max_size=2, unique=True
)


LEVELS: dict[str, list[dict[str, Any]]] = {
    "four": [
        {"id": "excellent", "label": "Excellent", "rag": "green"},
        {"id": "good", "label": "Good", "rag": "green"},
        {"id": "requires", "label": "Requires improvement", "rag": "amber"},
        {"id": "poor", "label": "Poor", "rag": "red"},
    ],
    "risk": [
        {"id": "low", "label": "Low risk", "rag": "green"},
        {"id": "medium", "label": "Medium risk", "rag": "amber"},
        {"id": "high", "label": "High risk", "rag": "red"},
    ],
    "two_reds": [
        {"id": "sound", "label": "Sound", "rag": "green"},
        {"id": "weak", "label": "Weak", "rag": "amber"},
        {"id": "failing", "label": "Failing", "rag": "red"},
        {"id": "unsafe", "label": "Unsafe", "rag": "red"},
    ],
    "two": [
        {"id": "pass", "label": "Pass", "rag": "green"},
        {"id": "fail", "label": "Fail", "rag": "red"},
    ],
}
"""Levels that a form may rate at, best first; half of the forms rate at the colours."""


_HEAD = {"id": "made", "version": "1", "kind": "visit", "title": "Made", "scales": SCALES}


@st.composite
def forms(draw: st.DrawFn, most_areas: int = 3, most_questions: int = 4) -> dict[str, Any]:
    """A form without faults."""
    levels = draw(st.sampled_from([None, None, None, None, *LEVELS.values()]))
    grades = [level["id"] for level in reversed(levels)] if levels else RAGS
    areas: list[dict[str, Any]] = []
    earlier: list[dict[str, Any]] = []
    for a in range(draw(st.integers(1, most_areas))):
        questions = []
        for _ in range(draw(st.integers(1, most_questions))):
            questions.append(draw(_questions(f"q{len(earlier)}", list(earlier), grades)))
            earlier.append(questions[-1])
        area = {"id": f"a{a}", "title": f"Area {a}", "questions": questions}
        if draw(st.booleans()):
            area["weight"] = draw(st.sampled_from([0.5, 1, 2, 3]))
        if any("scale" in q and q.get("weight") != 0 for q in questions):
            area["critical"] = draw(st.booleans())
        areas.append(area)
    key = "level" if levels else "rag"
    return {
        **_HEAD,
        "kind": draw(st.sampled_from(["visit", "visit", "risk"])),
        **({"levels": levels} if levels else {}),
        "bands": draw(_form_bands(key, grades)),
        "overall": {
            "minimum_coverage": draw(st.sampled_from([0, 50, 66.6, 100])),
            "rules": draw(st.lists(_rules(grades), max_size=3)),
        },
        **draw(_results(areas, key, grades)),
        "areas": areas,
    }


@st.composite
def _form_bands(draw: st.DrawFn, key: str, grades: list[str]) -> list[dict[str, Any]]:
    starts = [0, *sorted(draw(STARTS))][: len(grades)]
    ranks = sorted(draw(st.permutations(range(len(grades))))[: len(starts)])
    bands = [{key: grades[r], "from": s} for r, s in zip(ranks, starts, strict=True)]
    return draw(st.permutations(bands))


@st.composite
def _results(
    draw: st.DrawFn, areas: list[dict[str, Any]], key: str, grades: list[str]
) -> dict[str, Any]:
    """Results over the areas that count, in a third of the forms."""
    counting = [
        area["id"]
        for area in areas
        if any("scale" in q and q.get("weight") != 0 for q in area["questions"])
    ]
    if not counting or draw(st.integers(0, 2)):
        return {}
    parts: dict[int, list[str]] = {}
    for name in counting:
        parts.setdefault(draw(st.integers(0, 2)), []).append(name)
    results = []
    for number, names in parts.items():
        result = {"id": f"r{number}", "title": f"Result {number}", "areas": names}
        if draw(st.integers(0, 2)) == 0:
            result["bands"] = draw(_form_bands(key, grades))
        if draw(st.integers(0, 2)) == 0:
            result["rules"] = draw(st.lists(_rules(grades), max_size=2))
        results.append(result)
    return {"results": results}


def _rules(grades: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    colours = st.sampled_from(grades)
    return st.fixed_dictionaries(
        {"areas": colours, "at_least": st.integers(1, 3), "overall": colours}
    )


@st.composite
def _questions(
    draw: st.DrawFn, name: str, earlier: list[dict[str, Any]], grades: list[str]
) -> dict[str, Any]:
    kinds = ["choice"] * 5 + ["sample", "percent", "number", "text", "people", "date"]
    type_ = draw(st.sampled_from(kinds))
    question: dict[str, Any] = {"id": name, "ask": f"{name}?", "type": type_}
    if draw(st.booleans()):
        question["required"] = draw(st.booleans())
    if type_ == "choice" or (type_ in ("sample", "percent", "number") and draw(st.booleans())):
        scale = draw(st.sampled_from(sorted(SCALES)))
        question |= {"scale": scale, "weight": draw(WEIGHTS)}
        if type_ != "choice":
            question["bands"] = draw(_question_bands(BANDED[scale]))
        if question["weight"] and draw(st.integers(0, 3)) == 0:
            values = st.sampled_from([entry["value"] for entry in SCALES[scale]])
            question["limits"] = draw(st.dictionaries(values, st.sampled_from(grades), max_size=2))
    if earlier and draw(st.integers(0, 2)) == 0:
        question["relevant"] = draw(_conditions(earlier))
    return question


@st.composite
def _question_bands(draw: st.DrawFn, values: list[str]) -> list[dict[str, Any]]:
    starts = [0, *draw(STARTS)]
    chosen = draw(st.permutations(values))
    return [
        {"value": chosen[place % len(chosen)], "from": start} for place, start in enumerate(starts)
    ]


FACTS = ["setting.kind == 'day'", "setting.beds > 20", "today() > '2026-06-01'"]
WORDS = ["!= ''", "> today()", "== '2026-11-22'"]


@st.composite
def _conditions(draw: st.DrawFn, earlier: list[dict[str, Any]]) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 2))):
        readable = [q for q in earlier if q["type"] != "people"]
        if not readable or draw(st.integers(0, 4)) == 0:
            parts.append(draw(st.sampled_from(FACTS)))
            continue
        question = draw(st.sampled_from(readable))
        if question["type"] in ("text", "date"):
            parts.append(f"answers.{question['id']} {draw(st.sampled_from(WORDS))}")
            continue
        if question["type"] == "choice":
            values = [entry["value"] for entry in SCALES[question["scale"]]]
            sign = draw(st.sampled_from(["==", "!="]))
            parts.append(f"answers.{question['id']} {sign} '{draw(st.sampled_from(values))}'")
        else:
            sign = draw(st.sampled_from([">=", "<", "=="]))
            parts.append(f"answers.{question['id']} {sign} {draw(st.sampled_from([0, 50, 60.5]))}")
    joined = draw(st.sampled_from([" && ", " || "])).join(parts)
    return f"!({joined})" if draw(st.integers(0, 4)) == 0 else joined


@st.composite
def answers_to(draw: st.DrawFn, form: dict[str, Any]) -> dict[str, Any]:
    """Answers to some of the questions, each of which can be taken."""
    answers = {}
    for area in form["areas"]:
        for question in area["questions"]:
            if draw(st.integers(0, 5)):
                answers[question["id"]] = draw(_answers(question))
    return answers


@st.composite
def _answers(draw: st.DrawFn, question: dict[str, Any]) -> dict[str, Any]:
    type_ = question["type"]
    if type_ == "choice":
        entries = SCALES[question["scale"]]
        return {"value": draw(st.sampled_from([entry["value"] for entry in entries]))}
    if question.get("scale") == "standard" and draw(st.integers(0, 7)) == 0:
        return {"value": draw(st.sampled_from(["na", "nc"])), "reason": "None here"}
    if type_ in ("sample", "percent", "number") and draw(st.integers(0, 9)) == 0:
        return {"value": "not_known", "reason": "Nobody could say"}
    if type_ == "sample":
        checked = draw(st.integers(0, 7))
        return {"checked": checked, "met": draw(st.integers(0, checked))}
    if type_ in ("percent", "number"):
        return {"value": draw(NUMBERS)}
    return {
        "text": {"value": draw(st.sampled_from(["", "Kind and patient"]))},
        "date": {"value": "2026-11-22"},
        "people": {"value": {"people": draw(st.integers(0, 4)), "staff": 2}},
    }[type_]


SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["day", "nursing"]),
        "beds": st.sampled_from([10, 45]),
        "today": st.sampled_from(["2026-05-31", "2026-11-23"]),
    },
)


def plain(green: int, areas: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """A form of these questions by area, Green from `green` per cent and else Red."""
    return {
        **_HEAD,
        "bands": [{"rag": "green", "from": green}, {"rag": "red", "from": 0}],
        "areas": [{"id": name, "title": name, "questions": own} for name, own in areas.items()],
    }


def as_text(form: dict[str, Any]) -> str:
    """The form as YAML, without aliases."""
    return str(yaml.dump(form, Dumper=_Plain, sort_keys=False))


def as_form(form: dict[str, Any]) -> Form:
    """The form as the engine reads it."""
    return read_form(as_text(form), "made.yaml")


class _Plain(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True
