"""The rating of docs/form-format.md again: slow, plain, on the YAML's own data.

It shares nothing with `forms`.

Every change is tried by rating everything again. Conditions run in CEL with every answer at hand.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import combinations
from math import floor
from typing import Any

import cel

WORST_FIRST = ["red", "amber", "green"]


@cache
def _program(source: str) -> cel.Program:
    return cel.compile(source)


@cache
def _exact(number: str) -> Fraction:
    return Fraction(number)


def rate(
    form: dict[str, Any], answers: dict[str, Any], setting: dict[str, Any], engine: int = 2
) -> dict[str, Any]:
    """The outcome, without the sentences."""
    outcome = rate_once(form, answers, setting, engine)
    return {**outcome, "would_change": _would_change(form, answers, setting, outcome)}


def rate_once(
    form: dict[str, Any], answers: dict[str, Any], setting: dict[str, Any], engine: int = 2
) -> dict[str, Any]:
    """The outcome, without what would change it."""
    return _rate(form, answers, setting, {}, engine)


def _rate(
    form: dict[str, Any],
    answers: dict[str, Any],
    setting: dict[str, Any],
    raised: dict[str, str],
    engine: int,
) -> dict[str, Any]:
    """`raised` holds the scale value of answers that are imagined to be better than they are."""
    counted, relevant = [], []
    readings: dict[str, Any] = {}
    for area in form["areas"]:
        for question in area["questions"]:
            if not _relevant(question, readings, setting):
                continue
            name = question["id"]
            relevant.append(question)
            reading = _reading(form, question, answers.get(name), raised.get(name))
            if reading is not None:
                readings[name] = reading
            if "scale" in question and _exact(str(question.get("weight", 1))) > 0:
                value = raised.get(name) or _value(form, question, answers.get(name))
                counted.append((area["id"], question, _entry(form, question, value)))

    areas = [_area(form, area, counted, engine) for area in form["areas"]]
    coverage = _coverage(counted)
    everything = _part(form, None, areas, counted, engine)
    outcome = {
        "form": {"id": form["id"], "version": form["version"]},
        "engine": engine,
        **{key: everything[key] for key in ("percent", "coverage", "provisional")},
        "grade": everything["grade"],
        "areas": [_shown(form, area, ("id", "percent", "coverage")) for area in areas],
        "reasons": everything["reasons"],
        "unanswered": [
            q["id"]
            for q in relevant
            if q.get("required", True) and not _recorded(form, q, answers.get(q["id"]))
        ],
        "scored": [q["id"] for _, q, entry in counted if entry and "score" in entry],
    }
    if "results" in form:
        parts = [(r, _part(form, r, areas, counted, engine)) for r in form["results"]]
        keys = ("id", "title", "percent", "coverage", "provisional", "reasons")
        outcome["results"] = [_shown(form, {**r, **part}, keys) for r, part in parts]
        outcome["reasons"] = [
            ("result", "", "", part["grade"], r["id"]) for r, part in parts if part["grade"]
        ]
        outcome["provisional"] = any(part["provisional"] for _, part in parts)
        outcome["grade"] = _worst(form, outcome["reasons"])
        unknown = [part for _, part in parts if part["unknown"]]
        if unknown and _rag(form, outcome["grade"]) == "green":
            outcome["grade"] = None
        outcome["reasons"] = [
            ("result", "", "", part["grade"], r["id"])
            for r, part in parts
            if part["grade"] or part["unknown"]
        ]
    assert outcome["coverage"] == floor(coverage)
    return outcome | _grade(form, outcome["grade"], "overall")


def _part(
    form: dict[str, Any],
    result: dict[str, Any] | None,
    areas: list[dict[str, Any]],
    counted: list[Any],
    engine: int,
) -> dict[str, Any]:
    """One result over its areas, or the whole form."""
    inside = [area for area in areas if result is None or area["id"] in result["areas"]]
    ids = {area["id"] for area in inside}
    own = [one for one in counted if one[0] in ids]
    critical = {area["id"] for area in form["areas"] if area.get("critical")}
    coverage = _coverage(own)
    limits = [
        ("limit", area, question["id"], question["limits"][entry["value"]], "")
        for area, question, entry in own
        if entry and entry["value"] in question.get("limits", {})
    ]
    held = [
        ("critical_area", area["id"], "", area["grade"], "")
        for area in inside
        if area["id"] in critical and _rag(form, area["grade"]) == "red"
    ]
    rules = [
        ("areas", "", "", rule["overall"], "")
        for rule in (result or {}).get("rules", form.get("overall", {}).get("rules", []))
        if sum(area["grade"] == rule["areas"] for area in inside) >= rule["at_least"]
    ]
    rated = [area for area in inside if area["exact"] is not None]
    band, percent = [], None
    if rated:
        weight = sum(area["weight"] for area in rated)
        exact = sum(area["exact"] * area["weight"] for area in rated) / weight
        percent = floor(exact)
        if result is not None or "bands" in form:
            band = [("band", "", "", _band(_bands(form, result), exact, _key(form)), "")]
    reasons = band + rules + held + limits
    provisional = coverage < _exact(str(form.get("overall", {}).get("minimum_coverage", 0)))
    unknown = provisional and form["kind"] == "risk" and engine == 2
    if unknown:
        reasons = limits
    return {
        "percent": percent,
        "coverage": floor(coverage),
        "provisional": provisional,
        "unknown": unknown,
        "grade": _worst(form, reasons) if rated or unknown else None,
        "reasons": [*reasons, *([("coverage", "", "", None, "")] if unknown else [])],
    }


def _worst(form: dict[str, Any], reasons: list[Any]) -> str | None:
    return min(
        (reason[3] for reason in reasons if reason[3]), key=worst_first(form).index, default=None
    )


def worst_first(form: dict[str, Any]) -> list[str]:
    """What the form rates at."""
    levels = [level["id"] for level in reversed(form.get("levels", []))]
    return levels or WORST_FIRST


def _key(form: dict[str, Any]) -> str:
    return "level" if "levels" in form else "rag"


def _rag(form: dict[str, Any], grade: str | None) -> str:
    rags = {level["id"]: level["rag"] for level in form.get("levels", [])}
    return str(rags.get(grade, grade or "unrated"))


def _grade(form: dict[str, Any], grade: str | None, key: str = "rag") -> dict[str, Any]:
    """What an outcome says of a grade: its RAG, and its level where the form has levels."""
    level = {"level": grade} if grade and "levels" in form else {}
    return {key: _rag(form, grade), **level}


def _shown(form: dict[str, Any], part: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: part[key] for key in keys} | _grade(form, part["grade"])


def _bands(form: dict[str, Any], result: dict[str, Any] | None) -> list[dict[str, Any]]:
    own = result.get("bands") if result else None
    return list(own or form["bands"])


def _would_change(
    form: dict[str, Any], answers: dict[str, Any], setting: dict[str, Any], outcome: dict[str, Any]
) -> list[dict[str, Any]]:
    if outcome["overall"] == "unrated":
        return []
    order = worst_first(form)
    questions = {q["id"]: q for area in form["areas"] for q in area["questions"]}
    for size in (1, 2):
        found = []
        for names in combinations(outcome["scored"], size):
            best = {name: _best(form, questions[name]) for name in names}
            if any(best[n] == _value(form, questions[n], answers[n]) for n in names):
                continue
            to = _rate(form, answers, setting, best, outcome["engine"])["grade"]
            if to and order.index(to) > order.index(outcome["grade"]):
                changed = [{"question": name, "value": best[name]} for name in names]
                found.append({"answers": changed, **_grade(form, to, "to")})
        if found:
            return found[:5]
    return []


def _relevant(question: dict[str, Any], readings: dict[str, Any], setting: dict[str, Any]) -> bool:
    if "relevant" not in question:
        return True
    try:
        return (
            _program(question["relevant"].replace("today()", "setting.today")).execute(
                {"answers": readings, "setting": setting}
            )
            is True
        )
    except (KeyError, TypeError, RuntimeError, ValueError, ArithmeticError):
        return False


def _reading(
    form: dict[str, Any], question: dict[str, Any], answer: Any, raised: str | None
) -> Any:
    if question["type"] == "choice":
        return raised or _value(form, question, answer)
    if question["type"] in ("text", "date") and isinstance(answer, dict):
        words = str(answer.get("value") or "")
        return words if words.strip() else None
    number = _number(question, answer)
    return None if number is None else float(number)


def _number(question: dict[str, Any], answer: Any) -> Fraction | None:
    if not isinstance(answer, dict):
        return None
    if question["type"] == "sample" and answer.get("checked"):
        return Fraction(100 * answer["met"], answer["checked"])
    value = answer.get("value")
    if question["type"] in ("number", "percent") and isinstance(value, int | float):
        return _exact(str(value))
    return None


def _value(form: dict[str, Any], question: dict[str, Any], answer: Any) -> str | None:
    number = _number(question, answer)
    if number is not None:
        return _band(question["bands"], number, "value") if "bands" in question else None
    value = answer.get("value") if isinstance(answer, dict) else None
    entry = _entry(form, question, value) if isinstance(value, str) else None
    if question["type"] != "choice" and entry and "score" in entry:
        return None
    return entry["value"] if entry else None


def _entry(form: dict[str, Any], question: dict[str, Any], value: Any) -> dict[str, Any] | None:
    for entry in form["scales"][question["scale"]] if "scale" in question else ():
        if entry["value"] == value:
            return dict(entry)
    figure = question["type"] in ("number", "percent", "sample")
    return {"value": value, "unchecked": True} if figure and value == "not_known" else None


def _best(form: dict[str, Any], question: dict[str, Any]) -> str:
    scored = [entry for entry in form["scales"][question["scale"]] if "score" in entry]
    highest = max(_exact(str(entry["score"])) for entry in scored)
    return str(next(e["value"] for e in scored if _exact(str(e["score"])) == highest))


def _recorded(form: dict[str, Any], question: dict[str, Any], answer: Any) -> bool:
    if _number(question, answer) is not None or _value(form, question, answer) is not None:
        return True
    value = answer.get("value") if isinstance(answer, dict) else None
    return question["type"] in ("text", "date", "people") and bool(value)


def _area(
    form: dict[str, Any], area: dict[str, Any], counted: list[Any], engine: int
) -> dict[str, Any]:
    own = [(name, question, entry) for name, question, entry in counted if name == area["id"]]
    scored = [(_weight(q), _exact(str(e["score"]))) for _, q, e in own if e and "score" in e]
    exact = None
    if scored:
        exact = 100 * sum(w * s for w, s in scored) / sum(w for w, _ in scored)
    results = [result for result in form.get("results", []) if area["id"] in result["areas"]]
    bands = _bands(form, results[0] if results else None) if exact is not None else []
    grade = None if exact is None else _band(bands, exact, _key(form))
    if grade and engine == 2:
        hit = [
            q["limits"][e["value"]] for _, q, e in own if e and e["value"] in q.get("limits", {})
        ]
        grade = min([grade, *hit], key=worst_first(form).index)
    return {
        "id": area["id"],
        "grade": grade,
        "percent": None if exact is None else floor(exact),
        "coverage": floor(_coverage(own)),
        "exact": exact,
        "weight": _exact(str(area.get("weight", 1))),
    }


def _coverage(counted: list[Any]) -> Fraction:
    counts = [(q, entry) for _, q, entry in counted if not (entry and entry.get("excluded"))]
    total = sum((_weight(q) for q, _ in counts), Fraction(0))
    scored = sum((_weight(q) for q, entry in counts if entry and "score" in entry), Fraction(0))
    return 100 * scored / total if total else Fraction(100)


def _weight(question: dict[str, Any]) -> Fraction:
    return _exact(str(question.get("weight", 1)))


def _band(bands: list[dict[str, Any]], number: Fraction, key: str) -> str | None:
    reached = [band for band in bands if number >= _exact(str(band["from"]))]
    if not reached:
        return None
    return str(max(reached, key=lambda band: _exact(str(band["from"])))[key])
