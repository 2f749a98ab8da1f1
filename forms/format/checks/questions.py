"""What must hold of each question by itself."""

from __future__ import annotations

from collections.abc import Mapping

from forms.format.checks.scales import ScaleParts, check_question_bands
from forms.format.faults import Faults, nearest
from forms.format.shape import Part, Word
from forms.model import FIGURES

SCORED_TYPES = ("choice", *FIGURES)

_SCORING_KEYS = ("scale", "bands", "limits", "evidence", "action")


def check_question(
    question: Part, kind: str, scales: Mapping[str, ScaleParts], faults: Faults
) -> None:
    """Notes the faults of one question of a form of this kind."""
    type_ = question.text("type")
    if type_ in SCORED_TYPES or not type_:
        scale = _scale(question, scales, faults)
        _check_scoring(question, scale, faults)
        _check_values(question, scale, faults)
    else:
        _check_unscored(question, type_, faults)
    if "source" in question.given and kind in ("visit", "self_assessment"):
        what = "`source` belongs to a form of kind risk."
        faults.add(question.line_of("source"), what, "Remove `source`, or set `kind: risk`.")
    if "unit" in question.given and type_ and type_ != "number":
        what = f"`unit` means nothing for a question of type {type_}."
        faults.add(question.line_of("unit"), what, "Remove `unit`, or set `type: number`.")


def _scale(question: Part, scales: Mapping[str, ScaleParts], faults: Faults) -> ScaleParts | None:
    name = question.text("scale")
    if name and name not in scales:
        what = f"There is no scale `{name}`."
        remedy = nearest(name, list(scales)) or "Declare it under `scales:`."
        faults.add(question.line_of("scale"), what, remedy)
    return scales.get(name)


def _check_scoring(question: Part, scale: ScaleParts | None, faults: Faults) -> None:
    type_, has_scale = question.text("type"), "scale" in question.given
    if type_ == "choice":
        if not has_scale:
            what = "A choice needs a scale."
            faults.add(question.line, what, "Add `scale:` with the name of one under `scales:`.")
        if "bands" in question.given:
            what = "A choice has no bands."
            faults.add(question.line_of("bands"), what, "Remove `bands`.")
    elif type_ in FIGURES:
        if has_scale and "bands" not in question.given:
            what = f"A scored {type_} needs bands."
            remedy = "Add `bands:` that say which scale value each range of numbers gives."
            faults.add(question.line, what, remedy)
        if not has_scale and "bands" in question.given:
            what = "Bands need a scale to give their values."
            faults.add(question.line_of("bands"), what, "Add `scale:`, or remove `bands`.")
        check_question_bands(question, scale, faults)
    scored = question.number("weight") != 0
    if scale is not None and not scale.scored and scored:
        what = f"The scale `{scale.name}` has no scores, so the question cannot count."
        faults.add(question.line_of("scale"), what, "Add `weight: 0`, or give the values scores.")
    if not scored and "limits" in question.given:
        what = "A question of weight 0 is recorded and not scored, so it cannot limit anything."
        faults.add(question.line_of("limits"), what, "Remove `limits`, or give a weight above 0.")


def _check_values(question: Part, scale: ScaleParts | None, faults: Faults) -> None:
    """Limits, evidence and action may name only values of the scale."""
    named = [word for word, _ in question.named("limits")]
    for key in ("evidence", "action"):
        rule = question.part(key)
        named += rule.words("when") if rule else []
    for key in ("limits", "evidence", "action"):
        if key in question.given and "scale" not in question.given:
            what = f"`{key}` needs a scale to name its values."
            faults.add(question.line_of(key), what, f"Add `scale:`, or remove `{key}`.")
    if scale is not None:
        _check_named(named, scale, faults)


def _check_named(named: list[Word], scale: ScaleParts, faults: Faults) -> None:
    for word in named:
        if word.text not in scale.values:
            what = f"`{word.text}` is not on the scale `{scale.name}`."
            faults.add(word.line, what, nearest(word.text, list(scale.values)))


def _check_unscored(question: Part, type_: str, faults: Faults) -> None:
    for key in _SCORING_KEYS:
        if key in question.given:
            what = f"A question of type {type_} is never scored, so `{key}` means nothing."
            faults.add(question.line_of(key), what, f"Remove `{key}`, or use another type.")
    if question.number("weight"):
        what = f"A question of type {type_} is never scored, so it has no weight."
        faults.add(question.line_of("weight"), what, "Remove `weight`.")
