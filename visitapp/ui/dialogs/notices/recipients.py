"""The teams that receive notices."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.services.notices.notices import ContactView, Notices
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.notices.recipient import RecipientDialog
from visitapp.ui.models.notices import recipient_columns
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import button, label


class RecipientsDialog(Dialog):
    """`changed` says that a team was added, changed or removed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None, notices: Notices, look: Look) -> None:
        super().__init__(
            parent, translate("Who receives notices"), translate("Add a team"), width=640
        )
        self.cancel.setText(translate("Close"))
        self.cancel.setAccessibleName(self.cancel.text())
        self._notices = notices
        self._none = label(
            translate(
                "No team receives notices yet. Without one they are only listed here. Add a team "
                "with its shared e-mail address, for all districts or for one."
            ),
            tone="muted",
            wrap=True,
        )
        self.column.addWidget(self._none)
        self.table = RowTable(translate("Recipients"), recipient_columns(), look)
        self.column.addWidget(self.table)
        self._row = Flow()
        self.edit = button(translate("Change"))
        self.remove = button(translate("Remove"))
        for part, pressed in ((self.edit, self._edit), (self.remove, self._remove)):
            part.clicked.connect(pressed)
            self._row.add(part)
        self.column.addWidget(self._row)
        self.table.opened.connect(self._open)
        self._show()

    def attempt(self) -> None:
        """Add a team; the list stays open."""
        self._open(None)

    def _show(self) -> None:
        found = self._notices.contacts()
        for part in (self.table, self._row):
            part.setVisible(bool(found))
        self._none.setVisible(not found)
        self.table.show_rows(found)

    def _edit(self) -> None:
        if (contact := self.table.current()) is not None:
            self._open(contact)

    def _open(self, contact: ContactView | None) -> None:
        dialog = RecipientDialog(self, self._notices, contact)
        dialog.kept.connect(self._kept)
        dialog.open()

    def _remove(self) -> None:
        contact = self.table.current()
        if contact is None:
            return
        self.guarded(lambda: self._notices.remove_contact(contact.id))
        self._kept()

    def _kept(self) -> None:
        self._show()
        self.changed.emit()
