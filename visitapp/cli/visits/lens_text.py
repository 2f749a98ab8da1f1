"""A visit through a framework, on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.language import plural, translate

if TYPE_CHECKING:
    from forms.rating.lens import KeyQuestion, Lens


def lens_lines(lens: Lens) -> list[str]:
    """The framework and its edition, then a line for each key question."""
    head = f"{lens.title} {lens.version}".strip()
    asked = [_line(one) for one in lens.key_questions if one.questions]
    empty = [one.title for one in lens.key_questions if not one.questions]
    return [
        translate(
            "{framework}. Scored with the form's own weights. This is not a rating by the "
            "framework.",
            framework=head,
        ),
        *asked,
        *([_nothing_asked(empty)] if empty else []),
        *([_outside(len(lens.untagged))] if lens.untagged else []),
    ]


def _line(one: KeyQuestion) -> str:
    percent = translate("not scored") if one.percent is None else f"{one.percent}%"
    counts = [f"{counted.label} {counted.questions}" for counted in one.counts]
    counts += [translate("no answer {n}", n=one.unanswered)] if one.unanswered else []
    checked = translate("{coverage}% checked", coverage=one.coverage)
    return f"  {one.title}: {percent}, {checked} ({', '.join(counts)})"


def _nothing_asked(titles: list[str]) -> str:
    return translate("No questions about: {titles}.", titles=", ".join(titles))


def _outside(n: int) -> str:
    return plural(
        "Outside this framework: {n} question.", "Outside this framework: {n} questions.", n
    )
