"""Each role is shown what it receives and offered what it may do, on every page."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from tests.support.desk.colleagues import become, bring
from tests.support.window.every_screen import Busy, fill, pages
from tests.support.window.windows import Desktop
from visitapp.records import KINDS, Role
from visitapp.services.services import Services
from visitapp.ui.roles import hidden, may_make
from visitapp.ui.shell.routes import Route
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import Button

NOT_SHOWN = "Not shown to your role"
OFFERS = {
    "Add setting": "setting",
    "Start a visit": "visit",
    "Plan a visit…": "planned_visit",
    "Add action": "action",
    "Assess risk…": "visit",
    "Record a significant event…": "significant_event",
    "Import due dates": "action",
}
"""What people are offered to make, by the words on the buttons."""


@pytest.fixture
def busy(services: Services, heather: str, visit_id: str) -> Busy:
    fill(services, heather, visit_id)
    return Busy(heather, visit_id, visit_id)


def see(desktop: Desktop, role: Role) -> None:
    bring(desktop.services, **{f"a-{role.value}": role})
    become(desktop.services, f"a-{role.value}")


@pytest.mark.parametrize("role", list(Role))
def test_pages_columns_and_offers_follow_the_declarations(
    desktop: Desktop, busy: Busy, role: Role
) -> None:
    see(desktop, role)
    desktop.refresh()
    for route in pages(busy):
        if route.page == "visit" and "visit" in hidden(role):
            continue
        desktop.window.go(route)
        desktop.settle()
        page = desktop.window.page()
        withheld = page.tells in hidden(role)
        said = [one.text() for one in page.findChildren(Button) if one.isVisible()]
        assert (NOT_SHOWN in texts_of(desktop)) == withheld, route
        for table in page.findChildren(RowTable):
            shown = table.shown_list().columns
            assert not {one.of for one in shown} & hidden(role), route
            if withheld:
                assert not table.isVisible(), route
        for text, kind in OFFERS.items():
            if role not in KINDS[kind].__kind__.writers:
                assert text not in said, route


def texts_of(desktop: Desktop) -> list[str]:
    labels = desktop.window.page().findChildren(QLabel)
    return [one.text() for one in labels if one.isVisible()]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD, Role.ADMIN])
def test_whoever_records_visits_is_offered_them(desktop: Desktop, busy: Busy, role: Role) -> None:
    see(desktop, role)
    desktop.refresh()
    assert may_make(role, "visit")
    assert desktop.portfolio.offers("Start a visit")
    assert "Actions" in desktop.portfolio.table.columns


def test_the_window_follows_when_the_role_changes(desktop: Desktop, busy: Busy) -> None:
    see(desktop, Role.VIEWER)
    desktop.refresh()
    assert not desktop.portfolio.offers("Start a visit")
    assert "Actions" not in desktop.portfolio.table.columns
    desktop.window.go(Route("notices"))
    desktop.settle()
    assert NOT_SHOWN in texts_of(desktop)
    see(desktop, Role.LEAD)
    desktop.refresh()
    desktop.settle()
    assert NOT_SHOWN not in texts_of(desktop)
    desktop.window.go(Route("portfolio"))
    assert desktop.portfolio.offers("Start a visit")
    assert "Actions" in desktop.portfolio.table.columns
