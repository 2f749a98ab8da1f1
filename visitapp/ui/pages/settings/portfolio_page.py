"""The portfolio: every setting one holds, and what needs attention."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from visitapp.language import translate
from visitapp.services.settings.portfolio import Portfolio, PortfolioRows
from visitapp.services.views.settings import PortfolioRow, PortfolioSummary, portfolio_facets
from visitapp.ui.models.groups import with_headings
from visitapp.ui.models.rows import Column
from visitapp.ui.pages.page import Page
from visitapp.ui.pages.settings.portfolio_cards import PortfolioCards
from visitapp.ui.saved_views import ListView, SavedViews
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import listen_buttons, page_keys
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import ScrollColumn
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.header import PageHeader
from visitapp.ui.widgets.idle import IdleSaver
from visitapp.ui.widgets.narrow_bar import NarrowBar
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.table_card import TableCard
from visitapp.ui.widgets.text import button, label

SEARCH_PAUSE_MS = 100


class PortfolioPage(Page):
    """`visit_requested` carries the id of the setting that is marked, or nothing."""

    add_requested = Signal()
    connect_requested = Signal()
    import_requested = Signal()
    visit_requested = Signal(str)
    view_name_requested = Signal(object)

    def __init__(
        self,
        portfolio: Portfolio,
        look: Look,
        columns: Sequence[Column],
        views: SavedViews,
        *,
        connected: Callable[[], bool],
    ) -> None:
        header = PageHeader(translate("Portfolio"), search=translate("Search settings, Ctrl F"))
        super().__init__(translate("Portfolio"), header)
        self._portfolio, self._connected = portfolio, connected
        self._read: PortfolioRows | None = None
        self._order, self._descending = "name", False
        self.add = button(translate("Add setting"), makes="setting")
        self.start = button(translate("Start a visit"), kind="primary", makes="visit")
        header.add(self.add)
        header.add(self.start)
        self.cards = PortfolioCards()
        self.filters = FilterChips(
            translate("Filters"),
            [
                ("all", translate("All")),
                ("attention", translate("Needs attention")),
                ("visit_due", translate("Visit due")),
                ("overdue_actions", translate("Overdue actions")),
                ("red", translate("Red")),
                ("high_risk", translate("High risk")),
                ("draft", translate("Visit in progress")),
                ("missed", translate("Planned visit missed")),
                ("moved_often", translate("Moved often")),
                ("documents", translate("Document due")),
                ("in_intervention", translate("In intervention")),
                ("escalated", translate("Escalated")),
                ("out_of_county", translate("Out of the county")),
            ],
        )
        self.narrow = NarrowBar(views)
        self.table = RowTable(translate("Settings"), columns, look)
        self._nothing = label(translate("No setting matches."), tone="muted")
        self._typing = IdleSaver(self._show_rows, self, SEARCH_PAUSE_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        card = TableCard(self.table)
        self._nothing.setContentsMargins(16, 12, 16, 16)
        card.column.addWidget(self._nothing)
        content = ScrollColumn(translate("Settings"), margins=(24, 20, 24, 20))
        column = content.column
        column.setSpacing(14)
        column.addWidget(self.cards)
        column.addWidget(self.filters)
        column.addWidget(self.narrow)
        column.addWidget(card)
        column.addStretch(1)
        self.empty = EmptyState(
            translate("No settings yet"),
            translate(
                "Your portfolio is the services you monitor. If your council already uses "
                "Visitapp, connect to its server and your settings come to this laptop. To work "
                "on this laptop alone, import the regulator's ratings file and pick your settings."
            ),
            translate("Connect to your council"),
            translate("Import a ratings file"),
        )
        self.unassigned = EmptyState(
            translate("No settings yet"),
            translate(
                "This laptop is connected, and no setting is assigned to you yet. Ask your team "
                "lead: your settings arrive with the next sync. You can also add one yourself."
            ),
            translate("Add setting"),
            makes="setting",
        )
        self.stack = QStackedWidget()
        for part in (content, self.empty, self.unassigned):
            self.stack.addWidget(part)
        self.column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.add.clicked.connect(self.add_requested)
        self.empty.begun.connect(self.connect_requested)
        self.unassigned.begun.connect(self.add_requested)
        self.empty.begun_otherwise.connect(self.import_requested)
        self.start.clicked.connect(self._start)
        listen_buttons(self, page_keys(), {"start": self.start, "add": self.add})
        self.filters.chosen.connect(self._show_rows)
        self.narrow.changed.connect(self._show_rows)
        self.narrow.view_chosen.connect(self.show_view)
        self.narrow.view_wanted.connect(lambda: self.view_name_requested.emit(self._keep_view))
        self.table.opened.connect(lambda row: self.went.emit(Route("setting", row.setting_id)))
        self.table.ordered.connect(self._reorder)
        self.header.search.textEdited.connect(self._typing.typed)
        self.header.search.returnPressed.connect(self._enter)
        self.header.search.left_down.connect(self._go_down)

    def focus_first(self) -> None:
        shown = self.stack.currentWidget()
        if not isinstance(shown, EmptyState) or not shown.focus_first():
            self.table.setFocus()

    def open(self, route: Route) -> None:
        """Show the portfolio; of an officer, where the route names one."""
        if route.id:
            self.show_view(ListView(where={"officer": route.id}))
        self.refresh()

    def refresh(self) -> None:
        self._read = self._portfolio.read()
        summary = self._read.summary()
        teaching = self.unassigned if self._connected() else self.empty
        self.stack.setCurrentIndex(0 if summary.settings else self.stack.indexOf(teaching))
        self.start.setEnabled(summary.settings > 0)
        self.cards.show_summary(summary)
        self._count(summary)
        choices = self._read.choices()
        self.narrow.offer(choices)
        self.table.show_facets([name for name, values in choices.items() if len(values) > 1])
        self._show_rows()

    def _count(self, summary: PortfolioSummary) -> None:
        counts = {
            "all": (translate("All"), summary.settings),
            "attention": (translate("Needs attention"), summary.needs_attention),
            "visit_due": (translate("Visit due"), summary.visits_due_28_days),
            "high_risk": (translate("High risk"), summary.high_risk),
        }
        for key, (text, number) in counts.items():
            self.filters.set_text(key, f"{text} {number}" if number else text)

    def _show_rows(self) -> None:
        """List what was last read, which every change reads again (`refresh`)."""
        self._read = self._read or self._portfolio.read()
        rows = self._read.listed(
            text=self.header.search.text(),
            filter=self.filters.key(),
            order=self._order,
            descending=self._descending,
            where=self.narrow.where(),
            group=self.narrow.group(),
        )
        self.table.show_rows(with_headings(rows, self.narrow.group(), portfolio_facets))
        self._nothing.setVisible(not rows)

    def _reorder(self, order: str, descending: bool) -> None:
        self._order, self._descending = order, descending
        self._show_rows()

    def _enter(self) -> None:
        """Enter in the search goes into the list; the only match opens at once."""
        self._typing.flush()
        rows = [row for row in self.table.rows.rows if isinstance(row, PortfolioRow)]
        if len(rows) == 1:
            self.went.emit(Route("setting", rows[0].setting_id))
        else:
            self._go_down()

    def _go_down(self) -> None:
        """Down in the search goes to the first of the list."""
        self._typing.flush()
        rows = [row for row in self.table.rows.rows if isinstance(row, PortfolioRow)]
        if rows:
            self.table.selectRow(self.table.rows.rows.index(rows[0]))
            self.table.setFocus()

    def show_view(self, view: ListView) -> None:
        """Show the list as a view keeps it."""
        self.filters.choose(view.filter or "all")
        self.header.search.setText(view.search)
        self._order, self._descending = view.order or "name", view.descending
        self.narrow.show_choice(view.where, view.group)
        self._show_rows()

    def _keep_view(self, name: str) -> None:
        view = ListView(
            filter=self.filters.key(),
            where=self.narrow.where(),
            group=self.narrow.group(),
            order=self._order,
            descending=self._descending,
            search=self.header.search.text(),
        )
        self.narrow.keep_as(name, view)

    def _start(self) -> None:
        row: PortfolioRow | None = self.table.current()
        self.visit_requested.emit(row.setting_id if row else "")
