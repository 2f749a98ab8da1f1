"""The new photos of the photos folder, beside the questions. Nothing is taken by itself."""

from __future__ import annotations

from PySide6.QtCore import Signal

from visitapp.language import plural, translate
from visitapp.services.evidence.photo_folder import Offered
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button, label, set_tone


class PhotoTray(Card):
    """Hidden while there is nothing to say. `asked` wants photos chosen for the current question,
    `put_aside` these no more offered, `folder_asked` another folder. `followed` carries the visit
    whose photos are wanted; empty for none."""

    asked = Signal()
    put_aside = Signal()
    folder_asked = Signal()
    followed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._visit = ""
        self._what = label(size="small", strong=True, wrap=True)
        self._hint = label(
            translate("They stay where they are until you choose."),
            size="small",
            tone="muted",
            wrap=True,
        )
        self.choose = button(
            translate("Choose for this question (Shift P)"),
            kind="chip",
            name=translate("Choose from the new photos for this question"),
        )
        self.choose.clicked.connect(self.asked)
        self.aside = button(translate("Not for this visit"), kind="chip")
        self.aside.clicked.connect(self.put_aside)
        self.folder = button(translate("Photos folder…"), kind="chip")
        self.folder.clicked.connect(self.folder_asked)
        ways = Flow()
        for way in (self.choose, self.aside, self.folder):
            ways.add(way)
        for part in (self._what, self._hint, ways):
            self.column.addWidget(part)
        self.hide()

    def show_sheet(self, sheet: VisitState) -> None:
        """Follow the visit that is shown, while it is open."""
        visit = "" if sheet.frozen else sheet.view.summary.id
        if visit != self._visit:
            self._visit = visit
            self.show_offered(Offered())
            self.followed.emit(visit)

    def came_into_view(self, shown: bool) -> None:
        """The page is shown, or no more."""
        self.followed.emit(self._visit if shown else "")

    def show_offered(self, offered: Offered) -> None:
        """Show what a look into the folder found."""
        count = len(offered.photos)
        if offered.problem is not None:
            self._what.setText(str(offered.problem))
        else:
            found = plural(
                "{n} new photo in {folder}",
                "{n} new photos in {folder}",
                count,
                folder=offered.name,
            )
            self._what.setText(found)
        set_tone(self._what, "amber" if offered.problem is not None else "")
        for part in (self._hint, self.choose, self.aside):
            part.setVisible(bool(count))
        self.folder.setVisible(offered.problem is not None)
        self.setAccessibleName(self._what.text())
        self.setVisible(bool(count) or offered.problem is not None)
