"""A desk for the tests: real services over a real encrypted database, with a clock to set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from forms.catalogue.catalogue import Library, shipped
from tests.support.desk.colleagues import become, bring
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.forms.answers import best_answers
from visitapp.bootstrap import open_services
from visitapp.records import Role, User
from visitapp.services.services import Services
from visitapp.services.views.visits import VisitView

SHIPPED = shipped()
START = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
FORM = "residential-quality"


class Clock:
    """A clock that a test moves. Each reading is a millisecond later than the one before."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def move_to(self, day: date) -> None:
        """Go to half past nine of a day."""
        self.now = datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)


@contextmanager
def open_desk(
    folder: Path, clock: Clock, keyring: MemoryKeyring, library: Library = SHIPPED
) -> Iterator[Services]:
    """The services of the profile in `folder`, made when there is none."""
    services = open_services(folder, keyring=keyring, clock=clock, library=library)
    try:
        yield services
    finally:
        services.close()


def signed_off_visit(
    services: Services,
    setting_id: str,
    *,
    visited_on: date | None = None,
    form_id: str = FORM,
    **answers: dict[str, object],
) -> VisitView:
    """A visit answered as well as can be but for `answers`, and signed off."""
    visit = services.visits.start(setting_id, form_id, visited_on=visited_on)
    form = services.visits.form(visit.id)
    services.visits.answer_all(visit.id, {**best_answers(form), **answers})
    return services.visits.sign_off(visit.id)


def approved_visit(services: Services, setting_id: str, **how: Any) -> VisitView:
    """The same, approved by a team lead, so that a better rating stands."""
    visit = signed_off_visit(services, setting_id, **how)
    officer = services.me().id
    with services.desk.reading() as session:
        known = session.get(User, "a-lead") is not None
    if not known:
        bring(services, **{"a-lead": Role.LEAD})
    become(services, "a-lead")
    services.reviews.approve(visit.summary.id, at_once=True)
    become(services, officer)
    return services.visits.view(visit.summary.id)
