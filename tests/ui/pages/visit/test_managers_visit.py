"""A visit on a manager's device, which has its outcome and no answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from sync.client.round.role_change import drop_hidden
from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import signed_off_visit
from tests.support.window.windows import Desktop
from visitapp.records import Answer, Role
from visitapp.services.services import Services

SAID = "This device does not receive answers and evidence, because of your role."


@pytest.fixture
def visit(services: Services, heather: str) -> str:
    return signed_off_visit(services, heather).summary.id


def become_a_manager(services: Services) -> None:
    bring(services, mia=Role.MANAGER)
    become(services, "mia")
    with services.desk.database.applying() as session:
        assert drop_hidden(session.connection(), Role.MANAGER, set()) > 0
        assert session.query(Answer).count() == 0


def test_the_page_says_why_there_are_no_answers(
    desktop: Desktop, services: Services, visit: str
) -> None:
    assert desktop.open_visit(visit).elsewhere == ""
    become_a_manager(services)
    screen = desktop.open_visit(visit)
    assert SAID in screen.elsewhere
    assert screen.outcome == "green", "the signed outcome is here"
    question = screen.shown[0]
    assert screen.chosen(question) == ""


def test_the_report_is_refused_with_the_reason(
    desktop: Desktop, services: Services, visit: str, tmp_path: Path
) -> None:
    become_a_manager(services)
    screen = desktop.open_visit(visit)
    assert screen.finish_text == "Report (PDF)"
    desktop.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert SAID in desktop.message()
    assert list(tmp_path.glob("*.pdf")) == []
