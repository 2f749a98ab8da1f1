"""A team lead's first hour by keyboard alone: from an empty data folder to a visit that is returned
with words, on screen and in the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from forms.catalogue.catalogue import shipped
from tests.support.desk.by_keys import CONNECT, at_a_new_laptop, connect
from tests.support.desk.desks import FORM, signed_off_visit
from tests.support.desk.north import GIVEN, LENA, OWN, North, north, send
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.services.today.items import Part
from visitapp.ui.dialogs.visits.return_visit import ReturnDialog
from visitapp.ui.theme.look import Look

ENTER, ESC, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space
HOME, DOWN, RIGHT, PAGE_DOWN = (
    Qt.Key.Key_Home,
    Qt.Key.Key_Down,
    Qt.Key.Key_Right,
    Qt.Key.Key_PageDown,
)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
WORDS = "2.1: which weeks of the rota did you look at?"
ACTION = "Mend the rota"
PARTLY = {"value": "partly", "note": "Two of five."}
pytestmark = pytest.mark.timeout(600)


def amber() -> dict[str, dict[str, object]]:
    """Answers by which a visit is rated Amber."""
    questions = [q for area in shipped().form(FORM).areas[:3] for q in area.questions]
    choices = [q for q in questions if q.type == "choice" and q.scale]
    partly = [q.id for q in choices if "partly" in [v.value for v in q.scale.values]]
    return dict.fromkeys(partly, PARTLY)


@pytest.fixture
def team(tmp_path: Path) -> Iterator[North]:
    """Olive's week: two visits, a referral, a planned visit and an action."""
    with north(tmp_path / "north") as there:
        olive, today = there.olive, there.olive.desk.today()
        signed_off_visit(olive, there.heather, **amber())
        signed_off_visit(olive, there.larch)
        olive.interventions.refer(there.heather, "Dates were missed", "Three of four are late")
        olive.planning.plan(there.heather, "risk_led", next_month(today), due_on=None)
        olive.actions.add(None, there.larch, ACTION, today + timedelta(days=14))
        send(olive)
        yield there


@pytest.fixture
def lead(look: Look, tmp_path: Path, files: AnswerFiles, qtbot: QtBot) -> Iterator[Desktop]:
    with at_a_new_laptop(tmp_path / "lena", look, qtbot, files, LENA, "t", CONNECT) as desktop:
        yield desktop


def test_the_first_hour_by_keyboard_alone(team: North, lead: Desktop) -> None:
    connect(lead, team.served.address, "lena", GIVEN, OWN)
    assert lead.services.me().name == "lena"
    look_at_today(lead)
    return_with_words(lead, team)


def look_at_today(lead: Desktop) -> None:
    lead.press(HOME, ALT)
    assert lead.shown == "Today"
    parts = [line.item.part for line in lead.today.page.lines]
    assert {Part.REVIEWS, Part.INTERVENTIONS} <= set(parts)
    go_down_to(lead, "Review: 2 visits to review")
    lead.press(ENTER)
    assert lead.shown == "Review"


def return_with_words(lead: Desktop, team: North) -> None:
    show_review(lead, "Larch")
    lead.press("b", CTRL)
    lead.dialog(ReturnDialog)
    lead.type(WORDS)
    lead.press(ENTER, CTRL)
    lead.until(lambda: QApplication.activeModalWidget() is None)
    assert status(lead, team.larch) == "returned"


def go_down_to(lead: Desktop, name: str) -> None:
    """J, from the first line of Today, until the step of that name has the focus."""
    for _ in range(30):
        if lead.focus.startswith(name):
            return
        lead.press("j")
    names = [line.step.accessibleName() for line in lead.today.page.lines]
    pytest.fail(f"no line {name!r} in {names}")


def show_review(lead: Desktop, setting: str) -> None:
    """Alt and the arrows, until the visit of a setting is in view."""
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        if any(text.startswith(setting) for text in lead.review.detail):
            return
        lead.press(key, ALT)
    assert any(text.startswith(setting) for text in lead.review.detail), lead.review.detail


def status(lead: Desktop, setting: str) -> str:
    (visit,) = lead.services.visits.list(setting_id=setting)
    return visit.status


def next_month(today: date) -> date:
    """A Tuesday of the month after this one."""
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=8)
    return first + timedelta(days=(1 - first.weekday()) % 7)
