"""When a visit is, whether it was announced, and who came along."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from visitapp.services.visit_views import VisitView
from visitapp.services.visits import Visits
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import chosen_day, day_field


class VisitDetailsDialog(Dialog):
    """`kept` tells that the details were saved."""

    kept = Signal()

    def __init__(self, parent: QWidget | None, visits: Visits, view: VisitView) -> None:
        super().__init__(parent, self.tr("Edit visit details"), self.tr("Save"))
        self._visits, self._id = visits, view.summary.id
        name = self.tr("Day of the visit")
        self.day = day_field(name, view.summary.visited_on)
        self.announced = QCheckBox(self.tr("Announced to the provider"))
        self.announced.setAccessibleName(self.announced.text())
        self.announced.setChecked(view.announced)
        self.joined = QLineEdit(view.joined_by)
        self.joined.setPlaceholderText(self.tr("Such as Health Protection; leave empty when alone"))
        self.add_field(name, self.day)
        self.column.addWidget(self.announced)
        self.add_field(self.tr("Joined by"), self.joined)

    def attempt(self) -> None:
        """Save the details."""
        self._visits.set_details(
            self._id,
            visited_on=chosen_day(self.day),
            announced=self.announced.isChecked(),
            joined_by=self.joined.text().strip(),
        )
        self.kept.emit()
        self.accept()
