"""Add a setting that no directory has, or edit one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.language import translate
from visitapp.rules.choices import ServiceType
from visitapp.services.directory.wording import source_word
from visitapp.services.services import Services
from visitapp.services.settings.editing import REGULATORS
from visitapp.ui.dialogs.records.dialog import Part, RecordDialog
from visitapp.ui.dialogs.records.lines import (
    Line,
    choice_line,
    number_line,
    text_line,
    tick_line,
)
from visitapp.ui.widgets.text import label
from visitapp.vocabulary import choice_words


class EditSettingDialog(RecordDialog):
    """`kept` carries the PortfolioRow. A district that no other setting has is warned about."""

    def __init__(self, parent: QWidget | None, services: Services, setting_id: str = "") -> None:
        editing = services.setting_editing

        def save(given: dict[str, Any]) -> Any:
            if setting_id:
                return editing.edit(setting_id, **given)
            name, service_type = given.pop("name"), given.pop("service_type")
            regulator = given.pop("regulator") or ""
            return editing.add(name, service_type or "", regulator=regulator, **given)

        values = editing.fields(setting_id) if setting_id else None
        heading = (
            translate("Edit the setting") if setting_id else translate("Add a setting by hand")
        )
        primary = translate("Save") if setting_id else translate("Add to portfolio")
        parts = _parts(registered=not setting_id)
        super().__init__(parent, (heading, primary), parts, save, values, width=640)
        self._editing_of, self._id = editing, setting_id
        self._warning = label(size="small", tone="amber", wrap=True)
        self._warning.hide()
        district = self.lines["district"]
        cells = district.cell.parentWidget()
        if cells is not None:
            self.column.insertWidget(self.column.indexOf(cells) + 1, self._warning)
        if isinstance(district.widget, QLineEdit):
            district.widget.editingFinished.connect(self._check_district)
        if setting_id:
            self.watch(lambda: editing.fields(setting_id))
        else:
            self.lines["in_county"].show(True)

    def doubt(self, given: Mapping[str, Any]) -> str:
        return "" if self._id else str(self._editing_of.name_warning(given["name"]) or "")

    def _check_district(self) -> None:
        typed = self.lines["district"].read()
        warning = self._editing_of.district_warning(typed, self._id)
        self._warning.setText(str(warning or ""))
        self._warning.setVisible(warning is not None)
        self.lines["district"].widget.setAccessibleDescription(str(warning or ""))


def _parts(*, registered: bool) -> list[Part]:
    what = [
        text_line("name", translate("Name"), wide=True),
        choice_line("service_type", translate("Service"), choice_words(ServiceType)),
        text_line("provider", translate("Provider"), translate("A new name adds a provider")),
        number_line("beds", translate("Beds")),
        text_line("care_group", translate("Care group")),
    ]
    where = [
        text_line("address", translate("Address"), wide=True),
        text_line("postcode", translate("Postcode")),
        text_line("local_authority", translate("Local authority")),
        text_line("district", translate("District")),
        text_line("locality", translate("Locality")),
        tick_line("in_county", translate("In the county")),
        text_line("host_authority", translate("Host authority, if it is out of the county")),
    ]
    parts = [Part("", what), Part(translate("Where it is"), where)]
    return [*parts, Part(translate("Regulator"), _regulator())] if registered else parts


def _regulator() -> list[Line]:
    regulators = {one: source_word(one) for one in REGULATORS}
    return [
        choice_line("regulator", translate("Regulator"), regulators, translate("Not registered")),
        text_line("location_id", translate("Its number for the setting")),
    ]
