"""Who uses this laptop."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from visitapp.language import translate
from visitapp.services.profile import OWN_ROLES
from visitapp.ui import words
from visitapp.ui.dialogs.fields import choices
from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.text import label, named


class WhoCard(Card):
    """A name and a role. `edited`: something changed."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__(translate("2  Who you are"))
        self.name = named(QLineEdit(), translate("Your name, as it should appear on reports"))
        self.name.setMaxLength(120)
        self.name.textEdited.connect(self.edited)
        names = words.roles()
        self.role = choices(translate("Your role"), {role: names[role] for role in OWN_ROLES})
        for field in (self.name, self.role):
            caption = label(field.accessibleName(), size="small", strong=True, wrap=True)
            caption.setBuddy(field)
            self.column.addWidget(caption)
            self.column.addWidget(field)

    def done(self) -> bool:
        """Whether there is a name."""
        return bool(self.name.text().strip())
