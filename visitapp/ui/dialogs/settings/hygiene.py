"""Confirm which food hygiene rating is of a setting's kitchen, or that none is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from visitapp.language import translate
from visitapp.services.settings.settings import Settings
from visitapp.services.views.settings import HygieneCandidate, PortfolioRow
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.card import ScrollColumn
from visitapp.ui.widgets.text import label

MOST_HEIGHT = 360
ROW_HEIGHT = 52


class HygieneDialog(Dialog):
    """`kept` carries the candidate that was confirmed, or None for none of them."""

    kept = Signal(object)

    def __init__(self, parent: QWidget | None, settings: Settings, row: PortfolioRow) -> None:
        heading = translate("Confirm food hygiene rating")
        super().__init__(parent, heading, translate("Confirm"), width=600)
        self._settings, self._row = settings, row
        self._candidates = settings.hygiene_candidates(row.setting_id)
        self.column.addWidget(label(row.name, strong=True, wrap=True))
        teaching = translate(
            "The food hygiene file does not say which home a kitchen belongs to. Choose a rating "
            "only if you are sure, because risk models use it."
        )
        if not self._candidates:
            teaching = translate(
                "No rating matches by postcode or name. Import your area's food hygiene file "
                "under Add setting, then try again."
            )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.choices = QButtonGroup(self)
        self._list = ScrollColumn(
            translate("Possible ratings for this setting"), margins=(0, 0, 12, 0)
        )
        self._list.column.setSpacing(8)
        for place, one in enumerate(self._candidates):
            self._offer(place, one)
        self.none = self._choice(len(self._candidates), translate("None of these"))
        self._list.column.addWidget(self.none)
        self._list.column.addStretch(1)
        self._list.setMinimumHeight(min(ROW_HEIGHT * (len(self._candidates) + 1), MOST_HEIGHT))
        self.column.addWidget(self._list)
        self._list.setVisible(bool(self._candidates))
        self.primary.setEnabled(self.choices.checkedButton() is not None)
        self.choices.idToggled.connect(lambda _id, _on: self.primary.setEnabled(True))

    def attempt(self) -> None:
        """Keep the choice."""
        place = self.choices.checkedId()
        chosen = self._candidates[place] if place < len(self._candidates) else None
        fhrs_id = chosen.fhrs_id if chosen else None
        self.kept.emit(self._settings.confirm_hygiene(self._row.setting_id, fhrs_id))
        self.accept()

    def _offer(self, place: int, one: HygieneCandidate) -> None:
        fits = words.joined(
            translate("same postcode") if one.same_postcode else "",
            translate("same name") if one.same_name else "",
            translate("confirmed") if one.confirmed else "",
        )
        rated = translate("rated {day}", day=words.day(one.rated_on)) if one.rated_on else ""
        title = translate("{name}: {rating}", name=one.name, rating=one.rating)
        about = words.joined(one.business_type, one.postcode, one.local_authority, rated, fits)
        choice = self._choice(place, title)
        choice.setAccessibleDescription(about)
        choice.setChecked(one.confirmed)
        line = label(about, size="small", tone="muted", wrap=True)
        line.setContentsMargins(26, 0, 0, 0)
        block = QVBoxLayout()
        block.setSpacing(1)
        block.addWidget(choice)
        block.addWidget(line)
        self._list.column.addLayout(block)

    def _choice(self, place: int, text: str) -> QRadioButton:
        choice = QRadioButton(text)
        choice.setAccessibleName(text)
        self.choices.addButton(choice, place)
        return choice
