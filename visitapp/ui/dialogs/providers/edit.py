"""Add or edit a provider, and whom to call there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.rules.market_choices import ProviderKind
from visitapp.services.providers.views import ContactView, ProviderRow
from visitapp.services.services import Services
from visitapp.ui.dialogs.records.dialog import Part, RecordDialog
from visitapp.ui.dialogs.records.lines import choice_line, text_line, tick_line
from visitapp.vocabulary import choice_words


class EditProviderDialog(RecordDialog):
    """`kept` carries the ProviderView. A group that is typed and not there yet is made."""

    def __init__(
        self, parent: QWidget | None, services: Services, row: ProviderRow | None = None
    ) -> None:
        providers = services.providers

        def save(given: dict[str, Any]) -> Any:
            if row is not None:
                return providers.edit(row.id, **given)
            return providers.add(given.pop("name"), **given)

        values = None
        if row is not None:
            names = ("name", "company_number", "kind", "group", "key_supplier")
            values = {name: getattr(row, name) for name in names}
        heading = translate("Edit the provider") if row else translate("Add a provider")
        primary = translate("Save") if row else translate("Add the provider")
        lines = [
            text_line("name", translate("Name"), wide=True),
            choice_line(
                "kind", translate("Kind"), choice_words(ProviderKind), translate("Not recorded")
            ),
            text_line("company_number", translate("Company number")),
            text_line("group", translate("Group"), translate("A new name adds a group")),
            tick_line("key_supplier", translate("Key supplier")),
        ]
        super().__init__(parent, (heading, primary), [Part("", lines)], save, values)
        if row is not None:
            self.watch(lambda: providers.view(row.id).row)
        self._providers, self._adds = providers, row is None

    def doubt(self, given: Mapping[str, Any]) -> str:
        return str(self._providers.name_warning(given["name"]) or "") if self._adds else ""


class ContactDialog(RecordDialog):
    """`kept` carries the ContactView."""

    def __init__(
        self,
        parent: QWidget | None,
        services: Services,
        provider_id: str,
        contact: ContactView | None = None,
    ) -> None:
        contacts = services.contacts

        def save(given: dict[str, Any]) -> ContactView:
            if contact is not None:
                return contacts.edit(contact.id, **given)
            return contacts.add(provider_id, **given)

        names = ("role", "name", "phone", "email")
        values = {name: getattr(contact, name) for name in names} if contact else None
        heading = translate("Edit a contact") if contact else translate("Add a contact")
        primary = translate("Save") if contact else translate("Add the contact")
        lines = [
            text_line("role", translate("Role"), translate("Such as: out of hours")),
            text_line("name", translate("Name")),
            text_line("phone", translate("Telephone")),
            text_line("email", translate("E-mail address")),
        ]
        super().__init__(parent, (heading, primary), [Part("", lines)], save, values)
