"""The market as this device knows it, as far as a register refers to it: a few queries for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import Message, message
from visitapp.records import (
    Contact,
    Contract,
    ContractSetting,
    Cover,
    Provider,
    ProviderGroup,
    Setting,
    User,
    ids,
)
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.text import folded
from visitapp.services.context import Desk
from visitapp.services.contracts.rows import Market, contract_rows
from visitapp.storage.directory import Place


class Known:
    """Contracts, providers, settings and officers by their names. `adds_settings`: the person lets
    unknown settings be added."""

    def __init__(self, session: Session, desk: Desk, *, adds_settings: bool = False) -> None:
        self.adds_settings = adds_settings
        self.user = desk.user(session)
        self.today = desk.today()
        self.rules = desk.policy(session).management
        self.levels: dict[str, str] = {}
        """The management level of each contract, where the register has one (`read_levels`)."""
        self._directory = desk.directory
        self._places: dict[str, Place] = {}
        self._named: dict[str, list[Place]] = defaultdict(list)
        self.place_providers: dict[str, Place] = {}
        """A place of each provider that the directory has and this device not yet."""
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
        self.taken_off = {
            (link.contract_id, link.setting_id): link.ends_on
            for link in sorted(self.links.values(), key=lambda link: link.ends_on or date.max)
            if link.ended
        }
        """The last day of each setting that a person took off a contract, by the ids of both."""
        self.provider_names: dict[str, str] = {}
        self.setting_names: dict[str, str] = {}
        self.officer_names: dict[str, str] = {}
        self.officer_teams: dict[str, str] = {}
        self.officer_roles: dict[str, str] = {}
        self.setting_officers: dict[str, str | None] = {}
        self.covers: dict[tuple[str, str], Cover] = {}
        """The cover of each setting by each deputy that lasts or is to come, the last one."""
        self.districts: dict[str, str] = {}
        """Of each setting."""
        self.groups: dict[str, str] = {}
        """The name of the group of each provider that has one."""
        self.contacts: dict[str, dict[str, Contact]] = defaultdict(dict)
        """The contacts of each provider, by their names."""
        self._numbered: dict[str, list[Contract]] = defaultdict(list)
        self._providers: dict[str, list[str]] = defaultdict(list)
        self._settings: dict[str, list[str]] = defaultdict(list)
        self._officers: dict[str, list[str]] = defaultdict(list)
        self._titled: dict[str, list[str]] = defaultdict(list)
        for contract in self.contracts:
            self._numbered[folded(contract.number)].append(contract)
        self._read(session)

    def _read(self, session: Session) -> None:
        providers = (
            select(Provider.id, Provider.name, ProviderGroup.name)
            .outerjoin(ProviderGroup, ProviderGroup.id == Provider.group_id)
            .where(Provider.deleted.is_(False))
        )
        for id_, name, group in session.execute(providers):
            self.provider_names[id_] = name
            self._providers[_word(name)].append(id_)
            if group:
                self.groups[id_] = group
        for contact in session.scalars(select(Contact).where(Contact.deleted.is_(False))):
            self.contacts[contact.provider_id].setdefault(_word(contact.name), contact)
        settings = select(
            Setting.id, Setting.name, Setting.location_id, Setting.district, Setting.officer_id
        ).where(Setting.deleted.is_(False), Setting.status != SettingStatus.MERGED.value)
        for id_, name, location_id, district, officer_id in session.execute(settings):
            self.learn_setting(id_, name, location_id, district)
            self.setting_officers[id_] = officer_id
        covers = select(Cover).where(
            Cover.deleted.is_(False), Cover.for_lead_id.is_(None), Cover.ends_on >= self.today
        )
        for cover in session.scalars(covers.order_by(Cover.ends_on)):
            self.covers[cover.setting_id, cover.deputy_id] = cover
        users = select(User.id, User.name, User.title, User.active, User.team, User.role).where(
            User.deleted.is_(False)
        )
        for id_, name, title, active, team, role in session.execute(users):
            self.officer_names[id_] = name
            self.officer_roles[id_] = role
            self.officer_teams[id_] = team
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

    def learn_setting(self, id_: str, name: str, location_id: str, district: str) -> None:
        """Know a setting, one that the file adds as well."""
        self.setting_names[id_] = name
        self.districts[id_] = district
        for word in {_word(id_), _word(name), _word(location_id)} - {""}:
            self._settings[word].append(id_)

    def look_up(self, named: Iterable[str]) -> None:
        """Find those of these location IDs and names that are no settings here in the directory;
        names only where unknown settings are added."""
        unknown = {one.strip() for one in named if _word(one) not in self._settings} - {""}
        places = self._directory.places({one.upper() for one in unknown})
        self._places = {one.location_id: one for one in places}
        if not self.adds_settings:
            return
        for one in self._directory.named({_plain(name) for name in unknown}):
            self._named[_plain(one.name)].append(one)
        alone = (found[0] for found in self._named.values() if len(found) == 1)
        for one in (*places, *alone):
            id_ = ids.provider_id(one.regulator, one.provider_id) if one.provider_id else ""
            if id_ and id_ not in self.provider_names:
                self.place_providers[id_] = one
                self.provider_names[id_] = one.provider
                self._providers[_word(one.provider)].append(id_)

    def read_levels(self, session: Session) -> None:
        """Work out the levels, which takes a while for many contracts."""
        rows = contract_rows(session, Market(self.rules, self.today, self.user.id))
        self.levels = {row.id: row.level for row in rows}

    def place(self, named: str) -> Place | None:
        """The place of the directory with this location ID."""
        return self._places.get(named.strip().upper())

    def named(self, name: str) -> list[Place]:
        """The places of the directory with this name, where unknown settings are added."""
        return self._named.get(_plain(name), [])

    def has_location(self, location_id: str) -> bool:
        """Whether a setting here has this location ID."""
        return _word(location_id) in self._settings

    def names_place(self, named: str) -> bool:
        """Whether this is a setting here, or a location ID of the directory."""
        return _word(named) in self._settings or self.place(named) is not None

    def contact(self, provider_id: str | None, name: str) -> Contact | None:
        """The contact of a provider with this name."""
        return self.contacts[provider_id].get(_word(name)) if provider_id else None

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


def _plain(name: str) -> str:
    """A name as the directory compares it."""
    return _word(name).replace("'", "")


def _several(what: Message) -> Refused:
    return Refused(Code.BAD_VALUE, what, message("Correct that here first."))
