"""The campaigns of the planner: how far each is, which visits are left, what they came to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.language import translate
from visitapp.services.campaigns.campaigns import Campaigns
from visitapp.services.campaigns.views import RUNNING, CampaignView
from visitapp.services.campaigns.words import (
    days_words,
    progress_words,
    state_words,
    tally_words,
)
from visitapp.ui import words
from visitapp.ui.pages.planning.campaign_columns import (
    campaign_columns,
    campaign_visit_columns,
)
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card, clear
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.table_card import TableCard
from visitapp.ui.widgets.text import button, label


class CampaignsView(QWidget):
    """`end_requested` carries a CampaignView and whether it is withdrawn, `setting_opened` the id
    of a setting and `visit_opened` that of a visit."""

    start_requested = Signal()
    end_requested = Signal(object, bool)
    setting_opened = Signal(str)
    visit_opened = Signal(str)

    def __init__(self, campaigns: Campaigns, look: Look, today: Callable[[], date]) -> None:
        super().__init__()
        self._campaigns = campaigns
        self._shown: CampaignView | None = None
        self.table = RowTable(translate("Campaigns"), campaign_columns(), look)
        self.visits = RowTable(
            translate("Visits of the campaign"), campaign_visit_columns(today), look
        )
        self.start = button(translate("Start a campaign…"), kind="primary", makes="campaign")
        self.close_ = button(translate("Close the campaign…"), kind="chip", makes="campaign")
        self.withdraw = button(translate("Withdraw…"), kind="chip", makes="campaign")
        self._teaching = label(
            translate(
                "A campaign looks at one theme in many settings between two days. Starting one "
                "plans a visit at each of them; here you see how far it is and what it found."
            ),
            tone="muted",
            wrap=True,
        )
        self.title = label(strong=True, wrap=True)
        self.facts = label(size="small", tone="muted", wrap=True)
        self.words = label(wrap=True)
        self._results, self._themes = Flow(), QVBoxLayout()
        self._themes.setSpacing(2)
        self.card, self._list = self._detail(), TableCard(self.table)
        self._visits = TableCard(self.visits)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        start = Flow()
        start.add(self.start)
        for part in (start, self._teaching, self._list, self.card, self._visits):
            column.addWidget(part)
        column.addStretch(1)
        self._connect()

    def _detail(self) -> Card:
        card = Card()
        for part in (self.title, self.facts, self.words, self._results):
            card.column.addWidget(part)
        card.column.addLayout(self._themes)
        ways = Flow()
        ways.add(self.close_)
        ways.add(self.withdraw)
        card.column.addWidget(ways)
        return card

    def _connect(self) -> None:
        self.start.clicked.connect(self.start_requested)
        self.table.marked.connect(self._show)
        self.table.opened.connect(lambda _row: self.visits.setFocus())
        self.visits.opened.connect(self._open)
        self.close_.clicked.connect(lambda: self.end_requested.emit(self._shown, False))
        self.withdraw.clicked.connect(lambda: self.end_requested.emit(self._shown, True))

    def refresh(self, campaign_id: str = "") -> None:
        """Read the campaigns again; the one named, or the one that was marked, stays marked."""
        wanted = campaign_id or (self._shown.id if self._shown is not None else "")
        found = self._campaigns.list()
        self._teaching.setVisible(not found)
        self._list.setVisible(bool(found))
        self.table.show_rows(found)
        if found:
            self.table.selectRow(next((n for n, one in enumerate(found) if one.id == wanted), 0))
        else:
            self._show(None)

    def focus_first(self) -> None:
        """Go to the list, or to what begins one."""
        (self.table if self.table.rows.rows else self.start).setFocus()

    def _show(self, row: object) -> None:
        one = row if isinstance(row, CampaignView) else None
        self._shown = one
        self.card.setVisible(one is not None)
        self._visits.setVisible(one is not None)
        if one is None:
            return
        self.title.setText(one.title)
        by = translate("started by {who}", who=one.started_by) if one.started_by else ""
        facts = (one.form, days_words(one), state_words(one), progress_words(one), by)
        self.facts.setText(words.joined(*facts))
        self.words.setText(one.words)
        self.words.setVisible(bool(one.words))
        self._results.clear()
        for rag, count in one.results.items():
            self._results.add(RagChip(rag, f"{words.rag_word(rag)}: {count}"))
        clear(self._themes)
        for line in theme_lines(one):
            self._themes.addWidget(label(line, size="small", wrap=True))
        for way in (self.close_, self.withdraw):
            way.setEnabled(one.state == RUNNING)
        self.visits.show_rows([*one.left, *one.done])

    def _open(self, visit: object) -> None:
        done = getattr(visit, "visit_id", None)
        if done:
            self.visit_opened.emit(done)
        else:
            self.setting_opened.emit(getattr(visit, "setting_id", ""))


def theme_lines(one: CampaignView) -> Sequence[str]:
    """`Storage: 2 Red, 3 Green`."""
    return [f"{title}: {tally_words(tally)}" for title, tally in one.themes.items()]
