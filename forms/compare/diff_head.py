"""What changed in a form's head, its scales and its areas."""

from __future__ import annotations

from forms.compare.change import Change, became, number, quoted
from forms.model import Area, Form, Scale, ScaleValue


def head_changes(old: Form, new: Form) -> list[Change]:
    """The title, the introduction, and what the form is used for."""
    found = []
    if old.title != new.title:
        found.append(("reworded", became("The title", quoted(old.title), quoted(new.title))))
    if old.intro != new.intro:
        found.append(("reworded", "The introduction has other words."))
    if old.kind != new.kind:
        found.append(("rescored", became("The kind of form", old.kind, new.kind)))
    if old.applies_to != new.applies_to:
        text = became("What it is for", _services(old), _services(new))
        found.append(("reworded", text))
    if old.purposes != new.purposes:
        text = became("Its purposes", ", ".join(old.purposes), ", ".join(new.purposes))
        found.append(("reworded", text))
    if old.sets_rating != new.sets_rating:
        text = became("The rating a visit may set", old.sets_rating, new.sets_rating)
        found.append(("rescored", text))
    found += [("reworded", text) for text in _named(old, new)]
    return [Change(what, "form", new.id, text) for what, text in found]


def _named(old: Form, new: Form) -> list[str]:
    """Frameworks and owners that came, went or have other words."""
    pairs = [("framework", _frameworks(old), _frameworks(new)), ("owner", old.owners, new.owners)]
    return [
        became(f"The {thing} {name}", before.get(name, "not there"), after.get(name, "not there"))
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
    return ", ".join(form.applies_to) or "all services"


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
    where = f"In the scale {new.id}"
    found = [
        ("removed", f"{where}, {quoted(value.label)} is gone.")
        for name, value in old.by_value.items()
        if name not in new.by_value
    ]
    if [name for name in old.by_value if name in new.by_value] != [
        name for name in new.by_value if name in old.by_value
    ]:
        found.append(("moved", f"{where}, the values stand in another order."))
    for name, value in new.by_value.items():
        before = old.by_value.get(name)
        if before is None:
            found.append(("added", f"{where}, {quoted(value.label)} is new: {_effect(value)}."))
            continue
        if before.label != value.label:
            found.append(("reworded", became(f"{where}, {name}", before.label, value.label)))
        if _effect(before) != _effect(value):
            text = became(f"{where}, {quoted(value.label)}", _effect(before), _effect(value))
            found.append(("rescored", text))
    return [Change(what, "scale", new.id, text) for what, text in found]


def _effect(value: ScaleValue) -> str:
    if value.excluded:
        effect = "left out of the rating"
    elif value.unchecked:
        effect = "not checked"
    else:
        effect = "without a score" if value.score is None else f"a score of {number(value.score)}"
    colour = f", {value.rag}" if value.rag else ""
    return f"{effect}{colour}{', with a reason' if value.needs_reason else ''}"


def area_changes(old: Area, new: Area) -> list[Change]:
    """An area's title, owner, weight and whether it is critical."""
    found = []
    if old.title != new.title:
        found.append(("reworded", became("An area's title", quoted(old.title), quoted(new.title))))
    name = f"The area {quoted(new.title)}"
    if old.weight != new.weight:
        text = f"{name} weighed {number(old.weight)}; it now weighs {number(new.weight)}."
        found.append(("rescored", text))
    if old.owner != new.owner:
        text = became(f"{name}: who fills it", old.owner or "anybody", new.owner or "anybody")
        found.append(("reworded", text))
    if old.critical != new.critical:
        found.append(("rescored", f"{name} is {'now' if new.critical else 'no longer'} critical."))
    return [Change(what, "area", new.id, text) for what, text in found]
