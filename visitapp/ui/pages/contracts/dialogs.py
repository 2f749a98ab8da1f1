"""The dialogs of the page of contracts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.services.documents.views import DocumentOwner
from visitapp.services.services import Services
from visitapp.services.views.places import ContractSettingView
from visitapp.ui.dialogs.contracts.contract import ContractDialog
from visitapp.ui.dialogs.contracts.decide import ContractStepDialog, LevelDialog
from visitapp.ui.dialogs.contracts.edit import EditContractDialog
from visitapp.ui.dialogs.contracts.place import AddPlaceDialog, EditPlaceDialog, EndPlaceDialog
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.records.dialog import Kept, RecordDialog
from visitapp.ui.pages.documents.card import DocumentsCard
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.look import Look

Undo = Callable[[Kept], object]


class ContractDialogs(PageDialogs):
    """Shows a contract and changes it. `document_requested` carries the id of a document to show,
    `document_wanted` the DocumentOwner of a new one."""

    document_requested = Signal(str)
    document_wanted = Signal(object)

    def __init__(self, window: QWidget, services: Services, look: Look) -> None:
        super().__init__(window, services)
        self._look = look

    def show(self, contract_id: str) -> None:
        """Show a contract with its settings."""
        contracts, id_ = self._services.contracts, contract_id
        contract = contracts.view(id_)
        dialog = ContractDialog(
            self._window,
            contract,
            self._look,
            self._services.desk.today(),
            may_change=contracts.may_change(),
        )
        dialog.setting_requested.connect(lambda one: self.went.emit(Route("setting", one)))
        dialog.provider_requested.connect(lambda one: self.went.emit(Route("provider", one)))
        dialog.terms_requested.connect(lambda: self._edit(dialog, id_))
        dialog.level_requested.connect(lambda: self._set_level(dialog, id_))
        dialog.step_requested.connect(lambda after: self._decide(dialog, id_, after))
        dialog.place_requested.connect(lambda: self._add_place(dialog, id_))
        dialog.place_changed.connect(lambda place: self._edit_place(dialog, place))
        dialog.place_ended.connect(lambda place: self._end_place(dialog, place))
        self._add_documents(dialog)
        dialog.open()

    def _add_documents(self, over: ContractDialog) -> None:
        documents = self._services.documents
        owner = DocumentOwner("contract", over.contract_id)
        card = DocumentsCard()
        card.show_documents(owner, documents.of(owner), may_add=documents.may_add())
        for asked, passed_on in (
            (card.document_requested, self.document_requested),
            (card.addition_requested, self.document_wanted),
        ):
            asked.connect(over.accept)
            asked.connect(passed_on)
        over.column.addSpacing(8)
        over.column.addWidget(card)

    def add(self, provider_id: str = "") -> None:
        """Add a contract, with a provider where one is given; then show it."""
        dialog = EditContractDialog(self._window, self._services, provider=provider_id)
        dialog.kept.connect(self._added)
        dialog.open()

    def _added(self, kept: Kept) -> None:
        row = kept.saved.row

        def undo() -> None:
            self._services.contracts.take_back(row.id)
            self._saved(translate("Contract {number} has been removed.", number=row.number))

        self.said.emit(translate("Contract {number} is added.", number=row.number), undo)
        self.changed.emit()

    def _edit(self, over: ContractDialog, contract_id: str) -> None:
        def undo(kept: Kept) -> None:
            self._services.contracts.edit(contract_id, **kept.before)

        self._open(EditContractDialog(over, self._services, contract_id), over, undo)

    def _set_level(self, over: ContractDialog, contract_id: str) -> None:
        contract = self._services.contracts.view(contract_id)
        was = contract.level

        def undo(kept: Kept) -> None:
            level = was.level if was.overridden else None
            self._services.contracts.set_level(contract_id, level, was.reason, was.review_on)

        self._open(LevelDialog(over, self._services, contract), over, undo)

    def _decide(self, over: ContractDialog, contract_id: str, after: str) -> None:
        contract = self._services.contracts.view(contract_id)
        self._open(ContractStepDialog(over, self._services, contract, after), over)

    def _add_place(self, over: ContractDialog, contract_id: str) -> None:
        def undo(kept: Kept) -> None:
            self._services.contract_places.remove(kept.saved.id)

        self._open(AddPlaceDialog(over, self._services, contract_id), over, undo)

    def _edit_place(self, over: ContractDialog, place: ContractSettingView) -> None:
        def undo(kept: Kept) -> None:
            self._services.contract_places.edit(place.id, **kept.before)

        self._open(EditPlaceDialog(over, self._services, place), over, undo)

    def _end_place(self, over: ContractDialog, place: ContractSettingView) -> None:
        def undo(kept: Kept) -> None:
            places = self._services.contract_places
            if kept.saved.ended:
                places.add(place.contract_id, place.setting_id, place.starts_on)
            places.edit(place.id, ends_on=place.ends_on)

        self._open(EndPlaceDialog(over, self._services, place), over, undo)

    def _open(self, dialog: RecordDialog, over: ContractDialog, undo: Undo | None = None) -> None:
        dialog.kept.connect(lambda kept: self._kept(over, kept, undo))
        dialog.open()

    def _kept(self, over: ContractDialog, kept: Kept, undo: Undo | None) -> None:
        """Show the contract as it is now, with a way back where there is one."""
        self._show_again(over)
        over.messages.show_text(translate("Saved."))
        if undo is None:
            over.focus_first()
        else:
            over.messages.offer({translate("Undo"): lambda: self._undo(over, kept, undo)})

    def _undo(self, over: ContractDialog, kept: Kept, undo: Undo) -> None:
        over.guarded(lambda: undo(kept))
        if not over.messages.text():
            self._show_again(over)
            over.messages.show_text(translate("Change undone."))
            over.focus_first()

    def _show_again(self, over: ContractDialog) -> None:
        self.changed.emit()
        over.show_contract(self._services.contracts.view(over.contract_id))
        self._add_documents(over)
