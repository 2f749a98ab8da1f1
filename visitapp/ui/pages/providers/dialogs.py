"""The dialogs of the pages of providers."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.services.providers.views import ContactView
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.providers.edit import ContactDialog, EditProviderDialog
from visitapp.ui.dialogs.records.dialog import Kept
from visitapp.ui.shell.routes import Route


class ProviderDialogs(PageDialogs):
    """Adds and edits providers and their contacts."""

    def add(self) -> None:
        """Add a provider, and go to it."""
        dialog = EditProviderDialog(self._window, self._services)
        dialog.kept.connect(self._added)
        dialog.open()

    def edit(self, provider_id: str) -> None:
        """Edit a provider."""

        def kept(kept: Kept) -> None:
            def undo() -> None:
                self._services.providers.edit(provider_id, **kept.before)
                self._saved(translate("Change undone."))

            self.said.emit(translate("{name} is saved.", name=kept.saved.row.name), undo)
            self.changed.emit()

        row = self._services.providers.view(provider_id).row
        dialog = EditProviderDialog(self._window, self._services, row)
        dialog.kept.connect(kept)
        dialog.open()

    def add_contact(self, provider_id: str) -> None:
        """Add somebody to call."""

        def kept(kept: Kept) -> None:
            def undo() -> None:
                self._services.contacts.remove(kept.saved.id)
                self._saved(translate("The contact has been removed."))

            self.said.emit(translate("{name} is added.", name=kept.saved.name), undo)
            self.changed.emit()

        dialog = ContactDialog(self._window, self._services, provider_id)
        dialog.kept.connect(kept)
        dialog.open()

    def edit_contact(self, provider_id: str, contact: ContactView) -> None:
        """Change somebody to call."""

        def kept(kept: Kept) -> None:
            def undo() -> None:
                self._services.contacts.edit(contact.id, **kept.before)
                self._saved(translate("Change undone."))

            self.said.emit(translate("{name} is saved.", name=kept.saved.name), undo)
            self.changed.emit()

        dialog = ContactDialog(self._window, self._services, provider_id, contact)
        dialog.kept.connect(kept)
        dialog.open()

    def remove_contact(self, contact: ContactView) -> None:
        """Take a contact away, at once: it can be undone."""
        self._services.contacts.remove(contact.id)

        def undo() -> None:
            self._services.contacts.put_back(contact.id)
            self._saved(translate("{name} has been restored.", name=contact.name))

        self.said.emit(translate("{name} is removed.", name=contact.name), undo)
        self.changed.emit()

    def _added(self, kept: Kept) -> None:
        row = kept.saved.row
        self._saved(translate("{name} is added.", name=row.name))
        self.went.emit(Route("provider", row.id))
