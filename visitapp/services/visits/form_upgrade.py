"""Move an open visit to a newer version of its form: a deliberate act that loses nothing."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forms import rate
from forms.compare.diff import compare
from forms.model import Form
from forms.rating.needs import needs
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import ASSESSMENTS, Visit
from visitapp.rules.visit_life import is_frozen
from visitapp.services.context import Desk
from visitapp.services.views.form_upgrade import VersionChanges
from visitapp.services.visits.answers.answers import plain_answers, read_sheet
from visitapp.services.visits.answers.retained_answers import kept_aside
from visitapp.services.visits.assessment import assess, evidence_kinds, facts_now, visit_evidence
from visitapp.services.visits.blind import hidden_outcome
from visitapp.services.visits.outcome_labels import level_label


def newest_to_move_to(desk: Desk, visit: Visit) -> str:
    """The newest version that an open visit can move to; empty when there is none."""
    try:
        return "" if is_frozen(visit.status) else newer_form(desk, visit, None).version
    except Refused:
        return ""


def newer_form(desk: Desk, visit: Visit, version: str | None) -> Form:
    """The version to move to, the newest when None is named.

    Raises NotFound when this device lacks it, and Refused (BAD_VALUE) when it is not newer or the
    visit cannot move.
    """
    if visit.form_text is not None or visit.purpose in ASSESSMENTS:
        raise Refused(
            Code.BAD_VALUE,
            message(
                "This visit's form was made for it, so the visit cannot move to another version."
            ),
        )
    versions = desk.library.versions(visit.form_id)
    form = desk.library.form(visit.form_id, version)
    held = visit.form_version
    if held in versions and versions.index(form.version) <= versions.index(held):
        raise Refused(
            Code.BAD_VALUE,
            message(
                "This visit uses version {held} of the form, and {version} is not newer.",
                held=held,
                version=form.version,
            ),
        )
    if form.kind != "visit":
        raise Refused(
            Code.BAD_VALUE,
            message("Version {version} is not a form for visits.", version=form.version),
        )
    return form


def version_changes(session: Session, desk: Desk, visit: Visit, new: Form) -> VersionChanges:
    """What moving the visit to `new` would do. Changes nothing."""
    old = desk.form_of(visit)
    sheet = read_sheet(session, visit.id)
    answers, facts = plain_answers(sheet), facts_now(session, visit.setting_id, visit.visited_on)
    evidence = visit_evidence(session, visit.id)
    already = {one.question for one in kept_aside(desk.library, old, sheet, evidence)}
    aside = kept_aside(desk.library, new, sheet, evidence)
    before, after = rate(old, answers, facts), rate(new, answers, facts)
    hidden = assess(session, visit, old, answers).hidden
    if hidden:
        before, after = hidden_outcome(before), hidden_outcome(after)
    return VersionChanges(
        visit_id=visit.id,
        form_id=visit.form_id,
        from_version=visit.form_version,
        to_version=new.version,
        changes=compare(old, new),
        falls_away=[one for one in aside if one.question not in already],
        before=before,
        after=after,
        hidden=hidden,
        levels=(level_label(old, before.level), level_label(new, after.level)),
        missing=[need.text for need in needs(new, answers, facts, evidence_kinds(evidence))],
    )
