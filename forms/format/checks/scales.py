"""What must hold of scales and bands."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from forms.format.faults import Faults
from forms.format.part import Part, Value
from visitapp.language import translate


class ScaleParts(Struct, frozen=True):
    """A scale as written: its values by name. `scored` when answers on it can count."""

    name: str
    values: dict[str, Part]
    scored: bool


def check_scales(form: Part, faults: Faults) -> dict[str, ScaleParts]:
    """Every scale by name, its faults noted."""
    scales: dict[str, ScaleParts] = {}
    for word, values in form.named("scales"):
        parts = [part for part in _listed(values) if isinstance(part, Part)]
        scales[word.text] = _scale(word.text, parts, faults)
        if not any(_is_plain(part) for part in parts):
            what = translate(
                "Every value of the scale `{text}` leaves the calculation.", text=word.text
            )
            faults.add(word.line, what, translate("Add at least one value that people can score."))
    return scales


def _listed(values: Value) -> list[Value]:
    return values if isinstance(values, list) else []


def _scale(name: str, parts: list[Part], faults: Faults) -> ScaleParts:
    values: dict[str, Part] = {}
    scored = any("score" in part.given for part in parts)
    for part in parts:
        value = part.text("value")
        if value in values:
            what = translate(
                "`{value}` stands twice in the scale `{name}`.", value=value, name=name
            )
            faults.add(part.line, what, translate("Give each value of a scale a different name."))
        values.setdefault(value, part)
        _check_value(part, scored, faults)
    values.pop("", None)
    return ScaleParts(name, values, scored)


def _check_value(part: Part, scored: bool, faults: Faults) -> None:
    value = part.text("value")
    if part.flag("excluded", False) and part.flag("unchecked", False):
        what = translate("`{value}` is both excluded and unchecked.", value=value)
        faults.add(
            part.line,
            what,
            translate("Keep one: excluded leaves the calculation, unchecked does not."),
        )
    if not _is_plain(part):
        if "score" in part.given:
            what = translate("`{value}` has a score but does not count.", value=value)
            faults.add(
                part.line_of("score"),
                what,
                translate("Remove the score, or excluded or unchecked."),
            )
    elif scored and "score" not in part.given:
        what = translate(
            "`{value}` has no score, though other values of its scale have.", value=value
        )
        faults.add(
            part.line,
            what,
            translate("Give it a score from 0 to 1, or mark it excluded or unchecked."),
        )


def _is_plain(part: Part) -> bool:
    return not (part.flag("excluded", False) or part.flag("unchecked", False))


def check_question_bands(question: Part, scale: ScaleParts | None, faults: Faults) -> None:
    """Bands of one question: values on its scale, one band each, from 0 or below upwards."""
    bands = question.parts("bands")
    for band in bands:
        value = band.text("value")
        if not value or scale is None:
            continue
        if value not in scale.values:
            what = translate(
                "`{value}` is not on the scale `{name}`.", value=value, name=scale.name
            )
            faults.add(band.line, what, translate("Use {values}.", values=_values(scale)))
        elif not _is_plain(scale.values[value]):
            what = translate("A number cannot become `{value}`, which has no score.", value=value)
            faults.add(band.line, what, translate("Use a value with a score."))
    ordered = check_cover(bands, faults)
    if question.text("type") != "number":
        _check_within(ordered, faults)


def check_cover(bands: list[Part], faults: Faults) -> list[Part]:
    """The bands from the lowest up, having noted gaps and overlaps."""
    known = [(start, band) for band in bands if (start := band.number("from")) is not None]
    ordered = [band for _, band in sorted(known, key=lambda pair: pair[0])]
    starts = sorted(start for start, _ in known)
    if len(known) < len(bands) or not bands:
        return ordered
    if starts[0] > 0:
        what = translate("No band covers 0 to {plain}: there is a gap.", plain=_plain(starts[0]))
        faults.add(ordered[0].line, what, translate("Let the lowest band begin with `from: 0`."))
    for place in range(1, len(starts)):
        if starts[place] == starts[place - 1]:
            what = translate(
                "Two bands overlap: both begin at {plain}.", plain=_plain(starts[place])
            )
            faults.add(
                ordered[place].line, what, translate("Let each band begin at a different number.")
            )
    return ordered


def _check_within(ordered: list[Part], faults: Faults) -> None:
    for band in ordered:
        start = band.number("from")
        if start is not None and not 0 <= start <= 100:
            what = translate(
                "A band begins at {plain}, but a percentage is from 0 to 100.", plain=_plain(start)
            )
            faults.add(band.line_of("from"), what, translate("Let it begin between 0 and 100."))


def _values(scale: ScaleParts) -> str:
    return ", ".join(f"`{value}`" for value in scale.values)


def _plain(number: Fraction) -> str:
    return f"{float(number):g}"
