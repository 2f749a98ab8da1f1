"""A desk with many settings and some history, made fast."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tests.support.desk.desks import FORM
from tests.support.desk.made import a_rating
from tests.support.forms.versions import CURRENT
from visitapp.records import Action, Provider, Setting, Visit, new_id
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
