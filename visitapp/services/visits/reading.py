"""What is read of visits: one, or a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec.structs import replace
from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from forms.levels import outcome_label
from forms.model import Form
from forms.rating.lens import Lens, through
from forms.rating.outcome import Outcome
from visitapp.dates import short_day
from visitapp.errors import Code, Refused
from visitapp.language import translate, verbatim
from visitapp.records import FROZEN, Rag, Setting, Visit, VisitStatus
from visitapp.services.context import Desk
from visitapp.services.holders.places import places
from visitapp.services.lookup import find
from visitapp.services.views.facets import narrowed
from visitapp.services.views.visits import (
    LastVisit,
    OtherVisit,
    VisitSummary,
    VisitView,
    visit_facets,
)
from visitapp.services.visits.answers.answers import (
    plain_answer,
    plain_answers,
    read_sheet,
)
from visitapp.services.visits.answers.previous_answers import earlier_answers
from visitapp.services.visits.answers.unchecked_last_time import not_checked_last_time, planned
from visitapp.services.visits.assessment import Assessment, assess
from visitapp.services.visits.beside.last_visit import last_visit
from visitapp.services.visits.beside.other_visits import visit_of_another
from visitapp.services.visits.blind import hidden_line, shown_outcome
from visitapp.services.visits.full_view import visit_view
from visitapp.services.visits.summaries import visit_summaries
from visitapp.standing.tailored_forms import FORM as TAILORED
from visitapp.standing.tailored_forms import unverified_actions
from visitapp.standing.visits import is_visit


class VisitReading:
    """What a person can look at of visits."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def standing_so_far(self) -> dict[str, tuple[str, str]]:
        """How the user's own open visits stand: colour and level by visit, both empty where the
        outcome is hidden; not of one that has no answer that counts yet, nor of one whose form is
        not here."""
        mine = [Visit.officer_id == self._desk.user_id(), Visit.status.not_in(FROZEN)]
        found = {}
        with self._desk.reading() as session:
            wanted = select(Visit).where(is_visit(Visit), Visit.deleted.is_(False), *mine)
            for visit in session.scalars(wanted):
                with suppress(Refused):
                    form = self._desk.form_of(visit)
                    answers = plain_answers(read_sheet(session, visit.id))
                    standing = assess(session, visit, form, answers)
                    outcome = standing.outcome
                    if standing.hidden:
                        found[visit.id] = ("", "")
                    elif outcome.overall != Rag.UNRATED:
                        found[visit.id] = (outcome.overall, outcome_label(form, outcome))
        return found

    def outcome(self, visit_id: str) -> Outcome:
        """The outcome of a visit: of an open one worked out now, or hidden, of a frozen one as
        signed."""
        with self._desk.reading() as session:
            return shown_outcome(self._standing(session, find(session, Visit, visit_id)))

    def is_hidden(self, visit_id: str) -> bool:
        """Whether the outcome is hidden, as questions of a blind visit are unanswered."""
        with self._desk.reading() as session:
            return self._standing(session, find(session, Visit, visit_id)).hidden

    def _standing(self, session: Session, visit: Visit) -> Assessment:
        answers = plain_answers(read_sheet(session, visit.id))
        return assess(session, visit, self._desk.form_of(visit), answers)

    def lens(self, visit_id: str, framework: str) -> Lens:
        """The answers of a visit by the key questions of a framework, such as `cqc`.

        Raises NotFound when there is no such visit, or its form is not tagged by the framework;
        Refused NOT_ALLOWED while its outcome is hidden.
        """
        with self._desk.reading() as session:
            visit = find(session, Visit, visit_id)
            form = self._desk.form_of(visit)
            answers = plain_answers(read_sheet(session, visit.id))
            standing = assess(session, visit, form, answers)
            if standing.hidden:
                raise Refused(Code.NOT_ALLOWED, verbatim(hidden_line()))
            return through(form, answers, framework, standing.facts)

    def carried_over(self, visit_id: str) -> Sequence[str]:
        """The questions of this visit that were left when they were last asked of the setting."""
        with self._desk.reading() as session:
            visit = find(session, Visit, visit_id)
            earlier = earlier_answers(session, self._desk.form_of, visit)
            return not_checked_last_time(self._desk.form_of(visit), earlier)

    def plan(self, setting_id: str, form_id: str) -> Sequence[str]:
        """What a visit today on the form's newest version would carry over, a line each."""
        form = self._desk.library.form(form_id)
        with self._desk.reading() as session:
            setting = find(session, Setting, setting_id)
            return planned(session, self._desk, setting.id, form, self._desk.today())

    def answers(self, visit_id: str) -> dict[str, dict[str, Any]]:
        """The recorded answers as the rating takes them: no nulls."""
        with self._desk.reading() as session:
            visit = find(session, Visit, visit_id)
            sheet = read_sheet(session, visit.id)
            return {question: plain_answer(row) for question, row in sheet.items()}

    def form(self, visit_id: str) -> Form:
        """The form version the visit is pinned to."""
        with self._desk.reading() as session:
            return self._desk.form_of(find(session, Visit, visit_id))

    def view(self, visit_id: str) -> VisitView:
        """The whole visit."""
        with self._desk.reading() as session:
            return visit_view(session, self._desk, find(session, Visit, visit_id))

    def last_visit(self, visit_id: str) -> LastVisit | None:
        """The signed-off visit of the setting before this one on the same form, if any."""
        with self._desk.reading() as session:
            return last_visit(session, self._desk, find(session, Visit, visit_id))

    def exists(self, visit_id: str) -> bool:
        """Whether the visit is on this device, and neither discarded nor removed."""
        with self._desk.reading() as session:
            visit = session.get(Visit, visit_id)
            return visit is not None and not visit.deleted

    def of_another(self, setting_id: str) -> OtherVisit | None:
        """The visit that another officer has open at a setting, if any."""
        with self._desk.reading() as session:
            return visit_of_another(session, self._desk, setting_id)

    def unsigned(self) -> int:
        """How many visits are still to be signed off: in progress, or returned."""
        open_ = Visit.status.in_((VisitStatus.DRAFT, VisitStatus.RETURNED))
        counted = and_(Visit.deleted.is_(False), is_visit(Visit), open_)
        with self._desk.reading() as session:
            return session.scalar(select(func.count(Visit.id)).where(counted)) or 0

    def list(
        self,
        status: str | None = None,
        setting_id: str | None = None,
        *,
        where: Mapping[str, str] | None = None,
    ) -> list[VisitSummary]:
        """Visits, newest first, of one status or one setting when given. `where`: only those with
        these values, by facet (`views.facets`)."""
        conditions = [is_visit(Visit)]
        if status is not None:
            conditions.append(Visit.status == status)
        if setting_id is not None:
            conditions.append(Visit.setting_id == setting_id)
        with self._desk.reading() as session:
            found = visit_summaries(session, self._desk.form_of, *conditions)
            at = places(session)
        seen = [replace(visit, place=at[visit.setting_id]) for visit in found]
        return narrowed(seen, where or {}, visit_facets)

    def askable_actions(self, setting_id: str, form_id: str) -> dict[str, str]:
        """The actions that a visit on this form can ask about: by id, in words, the earliest due
        first; none for a form that is not built for the setting."""
        if form_id != TAILORED:
            return {}
        with self._desk.reading() as session:
            found = unverified_actions(session, find(session, Setting, setting_id).id)
            return {
                one.id: translate("{title}, due {day}", title=one.title, day=short_day(one.due_on))
                for one in found
            }
