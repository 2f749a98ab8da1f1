"""Hand settings and contracts to another officer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from visitapp.errors import Code, Refused
from visitapp.language import message, plural, translate
from visitapp.services.holders.hand_overs import HandOvers
from visitapp.services.views.holders import Handable, Holder
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField
from visitapp.ui.dialogs.holders.people import chosen_person, people_box
from visitapp.ui.widgets.pick_list import PickList
from visitapp.ui.widgets.text import label


class HandOverDialog(Dialog):
    """`handed_over` carries how many settings and contracts were."""

    handed_over = Signal(int)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        hand_overs: HandOvers,
        offered: Sequence[Handable],
        people: Sequence[Holder],
        today: date,
        *,
        ticked: Sequence[str] = (),
    ) -> None:
        super().__init__(parent, translate("Hand over settings"), translate("Hand over"))
        self._hand_overs, self._offered = hand_overs, offered
        self.what = PickList(translate("Settings and contracts"))
        self.what.show_items(
            [(one.id, words.joined(one.name, one.officer)) for one in offered], ticked
        )
        self._count = label(size="small", tone="muted")
        self.to = people_box(translate("New officer"), people)
        self.day = DayField(translate("From"), today)
        self.day.show_day(today)
        self.note = QLineEdit()
        self.note.setPlaceholderText(translate("Such as: works part-time from January"))
        self.drafts = QCheckBox(translate("Visits in progress move too"))
        self.drafts.setAccessibleName(self.drafts.text())
        self.drafts.setChecked(True)
        self.add_field(translate("Settings and contracts (press Space to tick)"), self.what)
        self.column.addWidget(self._count)
        self.add_field(translate("New officer"), self.to)
        self.add_field(translate("From"), self.day)
        self.add_field(translate("Reason"), self.note)
        self.column.addWidget(self.drafts)
        self.column.addWidget(
            label(
                translate(
                    "Planned visits move too. The server hands over at the next sync, or on the "
                    "day. What the previous officer recorded offline is not lost."
                ),
                size="small",
                tone="muted",
                wrap=True,
            )
        )
        self.what.picked.connect(self._show_count)
        self._show_count()

    def _show_count(self) -> None:
        self._count.setText(plural("{n} ticked", "{n} ticked", len(self.what.ticked())))

    def attempt(self) -> None:
        """Hand over what is ticked."""
        ticked = set(self.what.ticked())
        if not ticked:
            self.what.setFocus()
            raise Refused(Code.BAD_VALUE, message("Tick what to hand over."))
        chosen = [one for one in self._offered if one.id in ticked]
        made = self._hand_overs.hand_over(
            [one.id for one in chosen if not one.is_contract],
            chosen_person(self.to),
            contracts=[one.id for one in chosen if one.is_contract],
            starts_on=self.day.day(),
            note=self.note.text(),
            drafts=self.drafts.isChecked(),
        )
        self.handed_over.emit(len(made))
        self.accept()
