"""At a terminal the passphrase is asked for; without one the program never waits."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.terminal.commands import PASSPHRASE, Console

if sys.platform != "win32":
    import pty

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pty is not on Windows")


def at_terminal(folder: Path, typed: list[str], *args: str) -> tuple[int, str, str]:
    """Run a command whose keyboard and stderr are a terminal, and type a line at each prompt.
    Gives the status, stdout and what the terminal showed."""
    keyboard, terminal = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("VISITAPP_")}
    environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    with subprocess.Popen(
        [sys.executable, "-m", "visitapp", "--data-dir", str(folder), *args],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=terminal,
        env=environment,
        start_new_session=True,
    ) as process:
        os.close(terminal)
        shown = ""
        waiting = list(typed)
        while True:
            try:
                piece = os.read(keyboard, 1000).decode()
            except OSError:  # the command let go of its terminal
                break
            if not piece:
                break
            shown += piece
            if waiting and shown.rstrip(" ").endswith(":"):
                os.write(keyboard, f"{waiting.pop(0)}\n".encode())
        out = process.stdout.read().decode() if process.stdout else ""
    os.close(keyboard)
    return process.returncode, out, shown


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert Console(tmp_path / "data").json("settings", "list") == []
    return tmp_path / "data"


def test_a_person_is_asked_and_may_try_again(folder: Path) -> None:
    status, out, shown = at_terminal(
        folder, ["wrong one", PASSPHRASE], "settings", "list", "--json"
    )
    assert (status, out.strip()) == (0, "[]")
    assert shown.count("Passphrase:") == 2
    assert "The passphrase is wrong." in shown
    assert PASSPHRASE not in shown


def test_three_wrong_ones_end_it(folder: Path) -> None:
    status, out, shown = at_terminal(folder, ["one", "two", "three"], "settings", "list")
    assert (status, out) == (1, "")
    assert shown.count("Passphrase:") == 3


def test_a_new_folder_without_a_keyring_asks_for_a_passphrase_twice(tmp_path: Path) -> None:
    chosen = ["three small teapots", "three small teapots"]
    status, out, shown = at_terminal(tmp_path / "new", chosen, "settings", "list", "--json")
    assert (status, out.strip()) == (0, "[]")
    assert "Nobody can recover it" in shown
    console = Console(tmp_path / "new", "three small teapots")
    assert console.json("settings", "list") == []


def test_a_weak_choice_is_refused_and_makes_nothing(tmp_path: Path) -> None:
    status, _, shown = at_terminal(tmp_path / "new", ["short", "short"], "settings", "list")
    assert status == 1
    assert "at least 12 characters" in shown
    assert not (tmp_path / "new" / "key.json").exists()


def test_a_changed_passphrase_needs_the_present_one(folder: Path) -> None:
    typed = [PASSPHRASE, "three small teapots", "three small teapots"]
    status, _, shown = at_terminal(folder, typed, "key", "change")
    assert status == 0, shown
    assert Console(folder, "three small teapots").json("settings", "list") == []


def test_without_a_terminal_nobody_is_asked(folder: Path) -> None:
    assert "passphrase" in Console(folder, "")("settings", "list").refusal
