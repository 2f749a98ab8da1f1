"""The parts of the form that is built: what it is called, and its areas."""

from __future__ import annotations

from msgspec import Struct

from forms.xlsform.form.questions import Draft
from forms.xlsform.form.wording import Wording, readable
from forms.xlsform.names import Names
from forms.xlsform.survey.rows import Group
from forms.xlsform.text import one_line, shortened

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


class Areas:
    """Makes areas of the questions, in their order, and remembers which titles were shown."""

    def __init__(self, wording: Wording, form_title: str) -> None:
        self._wording = wording
        self._form_title = form_title
        self._names = Names("area")
        self._seen: set[tuple[int, ...]] = set()
        self._shown: set[int] = set()

    def of(self, drafts: list[Draft]) -> list[Area]:
        """One area for each run of questions in the same groups."""
        areas: list[Area] = []
        before: tuple[Group, ...] | None = None
        for draft in drafts:
            if draft.groups != before:
                areas.append(Area(self._names.any(_name(draft.groups)), self._title(draft), []))
                before = draft.groups
            areas[-1].questions.append(draft)
        return areas

    def untold(self, groups: list[Group]) -> list[Group]:
        """The groups whose title stands in no area's."""
        return [g for g in groups if g.row not in self._shown and self._label(g)]

    def _title(self, draft: Draft) -> str:
        path = tuple(group.row for group in draft.groups)
        again = " (continued)" if path in self._seen else ""
        self._seen.add(path)
        title = ""
        # Groups inside groups give titles in a row; the inner ones say most.
        for group in reversed(draft.groups):
            label = self._label(group)
            longer = f"{label}: {title}" if label and title else label or title
            if title and len(longer) + len(again) > TITLE:
                break
            title = longer
            self._shown.add(group.row)
        if not title:
            title = readable(_name(draft.groups)) if draft.groups else self._form_title
        return shortened(title, TITLE - len(again)) + again

    def _label(self, group: Group) -> str:
        return one_line(self._wording.text(group.cells, "label"))


def _name(groups: tuple[Group, ...]) -> str:
    return next((g.cells.get("name") for g in reversed(groups) if g.cells.get("name")), "questions")
