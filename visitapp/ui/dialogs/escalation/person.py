"""Somebody to be moved: put on the list, changed, moved."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.language import translate
from visitapp.rules.escalation.states import Funder
from visitapp.services.escalation.people import People
from visitapp.services.escalation.views import PersonView
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices, text_field
from visitapp.ui.widgets.text import label
from visitapp.vocabulary import choice_words


class PersonDialog(Dialog):
    """`kept` carries the PeopleView."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        people: People,
        setting_id: str,
        person: PersonView | None = None,
    ) -> None:
        heading = translate("Change {code}", code=person.person) if person else ""
        super().__init__(
            parent,
            heading or translate("Put somebody on the list"),
            translate("Save") if person else translate("Put on the list"),
        )
        self._people, self._setting, self._person = people, setting_id, person
        teaching = translate("A code stands for the person, such as P31. Never a name.")
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.code = QLineEdit()
        if person is None:
            self.add_field(translate("Person's code"), self.code)
        self.needs = text_field(person.needs if person else "")
        self.critical = text_field(person.critical if person else "")
        self.alternatives = text_field(person.alternatives if person else "")
        self.funder = choices(
            translate("Who pays"), choice_words(Funder), person.funder if person else ""
        )
        self.add_field(translate("Needs"), self.needs)
        self.add_field(translate("Tasks that cannot wait (optional)"), self.critical)
        self.add_field(translate("Who pays"), self.funder)
        self.add_field(translate("Where they could go (optional)"), self.alternatives)
        self.by_name = {"person": self.code, "needs": self.needs, "funder": self.funder}

    def attempt(self) -> None:
        """Keep it."""
        needs, funder = self.needs.toPlainText(), self.funder.currentData()
        critical, other = self.critical.toPlainText(), self.alternatives.toPlainText()
        if self._person is None:
            view = self._people.add(
                *(self._setting, self.code.text(), needs, funder),
                critical=critical,
                alternatives=other,
            )
        else:
            view = self._people.change(
                self._person.id, needs=needs, funder=funder, critical=critical, alternatives=other
            )
        self.kept.emit(view)
        self.accept()


class MovePersonDialog(Dialog):
    """Says that somebody was moved, or is not to be. `kept` carries the PeopleView."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self, parent: QWidget | None, people: People, person: PersonView, today: date
    ) -> None:
        heading = translate("Move {code}", code=person.person)
        super().__init__(parent, heading, translate("Record it"))
        self._people, self._person = people, person
        ways = {"moved": translate("Moved"), "off": translate("Not to be moved")}
        if person.moved_on or person.off_list:
            ways["back"] = translate("To be moved after all")
        self.way = choices(translate("What happened"), ways)
        self.to, self.reason = QLineEdit(), text_field()
        self.day = DayField(translate("Moved on"), today)
        self.day.show_day(today)
        self.add_field(translate("What happened"), self.way)
        self._where = self.add_field(translate("Where to"), self.to)
        self._when = self.add_field(translate("Moved on"), self.day)
        self._why = self.add_field(translate("Reason"), self.reason)
        self.way.currentIndexChanged.connect(self._way_chosen)
        self._way_chosen()
        self.by_name = {"moved_to": self.to, "moved_on": self.day, "off_list": self.reason}

    def _way_chosen(self) -> None:
        way = self.way.currentData()
        moved: list[QWidget] = [self._where, self.to, self._when, self.day]
        for field in moved:
            field.setVisible(way == "moved")
        for text in (self._why, self.reason):
            text.setVisible(way == "off")

    def attempt(self) -> None:
        """Record it."""
        match self.way.currentData():
            case "moved":
                view = self._people.move(self._person.id, self.to.text(), self.day.day())
            case "off":
                view = self._people.take_off(self._person.id, self.reason.toPlainText())
            case _:
                view = self._people.put_back(self._person.id)
        self.kept.emit(view)
        self.accept()
