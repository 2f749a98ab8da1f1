"""Hand all that a person holds to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.language import plural, translate
from visitapp.services.holders.leavers import Leavers
from visitapp.services.views.holders import Holder, Holdings
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField
from visitapp.ui.dialogs.holders.people import chosen_person, people_box
from visitapp.ui.widgets.text import label

SHOWN = 4
"""How many names of a kind are spelled out."""


class LeaverDialog(Dialog):
    """`handed_over` carries the Holdings that go to the other person."""

    handed_over = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        leavers: Leavers,
        held: Holdings,
        people: Sequence[Holder],
        today: date,
    ) -> None:
        heading = translate("Hand over all that {name} holds", name=held.holder.title)
        super().__init__(parent, heading, translate("Hand all of it over"))
        self._leavers, self._leaver = leavers, held.holder.id
        self._held = label(wrap=True)
        self._show(held)
        self.to = people_box(
            translate("New officer"), [one for one in people if one.id != held.holder.id]
        )
        self.day = DayField(translate("From"), today)
        self.day.show_day(today)
        self.note = QLineEdit()
        self.note.setPlaceholderText(translate("Such as: leaves the council"))
        self.column.addWidget(self._held)
        self.column.addSpacing(6)
        self.add_field(translate("New officer"), self.to)
        self.add_field(translate("From"), self.day)
        self.add_field(translate("Reason"), self.note)
        self.watch(lambda: leavers.holdings(self._leaver))

    def record_changed(self) -> None:
        """What they hold is another now."""
        self._show(self._leavers.holdings(self._leaver))
        super().record_changed()

    def attempt(self) -> None:
        """Hand all of it over."""
        held = self._leavers.hand_over_all(
            self._leaver, chosen_person(self.to), starts_on=self.day.day(), note=self.note.text()
        )
        self.handed_over.emit(held)
        self.accept()

    def _show(self, held: Holdings) -> None:
        lines = list(holdings_lines(held))
        self._held.setText("\n".join(lines) or translate("They hold nothing on this laptop."))
        self.primary.setEnabled(bool(lines))


def holdings_lines(held: Holdings) -> Iterator[str]:
    """What somebody holds, a line for each kind."""
    parts = (
        (plural("{n} setting", "{n} settings", len(held.settings)), _names(held.settings)),
        (
            plural("{n} contract", "{n} contracts", len(held.contracts)),
            [one.number for one in held.contracts],
        ),
        (
            plural("{n} visit in progress", "{n} visits in progress", len(held.drafts)),
            [one.setting for one in held.drafts],
        ),
        (
            plural("{n} planned visit", "{n} planned visits", len(held.planned)),
            [one.setting for one in held.planned],
        ),
        (
            plural("{n} intervention", "{n} interventions", len(held.interventions)),
            [one.setting for one in held.interventions],
        ),
        (
            plural("Cover of {n} setting", "Cover of {n} settings", len(held.covers)),
            [one.setting for one in held.covers],
        ),
        (
            plural("{n} planned hand-over", "{n} planned hand-overs", len(held.coming)),
            [one.what for one in held.coming],
        ),
    )
    for counted, names in parts:
        if names:
            rest = len(names) - SHOWN
            shown = ", ".join(names[:SHOWN])
            more = translate("{names} and {n} more", names=shown, n=rest) if rest > 0 else shown
            yield f"{counted}: {more}"


def _names(settings: Sequence[object]) -> list[str]:
    return [str(getattr(one, "name", "")) for one in settings]
