"""What the pages about the casework of one setting have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from visitapp.language import translate
from visitapp.ui.pages.page import Page
from visitapp.ui.shell.routes import Route
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.header import PageHeader


class CaseworkPage(Page):
    """Its content, or what is said while there is none. A route to it has the id of the setting,
    which the back button leads to."""

    def __init__(self, name: str) -> None:
        super().__init__(name, PageHeader(back=translate("Setting \u203a")))
        self.setting_id, self.marked = "", ""
        """The setting, and what is marked in the first list."""
        self.stack = QStackedWidget()
        self.header.back.clicked.connect(lambda: self.went.emit(Route("setting", self.setting_id)))

    def lay_out(self, content: QWidget, empty: EmptyState, first: QWidget) -> None:
        """`first`: where the focus goes in the content."""
        self._empty, self._first = empty, first
        for part in (content, empty):
            self.stack.addWidget(part)
        self.column.addWidget(self.stack, 1)

    def open(self, route: Route) -> None:
        """Show what there is at a setting."""
        self.setting_id, self.marked = route.id, ""
        self.refresh()

    def focus_first(self) -> None:
        if self.stack.currentIndex():
            self._empty.focus_first()
        else:
            self._first.setFocus()

    def refresh(self) -> None:
        if not self.setting_id:
            return
        self.header.line.setText(self.accessibleName())
        self.stack.setCurrentIndex(0 if self.read() else 1)

    def read(self) -> bool:
        """Read again what there is, and show it. Whether there is anything."""
        raise NotImplementedError
