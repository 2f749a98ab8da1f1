"""A whole visit for the page, the paper and the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from forms.model import Form
from forms.rating.double_counting import Piece, double_counting
from forms.rating.triangulation import thin_sources
from visitapp.language import translate
from visitapp.records import Answer, Evidence, Outbox, Position, Step, Visit
from visitapp.rules.visit_life import is_frozen
from visitapp.rules.visiting.signatures import from_marks
from visitapp.services.actions.queries import action_views
from visitapp.services.actions.raising import at_visit
from visitapp.services.context import Desk
from visitapp.services.evidence.states import evidence_views
from visitapp.services.lookup import titles
from visitapp.services.placements.standing import shown_position
from visitapp.services.views.people import Person
from visitapp.services.views.visits import OtherVisit, ReviewView, VisitView
from visitapp.services.visits.answers.answers import AnswersByQuestion, plain_answers, read_sheet
from visitapp.services.visits.answers.prefilled import filled_answers, overrides
from visitapp.services.visits.answers.previous_answers import earlier_answers, last_time
from visitapp.services.visits.answers.retained_answers import answer_views, kept_aside
from visitapp.services.visits.answers.unchecked_last_time import not_checked_last_time
from visitapp.services.visits.assessment import assess, every_need, evidence_kinds, visit_evidence
from visitapp.services.visits.beside.open_actions import open_actions
from visitapp.services.visits.beside.other_visits import visit_of_another
from visitapp.services.visits.blind import shown_outcome
from visitapp.services.visits.comments import comment_views, may_comment
from visitapp.services.visits.contracts import contract_number
from visitapp.services.visits.form_upgrade import newest_to_move_to
from visitapp.services.visits.joint import joiners, why_not_mine_to_sign
from visitapp.services.visits.sign_off.audits import finds_worse
from visitapp.services.visits.sign_off.override_views import overrides_of
from visitapp.services.visits.sign_off.visit_ratings import basis_of
from visitapp.services.visits.summaries import earlier_visits, visit_summaries
from visitapp.standing.setting_facts import Facts
from visitapp.standing.visits import is_review
from visitapp.vocabulary import choice_word


def visit_view(session: Session, desk: Desk, visit: Visit) -> VisitView:
    """Everything about a visit."""
    form = desk.form_of(visit)
    sheet = read_sheet(session, visit.id)
    evidence = visit_evidence(session, visit.id)
    standing = assess(session, visit, form, plain_answers(sheet))
    previous = session.scalars(earlier_visits(visit).limit(1)).first()
    policy = desk.policy(session)
    earlier = earlier_answers(session, desk.form_of, visit)
    placements = shown_position(session, visit.setting_id, desk.today())
    return VisitView(
        summary=visit_summaries(session, desk.form_of, Visit.id == visit.id)[0],
        setting_name=str(standing.facts.get("name", "")),
        setting_facts=standing.facts,
        provider=str(standing.facts.get("provider", "")),
        announced=visit.announced,
        joined_by=visit.joined_by,
        answers=answer_views(form, sheet),
        outcome=shown_outcome(standing),
        needs=every_need(form, sheet, standing),
        actions=action_views(session, desk.today(), at_visit(visit.id)),
        action_rules=policy.actions,
        calendar=policy.working_days.days(),
        evidence=evidence_views(session, evidence),
        reviews=review_views(session, visit.id),
        last_time=last_time(session, desk.today(), form, earlier),
        warnings=warnings(form, sheet, evidence, standing.facts),
        thin_sources=thin_sources(
            form, plain_answers(sheet), evidence_kinds(evidence), standing.facts
        ),
        kept_aside=kept_aside(desk.library, form, sheet, evidence),
        not_checked_last_time=not_checked_last_time(form, earlier),
        filled=filled_answers(form, sheet),
        overridden=overrides(form, sheet),
        outcome_overrides=overrides_of(session, visit),
        newer_version=newest_to_move_to(desk, visit),
        colleagues=joiners(session, visit.id),
        not_mine_to_sign=str(why_not_mine_to_sign(session, visit, desk.user(session)) or ""),
        of_another=_of_another(session, desk.user(session), visit),
        answers_elsewhere=_answers_elsewhere(desk.user(session).role),
        previous_visit_on=previous.visited_on if previous else None,
        signed_off_by=titles(session, [visit.signed_off_by]).get(visit.signed_off_by or "", ""),
        contract=contract_number(session, visit),
        rating=basis_of(session, visit, form, policy),
        comments=comment_views(session, desk, visit, form),
        may_comment=may_comment(desk.user(session), visit),
        finds_worse=not is_frozen(visit.status)
        and not standing.hidden
        and finds_worse(session, visit, form, standing.outcome),
        placements=choice_word(Position, placements.position),
        placements_note=placements.note,
        revision=_revision(session, visit),
        officer_summary=visit.summary,
        told_manager=visit.told_manager,
        signatures=from_marks(visit.signatures),
        blind=visit.blind,
        hidden=standing.hidden,
        answered_before=visit.answered_before,
        paper=policy.paper,
        open_actions=[] if is_frozen(visit.status) else open_actions(session, visit, desk.today()),
        other_visit=_other_visit(session, desk, visit),
    )


def _revision(session: Session, visit: Visit) -> int:
    steps = select(Step.id).where(Step.kind == Visit.__tablename__, Step.record_id == visit.id)
    answers = select(Answer.id).where(Answer.visit_id == visit.id)
    waiting = select(Outbox.record_id).where(
        or_(
            Outbox.record_id == visit.id,
            Outbox.record_id.in_(steps),
            Outbox.record_id.in_(answers),
        )
    )
    return 0 if session.scalar(waiting.limit(1)) else visit.revision


def _other_visit(session: Session, desk: Desk, visit: Visit) -> OtherVisit | None:
    """A visit of another officer there, while one's own is open."""
    if is_frozen(visit.status) or visit.officer_id != desk.user(session).id:
        return None
    return visit_of_another(session, desk, visit.setting_id, visit.id)


def _of_another(session: Session, user: Person, visit: Visit) -> str:
    """Whose visit it is, for a user who neither began nor joined it; else empty."""
    joined = why_not_mine_to_sign(session, visit, user) is not None
    if joined or visit.officer_id == user.id:
        return ""
    officer = titles(session, [visit.officer_id]).get(visit.officer_id)
    if officer is None:
        return translate("Another officer started this visit.")
    return translate("This is the visit of {officer}.", officer=officer)


def _answers_elsewhere(role: str) -> str:
    """Why somebody of this role has no answers here; empty when they do."""
    if Answer.__kind__.seen_by(role):
        return ""
    return translate(
        "This device does not receive answers and evidence, because of your role. It shows the "
        "signed outcome. Ask the visit's officer or their team lead for the rest."
    )


def warnings(
    form: Form, sheet: AnswersByQuestion, evidence: Sequence[Evidence], facts: Facts
) -> list[str]:
    """What to look at before sign-off, which it does not bar."""
    pieces = [Piece(one.question, one.title, one.sha256) for one in evidence]
    return double_counting(form, plain_answers(sheet), pieces, facts)


def review_views(session: Session, visit_id: str) -> list[ReviewView]:
    """The decisions on a visit, newest first."""
    reviews = session.scalars(
        select(Step)
        .where(Step.record_id == visit_id, is_review(Step))
        .order_by(Step.created_at.desc(), Step.id.desc())
    ).all()
    names = titles(session, [review.created_by for review in reviews])
    return [
        ReviewView(
            decision=review.after,
            comment=review.reason,
            by=names.get(review.created_by, ""),
            at=review.created_at,
        )
        for review in reviews
    ]
