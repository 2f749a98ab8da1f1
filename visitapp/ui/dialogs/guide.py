"""The guide, to be read beside the work: a page for each task."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QTextBrowser, QWidget

from visitapp.language import translate
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import choices
from visitapp.ui.guide import FIRST, OF_PAGE, guide_pages
from visitapp.ui.widgets.text import named

_HEIGHT = 360
"""Pixels for the text on a screen that has them."""


class GuideDialog(Dialog):
    """`page`: the page of the window that it is opened from, named as a Route names it."""

    def __init__(self, parent: QWidget | None, page: str = "") -> None:
        super().__init__(parent, translate("Guide"), translate("Close"), width=680)
        self.cancel.hide()
        self._pages = {one.name: one for one in guide_pages()}
        titles = {name: one.title for name, one in self._pages.items()}
        self.task = choices(translate("Task"), titles, OF_PAGE.get(page, FIRST))
        self.text = named(QTextBrowser(), translate("How it is done"))
        self.text.setOpenLinks(False)
        self.text.setMinimumHeight(_HEIGHT)
        # Links are reached by Tab, and the text scrolls by the arrow keys.
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.add_field(translate("Task"), self.task)
        self.column.addWidget(self.text, 1)
        self.task.currentIndexChanged.connect(self._show)
        self.text.anchorClicked.connect(self._follow)
        self._show()

    def attempt(self) -> None:
        """Close."""
        self.accept()

    def _show(self) -> None:
        self.text.setMarkdown(self._pages[self.task.currentData()].text)

    def _follow(self, link: QUrl) -> None:
        place = self.task.findData(link.path().removesuffix(".md"))
        if place >= 0:
            self.task.setCurrentIndex(place)
