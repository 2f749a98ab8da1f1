"""The pages that a person came from, each with what had the focus there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from visitapp.ui.shell.routes import Route

if TYPE_CHECKING:
    from visitapp.ui.pages.page import Page

MOST = 50
"""Pages that are remembered: more than anybody goes back."""


@dataclass
class Place:
    """A page that was shown, and what had the focus when it was left."""

    route: Route
    focus: QWidget | None = None


class History:
    """`show`: shows a page; one that cannot be shown raises, and nothing is changed here. `page`:
    a page by its name."""

    def __init__(
        self,
        show: Callable[[Route], None],
        focused: Callable[[], QWidget | None],
        page: Callable[[str], Page],
    ):
        self._show, self._focused, self._page = show, focused, page
        self._places: list[Place] = []
        self._at = -1

    def go(self, route: Route) -> None:
        """Show a page, which ends the way forward. The same page again is the same place."""
        had = self._focused()
        self._show(route)
        here = self._here()
        if here is not None and (here.route.page, here.route.id) == (route.page, route.id):
            here.route = route
            return
        if here is not None:
            here.focus, here.route = had, self._left(here.route)
        del self._places[self._at + 1 :]
        self._places.append(Place(route))
        del self._places[:-MOST]
        self._at = len(self._places) - 1

    def step(self, by: int) -> bool:
        """Show the page before or after this one, with the focus where it was; false when there is
        none."""
        if not 0 <= self._at + by < len(self._places):
            return False
        here, there = self._places[self._at], self._places[self._at + by]
        here.focus, here.route = self._focused(), self._left(here.route)
        self._show(there.route)
        self._at += by
        focus = there.focus
        if focus is not None and isValid(focus) and focus.isVisible() and focus.isEnabled():
            self._focus_again(there.route.page, focus)
        return True

    def _left(self, route: Route) -> Route:
        return self._page(route.page).way_back(route)

    def _focus_again(self, page: str, widget: QWidget) -> None:
        if self._page(page).takes_focus_back(widget):
            widget.setFocus()

    def here(self) -> str:
        """The name of the page that is shown; empty before the first."""
        here = self._here()
        return here.route.page if here is not None else ""

    def _here(self) -> Place | None:
        return self._places[self._at] if self._places else None
