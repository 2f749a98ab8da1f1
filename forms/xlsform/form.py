"""The parts of the form that is built: what it is called, and its areas."""

from __future__ import annotations

from msgspec import Struct

from forms.xlsform.names import Names
from forms.xlsform.questions import Draft
from forms.xlsform.survey import Group
from forms.xlsform.text import one_line, shortened
from forms.xlsform.wording import Wording, readable

TITLE = 120
"""Characters of an area's title."""


class About(Struct, frozen=True):
    """The form's id, version and title."""

    id: str
    version: str
    title: str


class Area(Struct, frozen=True):
    """An area: questions that stand beside each other in the same groups."""

    id: str
    title: str
    questions: list[Draft]


def areas_of(drafts: list[Draft], wording: Wording, form_title: str) -> list[Area]:
    """The areas in the order of the questions. Groups inside groups give titles in a row."""
    names = Names("area")
    areas: list[Area] = []
    titles: dict[tuple[int, ...], str] = {}
    before: tuple[Group, ...] | None = None
    for draft in drafts:
        if draft.groups != before or not areas:
            path = tuple(group.row for group in draft.groups)
            title = titles.get(path, "")
            title = f"{title} (continued)" if title else _title(draft.groups, wording, form_title)
            titles.setdefault(path, title)
            areas.append(Area(names.any(_name(draft.groups)), shortened(title, TITLE), []))
            before = draft.groups
        areas[-1].questions.append(draft)
    return areas


def _name(groups: tuple[Group, ...]) -> str:
    return next((g.cells.get("name") for g in reversed(groups) if g.cells.get("name")), "questions")


def _title(groups: tuple[Group, ...], wording: Wording, form_title: str) -> str:
    titles = [one_line(wording.text(group.cells, "label")) for group in groups]
    known = [title for title in titles if title]
    if known:
        return ": ".join(known)
    return readable(_name(groups)) if groups else form_title
