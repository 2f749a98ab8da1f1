"""Whose a setting is, and who sees its list of people, as SQL for the device and the server."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from visitapp.records import Contract, ContractSetting, Cover, Escalation, Intervention, Setting
from visitapp.rules.access import LEAD, MANAGER
from visitapp.rules.escalation.states import EscalationStatus
from visitapp.rules.interventions.states import OPEN_INTERVENTIONS
from visitapp.standing.contracts import under_contract

Value = ColumnElement[str]
"""A user's id or team: a parameter or a literal."""


def holds_setting(role: str, user_id: Value, team: Value) -> ColumnElement[bool]:
    """The condition that a setting is an officer's or a lead's: to hold, by its contract, to cover
    or to intervene at. Who only joined a visit there does not hold it (decision 14)."""
    contracted = under_contract(ContractSetting.setting_id).where(Contract.officer_id == user_id)
    own = (
        [Setting.team == team]
        if role == LEAD
        else [Setting.officer_id == user_id, Setting.id.in_(contracted)]
    )
    return or_(*own, Setting.id.in_(_covered(user_id)), Setting.id.in_(_intervened(user_id)))


def lists_of_people(role: str, user_id: Value, team: Value) -> Select[Any]:
    """The ids of the settings whose list of people to be moved somebody sees, of a role that moves
    people at all: those that they hold; a senior manager, those on the ladder."""
    if role == MANAGER:
        return select(Escalation.setting_id).where(
            Escalation.deleted.is_(False),
            Escalation.status != EscalationStatus.NOT_ESCALATED.value,
        )
    return select(Setting.id).where(holds_setting(role, user_id, team))


def _covered(user_id: Value) -> Select[str]:
    return select(Cover.setting_id).where(Cover.deputy_id == user_id, Cover.active)


def _intervened(user_id: Value) -> Select[str]:
    return select(Intervention.setting_id).where(
        Intervention.officer_id == user_id,
        Intervention.deleted.is_(False),
        # Not as a list, which would be written into the statement anew at each execution.
        or_(*(Intervention.status == status for status in OPEN_INTERVENTIONS)),
    )
