"""One provider: its settings, contracts and documents, and whom to call."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.services.documents.documents import Documents
from visitapp.services.documents.views import DocumentOwner
from visitapp.services.providers.providers import Providers
from visitapp.services.providers.views import ProviderView
from visitapp.ui import words
from visitapp.ui.models.providers import kind_word
from visitapp.ui.pages.documents.card import DocumentsCard
from visitapp.ui.pages.page import Page
from visitapp.ui.pages.providers.cards import (
    AboutProviderCard,
    ContactsCard,
    ContractsCard,
    SettingsCard,
)
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import ScrollColumn
from visitapp.ui.widgets.header import PageHeader
from visitapp.ui.widgets.wrapping import FoldingColumns

COLUMN = 360
"""Pixels that a column needs at 100 %."""


class ProviderPage(Page):
    """Signals carry the id of the provider, or of the contract; those of contacts the provider and
    the ContactView."""

    edit_requested = Signal(str)
    contract_requested = Signal(str)
    contract_wanted = Signal(str)
    contact_wanted = Signal(str)
    contact_opened = Signal(str, object)
    contact_removed = Signal(object)

    def __init__(self, providers: Providers, documents: Documents, look: Look) -> None:
        header = PageHeader(back=translate("Providers \u203a"))
        super().__init__(translate("Provider"), header)
        self._providers, self._documents, self._id = providers, documents, ""
        self.documents = DocumentsCard()
        self.about, self.contacts = AboutProviderCard(), ContactsCard()
        self.contracts = ContractsCard()
        self.settings = SettingsCard(translate("Settings"))
        self.sisters = SettingsCard(translate("Other settings of its group"))
        sides: tuple[tuple[int, tuple[QWidget, ...]], ...] = (
            (5, (self.settings, self.sisters)),
            (4, (self.documents, self.contacts, self.contracts, self.about)),
        )
        content = ScrollColumn(translate("Provider"))
        content.column.addWidget(FoldingColumns(sides, look, COLUMN))
        content.column.addStretch(1)
        self.column.addWidget(content, 1)
        self._connect()

    def _connect(self) -> None:
        self.header.back.clicked.connect(lambda: self.went.emit(Route("providers")))
        for card in (self.settings, self.sisters):
            card.setting_requested.connect(lambda id_: self.went.emit(Route("setting", id_)))
        self.about.edit_requested.connect(lambda: self.edit_requested.emit(self._id))
        self.contracts.contract_requested.connect(self.contract_requested)
        self.contracts.addition_requested.connect(lambda: self.contract_wanted.emit(self._id))
        self.contacts.addition_requested.connect(lambda: self.contact_wanted.emit(self._id))
        self.contacts.edit_requested.connect(lambda one: self.contact_opened.emit(self._id, one))
        self.contacts.removal_requested.connect(self.contact_removed)

    def open(self, route: Route) -> None:
        """Show a provider."""
        self._id = route.id
        self.refresh()

    def typed_filters(self) -> list[str]:
        return [self.header.title.text()]

    def focus_first(self) -> None:
        self.header.back.setFocus()

    def refresh(self) -> None:
        if self._id:
            self._show(self._providers.view(self._id))

    def _show(self, view: ProviderView) -> None:
        row = view.row
        self.header.title.setText(row.name)
        key = translate("key supplier") if row.key_supplier else ""
        self.header.line.setText(words.joined(row.group, kind_word(row) if row.kind else "", key))
        self.settings.show_settings(
            view.settings, translate("No setting of this provider is on this laptop.")
        )
        self.sisters.show_settings(view.sisters, "")
        self.sisters.setVisible(bool(view.sisters))
        self.about.show_provider(view)
        self.documents.show_documents(
            owner := DocumentOwner("provider", row.id, row.name),
            self._documents.of(owner),
            may_add=self._documents.may_add(),
        )
        self.contacts.show_contacts(view.contacts, may_change=view.may_add_contacts)
        self.contracts.show_contracts(view.contracts, may_add=view.may_edit)
