"""An officer's whole journey through the windows, to a team lead's approval, over a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import HEATHER, write_cqc
from tests.support.forms.answers import best_answers
from tests.support.terminal.commands import Council
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.services.services import Services
from visitapp.storage.holding import HOLD
from visitapp.ui.dialogs.actions.action import ActionDialog
from visitapp.ui.dialogs.settings.add_setting import AddSettingDialog
from visitapp.ui.dialogs.sync.connect import ConnectDialog
from visitapp.ui.dialogs.visits.sign_off import SignOffDialog
from visitapp.ui.dialogs.visits.start_visit import StartVisitDialog
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look

Seat = Callable[[Services], AbstractContextManager[Desktop]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("server")
    council = Council(f"sqlite:///{folder / 'server.db'}")
    council.add_user("officer", "officer", "north")
    council.add_user("lead", "lead", "north")
    with council.serving() as address:
        yield address


@pytest.fixture
def lead(tmp_path: Path, clock: Clock) -> Iterator[Services]:
    with open_desk(tmp_path / "lead", clock, MemoryKeyring()) as opened:
        yield opened


@pytest.fixture
def seat(look: Look, tmp_path: Path, files: AnswerFiles, qtbot: QtBot) -> Seat:
    """Opens a window on a laptop."""

    @contextmanager
    def sit_down(services: Services) -> Iterator[Desktop]:
        window = MainWindow(services, look, Preferences(tmp_path), files)
        window.show()
        yield Desktop(window, services, qtbot)
        window.close()
        window.deleteLater()

    return sit_down


def test_from_the_public_directory_to_an_approved_visit(
    seat: Seat,
    empty_services: Services,
    lead: Services,
    server: str,
    tmp_path: Path,
    clock: Clock,
) -> None:
    with seat(empty_services) as officer:
        setting = add_setting(officer, tmp_path)
        visit = start_visit(officer)
        answer(officer, visit)
        raise_action(officer, visit)
        sign_off(officer)
        paper = print_report(officer, tmp_path)
        assert "Heather Bank" in paper
        assert "Name an interim manager" in paper
        connect(officer, server, "officer")
    with seat(lead) as team_lead:
        connect(team_lead, server, "lead")
        approve(team_lead, clock)
    with seat(empty_services) as officer:
        sync(officer)
        officer.window.go(Route("setting", setting))
        assert "Approved" in shown_statuses(officer)
        assert officer.services.visits.view(visit).reviews[0].decision == "approved"


def shown_statuses(officer: Desktop) -> list[str]:
    officer.setting.click("Visits 1")
    table = officer.setting.table("Visits")
    return [table.cell(row, "Status").text for row in range(len(table.rows))]


def add_setting(officer: Desktop, folder: Path) -> str:
    assert "No settings yet" in officer.portfolio.said, "the first day teaches"
    officer.portfolio.click("Add setting")
    dialog = officer.dialog(AddSettingDialog)
    dialog.import_file(write_cqc(folder / "places.csv"))
    officer.until(lambda: "adult social care" in dialog.messages.text())
    officer.type("eather")
    officer.until(lambda: len(dialog.table.rows.rows) == 1)
    officer.press(Qt.Key.Key_Return)
    assert officer.shown == "Setting"
    assert HEATHER.name in officer.setting.said
    return officer.services.portfolio.rows()[0].setting_id


def start_visit(officer: Desktop) -> str:
    officer.setting.click("Start a visit")
    dialog = officer.dialog(StartVisitDialog)
    assert dialog.form.currentData() == "residential-quality"
    officer.click(dialog.primary)
    assert officer.shown == "Visit"
    return officer.services.visits.list()[0].id


def answer(officer: Desktop, visit: str) -> None:
    """The first by mouse, the second by key, the rest from the test's pen."""
    screen = officer.visit
    screen.choose("registered_manager", "Not met")
    officer.press("n")
    officer.type("No manager since August.")
    officer.press("\x1b")
    officer.press("j")
    officer.press("1")
    form = officer.services.visits.form(visit)
    given = officer.services.visits.answers(visit)
    rest = {q: a for q, a in best_answers(form).items() if q not in given}
    officer.services.visits.answer_all(visit, rest)
    officer.window.page().refresh()
    assert screen.outcome == "amber", "a missing manager limits the overall"
    screen.choose("registered_manager", "Met")
    assert screen.outcome == "green"
    screen.choose("registered_manager", "Not met")


def raise_action(officer: Desktop, visit: str) -> None:
    officer.press("a")
    dialog = officer.dialog(ActionDialog)
    assert dialog.title.text().startswith("Name an interim manager")
    officer.click(dialog.primary)
    assert len(officer.services.visits.view(visit).actions) == 1
    assert "Actions from this visit  1" in officer.visit.panel_text


def sign_off(officer: Desktop) -> None:
    officer.click(officer.visit.page.primary)
    dialog = officer.dialog(SignOffDialog)
    officer.click(dialog.primary)
    assert dialog.primary.text() == "Save the report (PDF)…"
    assert officer.visit.page.sheet is not None
    assert officer.visit.page.sheet.frozen


def print_report(officer: Desktop, folder: Path) -> str:
    dialog = officer.dialog(SignOffDialog)
    officer.click(dialog.primary)
    [file] = folder.glob("Heather Bank*.pdf")
    assert file.name in dialog.messages.text()
    dialog.reject()
    with pypdfium2.PdfDocument(file) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def connect(desktop: Desktop, server: str, name: str) -> None:
    desktop.window.go(Route("sync"))
    desktop.sync.click("Connect to a server")
    dialog = desktop.dialog(ConnectDialog)
    dialog.server.setText(server)
    dialog.name.setText(name)
    dialog.password.setText("not the password")
    desktop.click(dialog.primary)
    desktop.until(lambda: dialog.messages.text() != "")
    dialog.password.setText(name)
    desktop.click(dialog.primary)
    desktop.until(lambda: desktop.services.connection.state().last_synced is not None)
    desktop.until(lambda: not desktop.window.background.doing().syncing)
    assert desktop.services.connection.state().waiting == 0


def approve(team_lead: Desktop, clock: Clock) -> None:
    team_lead.window.go(Route("review"))
    assert any(text.startswith("Heather Bank") for text in team_lead.review.said)
    team_lead.review.click("Approve")
    assert team_lead.review.offers("Undo")
    clock.now += HOLD
    sync(team_lead)


def sync(desktop: Desktop) -> None:
    """Until nothing waits: a sync of the background's own may have begun before the last change."""
    desktop.window.sync()
    desktop.until(lambda: not desktop.window.background.doing().syncing)
    desktop.until(lambda: desktop.services.connection.state().waiting == 0)
