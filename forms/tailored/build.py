"""Builds a form for one setting: a base form, its open actions, and areas of the last visit's form.

An intervention verifies what was promised. Each open action becomes a question; then come the
areas that were weak last time, as they were asked then; then the base form's own. The result is a
form like any other: YAML that passes `forms.format.check` and travels with its visit. The weights
and the three levels are ours.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from hashlib import sha256

from msgspec import Struct

from forms.catalogue.read import read_form
from forms.format.conditions import Condition
from forms.format.tree import Tree, items, plain, read_tree, record, word, write_tree
from forms.model import Form
from forms.tailored.borrowing import Borrowing, free_name
from visitapp.errors import BadFile, Code
from visitapp.language import message

ACTIONS_AREA = "actions_to_verify"
VERIFICATION = "verification"
VERIFIED = "verified"
MOST_ACTIONS = 100
"""Actions that become questions; a plan of more is not one that a visit can verify."""

_LONGEST_ABOUT = 1000
_AREA_KEYS = ("id", "title", "weight", "critical", "owner", "questions")
WEIGHTS = {"immediate": 3, "high": 2}
BASE_LENGTH = 9
UNMARKED = "-0000000000"
"""What ends the version while the digest of the text, which replaces it, is taken."""
MARK_LENGTH = len(UNMARKED)
ASKED = "Is this done, and does it hold?"
"""What begins the question about an action; its title follows."""


class PlanAction(Struct, frozen=True, kw_only=True):
    """An open action: its question's id, what was promised, what to know, and its priority."""

    question: str
    title: str
    about: str
    priority: str


class Weak(Struct, frozen=True, kw_only=True):
    """The text of the last visit's form, and the ids of its areas to look at again."""

    text: str
    areas: Collection[str]


def tailor(base: str, actions: Sequence[PlanAction], weak: Weak | None = None) -> str:
    """The text of the form built from the form text `base`.

    At most `MOST_ACTIONS` of the actions are taken, the first. A question that a weak area asks is
    not asked again by the base. Its version is the base's with a mark of the whole text, so
    that two different forms never bear one version.
    """
    form = read_tree(base)
    own = items(form["areas"])
    scales = record(form.setdefault("scales", {}))
    taken = {word(record(area)["id"]) for area in own}
    borrowed = _borrowed(weak, taken, form) if weak else []
    asked = {word(question["id"]) for area in borrowed for question in _questions(area)}
    kept = [area for part in own if (area := _without(record(part), asked))]
    _keep_what_holds(kept)
    areas: list[Tree] = [*borrowed, *kept]
    if actions:
        name = free_name(VERIFICATION, scales)
        scales[name] = _verification()
        areas.insert(0, _actions_area(actions[:MOST_ACTIONS], name))
    form["areas"] = areas
    _give_to_first_result(form)
    return _marked(form)


def question_of(action_id: str) -> str:
    """The id of the question that asks about an action, the same at every visit."""
    return f"action_{action_id.replace('-', '')[-12:]}"


def version_of(text: str) -> str:
    """The version that a built form's text bears."""
    return word(read_tree(text)["version"])


def read_built(text: str, form_id: str, version: str) -> Form:
    """The form built for a visit that is pinned to `form_id` and `version`.

    Raises BadFile (FORM_FAULTS) when the text is no form, or not the one that was pinned.
    """
    where = f"the form built for this visit ({form_id})"
    form = read_form(text, where)
    if (form.id, form.version) != (form_id, version) or not _is_marked(text, version):
        what = message("The form that came with this visit is not the one it was started on.")
        raise BadFile(Code.FORM_FAULTS, what, file=where)
    return form


def _borrowed(weak: Weak, taken: Collection[str], form: dict[str, Tree]) -> list[dict[str, Tree]]:
    """The weak areas that the form has not itself, with what they need of their own form."""
    last = read_tree(weak.text)
    borrowing = Borrowing(last, form)
    areas = [
        {key: part[key] for key in _AREA_KEYS if key in part}
        for part in map(record, items(last["areas"]))
        if (name := word(part["id"])) in weak.areas and name not in taken and name != ACTIONS_AREA
    ]
    for area in areas:
        borrowing.fit(area)
    _keep_what_holds(areas)
    return areas


