"""The last signed-off visit on the same form, to be read beside the one that is being made."""

from __future__ import annotations

import msgspec
from sqlalchemy.orm import Session

from forms.rating.outcome import Outcome
from visitapp.errors import Refused
from visitapp.records import Visit
from visitapp.services.context import Desk
from visitapp.services.views.visits import LastAnswer, LastVisit
from visitapp.services.visits.answers.answers import plain_answer, read_sheet
from visitapp.services.visits.assessment import visit_evidence
from visitapp.services.visits.summaries import earlier_visits, level_of
from visitapp.services.wording import answer_text


def last_visit(session: Session, desk: Desk, visit: Visit) -> LastVisit | None:
    """The newest visit of the setting before this one, on any version of its form; None when there
    is none, or this device does not have its form."""
    same = earlier_visits(visit).where(Visit.form_id == visit.form_id).limit(1)
    last = session.scalars(same).first()
    if last is None or last.outcome is None:
        return None
    try:
        form = desk.form_of(last)
    except Refused:
        return None
    outcome = msgspec.convert(last.outcome, Outcome)
    evidence: dict[str, list[str]] = {}
    for piece in visit_evidence(session, last.id):
        evidence.setdefault(piece.question, []).append(piece.title)
    answers = {
        name: LastAnswer(
            text=answer_text(form.questions[name], plain_answer(row)),
            note=row.note or "",
            reason=row.reason or "",
            evidence=evidence.get(name, []),
        )
        for name, row in read_sheet(session, last.id).items()
        if name in form.questions
    }
    return LastVisit(
        id=last.id,
        visited_on=last.visited_on,
        form_version=last.form_version,
        rag=outcome.overall,
        level=level_of(last, desk.form_of),
        because=[reason.text for reason in outcome.because],
        summary=last.summary,
        answers=answers,
    )
