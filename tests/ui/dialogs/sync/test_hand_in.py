"""A laptop whose access was ended: the window says so, hands in, closes, and the data is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.server.served import Served, served
from tests.support.window.windows import Desktop, texts
from visitapp.errors import Code, EnvironmentProblem
from visitapp.services.services import Services
from visitapp.storage.state import LocalStates
from visitapp.ui.dialogs.notice import NoticeDialog
from visitapp.ui.dialogs.sync.hand_in import HandInDialog
from visitapp.ui.shell.app import erase_when_confirmed


@pytest.fixture
def council(services: Services, tmp_path: Path) -> Iterator[Served]:
    """The server at which this laptop was signed in before its access was ended."""
    with served(tmp_path, "ann") as made:
        made.connect(services)
        made.revoke(services)
        yield made


def test_the_window_hands_in_and_closes_and_the_laptop_is_emptied(
    desktop: Desktop,
    council: Served,
    visit_id: str,
    keyring: MemoryKeyring,
    tmp_path: Path,
    clock: Clock,
    qtbot: QtBot,
) -> None:
    desktop.open_visit(visit_id)
    desktop.press("1")
    desktop.window.background.start()
    desktop.until(lambda: bool(desktop.window.findChildren(HandInDialog)))
    (dialog,) = desktop.window.findChildren(HandInDialog)
    assert dialog.isModal()
    assert "nothing you wrote is lost" in "\n".join(texts(dialog))
    desktop.until(lambda: not desktop.window.isVisible())
    (one,) = council.handed_in()
    assert one.changes > 0
    assert one.ended_at is not None
    desktop.services.close()
    notice = erase_when_confirmed(desktop.services)
    assert isinstance(notice, NoticeDialog)
    qtbot.addWidget(notice)
    assert "erased" in notice.windowTitle()
    assert "safe with your administrator" in notice.messages.text()
    assert not (tmp_path / "desk" / "visitapp.db").exists()
    assert not (tmp_path / "desk" / "key.json").exists()
    with pytest.raises(EnvironmentProblem) as once:
        open_desk(tmp_path / "desk", clock, keyring).__enter__()
    assert once.value.code == Code.DEVICE_ERASED


def test_a_line_that_breaks_is_told_and_tried_again(
    desktop: Desktop, council: Served, services: Services
) -> None:
    """The line breaks right after the laptop was told."""
    with services.desk.database.applying() as session:
        LocalStates().set(session, "server_url", "http://127.0.0.1:9")
    dialog = HandInDialog(desktop.window, services.leaving)
    closed: list[bool] = []
    dialog.confirmed.connect(lambda: closed.append(True))
    dialog.open()
    desktop.until(lambda: "could not be reached" in dialog.messages.text())
    assert dialog.primary.isEnabled()
    assert not services.leaving.confirmed
    assert erase_when_confirmed(services) is None
    with services.desk.database.applying() as session:
        LocalStates().set(session, "server_url", council.address)
    desktop.click(dialog.primary)
    desktop.until(lambda: closed == [True])
    assert services.leaving.confirmed
