"""One window for each data folder; a second start brings the first to the front."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.window.windows import WAIT_MS
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.start.one_window import OneWindow

SECOND_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from visitapp.ui.shell.start.one_window import OneWindow
app = QCoreApplication([])
window = OneWindow(Path(sys.argv[1]))
print("claimed" if window.claim() else "raised" if window.raise_other() else "silent", flush=True)
sys.stdin.read()
"""


def start(folder: Path) -> subprocess.Popen[str]:
    """Another process that wants the folder, and says how that went."""
    return subprocess.Popen(
        [sys.executable, "-c", SECOND_START, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def finish(process: subprocess.Popen[str]) -> None:
    process.communicate("")


def test_a_second_start_raises_the_first(tmp_path: Path, qtbot: QtBot) -> None:
    first = OneWindow(tmp_path)
    assert first.claim()
    with qtbot.waitSignal(first.raised, timeout=WAIT_MS):
        second = start(tmp_path)
    assert said(second) == "raised"
    finish(second)
    first.release()


def test_each_folder_has_its_own_window(tmp_path: Path, qapp: QApplication) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    windows = [OneWindow(tmp_path / name) for name in ("one", "two")]
    assert [window.claim() for window in windows] == [True, True]
    for window in windows:
        window.release()


def test_a_closed_window_leaves_the_folder_free(tmp_path: Path, qapp: QApplication) -> None:
    first = OneWindow(tmp_path)
    assert first.claim()
    first.release()
    second = OneWindow(tmp_path)
    assert second.claim()
    second.release()


def test_a_crash_leaves_no_stale_lock(tmp_path: Path, qtbot: QtBot) -> None:
    crashed = start(tmp_path)
    assert said(crashed) == "claimed"
    crashed.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    crashed.wait(60)
    for stream in (crashed.stdin, crashed.stdout):
        assert stream is not None
        stream.close()
    next_one = OneWindow(tmp_path)
    assert next_one.claim()
    with qtbot.waitSignal(next_one.raised, timeout=WAIT_MS):
        second = start(tmp_path)
    assert said(second) == "raised", "its socket answers, not the dead one"
    finish(second)
    next_one.release()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_files_of_a_window_are_its_owners(tmp_path: Path, qapp: QApplication) -> None:
    before = os.umask(0o000)
    window = OneWindow(tmp_path)
    assert window.claim()
    preferences = Preferences(tmp_path)
    preferences.keep_goes_on(True)
    del preferences  # a QSettings writes when it goes
    os.umask(before)
    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in tmp_path.iterdir()}
    assert modes == {"window.lock": "0o600", "desktop.ini": "0o600"}
    assert Preferences(tmp_path).goes_on
    window.release()
