"""Start a visit: which setting, which form, why, when and with whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLineEdit, QWidget

from forms.catalogue.catalogue import FormSummary
from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.services.views.planning import PlannedView
from visitapp.services.views.settings import PortfolioRow
from visitapp.services.views.visits import VisitSummary
from visitapp.services.visits.visits import Visits
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices
from visitapp.ui.widgets.pick_list import PickList
from visitapp.ui.widgets.text import button, label
from visitapp.ui.words import joined, purpose_visit, purposes, service_type, visit_status

MOST_PLANNED = 4


class StartVisitDialog(Dialog):
    """`started` carries the new VisitSummary, `reopened` the id of a visit that is there already.
    The setting's kind of service decides the forms; `next_plan` gives the planned visit that would
    be made there now, whose purpose and form are offered first."""

    started = Signal(object)
    reopened = Signal(str)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        visits: Visits,
        settings: Sequence[PortfolioRow],
        forms: Sequence[FormSummary],
        chosen: str,
        today: date,
        next_plan: Callable[[str], PlannedView | None],
    ) -> None:
        super().__init__(parent, translate("Start a visit"), translate("Start the visit"))
        self._visits, self._next_plan = visits, next_plan
        self._settings = {row.setting_id: row for row in settings}
        self._forms = list({form.id: form for form in forms if form.kind == "visit"}.values())
        names = {key: row.name for key, row in self._settings.items()}
        waiting = (key for key, row in self._settings.items() if row.last_visit != today)
        self.setting = choices(translate("Setting"), names, chosen or next(waiting, ""))
        self.setting.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        typed = QLineEdit()
        typed.setAccessibleName(translate("Setting"))
        self.setting.setLineEdit(typed)
        self.form = choices(translate("Form"), {})
        self.purpose = choices(translate("Purpose"), purposes(), "annual")
        self.contract = choices(translate("Contract"), {})
        self._no_contract = label(
            translate(
                "This laptop has no contract with this provider, so the visit does not rate one."
            ),
            size="small",
            tone="amber",
            wrap=True,
        )
        self.day = DayField(translate("Day of the visit"), today)
        self.day.show_day(today)
        self.announced = QCheckBox(translate("Announced to the provider"))
        self.announced.setAccessibleName(self.announced.text())
        self.announced.setChecked(True)
        self.blind = QCheckBox(translate("Hide the outcome until all is answered"))
        self.blind.setAccessibleName(self.blind.text())
        self.joined = QLineEdit()
        self.joined.setPlaceholderText(
            translate("Such as Health Protection; leave empty if you are alone")
        )
        self.joined.setToolTip(
            translate("To ask colleagues to record answers with you, use Edit visit details.")
        )
        self._no_form = label(size="small", tone="amber", wrap=True)
        self.same_day = QFrame()
        self._same_day_text = label(size="small", tone="amber", wrap=True)
        self._same_day_open = button(translate("Open that visit"), kind="chip")
        self._same_day_open.clicked.connect(self._open_same_day)
        self._same_day_id = ""
        self.plan = label(size="small", tone="muted", wrap=True)
        self.asked = PickList(translate("Actions that it asks about"))
        self._lay_out()
        self.setting.currentIndexChanged.connect(self._offer_forms)
        self.setting.currentIndexChanged.connect(self._show_same_day)
        self.day.edited.connect(self._show_same_day)
        self.form.currentIndexChanged.connect(self._form_chosen)
        self._offer_forms()
        self._show_same_day()
        (self.form if chosen else self.setting).setFocus()

    def _lay_out(self) -> None:
        self.add_field(translate("Setting"), self.setting)
        self.add_field(translate("Form"), self.form)
        self.column.addWidget(self._no_form)
        self.add_field(translate("Purpose"), self.purpose)
        self._contract_caption = self.add_field(translate("Contract"), self.contract)
        self.column.addWidget(self._no_contract)
        self._asked_caption = self.add_field(
            translate("Actions that it asks about, Space ticks"), self.asked
        )
        self.add_field(translate("Day of the visit"), self.day)
        row = QHBoxLayout(self.same_day)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._same_day_text, 1)
        row.addWidget(self._same_day_open)
        self.column.addWidget(self.same_day)
        self.column.addWidget(self.announced)
        self.column.addWidget(self.blind)
        self.add_field(translate("Also present"), self.joined)
        self.column.addWidget(self.plan)

    def attempt(self) -> None:
        """Start the visit."""
        setting = self.setting.currentData()
        if self.setting.currentText() != self.setting.itemText(self.setting.currentIndex()):
            raise Refused(
                Code.NOT_FOUND,
                message("“{name}” is not in your portfolio.", name=self.setting.currentText()),
                message("Pick a setting from the list."),
            )
        visit: VisitSummary = self._visits.start(
            setting,
            self.form.currentData(),
            self.purpose.currentData(),
            visited_on=self.day.day(),
            announced=self.announced.isChecked(),
            joined_by=self.joined.text().strip(),
            blind=self.blind.isChecked(),
            contract=self.contract.currentData(),
            about=self.asked.ticked() if self.asked.count() else None,
        )
        self.started.emit(visit)
        self.accept()

    def _rank(
        self, form: FormSummary, last: str, plan: PlannedView | None
    ) -> tuple[bool, bool, bool, bool, str]:
        """The planned form first, then forms for the planned purpose; of those the one of the
        setting's last visit, then the whole-service forms, then audits."""
        planned = plan is not None and form.id == plan.form_id
        fits = plan is None or plan.purpose in self._visits.purposes(form.id)
        return not planned, not fits, form.id != last, not form.id.endswith("-quality"), form.title

    def _offer_forms(self) -> None:
        row = self._settings.get(self.setting.currentData())
        kind = row.service_type if row else ""
        fitting = [form for form in self._forms if not form.applies_to or kind in form.applies_to]
        plan = self._next_plan(row.setting_id) if row else None
        earlier = self._visits.list(setting_id=row.setting_id) if row else []
        last = earlier[0].form_id if earlier else ""
        self.form.blockSignals(True)
        self.form.clear()
        for form in sorted(fitting, key=lambda form: self._rank(form, last, plan)):
            title = translate("{title}, version {v}", title=form.title, v=form.version)
            self.form.addItem(title, form.id)
        self.form.blockSignals(False)
        self._form_chosen()
        if plan is not None and (place := self.purpose.findData(plan.purpose)) >= 0:
            self.purpose.setCurrentIndex(place)
        self._no_form.setText(
            translate(
                "There is no form for this kind of service ({kind}) yet. Ask your team lead for "
                "one.",
                kind=service_type(kind).lower(),
            )
        )
        self._no_form.setVisible(not fitting)
        self.primary.setEnabled(bool(fitting) and row is not None)

    def _form_chosen(self) -> None:
        """Offer the purposes that the form may have, keeping the chosen one where it can stay."""
        form, chosen = self.form.currentData(), self.purpose.currentData()
        allowed = self._visits.purposes(form) if form else ()
        titles = purposes()
        self.purpose.clear()
        for purpose in allowed:
            self.purpose.addItem(titles[purpose], purpose)
        self.purpose.setCurrentIndex(max(0, self.purpose.findData(chosen)))
        self._offer_contracts()
        self._offer_actions()
        self._show_plan()

    def _offer_contracts(self) -> None:
        """Ask which contract is rated, where the form rates one; the setting's own stands first."""
        form, setting = self.form.currentData(), self.setting.currentData()
        rates = bool(form and setting) and self._visits.rates_contract(form)
        there = self._visits.contracts(setting, form) if rates else []
        self.contract.clear()
        for one in there:
            self.contract.addItem(joined(one.number, one.title), one.id)
        for part in (self.contract, self._contract_caption):
            part.setVisible(bool(there))
        self._no_contract.setVisible(rates and not there)

    def _offer_actions(self) -> None:
        """Ask which actions it looks at, where the form is built for the setting; all at first."""
        form, setting = self.form.currentData(), self.setting.currentData()
        actions = self._visits.askable_actions(setting, form) if form and setting else {}
        self.asked.show_items(actions.items(), actions)
        for part in (self.asked, self._asked_caption):
            part.setVisible(bool(actions))

    def _show_same_day(self) -> None:
        """Warn of a visit there on this day, or of another officer's that is open; a second one can
        be meant."""
        try:
            day = self.day.day()
        except Refused:
            day = None
        setting = self.setting.currentData()
        there = self._visits.list(setting_id=setting) if setting and day else []
        same = next((visit for visit in there if visit.visited_on == day), None)
        other = self._visits.of_another(setting) if setting else None
        found = other or same
        self._same_day_id = found.id if found else ""
        self.same_day.setVisible(found is not None)
        self._same_day_text.setText(other.text if other else "")
        if same is not None and other is None:
            status = visit_status(same.status).lower()
            self._same_day_text.setText(
                translate(
                    "There is already a visit here on this day: {visit}, {status}.",
                    visit=purpose_visit(same.purpose),
                    status=status,
                )
            )

    def _open_same_day(self) -> None:
        self.reopened.emit(self._same_day_id)
        self.reject()

    def _show_plan(self) -> None:
        """Say what was not checked last time: it is this visit's plan."""
        form, setting = self.form.currentData(), self.setting.currentData()
        left = self._visits.plan(setting, form) if form and setting else []
        lines = [
            translate("Not checked last time ({n}), and marked on this visit:", n=len(left)),
            *left[:MOST_PLANNED],
        ]
        if len(left) > MOST_PLANNED:
            lines.append(translate("and {n} more", n=len(left) - MOST_PLANNED))
        self.plan.setText("\n".join(lines))
        self.plan.setVisible(bool(left))
