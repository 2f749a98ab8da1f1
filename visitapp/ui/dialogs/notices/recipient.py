"""Add or change a team that receives notices."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.language import translate
from visitapp.services.notices.notices import ContactView, Notices
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import choices
from visitapp.ui.widgets.text import label


class RecipientDialog(Dialog):
    """`kept` says that it was saved."""

    kept = Signal()
    keeps_typed = True

    def __init__(
        self, parent: QWidget | None, notices: Notices, contact: ContactView | None = None
    ) -> None:
        heading = translate("Change a team") if contact else translate("Add a team")
        super().__init__(parent, heading, translate("Save"))
        self._notices, self._contact = notices, contact
        self.audience = choices(
            translate("Audience"), {one.id: one.label for one in notices.audiences()}
        )
        self.name = QLineEdit(contact.name if contact else "")
        self.name.setPlaceholderText(translate("A team or a role, such as the duty desk"))
        self.email = QLineEdit(contact.email if contact else "")
        self.email.setPlaceholderText(translate("Its shared address, such as brokerage@council.uk"))
        self.district = QLineEdit(contact.district if contact else "")
        self.district.setPlaceholderText(translate("Empty for all districts"))
        if contact is None:
            self.add_field(translate("Audience"), self.audience)
        else:
            self.column.addWidget(label(contact.audience, strong=True, wrap=True))
        self.add_field(translate("Team or role"), self.name)
        self.add_field(translate("E-mail address"), self.email)
        self.add_field(translate("District"), self.district)
        self.by_name = {"name": self.name, "email": self.email, "district": self.district}

    def attempt(self) -> None:
        """Save the team."""
        given = (self.name.text(), self.email.text(), self.district.text())
        if self._contact is None:
            self._notices.add_contact(self.audience.currentData(), *given)
        else:
            name, email, district = given
            self._notices.edit_contact(self._contact.id, name=name, email=email, district=district)
        self.kept.emit()
        self.accept()
