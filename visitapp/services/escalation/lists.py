"""The list of escalations, and what opening a step would need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import Contract, ContractSetting, Escalation, Setting
from visitapp.rules.escalation.authority import REMEDIED, skipped_by, usual_dates
from visitapp.rules.escalation.ladder_life import open_rungs
from visitapp.rules.escalation.states import EscalationStatus, Rung
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.policy.escalation import EscalationRules, LadderStep
from visitapp.services.escalation.queries import values_of
from visitapp.services.escalation.views import Draft, EscalationLine
from visitapp.standing.contracts import contracts_of_setting, under_contract


def escalation_lines(session: Session) -> list[EscalationLine]:
    """The settings that are escalated, the one with the next date first."""
    rows = session.execute(
        select(Escalation, Setting.name)
        .join(Setting, Setting.id == Escalation.setting_id)
        .where(
            Escalation.deleted.is_(False),
            Setting.deleted.is_(False),
            Escalation.status != EscalationStatus.NOT_ESCALATED,
        )
    )
    found = [
        EscalationLine(
            setting_id=row.setting_id,
            setting=name,
            status=row.status,
            since=row.since,
            next_on=row.next_on,
            open=tuple(rung for rung in Rung if rung in open_rungs({"rungs": row.rungs})),
        )
        for row, name in rows
    ]
    return sorted(found, key=lambda one: (one.next_on is None, one.next_on, one.setting))


def draft_of(
    session: Session, setting_id: str, rule: LadderStep, rules: EscalationRules, today: date
) -> Draft:
    """What opening a step of the ladder today would need."""
    due, review = usual_dates(rule, today)
    contracts = contracts_of_setting(session, setting_id)
    return Draft(
        rung=rule.id,
        skipped=tuple(skipped_by(values_of(session, setting_id), rule.id, rules)),
        due_on=due,
        review_on=review,
        clause=rule.clause,
        contracts={one.id: one.number for one in contracts},
        remedied=rule.id in REMEDIED,
        closes=rule.id == Rung.SUSPENSION,
        on_authority_of=rule.on_authority_of,
        others=_others(session, setting_id, [one.id for one in contracts], rule.id),
    )


def _others(
    session: Session, setting_id: str, contracts: Sequence[str], rung: str
) -> dict[str, str]:
    """The other settings under these contracts where a step is not open, by id."""
    found = session.execute(
        under_contract(Setting.id, Setting.name)
        .join(Setting, Setting.id == ContractSetting.setting_id)
        .where(
            Contract.id.in_(contracts),
            Setting.id != setting_id,
            Setting.status == SettingStatus.OPEN,
        )
        .distinct()
        .order_by(Setting.name, Setting.id)
    )
    return {id_: name for id_, name in found if rung not in open_rungs(values_of(session, id_))}
