"""Starting: the passphrase is asked for where there is no key ring, and tastes are remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.desk.keyrings import NoKeyring
from tests.support.directory.cqc import HEATHER, write_cqc
from visitapp.bootstrap import open_services
from visitapp.services.services import Services
from visitapp.ui.dialogs.unlock import UnlockDialog
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.app import make_application
from visitapp.ui.shell.display_menu import DisplayMenu
from visitapp.ui.shell.pages import PAGES
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.screenshots import SIZES, take_screenshots
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look

PASSPHRASE = "a long enough passphrase"


def unlock(folder: Path, passphrase: str | None) -> Services:
    return open_services(folder, passphrase, keyring=NoKeyring())


def test_a_passphrase_unlocks_and_a_wrong_one_changes_nothing(
    tmp_path: Path, look: Look, qtbot: QtBot
) -> None:
    folder = tmp_path / "desk"
    unlock(folder, PASSPHRASE).close()
    dialog = UnlockDialog(None, lambda phrase: unlock(folder, phrase))
    dialog.show()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=60_000)
    for wrong in ("", "not the passphrase"):
        QTest.keyClicks(QApplication.focusWidget(), wrong)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        assert dialog.services is None
        assert "not the passphrase" in dialog.messages.text()
        assert "environment" not in dialog.messages.text()
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert dialog.services is not None
    dialog.services.close()


def test_every_window_has_the_icon(qapp: QApplication) -> None:
    made = make_application([])
    assert made is qapp
    assert not made.windowIcon().pixmap(32, 32).isNull()


def test_theme_and_text_size_are_remembered(
    empty_services: Services, look: Look, tmp_path: Path, qtbot: QtBot
) -> None:
    window = MainWindow(empty_services, look, Preferences(tmp_path), FileChooser())
    menu = window.navigation.display.menu()
    assert isinstance(menu, DisplayMenu)
    menu.choose(theme="dark")
    menu.step(1)
    try:
        assert look.colours.name == "dark"
        kept = Preferences(tmp_path)
        assert (kept.theme, kept.scale) == ("dark", 125)
    finally:
        look.set(theme="light", scale=100)
        window.close()


def test_preferences_that_make_no_sense_are_ignored(tmp_path: Path) -> None:
    (tmp_path / "desktop.ini").write_text("[General]\ntheme=mauve\nscale=9000\n", "utf-8")
    kept = Preferences(tmp_path)
    assert (kept.theme, kept.scale) == ("system", None)


@pytest.mark.soak
def test_pictures_are_taken_of_every_page_of_what_is_found(
    empty_services: Services, look: Look, tmp_path: Path
) -> None:
    """The demonstration's test looks at the pictures; this one chooses no subject for them."""
    empty_services.directory.import_file(write_cqc(tmp_path / "places.csv"))
    setting = empty_services.settings.add(HEATHER.location_id).setting_id
    empty_services.visits.start(setting, "residential-quality")
    empty_services.risk.assess(setting, "kent-ten")
    folder = tmp_path / "pictures"
    pictures = take_screenshots(empty_services, folder, prefix="officer-", sizes=SIZES[-1:])
    names = {path.stem.removeprefix("officer-").split("-")[0] for path in pictures}
    pages = {*PAGES, "setting", "visit", "assessment"}
    assert names == pages | {"start", "assess", "sign"}
    assert all(path.stat().st_size > 5_000 for path in pictures)
    look.set(theme="light")
