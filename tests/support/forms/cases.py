"""Forms and poor answers by the thousand, from a seed: quick to make, so rare pairs turn up."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from tests.support.forms.strategies import BANDED, LEVELS, RAGS, SCALES

_LOW = {"standard": ["not_met", "partly", "na"], "thirds": ["poor", "fair"], "yes_no": ["no"]}


class Case(NamedTuple):
    """A form as the YAML's own data, answers to it and the facts of a setting."""

    form: dict[str, Any]
    answers: dict[str, Any]
    setting: dict[str, Any]


def case(seed: int) -> Case:
    """One case; the same for the same seed."""
    rng = Random(seed)
    answers: dict[str, Any] = {}
    readable: list[dict[str, Any]] = []
    areas = [_area(rng, place, readable, answers) for place in range(rng.randint(1, 5))]
    form = {
        "id": "made",
        "version": str(seed),
        "kind": "visit",
        "title": "Made",
        "scales": SCALES,
        "bands": [
            {"rag": "green", "from": rng.choice([30, 60, 80])},
            {"rag": "amber", "from": rng.choice([5, 20.5])},
            {"rag": "red", "from": 0},
        ],
        "overall": {
            "minimum_coverage": 70,
            "rules": [_rule(rng) for _ in range(rng.randint(0, 3))],
        },
        "areas": areas,
    }
    return Case(form, answers, {"kind": rng.choice(["day", "nursing"])})


def graded_case(seed: int) -> Case:
    """A case whose form rates at levels or gives several results, or both."""
    rng = Random(-seed - 1)
    made = case(seed)
    kind = "risk" if seed % 3 == 0 else "visit"
    form = {**made.form, "kind": kind, "areas": [dict(area) for area in made.form["areas"]]}
    if rng.random() < 0.7:
        _give_levels(rng, form)
    counting = [a["id"] for a in form["areas"] if any(q.get("weight") for q in a["questions"])]
    if counting and ("levels" not in form or rng.random() < 0.7):
        parts: dict[int, list[str]] = {}
        for name in counting:
            parts.setdefault(rng.randint(0, 2), []).append(name)
        form["results"] = [
            {"id": f"r{n}", "title": f"Result {n}", "areas": names} for n, names in parts.items()
        ]
        if rng.random() < 0.5:
            form["results"][0]["bands"] = form["bands"][1:]
    return Case(form, made.answers, made.setting)


def _give_levels(rng: Random, form: dict[str, Any]) -> None:
    """Levels in place of the colours: each colour becomes one of the levels that stand for it."""
    levels = rng.choice([LEVELS["four"], LEVELS["two_reds"], LEVELS["risk"]])

    def level(rag: str) -> str:
        return str(rng.choice([one["id"] for one in levels if one["rag"] == rag]))

    starts = sorted(rng.sample([5, 20.5, 39, 63, 80, 88], len(levels) - 1), reverse=True)
    form["levels"] = levels
    form["bands"] = [
        {"level": one["id"], "from": start} for one, start in zip(levels, [*starts, 0], strict=True)
    ]
    form["overall"] = {
        **form["overall"],
        "rules": [
            {**rule, "areas": level(rule["areas"]), "overall": level(rule["overall"])}
            for rule in form["overall"]["rules"]
        ],
    }
    for area in form["areas"]:
        area["questions"] = [
            {**q, "limits": {value: level(rag) for value, rag in q["limits"].items()}}
            if "limits" in q
            else q
            for q in area["questions"]
        ]


def _rule(rng: Random) -> dict[str, Any]:
    return {
        "areas": rng.choice(RAGS[:2]),
        "at_least": rng.randint(1, 3),
        "overall": rng.choice(RAGS[:2]),
    }


def _area(
    rng: Random, place: int, readable: list[dict[str, Any]], answers: dict[str, Any]
) -> dict[str, Any]:
    questions = [
        _question(rng, f"q{place}_{number}", readable, answers)
        for number in range(rng.randint(1, 5))
    ]
    critical = rng.random() < 0.2 and any(q.get("weight") for q in questions)
    weight = rng.choice([1, 1, 2, 0.5])
    return {
        "id": f"a{place}",
        "title": f"Area {place}",
        "weight": weight,
        "critical": critical,
        "questions": questions,
    }


def _question(
    rng: Random, name: str, readable: list[dict[str, Any]], answers: dict[str, Any]
) -> dict[str, Any]:
    type_ = rng.choice(["choice"] * 4 + ["sample", "number"])
    scale = rng.choice(sorted(SCALES))
    question: dict[str, Any] = {"id": name, "ask": f"{name}?", "type": type_, "scale": scale}
    question["weight"] = rng.choice([0, 1, 1, 1, 2, 2.5])
    if readable and rng.random() < 0.35:
        question["relevant"] = _condition(rng, readable)
    readable.append(question)
    if type_ == "choice":
        entry = rng.choice(_LOW[scale] * 3 + [value["value"] for value in SCALES[scale]])
        answers[name] = {"value": entry}
    else:
        starts = [0, *rng.sample([20, 50, 90], 2)]
        values = (BANDED[scale] * 2)[:3]
        question["bands"] = [
            {"value": value, "from": start} for value, start in zip(values, starts, strict=True)
        ]
        sample = {"checked": 5, "met": rng.randint(0, 5)}
        answers[name] = sample if type_ == "sample" else {"value": rng.randint(0, 100)}
    if question["weight"] and rng.random() < 0.15:
        limited = rng.choice(SCALES[scale])["value"]
        question["limits"] = {limited: rng.choice(RAGS[:2])}
    if rng.random() < 0.1:
        del answers[name]
    return question


def _condition(rng: Random, readable: list[dict[str, Any]]) -> str:
    parts = []
    for question in rng.sample(readable, min(len(readable), rng.randint(1, 2))):
        if question["type"] != "choice":
            parts.append(f"answers.{question['id']} {rng.choice(['<', '>='])} 50")
            continue
        values = [entry["value"] for entry in SCALES[question["scale"]]]
        sign = rng.choice(["==", "!="])
        parts.append(f"answers.{question['id']} {sign} '{rng.choice(values)}'")
    if rng.random() < 0.2:
        parts.append("setting.kind == 'day'")
    return rng.choice([" && ", " || "]).join(parts)
