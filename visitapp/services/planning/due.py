"""The visits that settings are due, each with its reason and the day planned for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import PlannedVisit, Setting
from visitapp.rules.visiting.due import Due, by_purpose
from visitapp.services.context import Desk
from visitapp.services.lookup import titles
from visitapp.services.views.planning import DueVisit
from visitapp.standing.due import visits_due
from visitapp.standing.planned import is_open_plan


def due_visits(
    session: Session, desk: Desk, setting_ids: Collection[str] | None = None
) -> list[DueVisit]:
    """One for each purpose of every setting (or of those named), the earliest first."""
    dues = visits_due(session, desk.policy(session), desk.quality_forms(), setting_ids)
    named = select(Setting.id, Setting.name, Setting.service_type, Setting.officer_id)
    settings = {row.id: row for row in session.execute(named) if row.id in dues}
    officers = titles(session, {row.officer_id for row in settings.values()})
    plans, today = _next_plans(session), desk.today()
    found = []
    for id_, own in dues.items():
        setting, others = settings[id_], _others(own)
        for purpose, due in by_purpose(own).items():
            planned_on, planned_id = plans.get((id_, purpose), (None, None))
            found.append(
                DueVisit(
                    setting_id=id_,
                    setting=setting.name,
                    service_type=setting.service_type,
                    officer_id=setting.officer_id,
                    officer=officers.get(setting.officer_id or "", ""),
                    due=due,
                    overdue_days=max(0, (today - due.due_on).days),
                    others=others[purpose],
                    planned_on=planned_on,
                    planned_id=planned_id,
                )
            )
    return sorted(found, key=lambda one: (one.due.due_on, one.setting))


def _others(dues: list[Due]) -> dict[str, list[Due]]:
    """Those that come after the earliest, by purpose."""
    found: dict[str, list[Due]] = defaultdict(list)
    first = by_purpose(dues)
    for due in dues:
        if due is not first[due.purpose]:
            found[due.purpose].append(due)
    return found


def _next_plans(session: Session) -> dict[tuple[str, str], tuple[date, str]]:
    """The next open plan of each setting and purpose."""
    rows = session.execute(
        select(
            PlannedVisit.setting_id, PlannedVisit.purpose, PlannedVisit.planned_on, PlannedVisit.id
        )
        .where(is_open_plan())
        .order_by(PlannedVisit.planned_on.desc(), PlannedVisit.id.desc())
    )
    return {(row.setting_id, row.purpose): (row.planned_on, row.id) for row in rows}
