"""What the records say for the visit rules, one subject at a time.

A subject adds a `DueSource` to `SOURCES`; until then its facts are as
`rules.visiting.due.DueFacts` has them, and the rules that read them are silent.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from sqlalchemy import Date, Subquery, case, func, or_, select

from visitapp.records import (
    Concern,
    Contract,
    ContractSetting,
    Instant,
    Intervention,
    InterventionStatus,
    Provider,
    Purpose,
    Rag,
    RegulatorAction,
    Setting,
    SettingFact,
    SignificantEvent,
    Visit,
)
from visitapp.rules.choices import EventKind
from visitapp.rules.concerns.states import ConcernKind, Severity
from visitapp.rules.indicators import regulator_value
from visitapp.rules.interventions.states import OPEN_INTERVENTIONS
from visitapp.rules.market_choices import FactKind, ManagementLevel
from visitapp.rules.policy.frequency import RuledPurpose
from visitapp.rules.policy.model import Policy
from visitapp.standing.by_setting import Found
from visitapp.standing.contracts import under_contract
from visitapp.standing.indicators.concerns import cluster_days, counted_concerns
from visitapp.standing.ratings import current_ratings
from visitapp.standing.risk.latest import latest_risk
from visitapp.standing.visits import is_visit, stands

ON_SITE = frozenset(
    {Purpose.ANNUAL, Purpose.RISK_LED, Purpose.THEMED, Purpose.INTERVENTION, Purpose.JOINT}
)
"""Purposes of visits that are made at the setting."""

_GRAVE = (ConcernKind.SERIOUS_INCIDENT, ConcernKind.UNEXPECTED_DEATH)
_SERIOUS = frozenset({EventKind.DEATH, EventKind.SERIOUS_INCIDENT})
_RISKS = {Rag.RED: "high", Rag.AMBER: "medium", Rag.GREEN: "low"}


@dataclass(frozen=True)
class DueQuestion:
    """What the facts are read for. `quality_forms`: the ids of the forms that set the quality
    rating; `policy`: the one in force."""

    quality_forms: Collection[str]
    policy: Policy


@dataclass(frozen=True)
class DueSource:
    """What one subject tells the visit rules.

    `queries`: as `by_setting` reads them, with column names that no other source uses. `facts`:
    fields of `DueFacts` from what was found; the `events` of all sources are put together.
    """

    queries: Callable[[DueQuestion], Sequence[Subquery]]
    facts: Callable[[Found], Mapping[str, Any]]


def _settings(question: DueQuestion) -> list[Subquery]:
    own = (
        Setting.id.label("setting_id"),
        Setting.service_type,
        Setting.created_at,
        Setting.status,
        Setting.regulator_overall,
        Setting.regulator_published,
        Setting.in_county,
    )
    return [select(*own).where(Setting.deleted.is_(False)).subquery()]


def _own(found: Found) -> dict[str, Any]:
    """The regulator's rating by the copy in the setting's own record, which every device and the
    server have."""
    day = found["regulator_published"]
    return {
        "joined": found["created_at"].astimezone().date(),
        "service_type": found["service_type"],
        "out_of_county": not found["in_county"],
        "regulator": regulator_value(found["regulator_overall"]) or "",
        "events": {"regulator_report": day} if day else {},
    }


def _ratings(question: DueQuestion) -> list[Subquery]:
    return [current_ratings()]


def _rated(found: Found) -> dict[str, Any]:
    if found["rag"] is None:
        return {}
    return {"rag": found["rag"], "events": {"rating": found["rated_on"]}}


_CLOCKS = [purpose for purpose in get_args(RuledPurpose) if purpose != Purpose.ANNUAL]
_LAST = {
    Purpose.ANNUAL.value: "last_quality_visit",
    **{purpose: f"last_{purpose}" for purpose in _CLOCKS},
}


def _visits(question: DueQuestion) -> list[Subquery]:
    """One pass over the signed-off visits: the last of each purpose, and the last on site."""

    def last(condition: Any, name: str) -> Any:
        return func.max(case((condition, Visit.visited_on))).label(name)

    return [
        select(
            Visit.setting_id,
            last(Visit.form_id.in_(question.quality_forms), _LAST[Purpose.ANNUAL]),
            last(Visit.purpose.in_(ON_SITE), "last_on_site"),
            *(last(Visit.purpose == purpose, _LAST[purpose]) for purpose in _CLOCKS),
        )
        .where(stands(Visit), is_visit(Visit))
        .group_by(Visit.setting_id)
        .subquery(),
        _interventions(),
    ]


def _interventions() -> Subquery:
    """Of each setting: since when an intervention is open there, and when the last one ended."""
    own, open_ = Intervention, Intervention.status.in_(OPEN_INTERVENTIONS)
    ended = own.status == InterventionStatus.CLOSED
    return (
        select(
            own.setting_id,
            func.max(case((open_, own.starts_on)), type_=Date()).label("intervention_since"),
            func.max(case((ended, own.ended_on)), type_=Date()).label("intervention_ended_on"),
        )
        .where(own.deleted.is_(False))
        .group_by(own.setting_id)
        .subquery()
    )


def _visited(found: Found) -> dict[str, Any]:
    """Visits of an earlier intervention do not count for one that is open. Where none was ever
    accepted, one is open from its first visit until the setting is Green."""
    last = {purpose: day for purpose, name in _LAST.items() if (day := found[name]) is not None}
    since, ended = found["intervention_since"], found["intervention_ended_on"]
    events = {"intervention_started": since, "intervention_ended": ended}
    if since is not None and last.get(Purpose.INTERVENTION, since) < since:
        del last[Purpose.INTERVENTION]
    unrecorded = since is None and ended is None
    assumed = unrecorded and Purpose.INTERVENTION in last and found["rag"] != Rag.GREEN
    return {
        "last": last,
        "last_on_site": found["last_on_site"],
        "intervention": since is not None or assumed,
        "events": {event: day for event, day in events.items() if day is not None},
    }


def _risks(question: DueQuestion) -> list[Subquery]:
    return [latest_risk()]


def _assessed(found: Found) -> dict[str, Any]:
    return {"risk": _RISKS.get(found["risk_rag"], "")}


def _incidents(question: DueQuestion) -> list[Subquery]:
    """The latest serious incident or death, the latest concern of that gravity, and the latest
    enforcement, of each setting."""
    event, action = SignificantEvent, RegulatorAction
    harm = (event.deleted.is_(False), event.kind.in_(_SERIOUS))
    incident_on = func.max(event.happened_on).label("incident_on")
    enforced_on = func.max(action.from_on).label("enforced_on")
    enforced = select(action.setting_id, enforced_on).where(action.deleted.is_(False))
    return [
        select(event.setting_id, incident_on).where(*harm).group_by(event.setting_id).subquery(),
        _grave_concerns(),
        enforced.group_by(action.setting_id).subquery(),
    ]


def _grave_concerns() -> Subquery:
    grave = or_(Concern.severity == Severity.FOUR, Concern.kind.in_(_GRAVE))
    grave_at = func.max(Concern.received_at, type_=Instant()).label("grave_at")
    return (
        counted_concerns(Concern.setting_id, grave_at)
        .where(grave)
        .group_by(Concern.setting_id)
        .subquery()
    )


def _clusters(question: DueQuestion) -> list[Subquery]:
    return [cluster_days(question.policy.concerns)]


def _clustered(found: Found) -> dict[str, Any]:
    """The first cluster since the last visit on site: another concern of the theme must not put the
    visit off."""
    days = sorted(map(date.fromisoformat, (found["clustered_on"] or "").split(",")[:-1]))
    if not days:
        return {}
    last = found["last_on_site"] or date.min
    return {"events": {"cluster": next((day for day in days if day > last), days[-1])}}


def _happened(found: Found) -> dict[str, Any]:
    grave_at = found["grave_at"]
    grave_on = grave_at.astimezone().date() if grave_at else None
    serious = max((day for day in (found["incident_on"], grave_on) if day), default=None)
    days = {"serious_concern": serious, "enforcement": found["enforced_on"]}
    return {"events": {event: day for event, day in days.items() if day is not None}}


_LEVELS = (
    ManagementLevel.SELF_CERTIFICATION,
    ManagementLevel.OVERSIGHT,
    ManagementLevel.PROACTIVE,
)
"""The closest last. A contract without a level has oversight."""


def _contracts(question: DueQuestion) -> list[Subquery]:
    """Of the contracts that each setting is under now: the closest level, and whether any is with
    a key supplier."""
    own, key = Contract.management_level, or_(Contract.key_supplier, Provider.key_supplier)
    level = case((own == _LEVELS[0], 0), (own == _LEVELS[2], 2), else_=1)
    under = under_contract(
        ContractSetting.setting_id,
        func.max(level).label("closest_level"),
        func.max(case((key, 1), else_=0)).label("key_supplier"),
    ).join(Provider, Provider.id == Contract.provider_id)
    return [under.group_by(ContractSetting.setting_id).subquery()]


def _contracted(found: Found) -> dict[str, Any]:
    if found["closest_level"] is None:
        return {}
    level = _LEVELS[found["closest_level"]].value
    return {"contracted": True, "level": level, "key_supplier": bool(found["key_supplier"])}


def _facts(question: DueQuestion) -> list[Subquery]:
    """Since when each setting has its manager and owner, where there was another one before. The
    first that is known is not new, nor is one that is only noted again."""
    corrected = select(SettingFact.corrects_id).where(SettingFact.corrects_id.is_not(None))
    day = func.min(func.coalesce(SettingFact.starts_on, SettingFact.as_of)).label("day")
    each = (
        select(SettingFact.setting_id, SettingFact.kind, day)
        .where(
            SettingFact.deleted.is_(False),
            SettingFact.content != "",
            SettingFact.id.not_in(corrected),
        )
        .group_by(SettingFact.setting_id, SettingFact.kind, SettingFact.content)
        .subquery()
    )
    return [
        select(each.c.setting_id, func.max(each.c.day, type_=Date()).label(f"new_{kind}"))
        .where(each.c.kind == kind)
        .group_by(each.c.setting_id)
        .having(func.count() > 1)
        .subquery()
        for kind in (FactKind.MANAGER, FactKind.OWNER)
    ]


def _changed(found: Found) -> dict[str, Any]:
    days = {"new_manager": found["new_manager"], "new_owner": found["new_owner"]}
    return {"events": {event: day for event, day in days.items() if day is not None}}


SOURCES: tuple[DueSource, ...] = (
    DueSource(_settings, _own),
    DueSource(_ratings, _rated),
    DueSource(_visits, _visited),
    DueSource(_risks, _assessed),
    DueSource(_incidents, _happened),
    DueSource(_clusters, _clustered),
    DueSource(_contracts, _contracted),
    DueSource(_facts, _changed),
)
"""The settings first: they say which there are."""
