"""Counting concerns: by theme and month, and clusters of them. Only what is on this device counts,
so a restricted concern counts for those who see it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from visitapp.records import Concern, Provider, Setting
from visitapp.rules.concerns.clocks import limits_of
from visitapp.rules.concerns.clusters import Cluster, Counted, clusters
from visitapp.rules.concerns.states import (
    UPHELD,
    ConcernKind,
    ConcernStage,
    ConcernStatus,
)
from visitapp.rules.concerns.themes import themes_of
from visitapp.rules.policy.model import Policy
from visitapp.services.concerns.views import ClusterView, ThemeTrend, Trends
from visitapp.services.context import Desk

_MONTHS = 6
_SPAN = 90


class ConcernTrends:
    """The figures of the concerns on this device."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def trends(
        self, setting_id: str | None = None, provider_id: str | None = None, days: int = _SPAN
    ) -> Trends:
        """The concerns of the days up to today, of a setting, a provider or all."""
        today = self._desk.today()
        since, before = today - timedelta(days - 1), today - timedelta(2 * days - 1)
        with self._desk.reading() as session:
            policy = self._desk.policy(session)
            found = _read(session, setting_id, provider_id, min(before, _first_month(today)))
            beds = _beds(session, setting_id, provider_id)
        both = [(one, _day(one)) for one in found]
        now = [one for one, day in both if since <= day <= today]
        concerns = [one for one in now if one.kind != ConcernKind.COMPLIMENT]
        earlier = sum(
            before <= day < since and one.kind != ConcernKind.COMPLIMENT for one, day in both
        )
        closed = [one for one in concerns if one.status == ConcernStatus.CLOSED]
        return Trends(
            days=days,
            count=len(concerns),
            before=earlier,
            compliments=len(now) - len(concerns),
            upheld=sum(one.decision in UPHELD for one in concerns),
            decided=sum(one.decision is not None for one in concerns),
            closed=len(closed),
            closed_in_time=sum(_in_time(one, policy) for one in closed),
            per_hundred=round(100 * len(concerns) / beds, 1) if beds else None,
            themes=_themes(both, policy, since, before, today),
        )

    def clusters(
        self, setting_id: str | None = None, provider_id: str | None = None
    ) -> list[ClusterView]:
        """The clusters of these days, the newest first."""
        with self._desk.reading() as session:
            policy, today = self._desk.policy(session), self._desk.today()
            rules = policy.concerns
            since = today - timedelta(rules.cluster_days)
            found = _read(session, setting_id, provider_id, since)
            settings = {one.setting_id: one.setting for one in found}
            providers = {one.provider_id: one.provider or "" for one in found}
        found_clusters = clusters(
            map(_counted, found), count=rules.cluster_count, days=rules.cluster_days, today=today
        )
        labels = {theme.id: theme.label for theme in policy.themes}
        return [_cluster_view(one, settings, providers, labels) for one in found_clusters]


_COLUMNS: Select[Any] = (
    select(
        *(Concern.id, Concern.setting_id, Concern.kind, Concern.themes, Concern.received_at),
        *(Concern.severity, Concern.decision, Concern.status, Concern.reached),
        Setting.name.label("setting"),
        Setting.provider_id,
        Provider.name.label("provider"),
    )
    .join(Setting, Setting.id == Concern.setting_id)
    .outerjoin(Provider, Provider.id == Setting.provider_id)
    .where(Concern.deleted.is_(False))
)


def _read(
    session: Session, setting_id: str | None, provider_id: str | None, since: date
) -> list[Row[Any]]:
    """The concerns received on a day or later; a day more, as moments are in UTC."""
    statement = _COLUMNS.where(func.date(Concern.received_at) >= (since - timedelta(1)).isoformat())
    if setting_id is not None:
        statement = statement.where(Concern.setting_id == setting_id)
    if provider_id is not None:
        statement = statement.where(Setting.provider_id == provider_id)
    return list(session.connection().execute(statement))


def _beds(session: Session, setting_id: str | None, provider_id: str | None) -> int:
    """The beds of the setting or the provider; 0 where they are not all known."""
    if setting_id is None and provider_id is None:
        return 0
    where = Setting.id == setting_id if setting_id else Setting.provider_id == provider_id
    found = list(session.scalars(select(Setting.beds).where(where, Setting.deleted.is_(False))))
    return 0 if None in found else sum(beds or 0 for beds in found)


def _day(concern: Row[Any]) -> date:
    day: date = concern.received_at.astimezone().date()
    return day


def _counted(concern: Row[Any]) -> Counted:
    return Counted(
        id=concern.id,
        setting_id=concern.setting_id,
        provider_id=concern.provider_id,
        kind=concern.kind,
        themes=tuple(themes_of(concern.themes)),
        received_on=_day(concern),
        severity=concern.severity,
        decision=concern.decision,
    )


def _in_time(concern: Row[Any], policy: Policy) -> bool:
    """Whether a closed concern was closed in time. One without a limit was."""
    limits = limits_of(
        *(concern.kind, concern.severity, concern.received_at, concern.reached or {}),
        *(policy.concerns, policy.working_days.days()),
        stages={ConcernStage.CLOSED},
    )
    done = date.fromisoformat(
        (concern.reached or {}).get(ConcernStage.CLOSED, date.min.isoformat())
    )
    return all(done <= one.due_on for one in limits if one.stage == ConcernStage.CLOSED)


def _first_month(today: date) -> date:
    """The first day of the oldest month that is drawn."""
    months = today.year * 12 + today.month - 1 - (_MONTHS - 1)
    return date(months // 12, months % 12 + 1, 1)


def _themes(
    concerns: Iterable[tuple[Row[Any], date]],
    policy: Policy,
    since: date,
    before: date,
    today: date,
) -> list[ThemeTrend]:
    """The themes of these days or those before, the most frequent first."""
    now: Counter[str] = Counter()
    earlier: Counter[str] = Counter()
    months: dict[str, list[int]] = defaultdict(lambda: [0] * _MONTHS)
    first = _first_month(today)
    for one, day in concerns:
        if one.kind == ConcernKind.COMPLIMENT or day > today:
            continue
        for theme in themes_of(one.themes):
            now[theme] += since <= day
            earlier[theme] += before <= day < since
            if day >= first:
                months[theme][(day.year - first.year) * 12 + day.month - first.month] += 1
    labels = {theme.id: theme.label for theme in policy.themes}
    found = [
        ThemeTrend(
            theme=theme,
            label=labels.get(theme, theme),
            count=now[theme],
            before=earlier[theme],
            months=months[theme],
        )
        for theme in {*now, *earlier}
        if now[theme] or earlier[theme]
    ]
    return sorted(found, key=lambda trend: (-trend.count, -trend.before, trend.label))


def _cluster_view(
    cluster: Cluster,
    settings: dict[str, str],
    providers: dict[str | None, str],
    labels: dict[str, str],
) -> ClusterView:
    return ClusterView(
        theme=cluster.theme,
        label=labels.get(cluster.theme, cluster.theme),
        setting_id=cluster.setting_id,
        setting=settings.get(cluster.setting_id or "", ""),
        provider_id=cluster.provider_id,
        provider=providers.get(cluster.provider_id, ""),
        count=len(cluster.concerns),
        settings=len({one.setting_id for one in cluster.concerns}),
        first=cluster.first,
        last=cluster.last,
        concern_ids=[one.id for one in cluster.concerns],
    )
