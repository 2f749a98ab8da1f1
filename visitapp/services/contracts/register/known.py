"""The market as this device knows it, as far as a register refers to it: a few queries for all."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import Message, message
from visitapp.records import Contract, ContractSetting, Provider, Setting, User
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.text import folded


class Known:
    """Contracts, providers, settings and officers by their names."""

    def __init__(self, session: Session) -> None:
        self.contracts = session.scalars(
            select(Contract).where(Contract.deleted.is_(False)).order_by(Contract.number)
        ).all()
        self.links = {link.id: link for link in session.scalars(select(ContractSetting))}
        """The settings under contracts, those of the past and removed ones among them."""
        self.under: dict[str, list[str]] = defaultdict(list)
        """The ids of the settings under each contract now or from a later day on, by its id."""
        for link in self.links.values():
            if not link.ended and not link.deleted:
                self.under[link.contract_id].append(link.setting_id)
        self.provider_names: dict[str, str] = {}
        self.setting_names: dict[str, str] = {}
        self.officer_names: dict[str, str] = {}
        self._numbered: dict[str, list[Contract]] = defaultdict(list)
        self._providers: dict[str, list[str]] = defaultdict(list)
        self._settings: dict[str, list[str]] = defaultdict(list)
        self._officers: dict[str, list[str]] = defaultdict(list)
        self._titled: dict[str, list[str]] = defaultdict(list)
        for contract in self.contracts:
            self._numbered[folded(contract.number)].append(contract)
        self._read(session)

    def _read(self, session: Session) -> None:
        providers = select(Provider.id, Provider.name).where(Provider.deleted.is_(False))
        for id_, name in session.execute(providers):
            self.provider_names[id_] = name
            self._providers[_word(name)].append(id_)
        settings = select(Setting.id, Setting.name, Setting.location_id).where(
            Setting.deleted.is_(False), Setting.status != SettingStatus.MERGED.value
        )
        for id_, name, location_id in session.execute(settings):
            self.setting_names[id_] = name
            for word in {_word(id_), _word(name), _word(location_id)} - {""}:
                self._settings[word].append(id_)
        users = select(User.id, User.name, User.title, User.active).where(User.deleted.is_(False))
        for id_, name, title, active in session.execute(users):
            self.officer_names[id_] = name
            if active:
                self._officers[folded(name)].append(id_)
                self._titled[folded(title)].append(id_)

    def contract(self, number: str) -> Contract | None:
        """The contract with this number; None when there is none. Raises Refused BAD_VALUE for a
        number that several have."""
        found = self._numbered.get(folded(number), [])
        if len(found) > 1:
            raise _several(message("Several contracts have the number {number}.", number=number))
        return found[0] if found else None

    def provider(self, name: str, current: str | None) -> str | None:
        """The id of the provider with this name, the `current` one before others; None when there
        is none. Raises Refused BAD_VALUE for a name that several have."""
        found = self._providers.get(_word(name), [])
        if current in found:
            return current
        if len(found) > 1:
            raise _several(message("Several providers have the name {name}.", name=name))
        return found[0] if found else None

    def setting(self, named: str) -> str | None:
        """The id of the setting with this location ID or name; None when there is none. Raises
        Refused BAD_VALUE for a name that several have."""
        found = self._settings.get(_word(named), [])
        if len(found) > 1:
            raise Refused(
                Code.BAD_VALUE,
                message("Several settings have the name {name}.", name=named),
                message("Write the regulator's location ID instead."),
            )
        return found[0] if found else None

    def officer(self, named: str) -> str:
        """The id of who has this sign-in name, or alone has this name. Raises Refused BAD_VALUE."""
        word = folded(named)
        found = self._officers.get(word) or self._titled.get(word) or []
        if len(found) != 1:
            raise Refused(
                Code.BAD_VALUE,
                message("Nobody has the sign-in name “{name}”.", name=named[:60]),
                message("Write the officer's sign-in name, or leave the cell empty."),
            )
        return found[0]


def _word(name: str) -> str:
    return folded(" ".join(name.split()))


def _several(what: Message) -> Refused:
    return Refused(Code.BAD_VALUE, what, message("Correct that here first."))
