"""A message that stays until it is read: what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

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
        self._do: dict[QPushButton, Callable[[], object]] = {}
        self.ways = [button("", name=translate("What to do about this message")) for _ in range(2)]
        for way in self.ways:
            way.clicked.connect(lambda _on, way=way: self._do[way]())
            way.hide()
            row.addWidget(way)
        self.dismiss = button(translate("Close"), kind="link", name=translate("Close this message"))
        self.dismiss.clicked.connect(self.hide)
        row.addWidget(self.dismiss)
        self.hide()

    def show_problem(self, problem: VisitappError) -> None:
        """Show a problem in the language of the window."""
        self.show_text(str(problem.what), str(problem.next_step or ""), kind="problem")

    def show_text(self, what: str, next_step: str = "", kind: str = "info") -> None:
        """Show a sentence and a next step. `kind` is `problem` or `info`."""
        for way in self.ways:
            way.hide()
        self._what.setText(what)
        self._next.setText(next_step)
        self._next.setVisible(bool(next_step))
        set_property(self, "kind", kind)
        self.setAccessibleName(f"{what} {next_step}".strip())
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def hide_problem(self) -> None:
        """Hide a problem; anything else stays."""
        if self.property("kind") == "problem":
            self.hide()

    def offer(self, ways: Mapping[str, Callable[[], object]]) -> None:
        """Offer what to do about the message, at most two things, each on a button; the first takes
        the focus."""
        for shown, (text, do) in zip(self.ways, ways.items(), strict=False):
            named(shown, text).setText(text)
            self._do[shown] = do
            shown.show()
        self.ways[0].setFocus()

    def text(self) -> str:
        """What the bar says; empty when it says nothing."""
        return "" if self.isHidden() else self.accessibleName()
