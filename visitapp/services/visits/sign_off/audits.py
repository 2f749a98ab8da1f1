"""A themed audit that finds a worse rating: it may only propose it, unless its officer lets it
change the rating now, as a significant event."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from sqlalchemy.orm import Session

from forms.model import Form
from forms.rating.outcome import Outcome
from visitapp.records import Rag, SignificantEvent, Visit
from visitapp.records.codec import columns
from visitapp.rules.choices import EventKind, RatingKind
from visitapp.rules.ratings import SEVERITY, standing
from visitapp.services.context import Desk
from visitapp.services.events.events import record_event
from visitapp.standing.ratings import rating_rows, standing_on
from visitapp.standing.visit_ratings import rated_by


class AuditChoice(Struct, frozen=True, kw_only=True):
    """What becomes of a worse rating: with `apply` it stands now, for a reason and until a review;
    else it is proposed to the team lead."""

    apply: bool
    reason: str = ""
    review_on: date | None = None


def finds_worse(session: Session, visit: Visit, form: Form, outcome: Outcome) -> bool:
    """Whether a visit that sets no rating finds a worse one than the one that stands, now and on
    its day. A visit on a form that was built for an intervention only ever proposes."""
    values = {"id": visit.id, **{name: getattr(visit, name) for name in columns(Visit)}}
    subject = rated_by(values, form)
    if subject is None or subject.sets_rating or visit.form_text is not None:
        return False
    if outcome.overall == Rag.UNRATED:
        return False
    rows = rating_rows(session, RatingKind.QUALITY, visit.setting_id)
    found = (standing_on(rows, visit.visited_on), standing(rows))
    return all(
        row is not None and SEVERITY[Rag(outcome.overall)] > SEVERITY[Rag(row.rag)] for row in found
    )


def apply_audit(
    session: Session, desk: Desk, visit: Visit, form: Form, choice: AuditChoice
) -> None:
    """Let a signed-off audit change the rating now. Raises Refused(BAD_VALUE) without a reason."""
    assert visit.outcome is not None
    record_event(
        session,
        desk,
        SignificantEvent(
            setting_id=visit.setting_id,
            visit_id=visit.id,
            happened_on=visit.visited_on,
            kind=EventKind.AUDIT.value,
            text=form.title,
            source="",
            rag=visit.outcome["overall"],
            reason=choice.reason.strip(),
            review_on=choice.review_on,
        ),
    )
