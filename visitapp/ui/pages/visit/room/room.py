"""What is done in the room beside answering: a menu, and the same by keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from visitapp.language import translate
from visitapp.ui.pages.page import Page
from visitapp.ui.pages.visit.area_view import AreaView
from visitapp.ui.pages.visit.concern import ConcernRaiser
from visitapp.ui.pages.visit.outcome.outcome_panel import OutcomePanel
from visitapp.ui.pages.visit.room.photos import RoomPhotos
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.widgets.text import button, named

OPEN = ("conclude", "suggested", "photos_folder")
"""What only an open visit offers."""


class Room(QObject):
    """`requested` carries what is asked for, by the command of its key, and the visit. What is
    typed is saved first."""

    requested = Signal(str, str)

    def __init__(
        self,
        page: Page,
        area: AreaView,
        panel: OutcomePanel,
        sheet: Callable[[], VisitState],
    ) -> None:
        super().__init__(area)
        self._area, self._side, self._sheet = area, panel.open_actions, sheet
        self.concern = ConcernRaiser(area, sheet)
        self.photos = RoomPhotos(page, area, panel.photos, sheet)
        self.more: QPushButton = button(translate("More ▾"), name=translate("More for this visit"))
        self.menu = named(QMenu(self.more), translate("More for this visit"))
        self.more.setMenu(self.menu)
        self.menu.aboutToShow.connect(self._fill)

    @property
    def commands(self) -> dict[str, Callable[[], object]]:
        """What keys do, by command."""
        asked = {name: partial(self.ask, name) for name, (_, key) in offers().items() if key}
        return {
            **asked,
            **self.photos.commands,
            "concern": self.concern.ask,
            "side": self._go_aside,
        }

    def _go_aside(self) -> None:
        """To the first open action, or from there back to the question."""
        focus = QApplication.focusWidget()
        if (focus is not None and self._side.isAncestorOf(focus)) or not self._side.focus_first():
            self._area.focus_current()

    def ask(self, what: str) -> None:
        """Ask for one of `offers`, where the visit as it stands has it."""
        if self._sheet().frozen and what in OPEN:
            return
        self._area.flush()
        self.requested.emit(what, self._sheet().view.summary.id)

    def _fill(self) -> None:
        self.menu.clear()
        for what, (text, key) in offers().items():
            if self._sheet().frozen and what in OPEN:
                continue
            line = QAction(f"{text}\t{key}" if key else text, self.menu)
            line.triggered.connect(lambda _checked=False, what=what: self.ask(what))
            self.menu.addAction(line)


def offers() -> dict[str, tuple[str, str]]:
    """What there is to ask for, in the order of the menu: its words and its key."""
    return {
        "conclude": (translate("Summary and signatures…"), translate("Ctrl T")),
        "suggested": (translate("Add all suggested actions"), translate("Shift A")),
        "photos_folder": (translate("Photos folder…"), ""),
        "print": (translate("Print the report…"), translate("Ctrl P")),
        "handover": (translate("Print page 1 for the manager…"), ""),
        "blank": (translate("Print the form empty, for a dead battery…"), ""),
        "open_report": (translate("Open the report"), translate("Ctrl Shift O")),
        "mail": (translate("Draft an e-mail with the report"), translate("Ctrl E")),
    }
