"""Pages that are one list: visits, and actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from visitapp.language import translate
from visitapp.rules.choices import ActionStatus
from visitapp.rules.text import folded
from visitapp.services.actions.actions import Actions
from visitapp.services.views.actions import ActionView, action_facets
from visitapp.services.views.facets import Facets, choices_of, grouped, narrowed
from visitapp.services.views.visits import VisitSummary, visit_facets
from visitapp.services.visits.visits import Visits
from visitapp.ui.models.actions import action_columns
from visitapp.ui.models.groups import with_headings
from visitapp.ui.models.rows import Heading
from visitapp.ui.models.visits import FormTitle, SoFar, visit_columns
from visitapp.ui.pages.casework_keys import action_keys
from visitapp.ui.pages.holders.place_columns import place_columns
from visitapp.ui.pages.page import Page
from visitapp.ui.saved_views import ListView, SavedViews
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import listen_buttons
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import ScrollColumn
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.header import PageHeader
from visitapp.ui.widgets.narrow_bar import NarrowBar
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.table_card import TableCard
from visitapp.ui.widgets.text import button


class ListPage(Page):
    """Filters, a table, and what is said when there is nothing. `view_name_requested` carries what
    is to be done with the name. `views`: of a list that can be narrowed (`show_narrowed`)."""

    view_name_requested = Signal(object)

    def __init__(
        self,
        name: str,
        filters: FilterChips,
        table: RowTable,
        empty: EmptyState,
        search: str,
        views: SavedViews | None = None,
    ) -> None:
        super().__init__(name, PageHeader(name, search=search))
        self.filters, self.table, self.empty = filters, table, empty
        self.narrow = NarrowBar(views or SavedViews())
        content = ScrollColumn(name, margins=(24, 20, 24, 20))
        column = content.column
        column.setSpacing(14)
        column.addWidget(filters)
        column.addWidget(self.narrow)
        column.addWidget(TableCard(table))
        column.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(content)
        self.stack.addWidget(empty)
        self.column.addWidget(self.stack, 1)
        filters.chosen.connect(self.show_list)
        self.narrow.changed.connect(self.show_list)
        self.narrow.view_chosen.connect(self.show_view)
        self.narrow.view_wanted.connect(lambda: self.view_name_requested.emit(self._keep_view))
        self.header.search.textEdited.connect(self.show_list)
        self.header.search.returnPressed.connect(self._enter)
        self.header.search.left_down.connect(lambda: self._go_to_list(self._listed()))

    def focus_first(self) -> None:
        if self.empty.isHidden():
            self.table.setFocus()
        elif not self.empty.focus_first():
            self.header.search.setFocus()

    def _listed(self) -> list[Any]:
        return [row for row in self.table.rows.rows if not isinstance(row, Heading)]

    def _enter(self) -> None:
        """Enter in the search goes into the list; the only match opens at once."""
        rows = self._listed()
        if len(rows) == 1:
            self.table.opened.emit(rows[0])
        else:
            self._go_to_list(rows)

    def _go_to_list(self, rows: Sequence[Any]) -> None:
        if rows:
            self.table.selectRow(self.table.rows.rows.index(rows[0]))
            self.table.setFocus()

    def refresh(self) -> None:
        found = self.read()
        self.stack.setCurrentIndex(0 if found else 1)
        self.show_list()

    def read(self) -> bool:
        """Read every row that the list can show. Whether there are any."""
        raise NotImplementedError

    def show_list(self) -> None:
        """Show those of the rows read last that are wanted; every change reads them again."""
        raise NotImplementedError

    def show_narrowed(
        self, everything: Sequence[Any], wanted: Sequence[Any], facets_of: Facets
    ) -> None:
        """Show those of the wanted rows that the bar narrows to, in its groups."""
        choices = choices_of(everything, facets_of)
        self.narrow.offer(choices)
        self.table.show_facets([name for name, values in choices.items() if len(values) > 1])
        group = self.narrow.group()
        found = grouped(narrowed(wanted, self.narrow.where(), facets_of), group, facets_of)
        self.table.show_rows(with_headings(found, group, facets_of))

    def show_view(self, view: ListView) -> None:
        """Show the list as a view keeps it."""
        self.filters.choose(view.filter)
        self.header.search.setText(view.search)
        self.narrow.show_choice(view.where, view.group)
        self.show_list()

    def _keep_view(self, name: str) -> None:
        view = ListView(
            filter=self.filters.key(),
            where=self.narrow.where(),
            group=self.narrow.group(),
            search=self.header.search.text(),
        )
        self.narrow.keep_as(name, view)

    def matches(self, *texts: str) -> bool:
        """Whether any of the texts contains the text in the search field."""
        wanted = folded(self.header.search.text())
        return not wanted or any(wanted in folded(text) for text in texts)


class VisitsPage(ListPage):
    """Every visit on this device. `visit_requested` asks for the dialog."""

    tells = "visit"
    visit_requested = Signal(str)

    def __init__(self, visits: Visits, look: Look, title: FormTitle, views: SavedViews) -> None:
        name = translate("Visits")
        filters = FilterChips(
            translate("Filters"),
            [
                ("", translate("All")),
                ("draft", translate("In progress")),
                ("returned", translate("Returned to me")),
                ("signed_off", translate("Signed off")),
                ("not_sampled", translate("Not sampled")),
                ("approved", translate("Approved")),
            ],
        )
        empty = EmptyState(
            translate("No visits yet"),
            translate(
                "Answer a visit on site, with no network. It is saved as you go, and you see the "
                "outcome before you leave. Add a setting first, then start a visit to it."
            ),
            translate("Start a visit"),
            makes="visit",
        )
        self._all: list[VisitSummary] = []
        self._so_far: SoFar = {}
        columns = [
            *visit_columns(title, so_far=lambda: self._so_far),
            *place_columns(without={"officer"}),
        ]
        table = RowTable(name, columns, look)
        super().__init__(name, filters, table, empty, translate("Search visits, Ctrl F"), views)
        self._visits = visits
        empty.begun.connect(lambda: self.visit_requested.emit(""))
        table.opened.connect(lambda visit: self.went.emit(Route("visit", visit.id)))

    def read(self) -> bool:
        self._all, self._so_far = self._visits.list(), self._visits.standing_so_far()
        return bool(self._all)

    def show_list(self) -> None:
        status = self.filters.key()
        wanted = [visit for visit in self._all if self._wanted(visit, status)]
        # What a lead returned waits for this person, so it comes first.
        wanted.sort(key=lambda visit: visit.status != "returned")
        self.show_narrowed(self._all, wanted, visit_facets)

    def _wanted(self, visit: VisitSummary, status: str) -> bool:
        return status in ("", visit.status) and self.matches(visit.setting, visit.officer)


class ActionsPage(ListPage):
    """Every action on this device. `action_opened` carries the one to open, `step_requested` an
    action and the status to bring it to; `import_requested` asks for a list of actions that was
    exported and changed."""

    tells = "action"
    action_opened = Signal(object)
    step_requested = Signal(object, str)
    import_requested = Signal()

    def __init__(
        self, actions: Actions, look: Look, today: Callable[[], date], views: SavedViews
    ) -> None:
        name = translate("Actions")
        filters = FilterChips(
            translate("Filters"),
            [
                ("open", translate("Open")),
                ("overdue", translate("Overdue")),
                ("done", translate("To verify")),
                ("all", translate("All")),
            ],
        )
        empty = EmptyState(
            translate("No actions yet"),
            translate(
                "An action says what will be done about a finding, by whom and by when. Add one "
                "during a visit with the key A, or from a setting's improvement plan."
            ),
            translate("See the portfolio"),
        )
        empty.begun.connect(lambda: self.went.emit(Route("portfolio")))
        table = RowTable(name, [*action_columns(today), *place_columns()], look)
        super().__init__(name, filters, table, empty, translate("Search actions, Ctrl F"), views)
        self._actions = actions
        self._by_state: dict[str, list[ActionView]] = {}
        self._one_of_each: Sequence[ActionView] = []
        table.opened.connect(self.action_opened)
        self.import_ = button(
            translate("Import due dates"),
            hint=translate("From a list that you exported with Ctrl Shift E and changed"),
            makes="action",
        )
        self.import_.clicked.connect(self.import_requested)
        self.done = button(translate("Mark as done"), makes="action")
        self.verify = button(translate("Verify"), makes="action")
        for one in (self.import_, self.done, self.verify):
            self.header.add(one)
        self.done.clicked.connect(lambda: self._step(ActionStatus.DONE))
        self.verify.clicked.connect(lambda: self._step(ActionStatus.VERIFIED))
        listen_buttons(self, action_keys(), {"done": self.done, "verify": self.verify})

    def _step(self, status: str) -> None:
        action = self.table.current()
        if isinstance(action, ActionView):
            self.step_requested.emit(action, status)
        else:
            self.said.emit(translate("Choose an action in the list first."), None)

    def read(self) -> bool:
        # What is verified is most of it after some years: a state is read when it is looked at.
        self._by_state = {}
        # One of each setting has every value that the bar can narrow to.
        self._one_of_each = self._actions.one_of_each_setting()
        for one in (self.import_, self.done, self.verify):
            one.setVisible(bool(self._one_of_each))
        return bool(self._one_of_each)

    def show_list(self) -> None:
        state, searched = self.filters.key(), self.header.search.text()
        if state not in self._by_state:
            self._by_state[state] = self._actions.list(state=state)
        wanted = [
            action
            for action in self._by_state[state]
            if not searched or self.matches(action.title, action.setting, action.owner)
        ]
        self.show_narrowed(self._one_of_each, wanted, action_facets)
