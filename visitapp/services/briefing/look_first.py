"""The questions that a visit looks at first: below the best at the last visits, or not checked."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.language import plural, translate
from visitapp.records import Purpose, Setting, Visit, new_id
from visitapp.services.briefing.views import LookFirst
from visitapp.services.context import Desk
from visitapp.services.visits.answers.previous_answers import earlier_answers, last_time
from visitapp.services.visits.answers.unchecked_last_time import not_checked_last_time
from visitapp.standing.visits import is_visit, stands


def look_first(session: Session, desk: Desk, setting: Setting) -> list[LookFirst]:
    """Those below the best longest come first, then what was not checked; in form order within.

    They are asked of the form of the last signed-off visit whose form this device has, as the
    newest answers of all visits before have it.
    """
    newest = session.scalar(
        select(Visit)
        .where(Visit.setting_id == setting.id, stands(Visit), is_visit(Visit))
        .order_by(Visit.visited_on.desc(), Visit.id.desc())
        .limit(1)
    )
    if newest is None:
        return []
    next_one = Visit(
        id=new_id(),
        setting_id=setting.id,
        form_id=newest.form_id,
        form_version=newest.form_version,
        purpose=Purpose.ANNUAL,
        visited_on=desk.today(),
    )
    earlier = earlier_answers(session, desk.form_of, next_one)
    if not earlier:
        return []
    form = earlier[0].form
    before = last_time(session, desk.today(), form, earlier)
    left = set(not_checked_last_time(form, earlier))
    low = {name: one for name, one in before.items() if one.times_below and name not in left}
    ranked = sorted(low, key=lambda name: -low[name].times_below)
    named = [
        (
            name,
            plural(
                "{label} at the last visit",
                "below the best at the last {n} visits, {label} at the last",
                low[name].times_below,
                label=low[name].label,
            ),
        )
        for name in ranked
    ]
    named += [(name, translate("not checked last time")) for name in form.questions if name in left]
    return [
        LookFirst(
            question=name, number=form.questions[name].number, ask=form.questions[name].ask, why=why
        )
        for name, why in named
    ]
