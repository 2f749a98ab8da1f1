"""Who holds a setting, and who stopped holding it by a change that the server took itself."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, select

from sync.server.records.workspace import Row, Workspace
from visitapp.records import Contract, ContractSetting, Cover, Intervention, Setting, Visit
from visitapp.rules.access import INTERVENTION, OFFICER, Actor, Holding, in_scope
from visitapp.rules.interventions.states import OPEN_INTERVENTIONS
from visitapp.rules.market_choices import ContractStatus
from visitapp.standing.contracts import under_contract

_BY_CONTRACT = frozenset({OFFICER, INTERVENTION})
_COVERS = select(Cover.id).where(
    Cover.setting_id == bindparam("setting"), Cover.deputy_id == bindparam("deputy"), Cover.active
)
_INTERVENTIONS = select(Intervention.id).where(
    Intervention.setting_id == bindparam("setting"),
    Intervention.officer_id == bindparam("officer"),
    Intervention.deleted.is_(False),
    Intervention.status.in_(OPEN_INTERVENTIONS),
)
_OFFICERS = under_contract(Contract.officer_id).where(
    ContractSetting.setting_id == bindparam("setting"),
    ContractSetting.id != bindparam("but"),
    Contract.officer_id.is_not(None),
)


class HoldingLeft(Struct, frozen=True, kw_only=True):
    """Who stopped holding a setting, a contract or a visit: users, and the team where it changed.

    The audit log keeps it (`AuditEvent.HANDED_OVER`), with the server's moment.
    """

    kind: str
    record_id: str
    officers: list[str]
    team: str | None = None


def holding_of(setting: Mapping[str, Any]) -> Holding:
    """Who holds a setting with these values, its contracts aside."""
    return Holding(officer_id=setting.get("officer_id"), team=setting.get("team") or "")


def holds(workspace: Workspace, actor: Actor, setting: Row) -> bool:
    """Whether a setting is the actor's: to hold, to cover or to intervene at. Its contracts, covers
    and interventions are looked up only where they decide."""
    held = holding_of(setting.values)
    if in_scope(actor, held):
        return True
    if actor.role in _BY_CONTRACT:
        held = replace(held, contract_officers=contract_officers(workspace, setting.id))
    return (
        in_scope(actor, held)
        or covers(workspace, actor, setting.id)
        or intervenes(workspace, actor, setting.id)
    )


def covers(workspace: Workspace, actor: Actor, setting_id: str) -> bool:
    """Whether the actor is the deputy at a setting now."""
    return bool(workspace.query(_COVERS, {"setting": setting_id, "deputy": actor.id}))


def intervenes(workspace: Workspace, actor: Actor, setting_id: str) -> bool:
    """Whether the actor is the intervention officer at a setting now."""
    return bool(workspace.query(_INTERVENTIONS, {"setting": setting_id, "officer": actor.id}))


def contract_officers(workspace: Workspace, setting_id: str, but: str = "") -> frozenset[str]:
    """The officers of the contracts that a setting is under; `but`: not by the link of this id."""
    found = workspace.query(_OFFICERS, {"setting": setting_id, "but": but})
    return frozenset(found)


def hand_overs(workspace: Workspace, row: Row, changed: Mapping[str, Any]) -> list[HoldingLeft]:
    """Who stops holding a record when these fields of it change; empty when nobody does."""
    after = {**row.values, **changed}
    if row.kind in (Contract, Visit):
        officer = row.values["officer_id"]
        if officer is None or (officer == after["officer_id"] and not _ends(row, after)):
            return []
        kind = str(row.kind.__tablename__)
        return [HoldingLeft(kind=kind, record_id=row.id, officers=[officer])]
    if row.kind is Intervention:
        return _left_by_intervention(row, after)
    if row.kind is ContractSetting:
        return _left_by_contract(workspace, row, after)
    if row.kind is not Setting or not changed.keys() & {"officer_id", "team"}:
        return []
    officers = contract_officers(workspace, row.id)
    left = setting_left(row.id, holding_of(row.values), holding_of(after), officers)
    return [left] if left.officers or left.team is not None else []


def setting_left(
    setting_id: str, before: Holding, after: Holding, contract_officers: Set[str] = frozenset()
) -> HoldingLeft:
    """Who held a setting before and does not any more, by a contract either."""
    left = before.officer_id not in (None, after.officer_id, *contract_officers)
    return HoldingLeft(
        kind="setting",
        record_id=setting_id,
        officers=[before.officer_id] if before.officer_id and left else [],
        team=before.team if before.team != after.team else None,
    )


def _ends(row: Row, after: Mapping[str, Any]) -> bool:
    """Whether a contract ends by a change."""
    ended = ContractStatus.ENDED.value
    return row.kind is Contract and after["status"] == ended != row.values["status"]


def _left_by_intervention(row: Row, after: Mapping[str, Any]) -> list[HoldingLeft]:
    """Who stops working at a setting when its intervention ends, or is given to somebody else."""
    officer, setting_id = row.values["officer_id"], row.values["setting_id"]
    was_open = row.values["status"] in OPEN_INTERVENTIONS and not row.values["deleted"]
    is_open = after["status"] in OPEN_INTERVENTIONS and not after["deleted"]
    if not was_open or officer is None or (is_open and officer == after["officer_id"]):
        return []
    return [HoldingLeft(kind="setting", record_id=setting_id, officers=[officer])]


def _left_by_contract(
    workspace: Workspace, row: Row, after: Mapping[str, Any]
) -> list[HoldingLeft]:
    """Who stops holding a setting when it leaves a contract."""
    before, now = (values["ended"] or values["deleted"] for values in (row.values, after))
    contract = workspace.get(Contract.__tablename__, row.values["contract_id"])
    setting = workspace.get(Setting.__tablename__, row.values["setting_id"])
    if before or not now or contract is None or setting is None:
        return []
    officer = contract.values["officer_id"]
    still = {None, setting.values["officer_id"], *contract_officers(workspace, setting.id, row.id)}
    if officer in still:
        return []
    return [HoldingLeft(kind="setting", record_id=setting.id, officers=[officer])]
