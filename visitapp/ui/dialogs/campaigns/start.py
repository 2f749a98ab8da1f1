"""Start a campaign: its theme, its days and its settings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from visitapp.errors import Code, Refused
from visitapp.language import message, plural, translate
from visitapp.records import Rag
from visitapp.services.campaigns.campaigns import Campaigns
from visitapp.services.campaigns.views import CampaignSetting
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.pick_list import PickList
from visitapp.ui.widgets.text import button, label, named

_USUAL = timedelta(weeks=8)


class StartCampaignDialog(Dialog):
    """`started` carries the CampaignStart. What is ticked stays ticked when the filters change."""

    started = Signal(object)
    keeps_typed = True

    def __init__(self, parent: QWidget | None, campaigns: Campaigns, today: date) -> None:
        super().__init__(
            parent, translate("Start a campaign"), translate("Start the campaign"), width=640
        )
        self._campaigns = campaigns
        self._offered: Sequence[CampaignSetting] = []
        self._ticked: set[str] = set()
        self.title = QLineEdit()
        self.title.setPlaceholderText(translate("Such as: medicines over the winter"))
        self.form = choices(translate("Form"), campaigns.forms())
        self.first, self.last = (
            DayField(translate("First day"), today, ahead=True),
            DayField(translate("Last day"), today, ahead=True),
        )
        self.first.show_day(today)
        self.last.show_day(today + _USUAL)
        self.kind = choices(translate("Service type"), {})
        self.officer = choices(translate("Officer"), {})
        self.risky = QCheckBox(translate("Only at high risk"))
        self.risky.setAccessibleName(self.risky.text())
        self.settings = PickList(translate("Settings"))
        self.all = button(translate("Tick all shown"), kind="chip")
        self.none = button(translate("Untick all shown"), kind="chip")
        self._count = label(size="small", tone="muted", wrap=True)
        self._lay_out()
        self._connect()
        self._form_chosen()

    def _lay_out(self) -> None:
        self.add_field(translate("Title"), self.title)
        self.add_field(translate("Form"), self.form)
        self.add_field(translate("First day"), self.first)
        self.add_field(translate("Last day"), self.last)
        filters = Flow()
        for part in (self.kind, self.officer, self.risky):
            filters.add(part)
        self.column.addWidget(label(translate("Show settings of"), size="small"))
        self.column.addWidget(filters)
        self.add_field(
            translate("Settings, the riskiest first (press Space to tick)"), self.settings
        )
        ways = Flow()
        ways.add(self.all)
        ways.add(self.none)
        self.column.addWidget(ways)
        self.column.addWidget(self._count)
        about = translate(
            "A visit is planned at each of them, in the name of whoever holds the setting, spread "
            "over the working days: the riskiest first."
        )
        self.column.addWidget(label(about, size="small", tone="muted", wrap=True))

    def _connect(self) -> None:
        self.form.currentIndexChanged.connect(self._form_chosen)
        for box in (self.kind, self.officer):
            box.currentIndexChanged.connect(self._show_settings)
        self.risky.toggled.connect(self._show_settings)
        self.settings.picked.connect(self._picked)
        self.all.clicked.connect(lambda: self._tick(on=True))
        self.none.clicked.connect(lambda: self._tick(on=False))

    def attempt(self) -> None:
        """Start it and plan its visits."""
        if not self._ticked:
            self.settings.setFocus()
            raise Refused(Code.BAD_VALUE, message("Tick the settings to visit."))
        chosen = [one.id for one in self._offered if one.id in self._ticked]
        days = (self.first.day(), self.last.day())
        form = self.form.currentData()
        self.started.emit(self._campaigns.start(self.title.text(), form, chosen, *days))
        self.accept()

    def _form_chosen(self) -> None:
        form = self.form.currentData()
        self._offered = self._campaigns.settings(form) if form else []
        self._ticked &= {one.id for one in self._offered}
        kinds = {one.service_type: words.service_type(one.service_type) for one in self._offered}
        officers = {one.officer_id: one.officer for one in self._offered if one.officer}
        for box, every, known in (
            (self.kind, translate("Every service type"), kinds),
            (self.officer, translate("Every officer"), officers),
        ):
            chosen = box.currentData()
            box.blockSignals(True)
            box.clear()
            box.addItem(every, "")
            for key, text in sorted(known.items(), key=lambda pair: pair[1]):
                box.addItem(text, key)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.blockSignals(False)
        self._show_settings()

    def _visible(self) -> list[CampaignSetting]:
        kind, officer = self.kind.currentData(), self.officer.currentData()
        return [
            one
            for one in self._offered
            if kind in ("", one.service_type)
            and officer in ("", one.officer_id)
            and (not self.risky.isChecked() or one.risk == Rag.RED)
        ]

    def _show_settings(self) -> None:
        shown = [(one.id, _line(one)) for one in self._visible()]
        self.settings.show_items(shown, self._ticked)
        named(self.settings, translate("Settings, {n} shown", n=len(shown)))
        self._say()

    def _picked(self) -> None:
        self._ticked -= {one.id for one in self._visible()}
        self._ticked |= set(self.settings.ticked())
        self._say()

    def _tick(self, *, on: bool) -> None:
        shown = {one.id for one in self._visible()}
        self._ticked = self._ticked | shown if on else self._ticked - shown
        self._show_settings()

    def _say(self) -> None:
        self._count.setText(
            plural(
                "{n} setting ticked of {all} that the form is for",
                "{n} settings ticked of {all} that the form is for",
                len(self._ticked),
                all=len(self._offered),
            )
        )


def _line(one: CampaignSetting) -> str:
    risk = words.at_risk(one.risk) if one.risk not in ("", "unrated") else ""
    return words.joined(one.name, words.service_type(one.service_type), one.officer, risk)
