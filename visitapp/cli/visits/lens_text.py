"""A visit through a framework, on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms.rating.lens import KeyQuestion, Lens


def lens_lines(lens: Lens) -> list[str]:
    """The framework and its edition, then a line for each key question."""
    head = f"{lens.title} {lens.version}".strip()
    asked = [_line(one) for one in lens.key_questions if one.questions]
    empty = [one.title for one in lens.key_questions if not one.questions]
    return [
        f"{head}. The form's own weights; no rating by the framework.",
        *asked,
        *([f"Nothing asked about: {', '.join(empty)}."] if empty else []),
        *([f"Outside this framework: {len(lens.untagged)} questions."] if lens.untagged else []),
    ]


def _line(one: KeyQuestion) -> str:
    percent = "not scored" if one.percent is None else f"{one.percent}%"
    counts = [f"{counted.label} {counted.questions}" for counted in one.counts]
    counts += [f"no answer {one.unanswered}"] if one.unanswered else []
    return f"  {one.title}: {percent}, {one.coverage}% answered ({', '.join(counts)})"
