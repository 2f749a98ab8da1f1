"""Pages that are one list: visits, and actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from visitapp.language import translate
from visitapp.rules.text import folded
from visitapp.services.actions.actions import Actions
from visitapp.services.views.actions import ActionView
from visitapp.services.views.visits import VisitSummary
from visitapp.services.visits.visits import Visits
from visitapp.ui.models.actions import action_columns
from visitapp.ui.models.visits import FormTitle, SoFar, visit_columns
from visitapp.ui.pages.page import Page
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import ScrollColumn
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.header import PageHeader
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.table_card import TableCard
from visitapp.ui.widgets.text import button


class ListPage(Page):
    """Filters, a table, and what is said when there is nothing."""

    def __init__(
        self, name: str, filters: FilterChips, table: RowTable, empty: EmptyState, search: str
    ) -> None:
        super().__init__(name, PageHeader(name, search=search))
        self.filters, self.table, self.empty = filters, table, empty
        content = ScrollColumn(name, margins=(24, 20, 24, 20))
        column = content.column
        column.setSpacing(14)
        column.addWidget(filters)
        column.addWidget(TableCard(table))
        column.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(content)
        self.stack.addWidget(empty)
        self.column.addWidget(self.stack, 1)
        filters.chosen.connect(self.refresh)
        self.header.search.textEdited.connect(self.refresh)

    def focus_first(self) -> None:
        if self.empty.isHidden():
            self.table.setFocus()
        elif not self.empty.focus_first():
            self.header.search.setFocus()

    def matches(self, *texts: str) -> bool:
        """Whether any of the texts contains the text in the search field."""
        wanted = folded(self.header.search.text())
        return any(wanted in folded(text) for text in texts)


class VisitsPage(ListPage):
    """Every visit on this device. `visit_requested` asks for the dialog."""

    visit_requested = Signal(str)

    def __init__(self, visits: Visits, look: Look, title: FormTitle) -> None:
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
        )
        self._so_far: SoFar = {}
        table = RowTable(name, visit_columns(title, so_far=lambda: self._so_far), look)
        super().__init__(name, filters, table, empty, translate("Search visits, Ctrl K"))
        self._visits = visits
        empty.begun.connect(lambda: self.visit_requested.emit(""))
        table.opened.connect(lambda visit: self.went.emit(Route("visit", visit.id)))

    def refresh(self) -> None:
        everything, self._so_far = self._visits.list(), self._visits.standing_so_far()
        status = self.filters.key()
        self.stack.setCurrentIndex(0 if everything else 1)
        wanted = [v for v in everything if self._wanted(v, status)]
        # What a lead returned waits for this person, so it comes first.
        self.table.show_rows(sorted(wanted, key=lambda visit: visit.status != "returned"))

    def _wanted(self, visit: VisitSummary, status: str) -> bool:
        return status in ("", visit.status) and self.matches(visit.setting, visit.officer)


class ActionsPage(ListPage):
    """Every action on this device. `action_opened` carries the one to open, `import_requested`
    asks for a list of actions that was exported and changed."""

    action_opened = Signal(object)
    import_requested = Signal()

    def __init__(self, actions: Actions, look: Look, today: Callable[[], date]) -> None:
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
        )
        table = RowTable(name, action_columns(today), look)
        super().__init__(name, filters, table, empty, translate("Search actions, Ctrl K"))
        self._actions = actions
        table.opened.connect(self.action_opened)
        self.import_ = button(
            translate("Import due dates"),
            hint=translate("From a list that you exported with Ctrl Shift E and changed"),
        )
        self.import_.clicked.connect(self.import_requested)
        self.header.add(self.import_)

    def refresh(self) -> None:
        everything = self._actions.list()
        self.stack.setCurrentIndex(0 if everything else 1)
        self.import_.setVisible(bool(everything))
        self.table.show_rows([action for action in everything if self._wanted(action)])

    def _wanted(self, action: ActionView) -> bool:
        wanted = {
            "open": action.status in ("open", "in_progress"),
            "overdue": action.overdue_days > 0,
            "done": action.status == "done",
            "all": True,
        }
        return wanted[self.filters.key()] and self.matches(
            action.title, action.setting, action.owner
        )
