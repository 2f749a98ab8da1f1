"""A message that stays until it is read: what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from visitapp.errors import VisitappError
from visitapp.language import translate
from visitapp.ui.widgets.text import button, label, named, set_property


class MessageBar(QFrame):
    """Hidden until there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 10, 10)
        column = QVBoxLayout()
        column.setSpacing(2)
        self._what = label(strong=True, wrap=True)
        self._next = label(wrap=True)
        column.addWidget(self._what)
        column.addWidget(self._next)
        row.addLayout(column, 1)
        self._do: Callable[[], object] | None = None
        self.way = button("", name=translate("What to do about this message"))
        self.way.clicked.connect(self._take_way)
        self.way.hide()
        row.addWidget(self.way)
        self.dismiss = button(translate("Close"), kind="link", name=translate("Close this message"))
        self.dismiss.clicked.connect(self.hide)
        row.addWidget(self.dismiss)
        self.hide()

    def show_problem(self, problem: VisitappError) -> None:
        """Show a problem in the language of the window."""
        self.show_text(str(problem.what), str(problem.next_step or ""), kind="problem")

    def show_text(self, what: str, next_step: str = "", kind: str = "info") -> None:
        """Show a sentence and a next step. `kind` is `problem` or `info`."""
        self._do = None
        self.way.hide()
        self._what.setText(what)
        self._next.setText(next_step)
        self._next.setVisible(bool(next_step))
        set_property(self, "kind", kind)
        self.setAccessibleName(f"{what} {next_step}".strip())
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def offer(self, text: str, do: Callable[[], object]) -> None:
        """Offer what to do about the message, on a button that takes the focus."""
        named(self.way, text).setText(text)
        self._do = do
        self.way.show()
        self.way.setFocus()

    def _take_way(self) -> None:
        if self._do is not None:
            self._do()

    def text(self) -> str:
        """What the bar says; empty when it says nothing."""
        return "" if self.isHidden() else self.accessibleName()
