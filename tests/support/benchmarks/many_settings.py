"""A desk with many settings and some history, made fast."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tests.support.desk.desks import FORM
from tests.support.desk.made import a_rating
from tests.support.forms.versions import CURRENT
from visitapp.records import (
    Action,
    Contract,
    ContractSetting,
    ImprovementPlan,
    PlannedVisit,
    Provider,
    Rating,
    Setting,
    Step,
    Visit,
    new_id,
)
from visitapp.services.services import Services


def fill(services: Services, settings: int) -> None:
    """Settings with three visits, ratings and actions each."""
    me = services.me().id
    with services.desk.transaction() as session:
        provider = Provider(name="Moorland Homes Ltd")
        session.add(provider)
        session.flush()
        for number in range(settings):
            setting = Setting(name=f"Setting {number}", service_type="residential", officer_id=me)
            setting.provider_id = provider.id
            session.add(setting)
            session.flush()
            for month in (3, 6, 9):
                session.add_all(_past(session, setting.id, date(2026, month, 1), me, services))


def _past(
    session: Session, setting_id: str, day: date, me: str, services: Services
) -> list[object]:
    rated = Visit(
        id=new_id(),
        setting_id=setting_id,
        form_id=FORM,
        form_version=CURRENT,
        purpose="annual",
        visited_on=day,
        officer_id=me,
    )
    assessed = Visit(
        setting_id=setting_id,
        form_id="kent-ten",
        form_version=CURRENT,
        purpose="risk_assessment",
        visited_on=day,
        officer_id=me,
    )
    session.add_all([rated, assessed])
    session.flush()
    # Derived fields, which are not captured.
    rated.status, assessed.status = "approved", "signed_off"
    assessed.outcome = {"overall": "amber", "percent": 63, "because": [{"text": "Why."}] * 20}
    return [
        a_rating(rated, "green", services.desk.clock()),
        Action(setting_id=setting_id, title="Act", first_due_on=day, due_on=day),
    ]


def fill_contracts(services: Services, contracts: int) -> None:
    """Contracts with one or two of the settings there are, as rows."""
    made = {"created_at": services.desk.clock(), "created_by": services.me().id}
    with services.desk.database.applying() as session:
        settings = session.scalars(select(Setting.id)).all()
        providers = [{"id": new_id(), "name": f"Provider {n}", **made} for n in range(400)]
        rows: list[dict[str, Any]] = []
        under: list[dict[str, Any]] = []
        for number in range(contracts):
            row = {
                "id": new_id(),
                "number": f"C-{number:05}",
                "title": "Care and support",
                "provider_id": providers[number % 400]["id"],
                "starts_on": date(2024, 4, 1),
                "ends_on": date(2027, 3, 31) + timedelta(days=number % 900),
                "yearly_cost": 10_000 + number * 7919 % 900_000,
                **made,
            }
            rows.append(row)
            for setting_id in settings[number::contracts]:
                link = {"id": new_id(), "contract_id": row["id"], "setting_id": setting_id}
                under.append(link | made)
        for kind, of_kind in ((Provider, providers), (Contract, rows), (ContractSetting, under)):
            session.execute(insert(kind), of_kind)


def fill_due(services: Services, settings: int) -> None:
    """Settings with a quality visit, a rating, a contract review and a plan each, as rows: only for
    lists to read."""
    now, me = services.desk.clock(), services.me().id
    made = {"created_at": now, "created_by": me}
    day, rags = date(2026, 6, 1), ("green", "green", "green", "amber", "red")
    rows: dict[Any, list[dict[str, Any]]] = {
        kind: [] for kind in (Setting, Visit, Rating, PlannedVisit)
    }
    for number in range(settings):
        home = {"setting_id": new_id(), **made}
        visited_on = day - timedelta(days=number % 300)
        rows[Setting].append(
            {
                "id": home["setting_id"],
                "name": f"Setting {number}",
                "service_type": "residential",
                "officer_id": me,
                "regulator_overall": ("Good", "Requires improvement")[number % 2],
                "regulator_published": visited_on,
                **made,
            }
        )
        for purpose, form_id in (("annual", FORM), ("contract_review", "contract-review")):
            visit = {
                "id": new_id(),
                "form_id": form_id,
                "form_version": CURRENT,
                "purpose": purpose,
                "visited_on": visited_on,
                "officer_id": me,
                "status": "approved",
            }
            rows[Visit].append(visit | home)
        rating = {"kind": "quality", "state": "stands", "policy_version": "1", "since": now}
        about = {"visit_id": visit["id"], "visited_on": visited_on, "rag": rags[number % 5]}
        rows[Rating].append({"id": new_id(), **rating, **about, **home})
        plan = {"purpose": "annual", "first_planned_on": day, "planned_on": day}
        window = {"window_from": day, "window_to": day + timedelta(days=28)}
        rows[PlannedVisit].append({"id": new_id(), **plan, **window, "moved_count": 0, **home})
    with services.desk.database.applying() as session:
        for kind, of_kind in rows.items():
            session.execute(insert(kind), of_kind)


def fill_actions(services: Services, actions: int, plans: int) -> None:
    """Actions of the settings there are, as rows, and plans that share them; each plan's actions
    are verified a day apart."""
    now, me = services.desk.clock(), services.me().id
    made = {"created_at": now, "created_by": me}
    day = date(2026, 6, 1)
    rows: dict[Any, list[dict[str, Any]]] = {kind: [] for kind in (ImprovementPlan, Action, Step)}
    with services.desk.database.applying() as session:
        settings = session.scalars(select(Setting.id)).all()
        for number in range(plans):
            home = {"setting_id": settings[number % len(settings)]}
            rows[ImprovementPlan].append(
                {
                    "id": new_id(),
                    "goal": f"Goal {number}",
                    "starts_on": day,
                    "ends_on": day + timedelta(days=180),
                    "provider_people": "",
                    "status": "agreed",
                    "version": 0,
                    **home,
                    **made,
                }
            )
        for number in range(actions):
            plan = rows[ImprovementPlan][number % plans]
            due = day + timedelta(days=number % 300)
            status = ("open", "in_progress", "done", "verified", "reopened")[number % 5]
            action = {
                "id": new_id(),
                "plan_id": plan["id"],
                "setting_id": plan["setting_id"],
                "title": f"Action {number}",
                "owner": f"Owner {number % 50}",
                "first_due_on": due,
                "due_on": due,
                "status": status,
                **made,
            }
            rows[Action].append(action)
            if status in ("done", "verified"):
                rows[Step].append(
                    {
                        "id": new_id(),
                        "setting_id": plan["setting_id"],
                        "kind": "action",
                        "record_id": action["id"],
                        "before": "open",
                        "after": status,
                        "day": due,
                        "accepted": True,
                        **made,
                    }
                )
        for kind, of_kind in rows.items():
            if of_kind:
                session.execute(insert(kind), of_kind)
