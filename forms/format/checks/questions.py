"""What must hold of each question by itself."""

from __future__ import annotations

from collections.abc import Mapping

from forms.format.checks.scales import ScaleParts, check_question_bands
from forms.format.faults import Faults, nearest
from forms.format.part import Part, Word
from forms.model import FIGURES
from visitapp.language import translate

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
        what = translate("`source` belongs to a form of kind risk.")
        faults.add(
            question.line_of("source"), what, translate("Remove `source`, or set `kind: risk`.")
        )
    if "unit" in question.given and type_ and type_ != "number":
        what = translate("`unit` means nothing for a question of type {type}.", type=type_)
        faults.add(
            question.line_of("unit"), what, translate("Remove `unit`, or set `type: number`.")
        )
    _check_minimum(question, type_, faults)


def _check_minimum(question: Part, type_: str, faults: Faults) -> None:
    """A least number belongs to what is counted: records checked, or people spoken to."""
    for key, types in (("minimum", ("sample", "people")), ("minimum_percent", ("people",))):
        if key in question.given and type_ and type_ not in types:
            what = translate(
                "`{key}` means nothing for a question of type {type}.", key=key, type=type_
            )
            faults.add(question.line_of(key), what, translate("Remove `{key}`.", key=key))


def _scale(question: Part, scales: Mapping[str, ScaleParts], faults: Faults) -> ScaleParts | None:
    name = question.text("scale")
    if name and name not in scales:
        what = translate("There is no scale `{name}`.", name=name)
        remedy = nearest(name, list(scales)) or translate("Declare it under `scales:`.")
        faults.add(question.line_of("scale"), what, remedy)
    return scales.get(name)


def _check_scoring(question: Part, scale: ScaleParts | None, faults: Faults) -> None:
    type_, has_scale = question.text("type"), "scale" in question.given
    if type_ == "choice":
        if not has_scale:
            what = translate("A choice needs a scale.")
            faults.add(
                question.line, what, translate("Add `scale:` with the name of one under `scales:`.")
            )
        if "bands" in question.given:
            what = translate("A choice has no bands.")
            faults.add(question.line_of("bands"), what, translate("Remove `bands`."))
    elif type_ in FIGURES:
        if has_scale and "bands" not in question.given:
            what = translate("A scored {type} needs bands.", type=type_)
            remedy = translate(
                "Add `bands:` that say which scale value each range of numbers gives."
            )
            faults.add(question.line, what, remedy)
        if not has_scale and "bands" in question.given:
            what = translate("Bands need a scale to give their values.")
            faults.add(
                question.line_of("bands"), what, translate("Add `scale:`, or remove `bands`.")
            )
        check_question_bands(question, scale, faults)
    scored = question.number("weight") != 0
    if scale is not None and not scale.scored and scored:
        what = translate(
            "The scale `{name}` has no scores, so the question cannot count.", name=scale.name
        )
        faults.add(
            question.line_of("scale"),
            what,
            translate("Add `weight: 0`, or give the values scores."),
        )
    if not scored and "limits" in question.given:
        what = translate(
            "A question of weight 0 is recorded and not scored, so it cannot limit anything."
        )
        faults.add(
            question.line_of("limits"),
            what,
            translate("Remove `limits`, or give a weight above 0."),
        )


def _check_values(question: Part, scale: ScaleParts | None, faults: Faults) -> None:
    """Limits, evidence and action may name only values of the scale."""
    named = [word for word, _ in question.named("limits")]
    for key in ("evidence", "action"):
        rule = question.part(key)
        named += rule.words("when") if rule else []
    for key in ("limits", "evidence", "action"):
        if key in question.given and "scale" not in question.given:
            what = translate("`{key}` needs a scale to name its values.", key=key)
            faults.add(
                question.line_of(key), what, translate("Add `scale:`, or remove `{key}`.", key=key)
            )
    if scale is not None:
        _check_named(named, scale, faults)


def _check_named(named: list[Word], scale: ScaleParts, faults: Faults) -> None:
    for word in named:
        if word.text not in scale.values:
            what = translate(
                "`{text}` is not on the scale `{name}`.", text=word.text, name=scale.name
            )
            faults.add(word.line, what, nearest(word.text, list(scale.values)))


def _check_unscored(question: Part, type_: str, faults: Faults) -> None:
    for key in _SCORING_KEYS:
        if key in question.given:
            what = translate(
                "A question of type {type} is never scored, so `{key}` means nothing.",
                type=type_,
                key=key,
            )
            faults.add(
                question.line_of(key),
                what,
                translate("Remove `{key}`, or use another type.", key=key),
            )
    if question.number("weight"):
        what = translate(
            "A question of type {type} is never scored, so it has no weight.", type=type_
        )
        faults.add(question.line_of("weight"), what, translate("Remove `weight`."))
