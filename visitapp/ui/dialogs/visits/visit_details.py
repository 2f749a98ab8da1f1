"""When a visit is, whether it was announced, and who makes it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from msgspec import UNSET
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from visitapp.language import translate
from visitapp.services.views.people import Colleague
from visitapp.services.views.visits import VisitView
from visitapp.services.visits.joint import JointVisits
from visitapp.services.visits.visits import Visits
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices
from visitapp.ui.widgets.card import clear
from visitapp.ui.widgets.text import button, label


class Details(NamedTuple):
    """What the dialog changes of the visit itself."""

    day: date
    announced: bool
    joined_by: str


class VisitDetailsDialog(Dialog):
    """`kept` tells that the details were saved. Colleagues are asked when they are."""

    kept = Signal()
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        visits: Visits,
        joint: JointVisits,
        view: VisitView,
        today: date,
    ) -> None:
        super().__init__(parent, translate("Edit visit details"), translate("Save"))
        self._visits, self._joint, self._id = visits, joint, view.summary.id
        self._colleagues = {one.name: one for one in joint.colleagues(self._id)}
        self._asked = [name for name, one in self._colleagues.items() if one.joins]
        name = translate("Day of the visit")
        self.day = DayField(name, today)
        self.day.show_day(view.summary.visited_on)
        self.announced = QCheckBox(translate("Announced to the provider"))
        self.announced.setAccessibleName(self.announced.text())
        self.announced.setChecked(view.announced)
        self.joined = QLineEdit(view.joined_by)
        self.joined.setPlaceholderText(
            translate("Such as Health Protection; leave empty if you are alone")
        )
        self.add_field(name, self.day)
        self.column.addWidget(self.announced)
        self.add_field(translate("Also present (printed on the report)"), self.joined)
        self._add_colleagues()
        self._was = self._details()
        self.watch(self._recorded)

    def _details(self) -> Details:
        return Details(self.day.day(), self.announced.isChecked(), self.joined.text().strip())

    def _recorded(self) -> Details:
        view = self._visits.view(self._id)
        return Details(view.summary.visited_on, view.announced, view.joined_by)

    def attempt(self) -> None:
        """Save the details, and ask or let go whom the list says."""
        was, now = self._was, self._details()
        self._visits.set_details(
            self._id,
            visited_on=now.day if now.day != was.day else UNSET,
            announced=now.announced if now.announced != was.announced else UNSET,
            joined_by=now.joined_by if now.joined_by != was.joined_by else UNSET,
        )
        for one in self._colleagues.values():
            if one.name in self._asked and not one.joins:
                self._joint.join(self._id, one.name)
            elif one.joins and one.name not in self._asked:
                self._joint.leave(self._id, one.name)
        self.kept.emit()
        self.accept()

    def _add_colleagues(self) -> None:
        self.column.addWidget(label(translate("Colleagues on this visit"), strong=True))
        teaching = translate(
            "Each colleague fills in the same visit on their own laptop. They get it with their "
            "next sync, and see the setting until you sign off."
        )
        if not self._colleagues:
            teaching = translate("No colleagues to ask yet. Sync to get the list of colleagues.")
        self.column.addWidget(label(teaching, size="small", tone="muted", wrap=True))
        self._list = QVBoxLayout()
        self.column.addLayout(self._list)
        self.colleague = choices(translate("Ask a colleague to join"), {})
        self.ask = button(translate("Ask a colleague to join"), kind="chip")
        self.ask.clicked.connect(lambda: self._add(self.colleague.currentData()))
        row = QHBoxLayout()
        row.addWidget(self.colleague, 1)
        row.addWidget(self.ask)
        self.column.addLayout(row)
        self._show_colleagues()

    def _show_colleagues(self) -> None:
        clear(self._list)
        for name in self._asked:
            self._list.addLayout(self._line(self._colleagues[name]))
        left = [one for one in self._colleagues.values() if one.name not in self._asked]
        self.colleague.clear()
        for one in left:
            self.colleague.addItem(words.joined(one.title, one.team), one.name)
        for part in (self.colleague, self.ask):
            part.setVisible(bool(left))

    def _line(self, one: Colleague) -> QHBoxLayout:
        row = QHBoxLayout()
        asked = "" if one.joins else translate("will be asked when you save")
        row.addWidget(label(words.joined(one.title, one.team, asked)), 1)
        name = translate("Remove {who} from this visit", who=one.title)
        away = button(translate("Remove"), kind="chip", name=name)
        away.clicked.connect(lambda: self._remove(one.name))
        row.addWidget(away, 0, Qt.AlignmentFlag.AlignRight)
        return row

    def _add(self, name: str) -> None:
        self._asked.append(name)
        self._show_colleagues()

    def _remove(self, name: str) -> None:
        self._asked.remove(name)
        self._show_colleagues()
        self.colleague.setFocus()
