"""What changed in a form's head, its scales and its areas."""

from __future__ import annotations

from forms.compare.change import Change, became, number, quoted, weighed
from forms.model import Area, Form, Scale, ScaleValue
from visitapp.language import message, translate


def head_changes(old: Form, new: Form) -> list[Change]:
    """The title, the introduction, and what the form is used for."""
    found = []
    if old.title != new.title:
        found.append(
            ("reworded", became(translate("The title"), quoted(old.title), quoted(new.title)))
        )
    if old.intro != new.intro:
        found.append(("reworded", translate("The introduction was reworded.")))
    if old.kind != new.kind:
        found.append(("rescored", became(translate("The kind of form"), old.kind, new.kind)))
    if old.applies_to != new.applies_to:
        text = became(translate("The list of services"), _services(old), _services(new))
        found.append(("reworded", text))
    if old.purposes != new.purposes:
        text = became(
            translate("The list of purposes"), ", ".join(old.purposes), ", ".join(new.purposes)
        )
        found.append(("reworded", text))
    if old.sets_rating != new.sets_rating:
        text = became(translate("The rating a visit may set"), old.sets_rating, new.sets_rating)
        found.append(("rescored", text))
    found += [("reworded", text) for text in _named(old, new)]
    return [Change(what, "form", new.id, text) for what, text in found]


def _named(old: Form, new: Form) -> list[str]:
    """Frameworks and owners that came, went or have other words."""
    pairs = (
        (message("The framework {name}"), _frameworks(old), _frameworks(new)),
        (message("The owner {name}"), old.owners, new.owners),
    )
    absent = translate("not there")
    return [
        became(str(thing.filled(name=name)), before.get(name, absent), after.get(name, absent))
        for thing, before, after in pairs
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]


def _frameworks(form: Form) -> dict[str, str]:
    """Each framework in one line: its title, its edition, and the key questions."""
    told = {}
    for name, framework in form.frameworks.items():
        listed = ", ".join(f"{key}: {words}" for key, words in framework.key_questions.items())
        told[name] = f"{quoted(framework.title)}, {framework.version}{listed and f' ({listed})'}"
    return told


def _services(form: Form) -> str:
    return ", ".join(form.applies_to) or translate("all services")


def scale_changes(old: Form, new: Form) -> list[Change]:
    """Scales that questions of both forms use: their values, and what each does."""
    before, after = _scales(old), _scales(new)
    return [
        change
        for name, scale in after.items()
        if name in before
        for change in _scale(before[name], scale)
    ]


def _scales(form: Form) -> dict[str, Scale]:
    return {q.scale.id: q.scale for q in form.questions.values() if q.scale}


def _scale(old: Scale, new: Scale) -> list[Change]:
    found = [
        (
            "removed",
            translate("In the scale {scale}, {value} was removed.", **_named_in(new, value)),
        )
        for name, value in old.by_value.items()
        if name not in new.by_value
    ]
    if [name for name in old.by_value if name in new.by_value] != [
        name for name in new.by_value if name in old.by_value
    ]:
        order = translate(
            "In the scale {scale}, the values are in a different order.", scale=new.id
        )
        found.append(("moved", order))
    for name, value in new.by_value.items():
        found += _value(new, name, old.by_value.get(name), value)
    return [Change(what, "scale", new.id, text) for what, text in found]


def _value(
    scale: Scale, name: str, before: ScaleValue | None, value: ScaleValue
) -> list[tuple[str, str]]:
    """What changed in one value of a scale."""
    named = _named_in(scale, value)
    if before is None:
        effect = _effect(value)
        text = translate("In the scale {scale}, {value} is new: {effect}.", **named, effect=effect)
        return [("added", text)]
    found = []
    if before.label != value.label:
        thing = translate("In the scale {scale}, {value}", scale=scale.id, value=name)
        found.append(("reworded", became(thing, before.label, value.label)))
    if _effect(before) != _effect(value):
        thing = translate("In the scale {scale}, {value}", **named)
        found.append(("rescored", became(thing, _effect(before), _effect(value))))
    return found


def _named_in(scale: Scale, value: ScaleValue) -> dict[str, str]:
    return {"scale": scale.id, "value": quoted(value.label)}


def _effect(value: ScaleValue) -> str:
    if value.excluded:
        effect = translate("left out of the rating")
    elif value.unchecked:
        effect = translate("not checked")
    elif value.score is None:
        effect = translate("without a score")
    else:
        effect = translate("a score of {n}", n=number(value.score))
    reason = translate("with a reason") if value.needs_reason else ""
    return ", ".join(part for part in (effect, value.rag or "", reason) if part)


def area_changes(old: Area, new: Area) -> list[Change]:
    """An area's title, owner, weight and whether it is critical."""
    found = []
    if old.title != new.title:
        found.append(
            ("reworded", became(translate("An area's title"), quoted(old.title), quoted(new.title)))
        )
    name = translate("The area {area}", area=quoted(new.title))
    if old.weight != new.weight:
        text = weighed(name, old.weight, new.weight)
        found.append(("rescored", text))
    if old.owner != new.owner:
        anybody = translate("anybody")
        thing = translate("{area}: who fills it in", area=name)
        text = became(thing, old.owner or anybody, new.owner or anybody)
        found.append(("reworded", text))
    if old.critical != new.critical:
        text = translate("{area} is no longer critical.", area=name)
        if new.critical:
            text = translate("{area} is now critical.", area=name)
        found.append(("rescored", text))
    return [Change(what, "area", new.id, text) for what, text in found]
