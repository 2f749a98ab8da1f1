"""Providers and the groups that own them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import Message, message
from visitapp.records import Contact, Contract, Provider, ProviderGroup, Rag, Setting
from visitapp.rules.market.contract_terms import phase
from visitapp.rules.market_choices import ContractStatus, ProviderKind, SettingStatus
from visitapp.rules.text import folded
from visitapp.services.context import Desk
from visitapp.services.contracts.terms import check_choice
from visitapp.services.contributions import Contribution
from visitapp.services.lookup import check_texts, find
from visitapp.services.permission import change, may_change, may_make, permit_making
from visitapp.services.providers.contacts import contact_views
from visitapp.services.providers.groups import group_called
from visitapp.services.providers.views import (
    ProviderContract,
    ProviderRow,
    ProviderSetting,
    ProviderView,
)
from visitapp.services.settings.portfolio_query import rows_by_setting
from visitapp.services.views.settings import PortfolioRow

WEAK = frozenset({Rag.RED.value, Rag.AMBER.value})
_SEVERAL = 2
"""So many weak settings of one group are shown as a warning."""


class ProviderFields(TypedDict, total=False):
    """The fields of a provider that a person changes. `group`: the name of one, which is made
    where there is none; empty for no group."""

    name: str
    company_number: str
    kind: str | None
    group_id: str | None
    group: str
    key_supplier: bool


_TEXTS = ("name", "company_number")


class Providers:
    """What a person can do with providers. Anybody who adds a setting adds one; team leads and
    administrators change them."""

    def __init__(self, desk: Desk, contributions: Sequence[Contribution]) -> None:
        self._desk = desk
        self._contributions = contributions

    def list(self, text: str = "") -> list[ProviderRow]:
        """Providers that are found by every word of `text`, by name."""
        words = folded(text).split()
        with self._desk.reading() as session:
            rows = self._rows(session)
        return [row for row in rows if _is_found(row, words)]

    def view(self, provider_id: str) -> ProviderView:
        """Everything about a provider. Raises NotFound."""
        with self._desk.reading() as session:
            return self._view(session, find(session, Provider, provider_id))

    def add(self, name: str, /, **fields: Unpack[ProviderFields]) -> ProviderView:
        """Add a provider that no regulator knows. Raises NotAllowed, Refused ALREADY_THERE for a
        name that is taken, NotFound for a group, Refused BAD_VALUE."""
        with self._desk.transaction() as session:
            given = self._checked(session, fields | ProviderFields(name=name))
            taken = select(Provider.id).where(Provider.name == given["name"])
            if session.scalar(taken.where(Provider.deleted.is_(False)).limit(1)):
                raise Refused(
                    Code.ALREADY_THERE,
                    message("There is already a provider {name}.", name=given["name"]),
                )
            permit_making(self._desk, session, Provider)
            provider = Provider(**given)
            session.add(provider)
            session.flush()
            return self._view(session, provider)

    def name_warning(self, typed: str) -> Message | None:
        """A sentence when a provider here has this name already, however it is spelt."""
        names = select(Provider.name).where(Provider.deleted.is_(False)).order_by(Provider.name)
        with self._desk.reading() as session:
            for name in session.scalars(names):
                if folded(name) == folded(typed.strip()):
                    return message("There is already a provider {name}.", name=name)
        return None

    def edit(self, provider_id: str, **fields: Unpack[ProviderFields]) -> ProviderView:
        """Change the fields given. Raises NotFound, NotAllowed, Refused BAD_VALUE."""
        with self._desk.transaction() as session:
            provider = find(session, Provider, provider_id)
            change(self._desk, session, provider, self._checked(session, fields))
            return self._view(session, provider)

    def may_add(self) -> bool:
        """Whether the user's role adds providers."""
        with self._desk.reading() as session:
            return may_make(self._desk, session, Provider)

    def _checked(self, session: Session, fields: ProviderFields) -> dict[str, Any]:
        given: dict[str, Any] = dict(fields)
        texts: dict[str, str] = {name: given[name].strip() for name in _TEXTS if name in given}
        given |= texts
        if "name" in texts and not texts["name"]:
            raise Refused(Code.BAD_VALUE, message("A provider needs a name."), field="name")
        check_texts(Provider, texts)
        if given.get("kind") is not None:
            check_choice("kind", given["kind"], ProviderKind)
        if given.get("group_id") is not None:
            find(session, ProviderGroup, given["group_id"])
        if "group" in given:
            given["group_id"] = group_called(self._desk, session, given.pop("group"))
        return given

    def _rows(self, session: Session, *conditions: ColumnElement[bool]) -> Sequence[ProviderRow]:
        found = session.execute(
            select(Provider, ProviderGroup.name)
            .outerjoin(ProviderGroup, ProviderGroup.id == Provider.group_id)
            .where(Provider.deleted.is_(False), *conditions)
            .order_by(Provider.name, Provider.id)
        ).all()
        rags = _open_rags(session, rows_by_setting(session, self._desk, self._contributions))
        weak = {one: sum(rag in WEAK for rag in rags[one]) for one in rags}
        of_group = session.execute(
            select(Provider.id, Provider.group_id).where(Provider.group_id.is_not(None))
        )
        weak_of_group: Counter[str] = Counter()
        for provider_id, group_id in of_group:
            if group_id:
                weak_of_group[group_id] += weak.get(provider_id, 0)
        contracts = _running_contracts(session)
        return [
            ProviderRow(
                id=provider.id,
                name=provider.name,
                regulator=provider.regulator,
                number=provider.number,
                company_number=provider.company_number,
                kind=provider.kind or "",
                group_id=provider.group_id,
                group=group or "",
                key_supplier=provider.key_supplier,
                settings=len(rags.get(provider.id, ())),
                contracts=contracts[provider.id],
                weak=weak.get(provider.id, 0),
                weak_group=weak.get(provider.id, 0) > 0
                and weak_of_group[provider.group_id or ""] >= _SEVERAL,
            )
            for provider, group in found
        ]

    def _view(self, session: Session, provider: Provider) -> ProviderView:
        (row,) = self._rows(session, Provider.id == provider.id)
        rows = rows_by_setting(session, self._desk, self._contributions)
        today = self._desk.today()
        contracts = session.scalars(
            select(Contract)
            .where(Contract.provider_id == provider.id, Contract.deleted.is_(False))
            .order_by(Contract.number, Contract.id)
        )
        return ProviderView(
            row=row,
            settings=_settings(session, rows, Setting.provider_id == provider.id),
            sisters=_sisters(session, rows, provider),
            contracts=[
                ProviderContract(
                    id=one.id,
                    number=one.number,
                    title=one.title,
                    phase=phase(one.status, one.starts_on, today),
                )
                for one in contracts
            ],
            contacts=contact_views(session, provider.id),
            may_edit=may_change(self._desk, session, provider),
            may_add_contacts=may_make(self._desk, session, Contact),
        )


