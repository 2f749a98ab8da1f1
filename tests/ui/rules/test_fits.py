"""Nothing is outside the window or cut, on any page or dialog, at the sizes that officers have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize

from tests.support.window.every_screen import Stage, dialogs, open_dialog
from tests.support.window.misfits import misfits
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


@pytest.fixture(
    params=[*SIZES, *(pytest.param(name, marks=pytest.mark.soak) for name in ROOMIER)],
    scope="module",
)
def manner(request: pytest.FixtureRequest, look: Look) -> Iterator[tuple[int, int]]:
    """Chosen before the window is built, which words its texts then."""
    width, height, scale, language = (SIZES | ROOMIER)[request.param]
    look.set(scale=scale)
    choose_language(language)
    yield width, height
    look.set(scale=100)
    choose_language(SOURCE)


@pytest.mark.parametrize("page", NAMES)
def test_every_page_fits(stage: Stage, manner: tuple[int, int], page: str) -> None:
    window = stage.desktop.window
    stage.go(page)
    window.resize(*manner)
    stage.desktop.settle()
    assert (window.width(), window.height()) == manner
    assert "\n".join(misfits(window)) == ""


@pytest.mark.parametrize("name", dialogs())
def test_every_dialog_fits(stage: Stage, manner: tuple[int, int], name: str) -> None:
    stage.desktop.window.resize(*manner)
    dialog = open_dialog(name, stage.desktop, stage.busy)
    dialog.resize(dialog.sizeHint().expandedTo(dialog.minimumSize()).boundedTo(QSize(*manner)))
    fits = dialog.width() <= manner[0] and dialog.height() <= manner[1]
    found = misfits(dialog)
    dialog.reject()
    assert fits
    assert found == []
