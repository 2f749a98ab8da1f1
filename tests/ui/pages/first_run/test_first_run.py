"""The first start: a passphrase chosen twice, a name, a way to begin; or the sample council."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.desk.keyrings import MemoryKeyring, NoKeyring
from tests.support.window.screens import said, visible
from tests.support.window.windows import WAIT_MS
from visitapp.bootstrap import open_services
from visitapp.demo.sample import open_sample
from visitapp.errors import Code, EnvironmentProblem, Refused
from visitapp.language import message
from visitapp.services.locking import Secret
from visitapp.services.services import Services
from visitapp.ui.pages.first_run.window import FirstRunWindow
from visitapp.ui.theme.look import Look

PASSPHRASE = "seven quiet herons wading"
NAME = "Asha Verrin"


class FirstRun:
    """The first start, and the person at it."""

    def __init__(self, folder: Path, look: Look, qtbot: QtBot, *, keyring: bool = False) -> None:
        self.folder, self._qtbot = folder, qtbot
        self.opened: list[Services] = []
        services = self.open(None, MemoryKeyring()) if keyring else None
        self.window = FirstRunWindow(look, services, self.open, self.sample)
        self.window.resize(1092, 600)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=WAIT_MS)

    def open(
        self, passphrase: str | None, keyring: MemoryKeyring | NoKeyring | None = None
    ) -> Services:
        opened = open_services(self.folder, passphrase, keyring=keyring or NoKeyring())
        self.opened.append(opened)
        return opened

    def sample(self, progress: Callable[[int, int], None]) -> Services:
        return open_sample(self.folder / "sample", open_services, progress, settings=4)

    @property
    def caret(self) -> str:
        """The name of what has the focus."""
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus.accessibleName()

    def type(self, text: str) -> None:
        QTest.keyClicks(self._focus(), text)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self._focus(), key)

    def click(self, name: str) -> None:
        button = visible(self.window, QAbstractButton, name)
        words = QPoint(button.sizeHint().width() // 2, button.height() // 2)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=words)

    def ends(self) -> Services:
        """What was opened, once the window has closed."""
        self._qtbot.waitUntil(lambda: not self.window.isVisible(), timeout=WAIT_MS)
        assert self.window.services is not None
        return self.window.services

    def _focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus


@pytest.fixture
def first(tmp_path: Path, look: Look, qtbot: QtBot) -> Iterator[FirstRun]:
    made = FirstRun(tmp_path / "desk", look, qtbot)
    yield made
    made.window.close()
    for services in made.opened:
        services.close()


def test_by_keyboard_alone_it_locks_names_and_goes_on(first: FirstRun) -> None:
    assert first.caret == "Passphrase", "the caret is in the first field"
    first.type(PASSPHRASE)
    first.press(Qt.Key.Key_Tab)
    assert first.caret == "Passphrase again"
    first.type(PASSPHRASE)
    first.press(Qt.Key.Key_Tab)
    assert first.caret == "Show what I type"
    first.press(Qt.Key.Key_Tab)
    assert first.caret == "Your name, as it should appear on reports"
    first.type(NAME)
    first.press(Qt.Key.Key_Tab)
    first.press(Qt.Key.Key_Down)
    first.press(Qt.Key.Key_Tab)
    first.press(Qt.Key.Key_Down)
    first.press(Qt.Key.Key_Tab)
    assert first.caret == "Continue and choose a file"
    first.press(Qt.Key.Key_Return)
    services = first.ends()
    assert first.window.source == "import"
    me = services.me()
    assert (me.title, me.role) == (NAME, "intervention")
    services.close()
    again = open_services(first.folder, PASSPHRASE, keyring=NoKeyring())
    assert again.me().title == NAME
    assert again.profile.introduced
    again.close()


def test_enter_goes_on_from_the_role_and_from_the_way_to_begin(first: FirstRun) -> None:
    first.type(PASSPHRASE)
    first.press(Qt.Key.Key_Tab)
    first.type(PASSPHRASE)
    for _ in range(2):
        first.press(Qt.Key.Key_Tab)
    first.press(Qt.Key.Key_Tab)
    assert first.caret == "Your role"
    first.press(Qt.Key.Key_Return)
    assert first.caret == "Your name, as it should appear on reports", "it is still missing"
    first.type(NAME)
    for _ in range(2):
        first.press(Qt.Key.Key_Tab)
    assert first.caret == "Connect to your council"
    first.press(Qt.Key.Key_Return)
    first.ends().close()
    assert first.window.source == "connect"


@pytest.mark.parametrize(
    ("one", "two", "sentence"),
    [
        ("", "", "Use at least 12 characters."),
        ("a", "a", "Use at least 12 characters."),
        ("passwordpassword", "passwordpassword", "This is too easy to guess."),
        (PASSPHRASE, "", "Good. Now type the same passphrase again."),
        (PASSPHRASE, PASSPHRASE.upper(), "The two passphrases differ."),
    ],
)
def test_a_weak_or_different_passphrase_makes_nothing(
    first: FirstRun, one: str, two: str, sentence: str
) -> None:
    first.type(one)
    first.press(Qt.Key.Key_Tab)
    first.type(two)
    first.press(Qt.Key.Key_Return)
    assert any(line.startswith(sentence) for line in said(first.window))
    assert first.window.messages.text().startswith(sentence)
    assert first.caret.startswith("Passphrase"), "the caret is where something is missing"
    assert first.opened == []
    assert not (first.folder / "key.json").exists()


def test_a_name_is_asked_for_once(first: FirstRun) -> None:
    first.type(PASSPHRASE)
    first.press(Qt.Key.Key_Tab)
    first.type(PASSPHRASE)
    first.press(Qt.Key.Key_Return)
    assert first.window.messages.text().startswith("Give your name.")
    assert first.caret == "Your name, as it should appear on reports"
    first.type(NAME[0])
    assert first.window.messages.text() == "", "what it asked for is being given"
    assert first.opened == []


def test_what_is_typed_can_be_shown(first: FirstRun) -> None:
    fields = [visible(first.window, QLineEdit, n) for n in ("Passphrase", "Passphrase again")]
    assert {field.echoMode() for field in fields} == {QLineEdit.EchoMode.Password}
    first.click("Show what I type")
    assert {field.echoMode() for field in fields} == {QLineEdit.EchoMode.Normal}
    first.click("Hide what I type")
    assert {field.echoMode() for field in fields} == {QLineEdit.EchoMode.Password}
    assert visible(first.window, QAbstractButton, "Show what I type").text() == "Show what I type"


def test_with_a_keyring_only_the_name_is_asked_for(
    tmp_path: Path, look: Look, qtbot: QtBot
) -> None:
    first = FirstRun(tmp_path / "desk", look, qtbot, keyring=True)
    assert first.caret == "Your name, as it should appear on reports"
    assert not [
        f
        for f in first.window.findChildren(QLineEdit)
        if "Pass" in f.accessibleName() and f.isVisible()
    ]
    first.type(NAME)
    first.press(Qt.Key.Key_Return)
    services = first.ends()
    assert services.me().title == NAME
    services.close()


def test_with_a_keyring_a_pin_can_be_chosen_in_place(
    tmp_path: Path, look: Look, qtbot: QtBot
) -> None:
    first = FirstRun(tmp_path / "desk", look, qtbot, keyring=True)
    first.type(NAME)
    for _ in range(3):
        QTest.keyClick(first.window, Qt.Key.Key_Backtab)
    assert first.caret == "PIN, if you want one"
    for typed, wrong in (("123", "at least 6"), ("123456", "too easy to guess")):
        first.type(typed)
        first.press(Qt.Key.Key_Return)
        assert wrong in " ".join(said(first.window))
        assert first.window.isVisible()
        assert first.caret == "PIN, if you want one", "what is wrong is there to be typed over"
    first.type("284613")
    first.press(Qt.Key.Key_Return)
    assert first.caret == "The same PIN again"
    first.type("284613")
    first.press(Qt.Key.Key_Return)
    services = first.ends()
    assert services.locking.secret() == Secret.PIN
    assert services.locking.opens_with("284613")
    assert not services.locking.opens_with("284614")
    services.close()


def test_without_a_pin_none_is_asked_for(tmp_path: Path, look: Look, qtbot: QtBot) -> None:
    first = FirstRun(tmp_path / "desk", look, qtbot, keyring=True)
    first.type(NAME)
    first.press(Qt.Key.Key_Return)
    services = first.ends()
    assert services.locking.secret() == Secret.NONE
    services.close()


def test_the_sample_council_needs_no_passphrase_and_stays_apart(first: FirstRun) -> None:
    first.click("Try the sample council")
    first.click("Open the sample council")
    services = first.ends()
    assert len(services.portfolio.rows()) == 4
    assert services.me().title == "Asha Verrin"
    assert len(services.visits.list()) >= 8
    services.close()
    assert not (first.folder / "key.json").exists(), "the laptop's own data is not begun"
    again = first.sample(lambda done, total: pytest.fail("it is made once"))
    assert len(again.portfolio.rows()) == 4
    again.close()


def test_what_fails_is_said_in_view_at_the_foot_of_the_page_too(first: FirstRun) -> None:
    def fail(progress: Callable[[int, int], None]) -> Services:
        raise EnvironmentProblem(Code.DISK_FULL, message("The disk is full."))

    first.window._open_sample = fail
    first.window.resize(1024, 560)
    first.click("Try the sample council")
    first.click("Open the sample council")
    first._qtbot.waitUntil(lambda: bool(first.window.messages.text()), timeout=WAIT_MS)
    assert "The disk is full." in first.window.messages.text()
    first._qtbot.waitUntil(lambda: not first.window.messages.visibleRegion().isEmpty())


def test_a_half_made_sample_is_made_again(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        open_sample(tmp_path / "sample", open_services, stop, settings=4)
    services = open_sample(tmp_path / "sample", open_services, lambda *_: None, settings=4)
    assert len(services.portfolio.rows()) == 4
    contracts = services.contracts.list()
    assert contracts
    assert sum(one.settings for one in contracts) == 4
    reviews = [one for one in services.planning.due() if one.due.purpose == "contract_review"]
    assert len([one for one in reviews if one.overdue_days]) < len(reviews), "not all are late"
    services.close()


def test_no_window_names_an_environment_variable(first: FirstRun) -> None:
    first.press(Qt.Key.Key_Return)
    texts = [one.text() for one in first.window.findChildren(QLabel)]
    assert texts
    assert not any("VISITAPP_" in text or "environment" in text for text in texts)


def test_giving_up_leaves_nothing_open(first: FirstRun) -> None:
    first.window.close()
    assert first.window.services is None


def test_who_is_given_by_a_server_is_not_changed_here(first: FirstRun) -> None:
    services = first.open(PASSPHRASE)
    assert not services.profile.introduced
    for name, role in (
        ("", "officer"),
        (" \n", "officer"),
        ("x" * 121, "officer"),
        (NAME, "manager"),
        (NAME, "nobody"),
    ):
        with pytest.raises(Refused) as refused:
            services.profile.introduce(name, role)
        assert refused.value.code == Code.BAD_VALUE
    assert not services.profile.introduced, "nothing was changed"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_presses_the_toggle_in_focus(first: FirstRun, key: Qt.Key) -> None:
    for _ in range(10):
        if first.caret == "Show what I type":
            break
        first.press(Qt.Key.Key_Tab)
    assert first.caret == "Show what I type"
    first.press(key)
    assert first.caret == "Hide what I type"
    assert first.window.passphrase.first.echoMode() == QLineEdit.EchoMode.Normal


def test_the_sample_is_offered_on_top_and_opened_where_its_progress_is_seen(
    first: FirstRun,
) -> None:
    """On a screen of 1366 by 768 at 125 % the choice itself is below the edge."""
    first.window.resize(1092, 590)
    first.click("Look at the sample council first")
    assert first.caret == "Open the sample council"
    assert first.window.choice.chosen() == "sample"
    QApplication.processEvents()
    assert not first.window.primary.visibleRegion().isEmpty()
    edge = first.window.primary.mapTo(first.window, first.window.primary.rect().bottomRight())
    assert first.window.rect().contains(edge)
