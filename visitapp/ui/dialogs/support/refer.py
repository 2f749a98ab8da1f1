"""Refer a theme to the market support partner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.services.support.support import Support
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices, text_field
from visitapp.ui.widgets.pick_list import PickList


class ReferSupportDialog(Dialog):
    """`referred` carries the SupportViews. Of several settings that share a theme, each that is
    ticked gets its referral."""

    referred = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        support: Support,
        settings: Mapping[str, str],
        themes: Mapping[str, str],
        *,
        theme: str = "",
        chosen: Sequence[str] = (),
    ) -> None:
        """`settings`: their names by id, of which `chosen` are proposed; `themes`: their labels."""
        super().__init__(
            parent, translate("Refer a theme for support"), translate("Refer"), width=560
        )
        self._support = support
        self.several = PickList(translate("Settings"))
        mine = {id_: settings[id_] for id_ in chosen if id_ in settings}
        asks = not mine and len(settings) > 1
        offered = {"": translate("Choose the setting"), **settings} if asks else mine or settings
        self.setting = choices(translate("Setting"), offered)
        self.theme = choices(translate("Theme"), themes, theme)
        self.partner = QLineEdit(support.last_partner())
        self.asked_for = text_field()
        self.day = DayField(translate("Asked on"), support.today())
        self.day.show_day(support.today())
        self._is_several = len(mine) > 1
        if self._is_several:
            self.several.show_items(mine.items(), mine)
            self.add_field(translate("Settings"), self.several)
        else:
            self.add_field(translate("Setting"), self.setting)
        self.setting.setEnabled(self.setting.count() > 1)
        self.add_field(translate("Theme"), self.theme)
        self.add_field(translate("Support partner"), self.partner)
        self.add_field(translate("What is asked for, such as training"), self.asked_for)
        self.add_field(translate("Asked on"), self.day)
        self.by_name = {
            "partner": self.partner,
            "asked_for": self.asked_for,
            "asked_on": self.day,
            "setting_id": self.several if self._is_several else self.setting,
        }
        (self.setting if asks else self.theme).setFocus()

    def attempt(self) -> None:
        """Ask for it."""
        places = self.several.ticked() if self._is_several else [self.setting.currentData()]
        if not any(places):
            what = message("Choose the setting that needs support.")
            raise Refused(Code.BAD_VALUE, what, field="setting_id")
        made = self._support.refer(
            places,
            self.theme.currentData(),
            self.partner.text(),
            self.asked_for.toPlainText(),
            self.day.day(),
        )
        self.referred.emit(made)
        self.accept()
