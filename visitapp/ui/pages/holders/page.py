"""The officers: how much each holds, who covers for whom, and what was handed over."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from visitapp.language import translate
from visitapp.rules.access import REVIEWERS
from visitapp.rules.choices import HandOverState
from visitapp.services.services import Services
from visitapp.services.views.holders import CoverView, DelegateView, HandOverView
from visitapp.services.views.settings import OfficerLoad
from visitapp.ui.pages.holders.columns import (
    cover_columns,
    delegate_columns,
    hand_over_columns,
    load_columns,
)
from visitapp.ui.pages.page import Page
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import ScrollColumn
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.header import PageHeader
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.table_card import TableCard
from visitapp.ui.widgets.text import button, label

SHOWN = 50
"""How many hand-overs are listed."""


class OfficersPage(Page):
    """Signals carry the id of the officer who is marked (or nothing), a cover or delegate, or a
    hand-over."""

    tells = "user_account"
    hand_over_requested = Signal(str)
    leaver_requested = Signal(str)
    cover_requested = Signal(str)
    cover_opened = Signal(object)
    delegate_requested = Signal()
    withdrawal_requested = Signal(object)

    def __init__(self, services: Services, look: Look) -> None:
        super().__init__(translate("Officers"), PageHeader(translate("Officers")))
        self._services = services
        self.cover = button(translate("Arrange cover"))
        self.hand_over = button(translate("Hand over settings"), kind="primary")
        self.delegate = button(translate("Name a delegate"))
        self.header.add(self.delegate)
        self.header.add(self.cover)
        self.header.add(self.hand_over)
        self.load = RowTable(translate("Officers"), load_columns(), look)
        self.covers = RowTable(translate("Cover"), cover_columns(), look)
        self.delegates = RowTable(translate("Delegates"), delegate_columns(), look)
        self.hand_overs = RowTable(translate("Hand-overs"), hand_over_columns(), look)
        self.leaver = button(translate("Hand over all that they hold…"), kind="chip")
        self.withdraw = button(translate("Withdraw the hand-over"), kind="chip")
        self._no_covers = label(
            translate(
                "No cover. A deputy sees an officer's settings from the first day of the cover to "
                "the last, and works there as the officer does."
            ),
            tone="muted",
            wrap=True,
        )
        self._no_delegates = label(
            translate(
                "No delegates. While a team lead is away, the lead of another team can review the "
                "team's visits and decide what waits there."
            ),
            tone="muted",
            wrap=True,
        )
        self._no_hand_overs = label(
            translate(
                "Nothing has been handed over yet. A team lead hands settings and contracts "
                "to another officer, today or from a later day."
            ),
            tone="muted",
            wrap=True,
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        content = ScrollColumn(translate("Officers"), margins=(24, 20, 24, 20))
        column = content.column
        column.setSpacing(10)
        self._cards = [TableCard(table) for table in self._tables()]
        for card, below in zip(self._cards, self._parts(), strict=True):
            title, *others = below
            if title.text():
                column.addSpacing(8)
                column.addWidget(title)
            column.addWidget(card)
            for part in others:
                column.addWidget(part)
        column.addStretch(1)
        self.column.addWidget(content, 1)

    def _tables(self) -> tuple[RowTable, ...]:
        return self.load, self.covers, self.delegates, self.hand_overs

    def _parts(self) -> list[tuple[QLabel, *tuple[QLabel | Flow, ...]]]:
        leaver, withdraw = Flow(), Flow()
        leaver.add(self.leaver)
        withdraw.add(self.withdraw)
        return [
            (label(), leaver),
            (label(translate("Cover"), size="heading"), self._no_covers),
            (label(translate("Delegates"), size="heading"), self._no_delegates),
            (label(translate("Hand-overs"), size="heading"), self._no_hand_overs, withdraw),
        ]

    def _connect(self) -> None:
        self.load.opened.connect(self._show_portfolio)
        self.load.marked.connect(self._show_buttons)
        self.covers.opened.connect(self._open_cover)
        self.delegates.opened.connect(self._open_cover)
        self.delegate.clicked.connect(self.delegate_requested)
        self.hand_overs.marked.connect(self._show_buttons)
        self.hand_over.clicked.connect(lambda: self.hand_over_requested.emit(self._officer()))
        self.cover.clicked.connect(lambda: self.cover_requested.emit(self._officer()))
        self.leaver.clicked.connect(lambda: self.leaver_requested.emit(self._officer()))
        self.withdraw.clicked.connect(
            lambda: self.withdrawal_requested.emit(self.hand_overs.current())
        )

    def focus_first(self) -> None:
        self.load.setFocus()

    def refresh(self) -> None:
        """Read again."""
        self._leads = self._services.me().role in REVIEWERS
        covers, delegates = self._services.covers.list(), self._services.delegates.list()
        hand_overs = self._services.hand_overs.list()[:SHOWN]
        self.load.show_rows(self._services.portfolio.load())
        self.covers.show_rows(covers)
        self.delegates.show_rows(delegates)
        self.hand_overs.show_rows(hand_overs)
        for card, nothing, rows in (
            (self._cards[1], self._no_covers, covers),
            (self._cards[2], self._no_delegates, delegates),
            (self._cards[3], self._no_hand_overs, hand_overs),
        ):
            card.setVisible(bool(rows))
            nothing.setVisible(not rows)
        for part in (self.delegate, self.cover, self.hand_over, self.leaver, self.withdraw):
            part.setVisible(self._leads)
        self._show_buttons()

    def _officer(self) -> str:
        row: OfficerLoad | None = self.load.current()
        return row.officer_id if row else ""

    def _show_buttons(self) -> None:
        self.leaver.setEnabled(bool(self._officer()))
        one: HandOverView | None = self.hand_overs.current()
        self.withdraw.setEnabled(one is not None and one.state == HandOverState.PLANNED)

    def _show_portfolio(self, one: OfficerLoad) -> None:
        self.went.emit(Route("portfolio", one.officer_id))

    def _open_cover(self, cover: CoverView | DelegateView) -> None:
        if self._leads:
            self.cover_opened.emit(cover)
