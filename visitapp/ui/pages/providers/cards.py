"""The cards of a provider: its settings, contracts, contacts, and what is known of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from visitapp.language import translate
from visitapp.rules.market.contract_terms import Phase
from visitapp.rules.market_choices import SettingStatus
from visitapp.services.providers.views import (
    ContactView,
    ProviderContract,
    ProviderSetting,
    ProviderView,
)
from visitapp.ui import words
from visitapp.ui.models.contracts import phase_word
from visitapp.ui.models.providers import kind_word
from visitapp.ui.widgets.card import Card, clear, rule
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word


class ListCard(Card):
    """A card whose lines are made again when the record changes."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(4)
        self.column.addLayout(self.lines)

    def say(self, text: str, *, tone: str = "muted") -> None:
        """Add a line of text."""
        self.lines.addWidget(label(text, size="small", tone=tone, wrap=True))


class SettingsCard(ListCard):
    """`setting_requested` carries the id of a setting."""

    setting_requested = Signal(str)

    def show_settings(self, settings: Sequence[ProviderSetting], nothing: str) -> None:
        """Show settings with their rating, placement position and risk."""
        clear(self.lines)
        for place, one in enumerate(settings):
            if place:
                self.lines.addWidget(rule())
            self._add(one)
        if not settings:
            self.say(nothing)

    def _add(self, one: ProviderSetting) -> None:
        row = QHBoxLayout()
        way = button(one.name, kind="link")
        way.clicked.connect(lambda: self.setting_requested.emit(one.id))
        row.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        row.addWidget(RagChip(one.rag))
        self.lines.addLayout(row)
        closed = one.status != SettingStatus.OPEN
        state = choice_word(SettingStatus, one.status) if closed else one.placements
        risk = translate("risk {risk}", risk=words.risk_word(one.risk_rag)) if one.risk_rag else ""
        self.say(words.joined(words.service_type_short(one.service_type), state, risk))


class ContractsCard(ListCard):
    """`contract_requested` carries the id of a contract; `addition_requested` asks for one."""

    contract_requested = Signal(str)
    addition_requested = Signal()

    def __init__(self) -> None:
        super().__init__(translate("Contracts"))
        self.add = button(translate("Add a contract…"), kind="chip")
        self.add.clicked.connect(self.addition_requested)
        self.column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_contracts(self, contracts: Sequence[ProviderContract], *, may_add: bool) -> None:
        """Show contracts, those that have ended last."""
        clear(self.lines)
        for one in sorted(contracts, key=lambda one: one.phase == Phase.ENDED):
            way = button(translate("Contract {number}", number=one.number), kind="link")
            way.clicked.connect(lambda _on, id_=one.id: self.contract_requested.emit(id_))
            self.lines.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
            self.say(words.joined(one.title, phase_word(one.phase)))
        if not contracts:
            self.say(translate("This laptop has no contracts with this provider."))
        self.add.setVisible(may_add)


class ContactsCard(ListCard):
    """`addition_requested` asks for a new contact; the others carry the ContactView."""

    addition_requested = Signal()
    edit_requested = Signal(object)
    removal_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(translate("Contacts"))
        self.add = button(translate("Add a contact…"), kind="chip")
        self.add.clicked.connect(self.addition_requested)
        self.column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_contacts(self, contacts: Sequence[ContactView], *, may_change: bool) -> None:
        """Show the contacts, by role."""
        clear(self.lines)
        for one in contacts:
            self.lines.addWidget(label(f"{one.role}: {one.name}", wrap=True))
            self.say(words.joined(one.phone, one.email))
            if may_change:
                self._add_ways(one)
        if not contacts:
            self.say(
                translate(
                    "No contacts yet. A role and a name are enough, such as Out of hours "
                    "and On call."
                )
            )
        self.add.setVisible(may_change)

    def _add_ways(self, one: ContactView) -> None:
        ways = Flow()
        for text, name, signal in (
            (translate("Edit"), translate("Edit {name}", name=one.name), self.edit_requested),
            (
                translate("Remove"),
                translate("Remove {name}", name=one.name),
                self.removal_requested,
            ),
        ):
            way = button(text, kind="link", name=name)
            way.clicked.connect(lambda _on, signal=signal: signal.emit(one))
            ways.add(way)
        self.lines.addWidget(ways)


class AboutProviderCard(ListCard):
    """`edit_requested` asks to edit it."""

    edit_requested = Signal()

    def __init__(self) -> None:
        super().__init__(translate("About this provider"))
        self.edit = button(translate("Edit the provider…"), kind="chip")
        self.edit.clicked.connect(self.edit_requested)
        self.column.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignLeft)

    def show_provider(self, view: ProviderView) -> None:
        """Show what is recorded of it."""
        clear(self.lines)
        row = view.row
        unknown = translate("not recorded")
        known = (
            translate("Group: {name}", name=row.group or unknown),
            translate("Kind: {kind}", kind=kind_word(row) if row.kind else unknown),
            translate("Company number: {number}", number=row.company_number or unknown),
            translate("Regulator's number: {number}", number=row.number or unknown),
        )
        for text in known:
            self.lines.addWidget(label(text, wrap=True))
        if row.key_supplier:
            self.say(translate("It is a key supplier."), tone="")
        if row.weak_group:
            self.say(translate("Several settings of its group are Red or Amber."), tone="red")
        self.edit.setVisible(view.may_edit)
