"""Add a contract, or edit its terms."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.rules.choices import ServiceType
from visitapp.rules.market_choices import Funding, Route
from visitapp.services.services import Services
from visitapp.ui.dialogs.records.dialog import Part, RecordDialog
from visitapp.ui.dialogs.records.lines import (
    choice_line,
    day_line,
    needed_choice,
    number_line,
    picks_line,
    text_line,
    tick_line,
)
from visitapp.vocabulary import choice_words


class EditContractDialog(RecordDialog):
    """Every term of a contract but those that are decided by a step. `kept` carries the
    ContractView."""

    def __init__(
        self, parent: QWidget | None, services: Services, contract_id: str = "", provider: str = ""
    ) -> None:
        contracts = services.contracts

        def save(given: dict[str, Any]) -> Any:
            if contract_id:
                return contracts.edit(contract_id, **given)
            number, provider_id = given.pop("number"), given.pop("provider_id")
            return contracts.add(number, provider_id, **given)

        values: dict[str, Any] | None = None
        if contract_id:
            row = contracts.view(contract_id).row
            values = {**contracts.terms(contract_id), "provider_id": row.provider_id}
        heading = translate("Edit the contract") if contract_id else translate("Add a contract")
        primary = translate("Save") if contract_id else translate("Add the contract")
        super().__init__(
            *(parent, (heading, primary), _parts(services), save, values),
            width=720,
        )
        if contract_id:
            self.watch(lambda: contracts.terms(contract_id))
        elif provider:
            self.lines["provider_id"].show(provider)


def _parts(services: Services) -> list[Part]:
    today = services.desk.today()
    providers = {one.id: one.name for one in services.providers.list()}
    officers = {one.id: one.title for one in services.leavers.receivers()}
    life = [
        text_line("number", translate("Number")),
        text_line("title", translate("Title")),
        needed_choice("provider_id", translate("Provider"), providers),
        choice_line("officer_id", translate("Officer"), officers, translate("Nobody yet")),
        day_line("starts_on", translate("Starts"), today),
        day_line("ends_on", translate("Ends, as first agreed"), today),
        text_line(
            "extension_months", translate("Extensions in months"), translate("Such as 12+12")
        ),
        number_line("decide_months", translate("Months before the end to decide")),
        number_line("notice_months", translate("Notice in months")),
        number_line("review_months", translate("Months between reviews")),
    ]
    bought = [
        picks_line("service_types", translate("Services"), choice_words(ServiceType)),
        choice_line("route", translate("Route"), choice_words(Route), translate("Not recorded")),
        text_line("lot", translate("Lot")),
        text_line("tier", translate("Tier")),
        text_line("zone", translate("Zone")),
        tick_line("key_supplier", translate("Key supplier")),
        tick_line("hard_to_replace", translate("Hard to replace")),
        tick_line("deed", translate("Made as a deed")),
    ]
    money = [
        number_line("yearly_cost", translate("Annual cost in pounds")),
        choice_line(
            "funding", translate("Funding"), choice_words(Funding), translate("Not recorded")
        ),
        text_line("lead_commissioner", translate("Lead commissioner")),
        number_line("our_share", translate("Our share in per cent")),
        number_line("public_liability", translate("Public liability in pounds")),
        number_line("employers_liability", translate("Employers' liability in pounds")),
        number_line("professional_indemnity", translate("Professional indemnity in pounds")),
    ]
    return [
        Part("", life),
        Part(translate("What is bought"), bought),
        Part(translate("Money and insurance"), money),
    ]
