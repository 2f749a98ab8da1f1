"""Assess a setting's risk: which model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from forms.catalogue.catalogue import FormSummary
from visitapp.language import translate
from visitapp.services.risk.risk import Risk
from visitapp.services.views.settings import PortfolioRow
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import choices
from visitapp.ui.widgets.text import label


class AssessRiskDialog(Dialog):
    """`opened` carries the id of the assessment to go to. Models for the setting's kind of service
    come first."""

    opened = Signal(str)

    def __init__(
        self,
        parent: QWidget | None,
        risk: Risk,
        row: PortfolioRow,
        forms: Sequence[FormSummary],
    ) -> None:
        super().__init__(parent, translate("Assess risk"), translate("Open the assessment"))
        self._risk, self._row = risk, row
        models = {form.id: form for form in forms if form.kind == "risk"}
        ranked = sorted(models.values(), key=lambda form: (not self._fits(form), form.title))
        titles = {
            form.id: translate("{title}, version {v}", title=form.title, v=form.version)
            for form in ranked
        }
        self.column.addWidget(label(row.name, strong=True, wrap=True))
        self.model = choices(translate("Risk model"), titles)
        self.add_field(translate("Risk model"), self.model)
        self._unfit = label(size="small", tone="amber", wrap=True)
        self.column.addWidget(self._unfit)
        self._fitting = {form.id for form in ranked if self._fits(form)}
        teaching = translate(
            "Answers found in the records are filled in, with their source and date. You answer "
            "the rest, and can override an answer with a reason. An open assessment is brought up "
            "to date."
        )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.column.addWidget(label(words.polarity(), tone="muted", wrap=True))
        self.model.currentIndexChanged.connect(self._say_unfit)
        self._say_unfit()
        self.primary.setEnabled(bool(models))
        self.model.setFocus()

    def attempt(self) -> None:
        """Fill the model from the records and open it."""
        found = self._risk.assess(self._row.setting_id, self.model.currentData())
        self.opened.emit(found.id)
        self.accept()

    def _fits(self, form: FormSummary) -> bool:
        return self._row.service_type in form.applies_to

    def _say_unfit(self) -> None:
        kind = words.service_type(self._row.service_type).lower()
        self._unfit.setText(
            translate("This model was not made for this kind of service ({kind}).", kind=kind)
        )
        self._unfit.setVisible(self.model.currentData() not in self._fitting)
