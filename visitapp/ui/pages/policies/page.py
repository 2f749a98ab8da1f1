"""The versions of the council's policy."""

from __future__ import annotations

from PySide6.QtCore import Signal

from visitapp.language import translate
from visitapp.services.policies.policies import IN_FORCE, PLANNED, Policies, PolicyVersion
from visitapp.ui.models.policies import policy_columns
from visitapp.ui.pages.lists import ListPage
from visitapp.ui.shell.shortcuts import listen_buttons, page_keys
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import button


class PoliciesPage(ListPage):
    """`policy_opened` carries the PolicyVersion to show; `publish_requested` asks for a file to
    publish."""

    tells = "published_policy"
    policy_opened = Signal(object)
    publish_requested = Signal()

    def __init__(self, policies: Policies, look: Look) -> None:
        name = translate("Policies")
        filters = FilterChips(
            translate("Filters"),
            [
                ("", translate("All")),
                (IN_FORCE, translate("In force")),
                (PLANNED, translate("Planned")),
            ],
        )
        empty = EmptyState(name, "")  # one policy always comes with the program
        table = RowTable(name, policy_columns(), look)
        table.personal = False
        super().__init__(name, filters, table, empty, translate("Search policies, Ctrl F"))
        self._policies = policies
        self._all: list[PolicyVersion] = []
        self.publish = button(translate("Publish a policy…"), makes="published_policy")
        self.header.add(self.publish)
        self.publish.clicked.connect(self.publish_requested)
        listen_buttons(self, page_keys(), {"add": self.publish})
        table.opened.connect(self.policy_opened)

    def read(self) -> bool:
        self._all = self._policies.versions()[::-1]
        self.publish.setVisible(self._policies.may_publish())
        return bool(self._all)

    def show_list(self) -> None:
        self.table.show_rows([one for one in self._all if self._wanted(one)])

    def _wanted(self, one: PolicyVersion) -> bool:
        return self.filters.key() in ("", one.state) and self.matches(one.version)
