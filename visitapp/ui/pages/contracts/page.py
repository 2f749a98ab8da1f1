"""The contracts of the settings on this device."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from visitapp.language import translate
from visitapp.services.contracts.contracts import FILTERS, ORDERS, Contracts
from visitapp.services.views.contracts import ContractRow
from visitapp.services.views.facets import in_order
from visitapp.ui.models.contracts import contract_columns
from visitapp.ui.pages.lists import ListPage
from visitapp.ui.shell.shortcuts import listen_buttons, page_keys
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import button


class ContractsPage(ListPage):
    """`contract_opened` carries the ContractRow to show; `contract_requested` asks for a new one,
    `import_requested` for a register from a file. `imports`: the user may import one."""

    tells = "contract"
    contract_opened = Signal(object)
    contract_requested = Signal()
    import_requested = Signal()

    def __init__(self, contracts: Contracts, look: Look, imports: Callable[[], bool]) -> None:
        name = translate("Contracts")
        filters = FilterChips(
            translate("Filters"),
            [
                ("current", translate("Current")),
                ("near", translate("End or decision within 12 months")),
                ("key", translate("Key suppliers")),
                ("proactive", translate("Proactive management")),
                ("self_certification", translate("Self-certification")),
                ("ended", translate("Ended")),
                ("all", translate("All")),
            ],
        )
        empty = EmptyState(
            translate("No contracts yet"),
            translate(
                "A contract says what the council buys, from whom and until when, and how closely "
                "it is managed. A team lead imports the council's register from a spreadsheet and "
                "sees what it would change first, or adds contracts one by one. Those of your "
                "settings arrive with a sync."
            ),
            translate("Import the register…"),
            translate("Add a contract"),
        )
        table = RowTable(name, contract_columns(), look)
        super().__init__(name, filters, table, empty, translate("Search contracts, Ctrl F"))
        self._contracts, self._imports = contracts, imports
        self.add = button(translate("Add a contract"))
        self.header.add(self.add)
        self.add.clicked.connect(self.contract_requested)
        empty.begun.connect(self.import_requested)
        empty.begun_otherwise.connect(self.contract_requested)
        listen_buttons(self, page_keys(), {"add": self.add})
        self._all: list[ContractRow] = []
        self._order, self._descending = "number", False
        self.import_ = button(
            translate("Import a register…"),
            hint=translate("From a spreadsheet or a CSV file; the difference is shown first"),
        )
        self.import_.clicked.connect(self.import_requested)
        self.header.add(self.import_)
        table.opened.connect(self.contract_opened)
        table.ordered.connect(self._reorder)

    def read(self) -> bool:
        adds, imports = self._contracts.may_change(), self._imports()
        self.add.setVisible(adds)
        self.import_.setVisible(imports)
        self.empty.offer(imports, adds)
        self._all = self._contracts.list(filter="all")
        return bool(self._all)

    def show_list(self) -> None:
        wanted = [row for row in self._all if self._wanted(row)]
        self.table.show_rows(in_order(wanted, ORDERS[self._order], self._descending))

    def _reorder(self, order: str, descending: bool) -> None:
        self._order, self._descending = order, descending
        self.show_list()

    def _wanted(self, row: ContractRow) -> bool:
        return FILTERS[self.filters.key()](row) and self.matches(
            row.number, row.title, row.provider, row.officer
        )
