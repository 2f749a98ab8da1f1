"""Work out where a visit stands: its outcome, and what is still missing for sign-off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import rate
from forms.model import Form
from forms.rating.needs import needs
from forms.rating.outcome import Outcome
from visitapp.language import translate
from visitapp.records import Evidence, Provider, Setting, Visit
from visitapp.rules.visit_life import is_frozen
from visitapp.services.views.visits import Need
from visitapp.services.visits.answers.answers import AnswersByQuestion, Plain, is_unexplained
from visitapp.standing.setting_facts import Facts, setting_facts


class Assessment(NamedTuple):
    """An outcome, what sign-off still needs, and the facts both were worked out with. `hidden`: the
    visit is blind, and an answer or the reason for one is missing."""

    outcome: Outcome
    needs: list[Need]
    facts: Facts
    hidden: bool = False


def assess(session: Session, visit: Visit, form: Form, answers: Plain) -> Assessment:
    """Where a visit stands with these answers. A frozen visit stands as it was signed."""
    if is_frozen(visit.status) and visit.outcome is not None:
        return Assessment(msgspec.convert(visit.outcome, Outcome), [], visit.facts or {})
    facts = facts_now(session, visit.setting_id, visit.visited_on)
    missing = missing_now(session, visit, form, answers, facts)
    return Assessment(rate(form, answers, facts), missing, facts, _is_hidden(visit, missing))


def missing_now(
    session: Session, visit: Visit, form: Form, answers: Plain, facts: Facts
) -> list[Need]:
    """What the form still asks for before an open visit is signed off."""
    kinds = evidence_kinds(visit_evidence(session, visit.id))
    return [
        Need(question=need.question, what=need.what, text=need.text)
        for need in needs(form, answers, facts, kinds)
    ]


def is_complete(missing: Sequence[Need]) -> bool:
    """Whether every question that is asked has an answer, and a reason where that needs one."""
    return not any(need.what in ("answer", "reason") for need in missing)


def _is_hidden(visit: Visit, missing: Sequence[Need]) -> bool:
    """Whether a blind visit's outcome is hidden: never again once all was answered or signed."""
    seen = visit.revealed or visit.signed_off_at is not None
    return visit.blind and not seen and not is_complete(missing)


def every_need(form: Form, sheet: AnswersByQuestion, standing: Assessment) -> list[Need]:
    """What sign-off needs: figures that agree, what the form asks for, and a reason for each answer
    that stands in place of what the records say."""
    wrong = contradictions(form, sheet)
    lacking = [
        Need(
            question=question,
            what="reason",
            text=translate(
                "Question {number} overrides the records and needs a reason.",
                number=form.questions[question].number,
            ),
        )
        for question in form.questions
        if question in sheet and is_unexplained(sheet[question])
    ]
    asked = {(need.question, need.what) for need in standing.needs}
    rest = [need for need in standing.needs if need.question not in {one.question for one in wrong}]
    return wrong + rest + [one for one in lacking if (one.question, one.what) not in asked]


def contradictions(form: Form, sheet: AnswersByQuestion) -> list[Need]:
    """Samples of which more were met than checked. Nobody can type that, but two laptops can each
    send one of the figures."""
    found = []
    for question in form.questions.values():
        row = sheet.get(question.id)
        if row is not None and row.checked is not None and (row.met or 0) > row.checked:
            text = translate(
                "Question {number} has {met} met of {checked} checked. Correct one of the two.",
                number=question.number,
                met=row.met,
                checked=row.checked,
            )
            found.append(Need(question=question.id, what="correction", text=text))
    return found


def facts_now(session: Session, setting_id: str, day: date) -> Facts:
    """The facts of a setting as they are now, for a visit on `day`."""
    query = (
        select(Setting, Provider)
        .outerjoin(Provider, Provider.id == Setting.provider_id)
        .where(Setting.id == setting_id)
    )
    setting, provider = session.execute(query).one()
    return setting_facts(setting, provider, day)


def visit_evidence(session: Session, visit_id: str) -> Sequence[Evidence]:
    """What supports the answers of a visit, in the order it was added."""
    return session.scalars(
        select(Evidence)
        .where(Evidence.visit_id == visit_id, Evidence.deleted.is_(False))
        .order_by(Evidence.id)
    ).all()


def evidence_kinds(evidence: Sequence[Evidence]) -> dict[str, set[str]]:
    """Which kinds of evidence each question has."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for piece in evidence:
        kinds[piece.question].add(piece.kind)
    return dict(kinds)
