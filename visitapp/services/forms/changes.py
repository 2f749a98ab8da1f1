"""Which signed-off visits another version of their form would rate differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from msgspec import Struct, convert
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import rate
from forms.levels import label_of
from forms.model import Form
from forms.rating.outcome import Outcome
from visitapp.records import Answer, Setting, Visit
from visitapp.services.context import Desk
from visitapp.services.visits.answers.answers import Plain, plain_answer
from visitapp.services.visits.outcome_labels import level_label
from visitapp.standing.visits import stands

_Graded = dict[tuple[str, str], tuple[str, str]]
"""Title and grade by what it is of and by id."""


class RatedAs(Struct, frozen=True, kw_only=True):
    """What people see of an outcome. `level` is the label of its level, where the form has any."""

    rag: str
    level: str
    percent: int | None
    provisional: bool


class PartDiffers(Struct, frozen=True, kw_only=True):
    """A named result or an area that both versions have: its title, and its colour or level."""

    title: str
    before: str
    after: str


class RatedDifferently(Struct, frozen=True, kw_only=True):
    """A visit as it was signed off and as the other version rates it.

    `points` is how many percentage points it would gain, None when it is unrated in either. `parts`
    are the results and areas of another colour or level; they may differ where the whole does not.
    """

    visit_id: str
    setting: str
    visited_on: date
    before: RatedAs
    after: RatedAs
    points: int | None
    parts: list[PartDiffers]


class VisitsCompared(Struct, frozen=True, kw_only=True):
    """How many signed-off visits were rated again, and those that would differ, newest first."""

    looked_at: int
    different: list[RatedDifferently]


class FormChanges:
    """What a change of a form would have done to the visits on this device."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def compare(self, old: Form, new: Form) -> VisitsCompared:
        """Rates again, on `new`, what was signed off on `old`. Changes nothing.

        Answers that `new` does not take count as not given, as they would on its visits.
        """
        with self._desk.reading() as session:
            pairs = list(_visits(session, old))
            answers = _answers(session, old)
            compared = [
                _compared(visit, setting, old, new, rate(new, answers[visit.id], visit.facts))
                for visit, setting in pairs
            ]
        different = [one for one in compared if one.before != one.after or one.parts]
        return VisitsCompared(looked_at=len(pairs), different=different)


def _visits(session: Session, form: Form) -> Iterator[tuple[Visit, str]]:
    """The signed-off visits on this version, newest first, each with its setting's name."""
    query = (
        select(Visit, Setting.name)
        .join(Setting, Setting.id == Visit.setting_id)
        .where(stands(Visit), Visit.form_id == form.id, Visit.form_version == form.version)
        .order_by(Visit.visited_on.desc(), Visit.id.desc())
    )
    for visit, setting in session.execute(query):
        if visit.outcome is not None:
            yield visit, setting


def _answers(session: Session, form: Form) -> defaultdict[str, Plain]:
    """Their answers by visit, in one query."""
    rows = session.scalars(
        select(Answer)
        .join(Visit, Visit.id == Answer.visit_id)
        .where(stands(Visit), Visit.form_id == form.id, Visit.form_version == form.version)
        .where(Answer.item == "", Answer.deleted.is_(False))
    )
    answers: defaultdict[str, Plain] = defaultdict(dict)
    for row in rows:
        answers[row.visit_id][row.question] = plain_answer(row)
    return answers


def _compared(
    visit: Visit, setting: str, old: Form, new: Form, outcome: Outcome
) -> RatedDifferently:
    signed = convert(visit.outcome, Outcome)
    before, after = _rated_as(old, signed), _rated_as(new, outcome)
    rated = before.percent is not None and after.percent is not None
    return RatedDifferently(
        visit_id=visit.id,
        setting=setting,
        visited_on=visit.visited_on,
        before=before,
        after=after,
        points=(after.percent or 0) - (before.percent or 0) if rated else None,
        parts=_parts(_graded(old, signed), _graded(new, outcome)),
    )


def _parts(before: _Graded, after: _Graded) -> list[PartDiffers]:
    return [
        PartDiffers(title=title, before=before[part][1], after=grade)
        for part, (title, grade) in after.items()
        if part in before and before[part][1] != grade
    ]


def _graded(form: Form, outcome: Outcome) -> _Graded:
    """The title and the grade of each named result, then of each area."""
    titles = {area.id: area.title for area in form.areas}
    results = {
        ("result", one.id): (one.title, label_of(form, one.level or one.rag))
        for one in outcome.results
    }
    areas = {
        ("area", one.id): (titles.get(one.id, one.id), label_of(form, one.level or one.rag))
        for one in outcome.areas
    }
    return results | areas


def _rated_as(form: Form, outcome: Outcome) -> RatedAs:
    return RatedAs(
        rag=outcome.overall,
        level=level_label(form, outcome.level),
        percent=outcome.percent,
        provisional=outcome.provisional,
    )
