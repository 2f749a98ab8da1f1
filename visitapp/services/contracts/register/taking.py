"""Writing what a register changes: all of it in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar, cast

from sqlalchemy.orm import Session

from visitapp.language import message
from visitapp.records import (
    Contact,
    Contract,
    ContractSetting,
    Cover,
    Provider,
    ProviderGroup,
    Setting,
    Synced,
    ids,
)
from visitapp.rules.access import AccessRequest
from visitapp.rules.market_choices import ContractStatus
from visitapp.services.context import Desk
from visitapp.services.contracts.contracts import new_contract_id
from visitapp.services.contracts.register.adding import NewSetting
from visitapp.services.contracts.register.beside import Ending
from visitapp.services.contracts.register.changes import ContractChange
from visitapp.services.contracts.register.deputies import Covering
from visitapp.services.contracts.register.known import Known
from visitapp.services.contracts.register.planning import Plan, Progress
from visitapp.services.permission import actor_of, holding, permit
from visitapp.services.settings.from_directory import fill, provider_of
from visitapp.standing.steps import new_step
from visitapp.storage.directory import Place

_Kind = TypeVar("_Kind", bound=Synced)
_REASON = message("So in the register that was imported.")
_ROLE = message("Contract contact")


class Taking:
    """Makes the changes of a plan in one session."""

    def __init__(self, desk: Desk, session: Session, known: Known) -> None:
        self._desk, self._session, self._known = desk, session, known
        self._user = desk.user(session)
        self._by_directory: dict[str, Provider | None] = {}
        self._made: dict[str, Synced] = {}

    def take(self, plan: Plan, progress: Progress) -> None:
        """Make every change; `progress` is told how many rows are done. Raises NotAllowed."""
        for kind in (Provider, ProviderGroup, Contact, Contract, ContractSetting):
            self._permit(kind)
        with self._session.no_autoflush:
            self._take(plan.changes, progress)

    def _take(self, changes: Sequence[ContractChange], progress: Progress) -> None:
        for change in changes:
            if change.new_provider:
                provider = self._revived(Provider, ids.named_provider_id(change.new_provider))
                provider.name = provider.name or change.new_provider
            place = self._known.place_providers.get(change.fields.get("provider_id", ""))
            if place is not None:
                self._provider_of(place)
        self._session.flush()
        rows = [(change, self._provider_id(change)) for change in changes]
        for change, provider_id in rows:
            for one in change.added:
                self._add_setting(one, provider_id)
        self._session.flush()
        contracts = [self._contract(change, provider_id) for change, provider_id in rows]
        self._session.flush()
        for done, ((change, provider_id), contract) in enumerate(zip(rows, contracts, strict=True)):
            progress(done, len(rows))
            self._session.add_all(self._links(contract, change))
            self._change_beside(change, provider_id)
            if change.ending is not None:
                self._end(contract, change.ending)
        self._session.flush()

    def _provider_id(self, change: ContractChange) -> str:
        if change.new_provider:
            return ids.named_provider_id(change.new_provider)
        given: str | None = change.fields.get("provider_id")
        return given or (change.contract.provider_id if change.contract else "")

    def _contract(self, change: ContractChange, provider_id: str) -> Contract:
        contract, fields = change.contract, {**change.fields, "provider_id": provider_id}
        if contract is None:
            contract = Contract(id=new_contract_id(self._session, fields["number"]), **fields)
            self._session.add(contract)
            return contract
        changed = {
            name: value for name, value in fields.items() if getattr(contract, name) != value
        }
        self._permit(Contract, contract, frozenset(changed))
        for name, value in changed.items():
            setattr(contract, name, value)
        return contract

    def _add_setting(self, added: NewSetting, provider_id: str) -> None:
        by_directory = self._provider_of(added.place) if added.place else None
        setting = self._revived(Setting, added.id)
        setting.officer_id, setting.team = added.officer_id, added.team
        if added.place is not None:
            fill(setting, added.place, by_directory)
        else:
            setting.name, setting.service_type = added.name, added.service_type
            setting.provider_id = provider_id
        setting.district = added.district
        request = AccessRequest(
            creating=True,
            fields=frozenset(),
            created_by=self._user.id,
            holding=holding(setting),
        )
        permit(self._user, Setting, request)

    def _links(self, contract: Contract, change: ContractChange) -> Iterable[ContractSetting]:
        """The places of settings under a contract; one that was removed comes back,
        and one that was taken off begins a second period."""
        for setting_id in change.settings:
            again = (contract.id, setting_id) in self._known.taken_off
            starts_on = contract.starts_on if again else None
            id_ = ids.contract_setting_id(contract.id, setting_id, starts_on)
            link = self._known.links.get(id_)
            if link is None:
                link = ContractSetting(
                    id=id_, contract_id=contract.id, setting_id=setting_id, starts_on=starts_on
                )
            link.deleted = False
            yield link

    def _change_beside(self, change: ContractChange, provider_id: str) -> None:
        """What changes of the provider and of settings that are known."""
        if change.group:
            group_id = ids.provider_group_id(change.group)
            if self._session.get(ProviderGroup, group_id) is None:
                self._session.add(ProviderGroup(id=group_id, name=change.group))
                self._session.flush()
            provider = self._session.get_one(Provider, provider_id)
            self._permit(Provider, provider, frozenset({"group_id"}))
            provider.group_id = group_id
        if change.contact:
            self._set_contact(change.contact, provider_id)
        for setting_id in change.moved:
            setting = self._session.get_one(Setting, setting_id)
            request = AccessRequest(
                creating=False,
                fields=frozenset({"district"}),
                created_by=setting.created_by,
                holding=holding(setting),
            )
            permit(self._user, Setting, request)
            setting.district = change.district
        for one in change.covered:
            self._cover(one)

    def _cover(self, wanted: Covering) -> None:
        self._permit(Cover)
        if wanted.cover_id is not None:
            self._session.get_one(Cover, wanted.cover_id).ends_on = wanted.ends_on
            return
        self._session.add(
            Cover(
                setting_id=wanted.setting_id,
                deputy_id=wanted.deputy_id,
                starts_on=wanted.starts_on,
                ends_on=wanted.ends_on,
                note=str(_REASON),
            )
        )

    def _set_contact(self, fields: dict[str, str], provider_id: str) -> None:
        contact = self._known.contact(provider_id, fields["name"])
        if contact is None:
            contact = self._revived(Contact, ids.contact_id(provider_id, fields["name"]))
            contact.provider_id = provider_id
            contact.role = str(_ROLE)
        for name, value in fields.items():
            setattr(contact, name, value)

    def _end(self, contract: Contract, ending: Ending) -> None:
        noticed = {"ended_on": ending.last_day} if ending.after == ContractStatus.ENDING else None
        step = new_step(
            contract,
            ending.after,
            actor_of(self._user),
            self._desk.clock(),
            day=self._desk.today() if noticed else ending.last_day,
            reason=str(_REASON),
            fields=noticed,
        )
        self._session.add(step)

    def _provider_of(self, place: Place) -> Provider | None:
        """The provider of a place, looked up once."""
        if place.provider_id not in self._by_directory:
            self._by_directory[place.provider_id] = provider_of(self._session, place)
        return self._by_directory[place.provider_id]

    def _revived(self, kind: type[_Kind], id_: str) -> _Kind:
        """The record with a derived id, also one that was deleted; else a new one."""
        found = self._made.get(id_) or self._session.get(kind, id_)
        if found is None:
            found = kind()
            found.id = id_
            self._session.add(found)
        found.deleted = False
        self._made[id_] = found
        return cast(_Kind, found)

    def _permit(
        self,
        kind: type[Synced],
        record: Synced | None = None,
        fields: frozenset[str] = frozenset(),
    ) -> None:
        created_by = record.created_by if record else self._user.id
        request = AccessRequest(creating=record is None, fields=fields, created_by=created_by)
        permit(self._user, kind, request)
