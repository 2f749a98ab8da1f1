"""Put a setting under a contract, change what is bought of it, or take it off."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.rules.market_choices import VolumeUnit
from visitapp.services.services import Services
from visitapp.services.views.places import ContractSettingView
from visitapp.ui.dialogs.records.dialog import Part, RecordDialog
from visitapp.ui.dialogs.records.lines import (
    Line,
    choice_line,
    day_line,
    needed_choice,
    number_line,
)
from visitapp.vocabulary import choice_words


class AddPlaceDialog(RecordDialog):
    """A setting that comes under a contract. `kept` carries the ContractSettingView."""

    def __init__(self, parent: QWidget | None, services: Services, contract_id: str) -> None:
        def save(given: dict[str, Any]) -> ContractSettingView:
            setting_id, starts_on = given.pop("setting_id"), given.pop("starts_on")
            places = services.contract_places
            return places.add(contract_id, setting_id, starts_on, **given)

        today = services.desk.today()
        settings = {row.setting_id: row.name for row in services.portfolio.rows()}
        lines = [
            needed_choice("setting_id", translate("Setting"), settings),
            day_line("starts_on", translate("First day, if it is known"), today),
            *_bought(services),
        ]
        texts = (translate("Put a setting under the contract"), translate("Add the setting"))
        super().__init__(parent, texts, [Part("", lines)], save)


class EditPlaceDialog(RecordDialog):
    """What is bought of a setting under a contract. `kept` carries the ContractSettingView."""

    def __init__(
        self, parent: QWidget | None, services: Services, place: ContractSettingView
    ) -> None:
        def save(given: dict[str, Any]) -> ContractSettingView:
            return services.contract_places.edit(place.id, **given)

        texts = (translate("Change what is bought"), translate("Save"))
        names = ("ends_on", "volume", "unit", "price_pence")
        values = {name: getattr(place, name) for name in names}
        about = [place.setting]
        super().__init__(parent, texts, [Part("", _bought(services))], save, values, about=about)


class EndPlaceDialog(RecordDialog):
    """The last day of a setting under a contract. `kept` carries the ContractSettingView."""

    def __init__(
        self, parent: QWidget | None, services: Services, place: ContractSettingView
    ) -> None:
        def save(given: dict[str, Any]) -> ContractSettingView:
            return services.contract_places.end(place.id, given["ends_on"])

        today = services.desk.today()
        line = day_line("ends_on", translate("Last day"), today, needed=True)
        texts = (translate("Remove a setting from the contract"), translate("Remove"))
        about = [
            place.setting,
            translate("It stays in the history of both. It can be put under the contract again."),
        ]
        super().__init__(parent, texts, [Part("", [line])], save, about=about)
        self.lines["ends_on"].show(today)


def _bought(services: Services) -> list[Line]:
    units = choice_words(VolumeUnit)
    return [
        day_line("ends_on", translate("Last day, if it is known"), services.desk.today()),
        number_line("volume", translate("Volume")),
        choice_line("unit", translate("Unit of the volume"), units, translate("Not recorded")),
        number_line("price_pence", translate("Price of a unit in pence")),
    ]