def _open_rags(session: Session, rows: dict[str, PortfolioRow]) -> dict[str, list[str]]:
    """By provider, the ratings of its open settings."""
    found = session.execute(
        select(Setting.provider_id, Setting.id).where(
            Setting.deleted.is_(False),
            Setting.status == SettingStatus.OPEN.value,
            Setting.provider_id.is_not(None),
        )
    )
    rags: dict[str, list[str]] = defaultdict(list)
    for provider_id, setting_id in found:
        rags[provider_id or ""].append(rows[setting_id].rag)
    return rags


def _running_contracts(session: Session) -> Counter[str]:
    found = session.execute(
        select(Contract.provider_id, func.count().label("running"))
        .where(Contract.deleted.is_(False), Contract.status != ContractStatus.ENDED.value)
        .group_by(Contract.provider_id)
    )
    return Counter({row.provider_id: row.running for row in found})


def _settings(
    session: Session, rows: dict[str, PortfolioRow], condition: ColumnElement[bool]
) -> list[ProviderSetting]:
    found = session.scalars(
        select(Setting)
        .where(Setting.deleted.is_(False), condition)
        .order_by(Setting.name, Setting.id)
    )
    return [
        ProviderSetting(
            id=setting.id,
            name=setting.name,
            service_type=setting.service_type,
            status=setting.status,
            rag=rows[setting.id].rag,
            placements=rows[setting.id].placements,
            risk_rag=rows[setting.id].risk_rag,
        )
        for setting in found
    ]


def _sisters(
    session: Session, rows: dict[str, PortfolioRow], provider: Provider
) -> list[ProviderSetting]:
    """The settings of the other providers of its group; none without a group."""
    if not provider.group_id:
        return []
    others = select(Provider.id).where(
        Provider.group_id == provider.group_id, Provider.id != provider.id
    )
    return _settings(session, rows, Setting.provider_id.in_(others))


def _is_found(row: ProviderRow, words: Sequence[str]) -> bool:
    searched = folded("\n".join((row.name, row.group, row.number, row.company_number)))
    return all(word in searched for word in words)
