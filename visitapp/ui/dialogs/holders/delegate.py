"""Name who reviews and decides for a team lead who is away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.language import translate
from visitapp.services.holders.delegates import Delegates
from visitapp.services.views.holders import Holder
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField
from visitapp.ui.dialogs.holders.cover import WEEK
from visitapp.ui.dialogs.holders.people import chosen_person, people_box, show_people
from visitapp.ui.widgets.text import label


class DelegateDialog(Dialog):
    """`named` carries the delegate as a `DelegateView`."""

    named = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        delegates: Delegates,
        leads: Sequence[Holder],
        candidates: Sequence[Holder],
        today: date,
    ) -> None:
        super().__init__(parent, translate("Name a delegate"), translate("Name the delegate"))
        self._delegates = delegates
        self.lead = people_box(translate("Team lead who is away"), leads)
        self.deputy = people_box(translate("Delegate"), [])
        self._leads, self._candidates = leads, candidates
        self.first, self.last = (
            DayField(translate("First day"), today),
            DayField(translate("Last day"), today),
        )
        self.first.show_day(today)
        self.last.show_day(today + WEEK)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(translate("Such as: annual leave"))
        self.add_field(translate("Team lead who is away"), self.lead)
        self.add_field(translate("Delegate"), self.deputy)
        self.add_field(translate("First day"), self.first)
        self.add_field(translate("Last day"), self.last)
        self.add_field(translate("Reason"), self.reason)
        self.column.addWidget(
            label(
                translate(
                    "From the first day to the last, the delegate sees your team's settings, "
                    "reviews its visits and decides what waits there. Nobody reviews a visit that "
                    "they took part in."
                ),
                size="small",
                tone="muted",
                wrap=True,
            )
        )
        self.by_name = {"ends_on": self.last, "note": self.reason}
        self.lead.currentIndexChanged.connect(self._offer)
        self.lead.setCurrentIndex(1 if len(leads) == 1 else 0)
        self._offer()

    def _offer(self) -> None:
        """Offer the leads of other teams."""
        away = next((one for one in self._leads if one.id == self.lead.currentData()), None)
        others = [one for one in self._candidates if away is None or one.team != away.team]
        show_people(self.deputy, others)

    def attempt(self) -> None:
        """Name the delegate."""
        lead, deputy = chosen_person(self.lead), chosen_person(self.deputy)
        days = self.first.day(), self.last.day()
        self.named.emit(self._delegates.name(deputy, *days, self.reason.text(), lead=lead))
        self.accept()
