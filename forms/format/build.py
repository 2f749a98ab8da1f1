"""Makes a form of parts that were found good."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from forms.format.part import Part, Value, Word
from forms.model import (
    PURPOSES,
    ActionRule,
    Area,
    Band,
    EvidenceRule,
    Form,
    Framework,
    Level,
    NamedResult,
    OverallRule,
    Question,
    Scale,
    ScaleValue,
)

_ONE = Fraction(1)


def build_form(form: Part, digest: str) -> Form:
    """The form. The parts must be without faults."""
    scales = {
        word.text: _scale(word.text, values)
        for word, values in form.named("scales")
        if isinstance(values, list)
    }
    areas = tuple(
        _area(part, number, scales) for number, part in enumerate(form.parts("areas"), start=1)
    )
    bands = _bands(form, "level", "rag")
    overall = form.part("overall")
    rules = _rules(overall) if overall else ()
    return Form(
        id=form.text("id"),
        version=form.text("version"),
        kind=form.text("kind"),
        title=form.text("title"),
        intro=form.text("intro"),
        applies_to=tuple(word.text for word in form.words("applies_to")),
        frameworks={
            word.text: _framework(word.text, part)
            for word, part in form.named("frameworks")
            if isinstance(part, Part)
        },
        owners=_texts(form, "owners"),
        levels=tuple(_level(part) for part in form.parts("levels")),
        bands=bands,
        minimum_coverage=(overall and overall.number("minimum_coverage")) or Fraction(0),
        rules=rules,
        results=tuple(_result(part, bands, rules) for part in form.parts("results")),
        areas=areas,
        questions={question.id: question for area in areas for question in area.questions},
        area_of={question.id: area for area in areas for question in area.questions},
        digest=digest,
        sets_rating=form.text("sets_rating") or "none",
        purposes=tuple(word.text for word in form.words("purposes")) or PURPOSES,
    )


def _framework(name: str, part: Part) -> Framework:
    return Framework(
        id=name,
        title=part.text("title"),
        version=part.text("version"),
        key_questions=_texts(part, "key_questions"),
    )


def _texts(part: Part, key: str) -> dict[str, str]:
    return {name.text: text.text for name, text in part.named(key) if isinstance(text, Word)}


def _scale(name: str, values: list[Value]) -> Scale:
    made = tuple(_scale_value(part) for part in values if isinstance(part, Part))
    scored = [value for value in made if value.score is not None]
    best = max(scored, key=lambda value: value.score or 0) if scored else None
    return Scale(id=name, values=made, by_value={v.value: v for v in made}, best=best)


def _scale_value(part: Part) -> ScaleValue:
    return ScaleValue(
        value=part.text("value"),
        label=part.text("label"),
        score=part.number("score"),
        rag=part.text("rag") or None,
        excluded=part.flag("excluded", False),
        unchecked=part.flag("unchecked", False),
        needs_reason=part.flag("needs_reason", False),
    )


def _level(part: Part) -> Level:
    return Level(id=part.text("id"), label=part.text("label"), rag=part.text("rag"))


def _result(part: Part, bands: tuple[Band, ...], rules: tuple[OverallRule, ...]) -> NamedResult:
    return NamedResult(
        id=part.text("id"),
        title=part.text("title"),
        areas=tuple(word.text for word in part.words("areas")),
        bands=_bands(part, "level", "rag") or bands,
        rules=_rules(part) if "rules" in part.given else rules,
    )


def _bands(part: Part, *result: str) -> tuple[Band, ...]:
    """From the highest down. `result` are the keys that may hold what the band gives."""
    made = [
        Band(result="".join(map(band.text, result)), start=band.number("from") or Fraction(0))
        for band in part.parts("bands")
    ]
    return tuple(sorted(made, key=lambda band: band.start, reverse=True))


def _rules(part: Part) -> tuple[OverallRule, ...]:
    return tuple(_rule(rule) for rule in part.parts("rules"))


def _rule(part: Part) -> OverallRule:
    at_least = int(part.number("at_least") or 1)
    return OverallRule(areas=part.text("areas"), at_least=at_least, overall=part.text("overall"))


def _area(part: Part, number: int, scales: Mapping[str, Scale]) -> Area:
    weight = part.number("weight")
    return Area(
        id=part.text("id"),
        number=number,
        title=part.text("title"),
        weight=_ONE if weight is None else weight,
        critical=part.flag("critical", False),
        questions=tuple(
            _question(question, f"{number}.{place}", scales)
            for place, question in enumerate(part.parts("questions"), start=1)
        ),
        owner=part.text("owner"),
    )


def _question(part: Part, number: str, scales: Mapping[str, Scale]) -> Question:
    scale = scales.get(part.text("scale"))
    weight = part.number("weight")
    return Question(
        id=part.text("id"),
        number=number,
        ask=part.text("ask"),
        look_for=part.text("look_for"),
        type=part.text("type"),
        scale=scale,
        bands=_bands(part, "value"),
        weight=Fraction(scale is not None) if weight is None else weight,
        required=part.flag("required", True),
        limits=_texts(part, "limits"),
        relevant=part.text("relevant") or None,
        evidence=_evidence(part.part("evidence")),
        action=_action(part.part("action")),
        unit=part.text("unit"),
        frameworks=_texts(part, "frameworks"),
        source=part.text("source") or None,
        minimum=_whole(part, "minimum"),
        minimum_percent=_whole(part, "minimum_percent"),
    )


def _whole(part: Part, key: str) -> int | None:
    number = part.number(key)
    return None if number is None else int(number)


def _evidence(part: Part | None) -> EvidenceRule | None:
    return None if part is None else EvidenceRule(when=_when(part), kind=part.text("kind"))


def _action(part: Part | None) -> ActionRule | None:
    if part is None:
        return None
    return ActionRule(
        when=_when(part),
        suggest=part.text("suggest"),
        priority=part.text("priority") or "medium",
        due_days=_whole(part, "due_days"),
    )


def _when(part: Part) -> tuple[str, ...]:
    return tuple(word.text for word in part.words("when"))
