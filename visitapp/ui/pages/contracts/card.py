"""The contracts of one setting, and the facts that hold of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from visitapp.language import translate
from visitapp.rules.market_choices import FactKind
from visitapp.services.views.places import ContractSettingView
from visitapp.services.views.settings import FactView
from visitapp.ui import words
from visitapp.ui.widgets.card import Card, clear
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word

_ORDER: dict[str, int] = {kind.value: place for place, kind in enumerate(FactKind)}


class ContractsCard(Card):
    """`contract_requested` carries the id of a contract; `facts_requested` asks for every fact."""

    of = "contract"
    contract_requested = Signal(str)
    facts_requested = Signal()

    def __init__(self) -> None:
        super().__init__(translate("Contracts and facts"))
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.column.addLayout(self._list)
        self.facts = button(translate("Facts over time…"), kind="chip")
        self.facts.clicked.connect(self.facts_requested)
        self.column.addSpacing(4)
        self.column.addWidget(self.facts, 0, Qt.AlignmentFlag.AlignLeft)

    def show_records(
        self, places: Sequence[ContractSettingView], facts: Sequence[FactView], today: date
    ) -> None:
        """`places`: the setting's under its contracts; `facts`: those that hold."""
        clear(self._list)
        for place in _by_contract(places):
            self._add_contract(place, today)
        if not places:
            self._add_muted(translate("No contract on this laptop covers this setting."))
        for fact in sorted(facts, key=lambda fact: _ORDER.get(fact.kind, len(_ORDER))):
            self._add_fact(fact)
        if not facts:
            self._add_muted(
                translate(
                    "Its manager, owner and beds are not recorded yet. Record them under Facts "
                    "over time, each with its source."
                )
            )

    def _add_contract(self, place: ContractSettingView, today: date) -> None:
        name = translate("Contract {number}", number=place.contract)
        way = button(name, kind="link")
        way.clicked.connect(lambda: self.contract_requested.emit(place.contract_id))
        self._list.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        if days := _days(place, today):
            self._add_muted(days)

    def _add_fact(self, fact: FactView) -> None:
        kind = choice_word(FactKind, fact.kind)
        content = fact.content or translate("none")
        self._list.addWidget(label(f"{kind}: {content}", wrap=True))
        self._add_muted(words.joined(fact.source, words.day(fact.as_of)))

    def _add_muted(self, text: str) -> None:
        self._list.addWidget(label(text, size="small", tone="muted", wrap=True))


def _by_contract(places: Sequence[ContractSettingView]) -> list[ContractSettingView]:
    """One place for each contract, where the setting is under it now; those of the past last."""
    found: dict[str, ContractSettingView] = {}
    for place in sorted(places, key=lambda place: place.ended):
        found.setdefault(place.contract_id, place)
    return list(found.values())


def _days(place: ContractSettingView, today: date) -> str:
    first, last = words.day(place.starts_on), words.day(place.ends_on)
    since = translate("from {day}", day=first) if first else ""
    if place.ends_on == today:
        return words.joined(since, translate("until today"))
    return words.joined(
        translate("no longer under it") if place.ended else "",
        since,
        translate("to {day}", day=last) if last else "",
    )
