"""Note a piece of evidence at a question."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.services.visit_views import EvidenceView
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import choices
from visitapp.ui.widgets.text import label
from visitapp.ui.words import evidence_kinds


class EvidenceDialog(Dialog):
    """What kind it is and what it shows. `kept` carries the EvidenceView that was saved."""

    kept = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        about: str,
        wanted: str,
        save: Callable[[str, str], EvidenceView],
    ) -> None:
        super().__init__(parent, self.tr("Add evidence"), self.tr("Add evidence"))
        self._save = save
        self.column.addWidget(label(about, tone="muted", wrap=True))
        self.kind = choices(self.tr("Kind"), evidence_kinds(), wanted or "document")
        self.title = QLineEdit()
        self.title.setPlaceholderText(self.tr("Such as: medicine audit of 3 November, plan SU3"))
        self.add_field(self.tr("Kind"), self.kind)
        self.add_field(self.tr("What it is (codes, never names)"), self.title)

    def attempt(self) -> None:
        """Save the piece of evidence."""
        self.kept.emit(self._save(self.kind.currentData(), self.title.text()))
        self.accept()
