"""What is done in the room beside answering: a menu, and the same by keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from visitapp.language import translate
from visitapp.services.views.visits import LastVisit
from visitapp.ui.pages.page import Page
from visitapp.ui.pages.visit.area_view import AreaView
from visitapp.ui.pages.visit.concern import ConcernRaiser
from visitapp.ui.pages.visit.outcome.outcome_panel import OutcomePanel
from visitapp.ui.pages.visit.room.last_visit import LastVisitBeside
from visitapp.ui.pages.visit.room.photos import RoomPhotos
from visitapp.ui.pages.visit.room.snippets import SnippetKeys
from visitapp.ui.pages.visit.room.spelling import SpellMarks
from visitapp.ui.pages.visit.room.writing import Writing
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.widgets.text import button, named

OPEN = ("conclude", "suggested", "blind", "photos_folder")
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
        last_visit: Callable[[str], LastVisit | None],
        writing: Writing,
    ) -> None:
        super().__init__(area)
        self._area, self._panel, self._sheet = area, panel, sheet
        self._side = panel.open_actions
        self.last_visit = LastVisitBeside(panel.last_visit, last_visit, sheet, self._question)
        panel.last_visit.report_requested.connect(
            lambda visit: self.requested.emit("open_report", visit)
        )
        panel.last_visit.visit_requested.connect(
            lambda visit: self.requested.emit("open_visit", visit)
        )
        manage = partial(self.ask, "manage_snippets")
        self.snippets = SnippetKeys(area, writing.snippets, manage)
        self.spelling = SpellMarks(area, writing.spelling, partial(self.ask, "own_words"))
        area.current_changed.connect(panel.last_visit.follow)
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
            "snippets": self.snippets.offer,
            "spelling": self.spelling.next,
            **self.photos.commands,
            "concern": self.concern.ask,
            "side": self._go_aside,
        }

    def _question(self) -> str:
        card = self._area.current()
        return card.question.id if card is not None else ""

    def _go_aside(self) -> None:
        """To the first open action, or from there back to the question."""
        focus = QApplication.focusWidget()
        self._panel.open_up()
        if (focus is not None and self._side.isAncestorOf(focus)) or not self._side.focus_first():
            self._area.focus_current()

    def ask(self, what: str) -> None:
        """Ask for one of `offers`, where the visit as it stands has it."""
        if self._sheet().frozen and what in OPEN:
            return
        if what == "blind" and not blind_offer(self._sheet()):
            return
        self._area.flush()
        if what == "last_visit":
            self.last_visit.turn()
            if not self._panel.last_visit.isHidden():
                self._panel.open_up()
            return
        self.requested.emit(what, self._sheet().view.summary.id)

    def _fill(self) -> None:
        self.menu.clear()
        for what, (text, key) in offers().items():
            if self._sheet().frozen and what in OPEN:
                continue
            if what == "blind" and not (text := blind_offer(self._sheet())):
                continue
            line = QAction(f"{text}\t{key}" if key else text, self.menu)
            line.triggered.connect(lambda _checked=False, what=what: self.ask(what))
            self.menu.addAction(line)


def blind_offer(sheet: VisitState) -> str:
    """What can be done about a hidden outcome; empty when all is answered, or it is not theirs."""
    if sheet.form.kind != "visit" or sheet.view.not_mine_to_sign or not sheet.waiting:
        return ""
    if sheet.hidden:
        return translate("Show the outcome now…")
    return translate("Hide the outcome until all is answered")


def offers() -> dict[str, tuple[str, str]]:
    """What there is to ask for, in the order of the menu: its words and its key."""
    return {
        "conclude": (translate("Summary and signatures…"), translate("Ctrl T")),
        "suggested": (translate("Add all suggested actions"), translate("Shift A")),
        "blind": (translate("Hide the outcome until all is answered"), translate("Ctrl H")),
        "last_visit": (translate("Last visit beside the form"), translate("F8")),
        "last_report": (translate("Open the report of the last visit"), translate("Shift F8")),
        "manage_snippets": (translate("Snippets…"), ""),
        "own_words": (translate("Spelling and my words…"), ""),
        "photos_folder": (translate("Photos folder…"), ""),
        "print": (translate("Print the report…"), translate("Ctrl P")),
        "handover": (translate("Print page 1 for the manager…"), ""),
        "blank": (translate("Print the form empty, for a dead battery…"), ""),
        "open_report": (translate("Open the report"), translate("Ctrl Shift O")),
        "mail": (translate("Draft an e-mail with the report"), translate("Ctrl E")),
    }
