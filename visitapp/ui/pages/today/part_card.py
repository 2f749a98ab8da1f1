"""One part of the day on a card: a line for each thing that waits, with its one next step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from visitapp.language import message, plural, translate
from visitapp.services.today.items import Part, TodayItem
from visitapp.ui.widgets.card import Card, Quote, clear, rule
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import Button, button, label, set_property
from visitapp.ui.widgets.wrapping import FoldingRow, WrappingLabel

SHOWN = 8
"""Lines of a part; the page behind has them all."""

LETTERS = 34
"""A line keeps its button beside it while so many letters fit."""

TITLES = {
    Part.VISITS: message("Visits today and overdue"),
    Part.RETURNED: message("Returned to you"),
    Part.REVIEWS: message("Reviews"),
    Part.DECISIONS: message("Yours to decide"),
    Part.INTERVENTIONS: message("Interventions"),
    Part.VERIFY: message("Actions to verify"),
    Part.CONCERNS: message("Time limits of concerns"),
    Part.CONTRACTS: message("Contracts to decide on"),
    Part.REGULATORS: message("What regulators changed"),
    Part.CONFLICTS: message("Conflicts"),
    Part.SYNC: message("Waiting to sync"),
}
_PAGES = {
    Part.VISITS: "portfolio",
    Part.RETURNED: "visits",
    Part.DECISIONS: "decisions",
    Part.INTERVENTIONS: "interventions",
    Part.VERIFY: "actions",
    Part.CONCERNS: "concerns",
    Part.CONTRACTS: "contracts",
    Part.REGULATORS: "changes",
}
"""Where the lines that are not shown are listed."""


class _Texts(QWidget):
    """The words of a line: they leave room for the button beside them, and wrap."""

    def __init__(self) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(3)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(
            min(hint.width(), self.fontMetrics().averageCharWidth() * LETTERS), hint.height()
        )


class Line(QWidget):
    """A thing that waits: `step` is the button of its next step."""

    def __init__(self, item: TodayItem) -> None:
        super().__init__()
        self.item = item
        texts = _Texts()
        column = texts.column
        head = Flow(gap=10)
        title = WrappingLabel(item.title)
        title.setProperty("strong", True)
        head.add(title)
        if item.rag:
            head.add(RagChip(item.rag))
        if item.when:
            tone = "red" if item.late else "muted"
            head.add(label(item.when, size="small", strong=True, tone=tone))
        column.addWidget(head)
        if item.quote:
            column.addWidget(Quote(label(f"\u201c{item.quote}\u201d", wrap=True)))
        for text in (item.detail, item.said_by):
            if text:
                column.addWidget(label(text, size="small", tone="muted", wrap=True))
        self.step = button(item.step, name=_name(item))
        self.step.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.addWidget(FoldingRow([texts, self.step]))

    def set_primary(self, *, primary: bool) -> None:
        """Show whether this is the first thing to do."""
        set_property(self.step, "kind", "primary" if primary else "")


class PartCard(Card):
    """`taken` carries the TodayItem whose step was pressed, `more_requested` a page."""

    taken = Signal(object)
    more_requested = Signal(str)

    def __init__(self, part: Part) -> None:
        super().__init__(str(TITLES[part]))
        self.part = part
        self.setAccessibleName(str(TITLES[part]))
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.column.addLayout(self._list)
        self.lines: list[Line] = []
        if part == Part.CONFLICTS:
            self.setProperty("tone", "amber")

    def show_items(self, items: Sequence[TodayItem]) -> None:
        """Show these, the first of them in full; a part with nothing in it is not drawn."""
        clear(self._list)
        self.lines = [Line(item) for item in items[:SHOWN]]
        for place, line in enumerate(self.lines):
            if place:
                self._list.addWidget(rule())
            line.step.clicked.connect(lambda _=False, item=line.item: self.taken.emit(item))
            self._list.addWidget(line)
            line.show()  # now, and not once the layout comes to it: it may be given the focus
        rest = len(items) - SHOWN
        if rest > 0:
            self._list.addWidget(self._more(rest), 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(items))

    def _more(self, rest: int) -> Button:
        text = plural("{n} more", "{n} more", rest)
        name = f"{TITLES[self.part]}: {text}"
        more = button(text, kind="link", name=name)
        more.clicked.connect(lambda: self.more_requested.emit(_PAGES.get(self.part, "portfolio")))
        return more


def _name(item: TodayItem) -> str:
    """`Verify…: Mend the roof, Heather Bank`, as a screen reader says it."""
    about = ", ".join(part for part in (item.title, item.when, item.detail) if part)
    return translate("{step}: {about}", step=item.step, about=about)
