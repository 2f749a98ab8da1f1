"""A team lead's first day by keyboard alone: from an empty data folder to the last task, on screen,
in the database and at the server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from forms.catalogue.catalogue import shipped
from tests.support.desk.by_keys import CONNECT, at_a_new_laptop, connect, fill, find, pick, sync
from tests.support.desk.by_keys import tab_to as tab
from tests.support.desk.desks import FORM, Clock, signed_off_visit
from tests.support.desk.north import GIVEN, LENA, OWN, North, north, send
from tests.support.window.screens import said
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.records import Intervention, Visit
from visitapp.services.today.items import Part
from visitapp.storage.holding import HOLD
from visitapp.ui.dialogs.actions.action import ActionDialog
from visitapp.ui.dialogs.interventions.referral import AcceptDialog
from visitapp.ui.dialogs.risk.live_risk import LiveRiskDialog
from visitapp.ui.dialogs.visits.return_visit import ReturnDialog
from visitapp.ui.pages.risk.page import RiskPage
from visitapp.ui.theme.look import Look

ENTER, ESC, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space
HOME = Qt.Key.Key_Home
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


def test_a_day_by_keyboard_alone(team: North, lead: Desktop) -> None:
    connect(lead, team.served.address, "lena", GIVEN, OWN)
    assert lead.services.me().name == "lena"
    look_at_today(lead)
    return_with_words(lead, team)
    approve_and_undo(lead, team)
    decide_on_placements(lead, team)
    accept_the_referral(lead, team)
    read_the_risk(lead)
    settle_a_conflict(lead, team)
    at_the_end(lead, team)


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


def approve_and_undo(lead: Desktop, team: North) -> None:
    show_review(lead, "Heather")
    lead.press(ENTER, CTRL)
    assert (lead.focus, status(lead, team.heather)) == ("Undo", "approved")
    lead.press("z", CTRL)
    assert status(lead, team.heather) == "signed_off"
    lead.type("A clear account.")
    lead.press(ENTER, CTRL)
    assert status(lead, team.heather) == "approved"
    clock = lead.services.desk.clock
    assert isinstance(clock, Clock)
    clock.now += HOLD


def decide_on_placements(lead: Desktop, team: North) -> None:
    lead.press("5", CTRL)
    assert lead.shown == "Decisions"
    assert lead.decisions.page.detail.title.text().startswith("Placements")
    lead.press(Qt.Key.Key_F6)
    assert lead.focus == "Open, with a condition"
    lead.press(SPACE)
    fill(lead, "Conditions", "Nobody who needs two carers at night.")
    fill(lead, "Reason", "The rota has gaps.")
    lead.press(ENTER, CTRL)
    found = lead.services.placements.view(team.heather)
    assert found.position == "conditional"
    assert lead.decisions.is_empty


def accept_the_referral(lead: Desktop, team: North) -> None:
    lead.press(HOME, ALT)
    go_down_to(lead, "Accept or refuse: Heather Bank")
    lead.press(ENTER)
    assert lead.shown == "Intervention"
    assert "Three of four are late" in " ".join(said(lead.window.page()))
    lead.press(ENTER, CTRL)
    lead.dialog(AcceptDialog)
    pick(lead, "Intervention officer", "Irena")
    lead.press(ENTER, CTRL)
    lead.until(lambda: QApplication.activeModalWidget() is None)
    (line,) = lead.services.interventions.list(team.heather)
    assert (line.status, line.officer) == ("active", "Irena Marsh")


def read_the_risk(lead: Desktop) -> None:
    lead.press("g", CTRL, SHIFT)
    page = lead.window.page()
    assert isinstance(page, RiskPage)
    assert {row.setting for row in page.table.rows.rows} == {"Heather Bank", "Larch Nursing Home"}
    first = page.table.rows.rows[0]
    lead.press(ENTER)
    shown = lead.dialog(LiveRiskDialog)
    assert shown.windowTitle() == first.setting
    lead.press(ESC)
    assert not shown.isVisible()


def settle_a_conflict(lead: Desktop, team: North) -> None:
    """Lena and Olive give one action two due dates, each before she has the other's."""
    find(lead, "mend the rota")
    lead.until(lambda: lead.dialog_title.startswith("Action at"))
    lead.dialog(ActionDialog)
    fill(lead, "Due", "+10")
    lead.press(ENTER)
    lead.until(lambda: QApplication.activeModalWidget() is None)
    (action,) = [one for one in team.olive.actions.list() if one.title == ACTION]
    later = team.olive.desk.today() + timedelta(days=21)
    team.olive.actions.update(action.id, due_on=later, reason="The agency has nobody before")
    send(team.olive)
    sync(lead)
    send(team.olive)
    sync(lead)
    lead.press(HOME, ALT)
    go_down_to(lead, "Choose")
    lead.press(ENTER)
    assert lead.shown == "Sync"
    tab(lead, f"Keep {later.day} ")
    lead.press(SPACE)
    tab(lead, "Keep this one")
    lead.press(ENTER)
    assert lead.focus in ("Sync now", "Connect to a server")
    assert lead.services.conflicts.list() == []
    assert lead.services.actions.view(action.id).due_on == later


def at_the_end(lead: Desktop, team: North) -> None:
    sync(lead)
    with team.served.database.reading() as session:
        visits = {v.setting_id: v.status for v in session.query(Visit)}
        (intervention,) = session.query(Intervention)
    assert visits == {team.heather: "approved", team.larch: "returned"}
    assert intervention.status == "active"
    send(team.olive)
    (back,) = [o for o in team.olive.today.view().items if o.part == Part.RETURNED]
    assert back.quote == WORDS
    lead.press(HOME, ALT)
    assert not [line for line in lead.today.page.lines if line.item.part == Part.REVIEWS]


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
