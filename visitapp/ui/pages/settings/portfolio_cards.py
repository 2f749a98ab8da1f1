"""The four cards above the portfolio."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from visitapp.language import translate
from visitapp.services.views.settings import PortfolioSummary
from visitapp.ui import words
from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import label, set_tone

RAGS = ("red", "amber", "green", "unrated")


class FigureCard(Card):
    """A caption, a figure and a line about it."""

    def __init__(self, caption: str, of: str = "") -> None:
        super().__init__()
        self.of = of
        self.column.setContentsMargins(16, 13, 16, 13)
        self.column.setSpacing(2)
        self.column.addWidget(label(caption, size="small", tone="muted"))
        self.figure = label("0", size="figure")
        self.line = label(size="small", tone="muted", wrap=True)
        self.column.addWidget(self.figure)
        self.column.addWidget(self.line)
        self.column.addStretch(1)

    def show_figure(self, figure: int, line: str, tone: str = "muted") -> None:
        """Show the figure and its line."""
        self.figure.setText(str(figure))
        self.line.setText(line)
        set_tone(self.line, tone)


class RagCard(Card):
    """How many settings have each RAG."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self.column.setContentsMargins(16, 13, 16, 13)
        self.column.setSpacing(7)
        self.column.addWidget(label(caption, size="small", tone="muted"))
        self.chips = {rag: RagChip(rag, "0") for rag in RAGS}
        row = QHBoxLayout()
        row.setSpacing(8)
        for chip in self.chips.values():
            row.addWidget(chip)
        row.addStretch(1)
        self.line: QLabel = label(size="small", tone="muted", wrap=True)
        self.column.addLayout(row)
        self.column.addWidget(self.line)
        self.column.addStretch(1)

    def show_counts(self, by_rag: dict[str, int], line: str) -> None:
        """Show the counts and a line about them."""
        for rag, chip in self.chips.items():
            number = by_rag.get(rag, 0)
            chip.set_rag(rag, str(number))
            chip.setAccessibleName(f"{words.rag_word(rag)}: {number}")
        self.line.setText(line)


class PortfolioCards(QWidget):
    """Settings, outcomes, visits due, open actions."""

    def __init__(self) -> None:
        super().__init__()
        self.settings = FigureCard(translate("Settings on this laptop"))
        self.rags = RagCard(translate("RAG outcome now"))
        self.due = FigureCard(translate("Visits due in 28 days"), "visit")
        self.open_actions = FigureCard(translate("Open improvement actions"), "action")
        self._cards = (self.settings, self.rags, self.due, self.open_actions)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._columns = 0
        self._arrange(len(self._cards))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = max(card.sizeHint().width() for card in self._cards) + self._grid.spacing()
        self._arrange(len(self._cards) if self.width() >= needed * len(self._cards) else 2)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        widest = max(card.minimumSizeHint().width() for card in self._cards)
        return QSize(min(hint.width(), 2 * widest + self._grid.spacing()), hint.height())

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(len(self._cards)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def show_summary(self, summary: PortfolioSummary) -> None:
        """Show the counts of the portfolio."""
        kinds = words.joined(
            *(f"{n} {words.service_type_short(k)}" for k, n in summary.by_service_type.items() if n)
        )
        self.settings.show_figure(summary.settings, kinds)
        changed = translate(
            "{n} changed in the last 30 days", n=summary.changed_last_30_days or translate("None")
        )
        self.rags.show_counts(summary.by_rag, changed)
        late = translate("{n} overdue", n=summary.visits_overdue)
        self.due.show_figure(
            summary.visits_due_28_days,
            late if summary.visits_overdue else translate("None overdue"),
            "red" if summary.visits_overdue else "muted",
        )
        past = translate("{n} past their due date", n=summary.overdue_actions)
        self.open_actions.show_figure(
            summary.open_actions,
            past if summary.overdue_actions else translate("None overdue"),
            "amber" if summary.overdue_actions else "muted",
        )
