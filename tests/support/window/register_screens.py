"""How the dialogs of the register are opened: contracts, settings, documents and policies."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from forms.format.faults import Fault
from tests.support.desk.colleagues import bring_contracts
from tests.support.window.windows import Desktop
from visitapp.language import translate
from visitapp.rules.policy.read import shipped_text
from visitapp.services.documents.views import DocumentOwner, DocumentView
from visitapp.services.views.contracts import ContractView
from visitapp.services.views.places import ContractSettingView
from visitapp.services.views.settings import PortfolioRow
from visitapp.ui.dialogs.contracts.decide import ContractStepDialog, LevelDialog
from visitapp.ui.dialogs.contracts.place import AddPlaceDialog, EditPlaceDialog, EndPlaceDialog
from visitapp.ui.dialogs.documents.edit import EditDocumentDialog, WithdrawDocumentDialog
from visitapp.ui.dialogs.policies.publish import PolicyFaultsDialog
from visitapp.ui.dialogs.records.dialog import Part, RecordDialog
from visitapp.ui.dialogs.records.lines import text_line
from visitapp.ui.dialogs.settings.close_setting import ReopenSettingDialog
from visitapp.ui.dialogs.settings.facts import FactDialog

if TYPE_CHECKING:
    from tests.support.window.every_screen import Busy, Opener


SENTENCE = "A sentence as long as the ones that the catalogue of messages really has, or longer."

_NUMBERS = count(118)
"""No two contracts of a desk have the same."""


def _contract(desktop: Desktop, busy: Busy) -> ContractView:
    number = f"DPS-{next(_NUMBERS)}"
    (made,) = bring_contracts(desktop.services, busy.setting, number, own=number)
    return desktop.services.contracts.view(made)


def _place(desktop: Desktop, busy: Busy) -> ContractSettingView:
    return _contract(desktop, busy).settings[0]


def _row(desktop: Desktop, busy: Busy) -> PortfolioRow:
    return desktop.services.settings.view(busy.setting).row


def _document(desktop: Desktop, busy: Busy) -> DocumentView:
    owner = DocumentOwner("setting", busy.setting)
    expires = desktop.services.desk.today() + timedelta(days=12)
    return desktop.services.documents.add(
        owner, "registration", title="Certificate", expires_on=expires
    )


REGISTER_OPENERS: dict[str, Opener] = {
    "RecordDialog": lambda desktop, busy: RecordDialog(
        desktop.window,
        (translate("Edit"), translate("Save")),
        [Part(translate("Name"), [text_line("name", translate("Name"))])],
        dict,
    ),
    "ContractDialog": lambda desktop, busy: desktop.window.dialogs.contracts.show(
        _contract(desktop, busy).row.id
    ),
    "EditContractDialog": lambda desktop, busy: desktop.window.dialogs.contracts.add(),
    "ContractStepDialog": lambda desktop, busy: ContractStepDialog(
        desktop.window, desktop.services, _contract(desktop, busy), "extended"
    ),
    "LevelDialog": lambda desktop, busy: LevelDialog(
        desktop.window, desktop.services, _contract(desktop, busy)
    ),
    "AddPlaceDialog": lambda desktop, busy: AddPlaceDialog(
        desktop.window, desktop.services, _contract(desktop, busy).row.id
    ),
    "EditPlaceDialog": lambda desktop, busy: EditPlaceDialog(
        desktop.window, desktop.services, _place(desktop, busy)
    ),
    "EndPlaceDialog": lambda desktop, busy: EndPlaceDialog(
        desktop.window, desktop.services, _place(desktop, busy)
    ),
    "AddDocumentDialog": lambda desktop, busy: desktop.window.dialogs.documents.add(
        DocumentOwner("setting", busy.setting, "Heather Bank")
    ),
    "DocumentDialog": lambda desktop, busy: desktop.window.dialogs.documents.show(
        _document(desktop, busy).id
    ),
    "EditDocumentDialog": lambda desktop, busy: EditDocumentDialog(
        desktop.window, desktop.services, _document(desktop, busy)
    ),
    "WithdrawDocumentDialog": lambda desktop, busy: WithdrawDocumentDialog(
        desktop.window, desktop.services, _document(desktop, busy)
    ),
    "EditProviderDialog": lambda desktop, busy: desktop.window.dialogs.providers.add(),
    "ContactDialog": lambda desktop, busy: desktop.window.dialogs.providers.add_contact("1"),
    "EditSettingDialog": lambda desktop, busy: desktop.window.dialogs.setting_records.edit(
        busy.setting
    ),
    "FactsDialog": lambda desktop, busy: desktop.window.dialogs.setting_records.facts(busy.setting),
    "FactDialog": lambda desktop, busy: FactDialog(desktop.window, desktop.services, busy.setting),
    "CloseSettingDialog": lambda desktop, busy: desktop.window.dialogs.setting_records.step(
        busy.setting, "closed"
    ),
    "MergeSettingDialog": lambda desktop, busy: desktop.window.dialogs.setting_records.step(
        busy.setting, "merged"
    ),
    "ReopenSettingDialog": lambda desktop, busy: ReopenSettingDialog(
        desktop.window, desktop.services, _row(desktop, busy)
    ),
    "LeaveSettingDialog": lambda desktop, busy: desktop.window.dialogs.setting_records.step(
        busy.setting, "closed"
    ),
    "PolicyDialog": lambda desktop, busy: desktop.window.dialogs.policies.show(
        desktop.services.policies.versions()[0]
    ),
    "PolicyFaultsDialog": lambda desktop, busy: PolicyFaultsDialog(
        desktop.window, "ours.yaml", [Fault("ours.yaml", 3, SENTENCE, SENTENCE)]
    ),
    "PublishPolicyDialog": lambda desktop, busy: desktop.window.dialogs.policies.publish(
        shipped_text(), "ours.yaml"
    ),
}
