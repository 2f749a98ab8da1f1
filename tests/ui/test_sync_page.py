"""The Sync page: what waits is said, a conflict shows both sides until a person chooses."""

from __future__ import annotations

import pytest

from tests.support.states import sync_state
from tests.support.windows import Desktop, texts
from visitapp.records import Conflict
from visitapp.services.services import Services
from visitapp.ui import link_words
from visitapp.ui.routes import Route
from visitapp.ui.widgets.conflict_card import ConflictCard


@pytest.fixture
def conflict_id(services: Services, visit_id: str, heather: str) -> str:
    """A colleague changed the due day of an action as well."""
    today = services.desk.today()
    action = services.actions.add(visit_id, None, "Mend the rota", today)
    with services.desk.database.applying() as session:
        conflict = Conflict(
            setting_id=heather,
            kind="action",
            record_id=action.id,
            field="due_on",
            base_value="2026-11-25",
            server_value=today.isoformat(),
            server_by=services.me().id,
            server_at=services.desk.clock(),
            other_value="2026-12-12",
            other_by="01900000-0000-7000-8000-000000000000",
            other_at=services.desk.clock(),
            created_at=services.desk.clock(),
            created_by=services.me().id,
        )
        session.add(conflict)
        session.flush()
        return conflict.id


def test_a_conflict_is_settled_by_choosing_a_side(desktop: Desktop, conflict_id: str) -> None:
    desktop.window.go(Route("sync"))
    [card] = desktop.window.pages.sync.findChildren(ConflictCard)
    assert not card.keep.isEnabled(), "nothing is chosen for the person"
    assert any("12 Dec 2026" in text for text in texts(card))
    desktop.click(card.other)
    desktop.click(card.keep)
    assert desktop.services.conflicts.list() == []
    [action] = desktop.services.actions.list()
    assert action.due_on.isoformat() == "2026-12-12"


def test_the_corner_counts_conflicts(desktop: Desktop, conflict_id: str) -> None:
    desktop.window.go(Route("portfolio"))
    sync = desktop.window.navigation.buttons["sync"]
    desktop.until(lambda: sync.accessibleName() == "Sync, 1")


def test_before_a_server_is_known_the_page_offers_to_connect(desktop: Desktop) -> None:
    desktop.window.go(Route("sync"))
    page = desktop.window.pages.sync
    assert page.sync.isHidden()
    assert page.connect_.property("kind") == "primary"


def test_syncing_without_a_server_says_what_to_do(desktop: Desktop) -> None:
    desktop.window.sync()
    desktop.until(lambda: "not connected to a server" in desktop.message())


def test_the_pill_says_that_offline_work_is_safe(services: Services) -> None:
    now = services.desk.clock()
    assert link_words.pill(sync_state(connected=False, waiting=15), now) == (
        "Offline · 15 changes saved here"
    )
    assert link_words.pill(sync_state(problem="No network."), now) == (
        "Offline · everything is saved here"
    )
    assert link_words.pill(sync_state(last_synced=now), now) == "Synced just now"


def test_the_corner_says_what_waits(services: Services) -> None:
    now = services.desk.clock()
    lines = link_words.link_lines(
        sync_state(connected=False, waiting=15, waiting_visits=3, waiting_actions=12), now
    )
    assert lines == ["Working on this laptop only", "3 visits, 12 actions waiting to sync"]
