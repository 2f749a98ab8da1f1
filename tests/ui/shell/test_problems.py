"""What goes wrong in a slot is shown: a problem as it is written, a bug with a reference."""

from __future__ import annotations

import logging
import re
import sys

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.support.window.windows import Desktop
from visitapp.errors import Code, Refused
from visitapp.language import message, pseudo
from visitapp.storage.logs import PlainLines
from visitapp.ui.shell.routes import Route


def raise_in_a_slot(problem: Exception) -> None:
    def slot() -> None:
        raise problem

    QTimer.singleShot(0, slot)


def test_a_problem_is_shown_as_it_is_written(desktop: Desktop) -> None:
    raise_in_a_slot(
        Refused(Code.BAD_VALUE, message("That cannot be."), message("Do this instead."))
    )
    desktop.until(lambda: desktop.message() == "That cannot be. Do this instead.")


def test_a_problem_is_shown_in_the_language_of_the_window(
    desktop: Desktop, pseudo_language: None
) -> None:
    raise_in_a_slot(Refused(Code.BAD_VALUE, message("That cannot be.")))
    desktop.until(lambda: desktop.message() == pseudo("That cannot be."))


def test_a_bug_is_logged_under_the_reference_that_is_shown(
    desktop: Desktop, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[type[BaseException]] = []
    desktop.window._hook._before = lambda kind, value, trace: heard.append(kind)
    with caplog.at_level(logging.ERROR, "visitapp"):
        raise_in_a_slot(ZeroDivisionError("by nought"))
        desktop.until(lambda: "is safe" in desktop.message())
    [reference] = re.findall(r"reference: (\w{6})", desktop.message())
    (logged,) = caplog.records
    assert PlainLines().format(logged).split(" bug ")[1].startswith(f"reference={reference} ")
    assert heard == [ZeroDivisionError], "a bug still reaches whoever listened before"


def test_the_hook_goes_with_the_window(desktop: Desktop) -> None:
    assert sys.excepthook is desktop.window._hook
    desktop.window.close()
    assert sys.excepthook is not desktop.window._hook


def test_the_message_goes_when_another_page_is_shown(desktop: Desktop) -> None:
    desktop.window.show_problem(Refused(Code.BAD_VALUE, message("No.")))
    assert desktop.message() == "No."
    desktop.window.go(Route("portfolio"))
    assert desktop.message() == ""
