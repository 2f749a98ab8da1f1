"""Comments on the answers of a visit, between a team lead and the visit's officer."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.model import Form
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import ASSESSMENTS, ReviewComment, Visit
from visitapp.rules.access import AccessRequest
from visitapp.rules.visit_life import is_reviewable
from visitapp.services.context import Desk
from visitapp.services.lookup import check_question, check_texts, find, titles
from visitapp.services.permission import objection, permit
from visitapp.services.views.people import Person
from visitapp.services.views.visits import CommentView


class Comments:
    """What a lead says of an answer, and what the officer replies."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of_visit(self, visit_id: str) -> list[CommentView]:
        """The comments on a visit, in the order of its questions and then of time."""
        with self._desk.reading() as session:
            visit = find(session, Visit, visit_id)
            return comment_views(session, self._desk, visit, self._desk.form_of(visit))

    def add(
        self, visit_id: str, question: str, text: str, reply_to: str | None = None
    ) -> CommentView:
        """Comment on an answer of a visit that was signed off, also once it is approved.

        `reply_to`: a comment on the same question; by default the newest one there. Raises
        NotFound, NotAllowed, Refused BAD_VALUE, or NOT_SIGNED_OFF for a visit that never was.
        """
        if not text.strip():
            raise Refused(Code.BAD_VALUE, message("Write the comment first."), field="text")
        check_texts(ReviewComment, {"text": text})
        with self._desk.transaction() as session:
            visit, user = find(session, Visit, visit_id), self._desk.user(session)
            permit(user, ReviewComment, _commenting(visit, user))
            if visit.purpose in ASSESSMENTS:
                raise Refused(Code.BAD_VALUE, message("Risk assessments are not reviewed."))
            if not is_reviewable(visit.status):
                raise Refused(
                    Code.NOT_SIGNED_OFF, message("This visit has not been signed off yet.")
                )
            form = self._desk.form_of(visit)
            check_question(form, question)
            there = comment_views(session, self._desk, visit, form)
            comment = ReviewComment(
                setting_id=visit.setting_id,
                visit_id=visit.id,
                reply_to_id=_replied_to(there, question, reply_to),
                question=question,
                text=text.strip(),
            )
            session.add(comment)
            session.flush()
            added = comment_views(session, self._desk, visit, form)
            return next(one for one in added if one.id == comment.id)


def may_comment(user: Person, visit: Visit) -> bool:
    """Whether a user can comment on the answers of a visit now."""
    allowed = objection(user, ReviewComment, _commenting(visit, user)) is None
    return allowed and is_reviewable(visit.status) and visit.purpose not in ASSESSMENTS


def comment_views(session: Session, desk: Desk, visit: Visit, form: Form) -> list[CommentView]:
    """The comments on a visit, in the order of its questions and then of time. One on a question
    that this version of its form does not have comes last."""
    rows = session.scalars(
        select(ReviewComment)
        .where(ReviewComment.visit_id == visit.id, ReviewComment.deleted.is_(False))
        .order_by(ReviewComment.created_at, ReviewComment.id)
    ).all()
    if not rows:
        return []
    names, me = titles(session, [row.created_by for row in rows]), desk.user(session).id
    places = {question: place for place, question in enumerate(form.questions)}
    views = [
        CommentView(
            id=row.id,
            question=row.question,
            number=form.questions[row.question].number if row.question in places else "",
            text=row.text,
            by=names.get(row.created_by, ""),
            at=row.created_at,
            reply_to=row.reply_to_id,
            mine=row.created_by == me,
        )
        for row in rows
    ]
    return sorted(views, key=lambda view: places.get(view.question, len(places)))


def _replied_to(there: list[CommentView], question: str, reply_to: str | None) -> str | None:
    same = [one.id for one in there if one.question == question]
    if reply_to is None:
        return same[-1] if same else None
    if reply_to not in same:
        raise Refused(Code.BAD_VALUE, message("That comment is not on this question."))
    return reply_to


def _commenting(visit: Visit, user: Person) -> AccessRequest:
    return AccessRequest(
        creating=True,
        fields=frozenset(),
        created_by=user.id,
        visit_officer_id=visit.officer_id,
        visit_status=visit.status,
    )
