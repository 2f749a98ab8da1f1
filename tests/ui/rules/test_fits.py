"""Nothing is outside the window or cut, on any page or dialog, at the sizes that officers have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest
from PySide6.QtCore import QSize

from tests.support.window.every_screen import Busy, dialogs, open_dialog, pages
from tests.support.window.misfits import misfits
from tests.support.window.windows import Desktop
from visitapp.language import PSEUDO, SOURCE, choose_language
from visitapp.ui.shell.pages import Book
from visitapp.ui.theme.look import Look

SIZES = {
    "1024x600": (1024, 560, 100, SOURCE),
    "1366x768 at 125 %": (1092, 574, 100, SOURCE),
    "1366x768 at 125 %, text 200 %": (1092, 574, 200, SOURCE),
    "1366x768, text 150 %": (1366, 728, 150, SOURCE),
    "1366x768, text 200 %": (1366, 728, 200, SOURCE),
    "1024x600, texts 40 % longer": (1024, 560, 100, PSEUDO),
    "1366x768, texts 40 % longer": (1366, 728, 100, PSEUDO),
}
"""Width and height inside the frame, the size of text in per cent, and the language."""


@pytest.fixture(params=SIZES, autouse=True)
def size(request: pytest.FixtureRequest, look: Look) -> Iterator[tuple[int, int]]:
    """Chosen before the window is built, which words its texts then."""
    width, height, scale, language = SIZES[request.param]
    look.set(scale=scale)
    choose_language(language)
    yield width, height
    look.set(scale=100)
    choose_language(SOURCE)


@pytest.mark.parametrize("page", [field.name for field in fields(Book)])
def test_every_page_fits(desktop: Desktop, busy: Busy, size: tuple[int, int], page: str) -> None:
    [route] = [route for route in pages(busy) if route.page == page]
    desktop.window.go(route)
    desktop.window.resize(*size)
    if page == "visit":
        desktop.until(lambda: desktop.visit.page.area.ready)
    desktop.settle()
    desktop.settle()
    assert (desktop.window.width(), desktop.window.height()) == size
    assert "\n".join(misfits(desktop.window)) == ""


@pytest.mark.parametrize("name", dialogs())
def test_every_dialog_fits(desktop: Desktop, busy: Busy, size: tuple[int, int], name: str) -> None:
    desktop.window.resize(*size)
    dialog = open_dialog(name, desktop, busy)
    dialog.resize(dialog.sizeHint().expandedTo(dialog.minimumSize()).boundedTo(QSize(*size)))
    assert dialog.width() <= size[0]
    assert dialog.height() <= size[1]
    assert misfits(dialog) == []
    dialog.reject()
