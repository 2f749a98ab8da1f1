"""The fields of the risk assessment of one placement."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit

from visitapp.language import translate
from visitapp.rules.authority.exception_life import PlacementRisk
from visitapp.services.exceptions.words import RISK_WORDS
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import text_field


class RiskFields:
    """A field for each part, at the end of a dialog."""

    def __init__(self, dialog: Dialog, risk: PlacementRisk | None = None) -> None:
        self.fields: dict[str, QPlainTextEdit] = {}
        for part, word in RISK_WORDS.items():
            field = text_field(getattr(risk, part) if risk else "")
            dialog.add_field(str(word), field)
            self.fields[part] = field
        self.fields["told"].setPlaceholderText(translate("Who was told, when, and what they said"))

    def is_empty(self) -> bool:
        """Whether nothing was typed at all."""
        return not any(field.toPlainText().strip() for field in self.fields.values())

    def risk(self) -> PlacementRisk:
        """What was typed. A part may be empty: the service refuses that in words."""
        return PlacementRisk(
            **{part: field.toPlainText().strip() for part, field in self.fields.items()}
        )
