"""Whether a form that was built for a setting is the one that its base and the records give."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from forms.format.tree import Tree, items, read_tree, record, said, word
from forms.tailored.build import (
    ACTIONS_AREA,
    ASKED,
    BASE_LENGTH,
    MARK_LENGTH,
    WEIGHTS,
    PlanAction,
    Weak,
    tailor,
)

_PRIORITIES = {str(weight): priority for priority, weight in WEIGHTS.items()}


def base_versions(version: str, known: Iterable[str]) -> list[str]:
    """Those of the known versions of a form that a built form's version may come from: it has the
    first characters of its base's."""
    head = version[:-MARK_LENGTH]
    return [one for one in known if one[:BASE_LENGTH] == head]


def difference(text: str, base: str, questions: Collection[str], lasts: Iterable[str]) -> str:
    """Why the built form `text` is not one that the form text `base` gives, in a sentence; empty
    when it is.

    questions: those of the actions of the setting. How an action is worded is the form's own: its
    officer may have put it in other words since, without the server seeing the first ones.
    lasts: the texts of the forms of the setting's visits, from one of which the areas that are not
    the base's were taken. Scales, scores, bands, limits and rules are then the base's and that
    form's, because the form is built again from them and compared whole.
    """
    built = read_tree(text)
    actions = _actions(built)
    for action in actions:
        if action.question not in questions:
            return f"It asks about an action that this setting does not have: {action.title!r}."
    borrowed = _borrowed(built, read_tree(base))
    wanted = _without_version(built)
    weak = (Weak(text=last, areas=borrowed) for last in lasts) if borrowed else (None,)
    if any(_without_version(read_tree(tailor(base, actions, one))) == wanted for one in weak):
        return ""
    return "It differs from the published form that it was built from."


def _actions(built: dict[str, Tree]) -> list[PlanAction]:
    """The actions that the form asks about."""
    areas = map(record, items(built["areas"]))
    questions = (one for area in areas if word(area["id"]) == ACTIONS_AREA for one in _asked(area))
    return [
        PlanAction(
            question=word(question["id"]),
            title=word(question["ask"]).removeprefix(ASKED).strip(),
            about=word(question.get("look_for", "")),
            priority=_PRIORITIES.get(word(question.get("weight", "")), ""),
        )
        for question in questions
    ]


def _asked(area: dict[str, Tree]) -> list[dict[str, Tree]]:
    return [record(question) for question in items(area["questions"])]


def _borrowed(built: dict[str, Tree], base: dict[str, Tree]) -> set[str]:
    own = {word(record(area)["id"]) for area in items(base["areas"])} | {ACTIONS_AREA}
    return {word(record(area)["id"]) for area in items(built["areas"])} - own


def _without_version(form: dict[str, Tree]) -> object:
    return said({key: part for key, part in form.items() if key != "version"})
