"""What is under a legal hold, read from the rows of a device or of the server."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, FromClause, Subquery, case, func, select

from visitapp.records import Contract, ContractSetting, LegalHold, Setting
from visitapp.rules.ratings import UNSENT
from visitapp.rules.retention.holds import HoldSubject

_ROWS: FromClause = LegalHold.__table__


def standing_holds() -> Subquery:
    """The row that stands for each hold that was not lifted: the one that the server took last, or
    that waits to be sent."""
    order = case((_ROWS.c.revision == 0, UNSENT), else_=_ROWS.c.revision)
    newest = func.row_number().over(
        partition_by=_ROWS.c.hold_id,
        order_by=(order.desc(), _ROWS.c.created_at.desc(), _ROWS.c.id.desc()),
    )
    ranked = select(_ROWS, newest.label("newest")).where(_ROWS.c.deleted.is_(False)).subquery()
    return select(ranked).where(ranked.c.newest == 1, ranked.c.active.is_(True)).subquery()


class Held(Struct, frozen=True, kw_only=True):
    """What is kept by holds, those included that follow: a setting's contracts and provider, the
    settings of a contract, everything of a provider. `people`: their codes, in small letters."""

    settings: Set[str]
    contracts: Set[str]
    providers: Set[str]
    people: Set[str]

    def keeps(self, values: Mapping[str, Any]) -> bool:
        """Whether a hold keeps a record, from its scope columns and its person's code."""
        return (
            values.get("setting_id") in self.settings
            or values.get("contract_id") in self.contracts
            or values.get("provider_id") in self.providers
            or str(values.get("person") or "").casefold() in self.people
        )


def read_held(connection: Connection) -> Held:
    """What stands under a hold now."""
    holds = standing_holds()
    on: dict[str, set[str]] = {subject: set() for subject in HoldSubject}
    people = set()
    for row in connection.execute(select(holds.c.subject, holds.c.subject_id, holds.c.person)):
        on[row.subject].add(row.subject_id)
        if row.person:
            people.add(row.person.casefold())
    return Held(**_following(connection, on), people=people)


def _following(connection: Connection, on: Mapping[str, Set[str]]) -> dict[str, Set[str]]:
    """What is held, and what a hold on it keeps besides."""
    homes = connection.execute(
        select(Setting.id, Setting.provider_id, Setting.merged_into_id)
    ).all()
    links = connection.execute(
        select(ContractSetting.setting_id, ContractSetting.contract_id)
    ).all()
    sold = connection.execute(select(Contract.id, Contract.provider_id)).all()
    held, providers = on[HoldSubject.SETTING], on[HoldSubject.PROVIDER]
    # A merged setting is shown as one with the setting that it was merged into.
    named = held | {one.id for one in homes if one.merged_into_id in held}
    bought = on[HoldSubject.CONTRACT] | {one.id for one in sold if one.provider_id in providers}
    return {
        "settings": named
        | {one.id for one in homes if one.provider_id in providers}
        | {one.setting_id for one in links if one.contract_id in bought},
        "contracts": bought | {one.contract_id for one in links if one.setting_id in named},
        "providers": providers
        | {one.provider_id for one in homes if one.id in named and one.provider_id}
        | {one.provider_id for one in sold if one.id in bought},
    }
