"""On every page and dialog, at the sizes that officers have: nothing is outside the window or cut,
every control has a name to be read out and a key that reaches it, a RAG is a shape and a word, and
no text bypasses the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from tests.support.window.every_screen import Stage, dialogs, open_dialog
from tests.support.window.misfits import misfits
from tests.ui.rules.faults import by_colour_alone, bypassing, nameless, out_of_reach
from visitapp.language import PSEUDO, SOURCE, choose_language
from visitapp.ui.shell.pages import NAMES
from visitapp.ui.theme.look import Look

SIZES = {
    "1024x600": (1024, 560, 100, SOURCE),
    "1366x768 at 125 %, text 200 %": (1092, 574, 200, SOURCE),
    "1366x768, in Welsh": (1366, 728, 100, "cy"),
    "1366x768, text 150 %": (1366, 728, 150, SOURCE),
    "1024x600, texts 40 % longer": (1024, 560, 100, PSEUDO),
}
"""Width and height inside the frame, the size of text in per cent, and the language."""
ROOMIER = {
    "1366x768 at 125 %": (1092, 574, 100, SOURCE),
    "1366x768, text 200 %": (1366, 728, 200, SOURCE),
    "1366x768, texts 40 % longer": (1366, 728, 100, PSEUDO),
}
"""The same texts with more room than in one of `SIZES`: with the long tests."""


class Manner(NamedTuple):
    """The size of the window, and what it speaks."""

    width: int
    height: int
    language: str


@pytest.fixture(
    params=[*SIZES, *(pytest.param(name, marks=pytest.mark.soak) for name in ROOMIER)],
    scope="module",
)
def manner(request: pytest.FixtureRequest, look: Look) -> Iterator[Manner]:
    """Chosen before the window is built, which words its texts then."""
    width, height, scale, language = (SIZES | ROOMIER)[request.param]
    look.set(scale=scale)
    choose_language(language)
    yield Manner(width, height, language)
    look.set(scale=100)
    choose_language(SOURCE)


def faults(root: QWidget, stage: Stage, manner: Manner) -> list[str]:
    found = [*misfits(root), *nameless(root), *out_of_reach(root), *by_colour_alone(root)]
    if manner.language == PSEUDO:
        found += bypassing(root, stage.desktop.services)
    return found


@pytest.mark.parametrize("page", NAMES)
def test_every_page_fits(stage: Stage, manner: Manner, page: str) -> None:
    window = stage.desktop.window
    stage.go(page)
    window.resize(manner.width, manner.height)
    stage.desktop.settle()
    assert (window.width(), window.height()) == (manner.width, manner.height)
    assert "\n".join(faults(window, stage, manner)) == ""


@pytest.mark.parametrize("name", dialogs())
def test_every_dialog_fits(stage: Stage, manner: Manner, name: str) -> None:
    size = QSize(manner.width, manner.height)
    stage.desktop.window.resize(size)
    dialog = open_dialog(name, stage.desktop, stage.busy)
    dialog.resize(dialog.sizeHint().expandedTo(dialog.minimumSize()).boundedTo(size))
    fits = dialog.width() <= manner.width and dialog.height() <= manner.height
    title = dialog.accessibleName()
    stage.desktop.settle()
    found = faults(dialog, stage, manner)
    dialog.reject()
    assert fits
    assert title
    assert found == []