def _give_to_first_result(form: dict[str, Tree]) -> None:
    """Where the base has several results, what was added counts in its first; one of which nothing
    that counts is left goes."""
    results = [record(result) for result in items(form.get("results", []))]
    areas = [word(record(area)["id"]) for area in items(form["areas"])]
    for result in results:
        result["areas"] = [name for name in items(result["areas"]) if word(name) in areas]
    named = {word(name) for result in results for name in items(result["areas"])}
    if results:
        added = [name for name in areas if name not in named]
        results[0]["areas"] = [*items(results[0]["areas"]), *added]
        counting = {word(area["id"]) for area in map(record, items(form["areas"])) if _rates(area)}
        form["results"] = [one for one in results if counting & {*map(word, items(one["areas"]))}]


def _keep_what_holds(areas: Sequence[dict[str, Tree]]) -> None:
    """Conditions that read a question which is not among these go: better asked than lost."""
    placed: set[str] = set()
    for area in areas:
        for question in _questions(area):
            if "relevant" in question and not _reads(question["relevant"]) <= placed:
                del question["relevant"]
            placed.add(word(question["id"]))


def _reads(condition: Tree) -> set[str]:
    return set(Condition(word(condition)).answers)


def _without(area: dict[str, Tree], asked: Collection[str]) -> dict[str, Tree] | None:
    """An area of the base without questions asked already; None when no question is left."""
    questions = [q for q in _questions(area) if word(q["id"]) not in asked]
    if not questions:
        return None
    kept: dict[str, Tree] = {**area, "questions": [*questions]}
    if not _rates(kept):
        kept.pop("critical", None)
    return kept


def _rates(area: dict[str, Tree]) -> bool:
    """Is there a question in the area that counts?"""
    return any(_counts(question) for question in _questions(area))


def _counts(question: dict[str, Tree]) -> bool:
    return "scale" in question and Fraction(word(question.get("weight", "1"))) > 0


def _actions_area(actions: Sequence[PlanAction], scale: str) -> dict[str, Tree]:
    return {
        "id": ACTIONS_AREA,
        "title": "Actions to verify",
        "questions": [_action_question(action, scale) for action in actions],
    }


def _action_question(action: PlanAction, scale: str) -> Tree:
    about = printable(action.about)
    if len(about) > _LONGEST_ABOUT:
        about = f"{about[: _LONGEST_ABOUT - 1]}…"
    return {
        "id": action.question,
        "ask": f"{ASKED} {printable(action.title)}".strip(),
        **({"look_for": about} if about else {}),
        "type": "choice",
        "scale": scale,
        "weight": WEIGHTS.get(action.priority, 1),
        "evidence": {"when": [VERIFIED, "partly"], "kind": "note"},
    }


def _verification() -> Tree:
    return [
        {"value": VERIFIED, "label": "Verified", "score": 1, "rag": "green"},
        {"value": "partly", "label": "Partly", "score": plain("0.5"), "rag": "amber"},
        {"value": "not_yet", "label": "Not yet", "score": 0, "rag": "red"},
        {
            "value": "not_checked",
            "label": "Not checked",
            "unchecked": True,
            "needs_reason": True,
        },
    ]


def _marked(form: dict[str, Tree]) -> str:
    """The text, with its mark in the version in place of `UNMARKED`."""
    form["version"] = f"{word(form['version'])[:BASE_LENGTH]}{UNMARKED}"
    text = write_tree(form)
    return text.replace(UNMARKED, digest(text), 1)


def _is_marked(text: str, version: str) -> bool:
    mark = version[-len(UNMARKED) :]
    return digest(text.replace(mark, UNMARKED, 1)) == mark


def digest(text: str) -> str:
    return f"-{sha256(text.encode()).hexdigest()[: len(UNMARKED) - 1]}"


def _questions(area: dict[str, Tree]) -> list[dict[str, Tree]]:
    return [record(question) for question in items(area["questions"])]


def printable(text: str) -> str:
    """On one line, without characters that steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
