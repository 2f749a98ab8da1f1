"""A visit whose form this program does not have: a sentence on the page, and the rest works."""

from __future__ import annotations

from sqlalchemy import update

from tests.support.desk.desks import FORM
from tests.support.window.windows import Desktop
from visitapp.records import Visit
from visitapp.services.services import Services
from visitapp.ui.shell.routes import Route


def test_the_page_says_what_is_missing(
    desktop: Desktop, services: Services, heather: str, visit_id: str
) -> None:
    other = services.visits.start(heather, FORM).id
    with services.desk.database.applying() as session:
        session.execute(update(Visit).where(Visit.id == visit_id).values(form_version="2098.9"))
    desktop.visits.go()
    rows = [visit.id for visit in desktop.visits.table.rows]
    desktop.visits.table.open(rows.index(visit_id))
    assert "version 2098.9" in desktop.message()
    assert "Your recorded work is safe." in desktop.message()
    assert desktop.shown == "Visits"
    desktop.window.go(Route("setting", heather))
    assert desktop.message() == ""
    screen = desktop.open_visit(other)
    screen.choose("registered_manager", "Met")
    assert screen.chosen("registered_manager") == "Met"
