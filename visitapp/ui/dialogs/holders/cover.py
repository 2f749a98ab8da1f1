"""Arrange cover for an officer who is away, and change it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.services.holders.covers import Covers
from visitapp.services.holders.delegates import Delegates
from visitapp.services.views.holders import CoverView, DelegateView, Handable, Holder
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField
from visitapp.ui.dialogs.holders.people import chosen_person, people_box, show_people
from visitapp.ui.widgets.pick_list import PickList
from visitapp.ui.widgets.text import button, label

WEEK = timedelta(days=6)


class CoverDialog(Dialog):
    """`arranged` carries how many settings are covered."""

    arranged = Signal(int)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        covers: Covers,
        offered: Sequence[Handable],
        people: Sequence[Holder],
        today: date,
        *,
        officer_id: str = "",
    ) -> None:
        super().__init__(parent, translate("Arrange cover"), translate("Arrange cover"))
        self._covers, self._people = covers, people
        self._offered = [one for one in offered if not one.is_contract]
        self.officer = people_box(translate("Officer who is away"), people)
        self.what = PickList(translate("Settings"))
        self.deputy = people_box(translate("Deputy"), people)
        self.first, self.last = (
            DayField(translate("First day"), today),
            DayField(translate("Last day"), today),
        )
        self.first.show_day(today)
        self.last.show_day(today + WEEK)
        self.note = QLineEdit()
        self.note.setPlaceholderText(translate("Such as: annual leave"))
        self.add_field(translate("Officer who is away"), self.officer)
        self.add_field(translate("Settings (press Space to tick)"), self.what)
        self.add_field(translate("Deputy"), self.deputy)
        self.add_field(translate("First day"), self.first)
        self.add_field(translate("Last day"), self.last)
        self.add_field(translate("Reason"), self.note)
        self.by_name = {"ends_on": self.last}
        self.officer.currentIndexChanged.connect(self._show_settings)
        place = self.officer.findData(officer_id)
        self.officer.setCurrentIndex(max(place, 0))
        self._show_settings()

    def _show_settings(self) -> None:
        """Offer the settings of the officer, all ticked, and everybody else as the deputy."""
        officer = self.officer.currentData()
        show_people(self.deputy, [one for one in self._people if one.id != officer])
        held = [one for one in self._offered if officer and one.officer_id == officer]
        self.what.show_items([(one.id, one.name) for one in held], [one.id for one in held])

    def attempt(self) -> None:
        """Arrange it."""
        chosen_person(self.officer)
        ticked = self.what.ticked()
        if not ticked:
            self.what.setFocus()
            raise Refused(Code.BAD_VALUE, message("Tick the settings to cover."))
        made = self._covers.arrange(
            ticked, chosen_person(self.deputy), self.first.day(), self.last.day(), self.note.text()
        )
        self.arranged.emit(len(made))
        self.accept()


class EditCoverDialog(Dialog):
    """`changed` says that the cover or the delegate's time ends on another day, or has ended."""

    changed = Signal()

    def __init__(
        self,
        parent: QWidget | None,
        covers: Covers | Delegates,
        cover: CoverView | DelegateView,
        today: date,
    ) -> None:
        super().__init__(parent, _heading(cover), translate("Save"))
        self._covers, self._id = covers, cover.id
        self.column.addWidget(label(_said(cover), wrap=True))
        self.last = DayField(translate("Last day"), today)
        self.last.show_day(cover.ends_on)
        self.add_field(translate("Last day"), self.last)
        self.by_name = {"ends_on": self.last}
        self.end = button(translate("End it now"))
        self.end.clicked.connect(lambda: self.guarded(self._end))
        self.add_way(self.end)

    def attempt(self) -> None:
        """Save the last day."""
        self._covers.change_end(self._id, self.last.day())
        self.changed.emit()
        self.accept()

    def _end(self) -> None:
        self._covers.end(self._id)
        self.changed.emit()
        self.accept()


def _heading(cover: CoverView | DelegateView) -> str:
    if isinstance(cover, CoverView):
        return translate("Change the cover")
    return translate("Change the delegate's time")


def _said(cover: CoverView | DelegateView) -> str:
    day = words.day(cover.starts_on)
    if isinstance(cover, CoverView):
        return translate(
            "{deputy} covers {setting} from {day}.",
            deputy=cover.deputy,
            setting=cover.setting,
            day=day,
        )
    return translate(
        "{deputy} reviews and decides for {lead} from {day}.",
        deputy=cover.deputy,
        lead=cover.lead,
        day=day,
    )
