"""Checks a form: every fault at once, each with its line and its remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from forms.format.checks.conditions import check_conditions
from forms.format.checks.levels import (
    Grades,
    check_form_bands,
    check_grades,
    check_levels,
    check_results,
)
from forms.format.checks.names import check_frameworks, check_owners
from forms.format.checks.questions import check_question
from forms.format.checks.scales import ScaleParts, check_scales
from forms.format.checks.use import check_use
from forms.format.faults import Fault, Faults
from forms.format.keys import FORM
from forms.format.part import Part
from forms.format.shape import Reader
from forms.format.source import UnreadableError, parse
from visitapp.language import translate

MAX_QUESTIONS = 600


class Examined(Struct, frozen=True):
    """A form read as far as it goes; without faults `part` is whole."""

    part: Part | None
    faults: list[Fault]


def check_form(text: str, file: str) -> list[Fault]:
    """Every fault of a form's text, in the order of the file; empty when it is good.

    `file` is only named in the faults. Never raises on any text.
    """
    return examine(text, file, author=True).faults


def examine(text: str, file: str, *, author: bool = False) -> Examined:
    """The parts of a form and its faults; for an `author` also slips that do not bar reading."""
    faults = Faults(file, author=author)
    try:
        node = parse(text)
    except UnreadableError as problem:
        faults.add(problem.line, problem.what, problem.remedy)
        return Examined(None, faults.listed())
    form = Reader(faults).record(node, FORM, "the form")
    if form is not None:
        _check(form, faults)
    return Examined(form, faults.listed())


def questions_of(form: Part) -> list[Part]:
    """Every question of every area, in order."""
    return [question for area in form.parts("areas") for question in area.parts("questions")]


def _check(form: Part, faults: Faults) -> None:
    scales = check_scales(form, faults)
    grades = check_levels(form, faults)
    check_form_bands(form, grades, faults)
    questions = questions_of(form)
    check_grades(form, questions, grades, faults)
    _check_ids(form.parts("areas"), "area", faults)
    _check_ids(questions, "question", faults)
    _check_areas(form, faults)
    check_owners(form, faults)
    check_frameworks(form, questions, faults)
    for question in questions:
        check_question(question, form.text("kind"), scales, faults)
    check_conditions(questions, scales, faults)
    _check_scored(form, scales, grades, faults)
    check_use(form, faults)
    if len(questions) > MAX_QUESTIONS:
        what = translate(
            "The form has {count} questions; at most {most} fit.",
            count=len(questions),
            most=MAX_QUESTIONS,
        )
        faults.add(form.line_of("areas"), what, translate("Split it into smaller forms."))


def _check_ids(parts: list[Part], sort: str, faults: Faults) -> None:
    first: dict[str, int] = {}
    for part in parts:
        id_ = part.text("id")
        if id_ in first:
            what = translate(
                "The {sort} id `{name}` is used twice; the first is on line {first}.",
                sort=sort,
                name=id_,
                first=first[id_],
            )
            faults.add(
                part.line_of("id"), what, translate("Give each {sort} an id of its own.", sort=sort)
            )
        elif id_:
            first[id_] = part.line_of("id")


def _check_areas(form: Part, faults: Faults) -> None:
    for area in form.parts("areas"):
        if area.number("weight") == 0:
            what = translate("The area `{name}` has weight 0.", name=area.text("id"))
            remedy = translate(
                "Give it a weight above 0; to leave it unscored, give its questions weight 0."
            )
            faults.add(area.line_of("weight"), what, remedy)


def _check_scored(
    form: Part, scales: Mapping[str, ScaleParts], grades: Grades, faults: Faults
) -> None:
    """A form that scores needs bands; a critical area needs a question that counts."""
    counting = {area.text("id"): list(_counting(area, scales)) for area in form.parts("areas")}
    check_results(form, counting, grades, faults)
    banded = [result for result in form.parts("results") if "bands" in result.given]
    own = {word.text for result in banded for word in result.words("areas")}
    if "bands" not in form.given and any(counting[name] for name in counting.keys() - own):
        what = translate("The form scores answers but has no bands.")
        faults.add(
            form.line,
            what,
            translate("Add `bands:` with the percentage at which each colour begins."),
        )
    for area in form.parts("areas"):
        if area.flag("critical", False) and not counting[area.text("id")]:
            what = translate(
                "The area `{name}` is critical but none of its questions counts.",
                name=area.text("id"),
            )
            faults.add(
                area.line_of("critical"), what, translate("Score a question, or remove `critical`.")
            )


def _counting(area: Part, scales: Mapping[str, ScaleParts]) -> Iterator[Part]:
    for question in area.parts("questions"):
        if question.text("scale") in scales and question.number("weight") != 0:
            yield question
