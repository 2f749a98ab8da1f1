"""Which questions of the visit are shown: all, the unanswered, or what was left last time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from forms.model import Area
from visitapp.language import translate
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.widgets.text import button


class Narrowing(QObject):
    """Two switches for the head of the page, at most one of them on; `changed` tells a press."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.unanswered = self._switch(translate("Unanswered only"))
        self.left = self._switch(translate("Not checked last time"))
        self.switches = (self.left, self.unanswered)
        self.offered = list(self.switches)
        self._tight = False
        self.commands = {"unanswered": self.unanswered.click, "left": self.left.click}

    def _switch(self, text: str) -> QPushButton:
        made = button(text)
        made.setCheckable(True)
        made.clicked.connect(lambda on: self._press(made, on=on))
        return made

    def _press(self, pressed: QPushButton, *, on: bool) -> None:
        for switch in self.switches:
            switch.setChecked(on and switch is pressed)
        self._show()
        self.changed.emit()

    def set_tight(self, *, tight: bool) -> None:
        """Show only the switch that is on: the menu of the page offers `offered`."""
        self._tight = tight
        self._show()

    def _show(self) -> None:
        for switch in self.switches:
            wanted = switch in self.offered and (switch.isChecked() or not self._tight)
            switch.setVisible(wanted)

    def begin(self, sheet: VisitState) -> None:
        """Another visit: show all of it, with the switch for what was left if anything was."""
        self.unanswered.setChecked(False)
        self.left.setChecked(False)
        self.show_sheet(sheet)

    def end(self) -> None:
        """Show every question again, without telling."""
        self.unanswered.setChecked(False)
        self.left.setChecked(False)
        self._show()

    def show_sheet(self, sheet: VisitState) -> None:
        """Count what was left last time."""
        left = sheet.left_last_time()
        text = translate("Not checked last time ({n})", n=len(left))
        self.left.setText(text)
        self.left.setAccessibleName(text)
        has_left = bool(left) and not sheet.frozen
        self.offered = [one for one in self.switches if one is self.unanswered or has_left]
        self._show()

    def kept(self, sheet: VisitState, area: Area) -> set[str] | None:
        """The questions of an area to show, those unanswered now; None for all of them."""
        if self.left.isChecked():
            return set(sheet.left_last_time(area))
        if self.unanswered.isChecked():
            return {q.id for q in sheet.questions(area) if not sheet.answered(q)}
        return None

    def nothing(self) -> str:
        """What an area says that has nothing to show."""
        if self.left.isChecked():
            return translate("Everything in this area was checked last time.")
        return translate("Everything in this area is answered.")

    def wants(self, sheet: VisitState, area: Area) -> bool:
        """Is there anything to show of an area?"""
        kept = self.kept(sheet, area)
        return kept is None or bool(kept)
