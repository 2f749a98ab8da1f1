"""What must hold of levels and results, and of the bands, rules and limits that name them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from msgspec import Struct

from forms.format.checks.scales import check_cover
from forms.format.faults import Faults, nearest
from forms.format.part import Part, Word
from forms.levels import UNRATED
from forms.model import RAGS
from visitapp.language import translate


class Grades(Struct, frozen=True):
    """What a form rates at, best first: its levels by id with their RAG, or the three RAGs.

    `key` is what a band calls it: `level` or `rag`.
    """

    key: str
    rags: Mapping[str, str]

    def rank(self, grade: str) -> int:
        """Its place from the worst up; -1 when it is none."""
        names = list(self.rags)
        return len(names) - 1 - names.index(grade) if grade in names else -1


def check_levels(form: Part, faults: Faults) -> Grades:
    """What the form rates at, the faults of its levels noted."""
    parts = form.parts("levels")
    if "levels" not in form.given:
        return Grades("rag", {rag: rag for rag in reversed(RAGS)})
    if len(parts) < 2:
        what = translate("A form cannot rate at one level only.")
        faults.add(
            form.line_of("levels"), what, translate("Add another level, or remove `levels`.")
        )
    for key in ("id", "label"):
        _check_different(parts, key, faults)
    for part in parts:
        if part.text("id") == UNRATED:
            what = translate(
                "A level cannot be called `{level}`: that is where nothing was answered.",
                level=UNRATED,
            )
            faults.add(part.line_of("id"), what, translate("Give it another id."))
    for above, below in pairwise(part for part in parts if part.text("rag")):
        better, worse = below.text("rag"), above.text("rag")
        if RAGS.index(better) > RAGS.index(worse):
            what = translate(
                "A level of `{better}` stands below one of `{worse}`.", better=better, worse=worse
            )
            faults.add(
                below.line_of("rag"),
                what,
                translate("Write the levels from the best to the worst."),
            )
    return Grades("level", {part.text("id"): part.text("rag") for part in parts})


def _check_different(parts: list[Part], key: str, faults: Faults) -> None:
    seen: set[str] = set()
    for part in parts:
        value = part.text(key)
        if value and value in seen:
            what = translate("Two levels have the {key} `{value}`.", key=key, value=value)
            faults.add(
                part.line_of(key), what, translate("Give each level a different {key}.", key=key)
            )
        seen.add(value)


def check_form_bands(part: Part, grades: Grades, faults: Faults) -> None:
    """The bands of a form or a result: they must cover 0 to 100, and more is never worse."""
    bands = part.parts("bands")
    for band in bands:
        _check_band(band, grades, faults)
    for lower, higher in pairwise(check_cover(bands, faults)):
        below, above = lower.text(grades.key), higher.text(grades.key)
        apart = lower.number("from") != higher.number("from")
        ranks = grades.rank(above), grades.rank(below)
        if apart and min(ranks) >= 0 and ranks[0] <= ranks[1]:
            what = translate(
                "A higher percentage gives `{above}`, a lower one `{below}`.",
                above=above,
                below=below,
            )
            order = " above ".join(grades.rags)
            faults.add(higher.line, what, translate("Give each one band, {order}.", order=order))


def _check_band(band: Part, grades: Grades, faults: Faults) -> None:
    wrong = "rag" if grades.key == "level" else "level"
    if wrong in band.given:
        has = "has levels" if grades.key == "level" else "has no levels"
        what = translate("The form {has}, so a band cannot name a `{wrong}`.", has=has, wrong=wrong)
        faults.add(band.line_of(wrong), what, translate("Write `{key}:` instead.", key=grades.key))
    elif grades.key not in band.given:
        what = translate("`{key}` is missing from a band.", key=grades.key)
        faults.add(band.line, what, translate("Add `{key}:`, what the band gives.", key=grades.key))
    grade = band.text(grades.key)
    if grade and grade not in grades.rags:
        _no_grade(band.line_of(grades.key), grades.key, grade, grades, faults)


def check_grades(form: Part, questions: list[Part], grades: Grades, faults: Faults) -> None:
    """Rules and limits name colours, or the levels of the form; a critical area can be Red."""
    overall = form.part("overall")
    parts = [*([overall] if overall else []), *form.parts("results")]
    for rule in (rule for part in parts for rule in part.parts("rules")):
        for key in ("areas", "overall"):
            grade = rule.text(key)
            if grade and grade not in grades.rags:
                _no_grade(rule.line_of(key), key, grade, grades, faults)
    for question in questions:
        for value, limit in question.named("limits"):
            if isinstance(limit, Word) and limit.text not in grades.rags:
                _no_grade(limit.line, value.text, limit.text, grades, faults)
    for area in form.parts("areas"):
        if area.flag("critical", False) and "red" not in grades.rags.values():
            what = translate(
                "The area `{name}` is critical, but no level is Red.", name=area.text("id")
            )
            faults.add(area.line_of("critical"), what, translate("Give a level `rag: red`."))


def _no_grade(line: int, key: str, grade: str, grades: Grades, faults: Faults) -> None:
    what = translate("`{key}` cannot be `{grade}`.", key=key, grade=grade)
    faults.add(line, what, nearest(grade, list(grades.rags)) or translate("Declare levels first."))


def check_results(
    form: Part, counting: Mapping[str, list[Part]], grades: Grades, faults: Faults
) -> None:
    """Each result has areas of its own, and every area with a question that counts is in one.

    `counting` holds the questions that count, by the id of their area.
    """
    first: dict[str, Part] = {}
    ids: set[str] = set()
    for result in form.parts("results"):
        if (name := result.text("id")) in ids:
            faults.add(
                result.line_of("id"),
                translate("Two results have the id `{name}`.", name=name),
                translate("Rename one."),
            )
        ids.add(name)
        for word in result.words("areas"):
            if word.text not in counting:
                remedy = nearest(word.text, list(counting))
                faults.add(
                    word.line, translate("There is no area `{text}`.", text=word.text), remedy
                )
            elif word.text in first:
                what = translate("The area `{text}` is in a result already.", text=word.text)
                faults.add(word.line, what, translate("Leave it in one: an answer counts once."))
            first.setdefault(word.text, result)
        if not any(counting.get(word.text) for word in result.words("areas")):
            what = translate("No question of the result `{name}` counts.", name=name)
            faults.add(
                result.line, what, translate("Name areas that are scored, or remove the result.")
            )
        check_form_bands(result, grades, faults)
    if form.parts("results"):
        _check_left_out(form, set(first), counting, faults)


def _check_left_out(
    form: Part, named: set[str], counting: Mapping[str, list[Part]], faults: Faults
) -> None:
    for area in form.parts("areas"):
        name = area.text("id")
        if name and counting[name] and name not in named:
            what = translate("The area `{name}` is scored but in no result.", name=name)
            faults.add(
                area.line_of("id"), what, translate("Name it under `areas` of one of the results.")
            )
