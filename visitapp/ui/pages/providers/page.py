"""The providers of the settings on this device."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from visitapp.language import translate
from visitapp.services.providers.providers import Providers
from visitapp.services.providers.views import ProviderRow
from visitapp.ui.models.providers import provider_columns
from visitapp.ui.pages.lists import ListPage
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import listen_buttons, page_keys
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import button

FILTERS: dict[str, Callable[[ProviderRow], bool]] = {
    "all": lambda row: True,
    "weak": lambda row: row.weak > 0,
    "group": lambda row: row.weak_group,
    "key": lambda row: row.key_supplier,
    "contracted": lambda row: row.contracts > 0,
}


class ProvidersPage(ListPage):
    """`provider_requested` asks for a new one."""

    provider_requested = Signal()

    def __init__(self, providers: Providers, look: Look) -> None:
        name = translate("Providers")
        filters = FilterChips(
            translate("Filters"),
            [
                ("all", translate("All")),
                ("contracted", translate("Under contract")),
                ("weak", translate("Red or Amber settings")),
                ("group", translate("Several weak settings in the group")),
                ("key", translate("Key suppliers")),
            ],
        )
        empty = EmptyState(
            translate("No providers yet"),
            translate(
                "A provider is the organisation that runs settings. It comes with the first "
                "setting that you add, or that a sync brings. Here you see all its settings, "
                "contracts, documents and contacts."
            ),
            translate("Add a provider"),
        )
        table = RowTable(name, provider_columns(), look)
        super().__init__(name, filters, table, empty, translate("Search providers, Ctrl F"))
        self._providers = providers
        self._all: list[ProviderRow] = []
        self.add = button(translate("Add a provider"))
        self.header.add(self.add)
        self.add.clicked.connect(self.provider_requested)
        empty.begun.connect(self.provider_requested)
        table.opened.connect(lambda row: self.went.emit(Route("provider", row.id)))
        listen_buttons(self, page_keys(), {"add": self.add})

    def read(self) -> bool:
        self.add.setVisible(self._providers.may_add())
        self._all = self._providers.list()
        return bool(self._all)

    def show_list(self) -> None:
        self.table.show_rows([row for row in self._all if self._wanted(row)])

    def _wanted(self, row: ProviderRow) -> bool:
        return FILTERS[self.filters.key()](row) and self.matches(
            row.name, row.group, row.number, row.company_number
        )
