"""Counting concerns: by theme and month, and clusters of them. Only what is on this device counts,
so a restricted concern counts for those who see it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.orm import Session

from visitapp.records import Concern, Provider, Setting
from visitapp.rules.concerns.clocks import LimitReader
from visitapp.rules.concerns.clusters import Cluster, Counted, clusters
from visitapp.rules.concerns.states import (
    UPHELD,
    ConcernKind,
    ConcernStage,
    ConcernStatus,
)
from visitapp.rules.concerns.themes import themes_of
from visitapp.rules.policy.model import Policy
from visitapp.rules.visiting.due import add_months
from visitapp.services.concerns.views import ClusterView, ThemeTrend, TrendRow, Trends, TrendTable
from visitapp.services.context import Desk

_MONTHS = 6
_SPAN = 90
_CLOSING = frozenset({ConcernStage.CLOSED.value})


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
        reader = LimitReader(policy.concerns, policy.working_days.days())
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
            closed_in_time=sum(_in_time(one, reader) for one in closed),
            per_hundred=_per_hundred(len(concerns), beds),
            themes=_tallied(
                both, _themes_of, _labels(found, "theme", policy), (before, since, today)
            ),
        )

    def table(
        self,
        by: str,
        setting_id: str | None = None,
        provider_id: str | None = None,
        days: int = _SPAN,
    ) -> TrendTable:
        """The concerns of the days up to today, and of those before, by one of `SUBJECTS`; the most
        frequent first."""
        today = self._desk.today()
        since, before = today - timedelta(days - 1), today - timedelta(2 * days - 1)
        with self._desk.reading() as session:
            policy = self._desk.policy(session)
            found = _read(session, setting_id, provider_id, min(before, _first_month(today)))
            beds = _beds_by(session, by)
        both = [(one, _day(one)) for one in found]
        rows = _tallied(both, SUBJECTS[by], _labels(found, by, policy), (before, since, today))
        return TrendTable(
            by=by,
            days=days,
            months=[add_months(_first_month(today), n) for n in range(_MONTHS)],
            rows=[
                TrendRow(
                    id=one.theme,
                    label=one.label,
                    count=one.count,
                    before=one.before,
                    months=one.months,
                    per_hundred=_per_hundred(one.count, beds.get(one.theme, 0)),
                )
                for one in rows
            ],
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


def counted_since(session: Session, since: date, setting_id: str | None = None) -> list[Counted]:
    """The concerns received on a day or later, at one setting or all, as clusters count them."""
    return [
        one
        for one in map(_counted, _read(session, setting_id, None, since))
        if one.received_on >= since
    ]


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


def _in_time(concern: Row[Any], reader: LimitReader) -> bool:
    """Whether a closed concern was closed in time. One without a limit was."""
    limits = reader.limits(
        *(concern.kind, concern.severity, concern.received_at, concern.reached or {}),
        stages=_CLOSING,
    )
    done = date.fromisoformat(
        (concern.reached or {}).get(ConcernStage.CLOSED, date.min.isoformat())
    )
    return all(done <= one.due_on for one in limits if one.stage == ConcernStage.CLOSED)


def _first_month(today: date) -> date:
    """The first day of the oldest month that is drawn."""
    months = today.year * 12 + today.month - 1 - (_MONTHS - 1)
    return date(months // 12, months % 12 + 1, 1)


def _themes_of(concern: Row[Any]) -> list[str]:
    return themes_of(concern.themes)


SUBJECTS: Mapping[str, Callable[[Row[Any]], list[str]]] = {
    "theme": _themes_of,
    "setting": lambda concern: [concern.setting_id],
    "provider": lambda concern: [concern.provider_id] if concern.provider_id else [],
}
"""What concerns are counted by: the ids that one counts for."""


def _labels(found: Iterable[Row[Any]], by: str, policy: Policy) -> dict[str, str]:
    if by == "theme":
        return {theme.id: theme.label for theme in policy.themes}
    if by == "setting":
        return {one.setting_id: one.setting for one in found}
    return {one.provider_id: one.provider or "" for one in found}


def _tallied(
    concerns: Iterable[tuple[Row[Any], date]],
    subjects_of: Callable[[Row[Any]], list[str]],
    labels: Mapping[str, str],
    days: tuple[date, date, date],
) -> list[ThemeTrend]:
    """The subjects with a concern in these days or those before, the most frequent first. `days`:
    the first of those before, the first of these, today."""
    before, since, today = days
    now: Counter[str] = Counter()
    earlier: Counter[str] = Counter()
    months: dict[str, list[int]] = defaultdict(lambda: [0] * _MONTHS)
    first = _first_month(today)
    for one, day in concerns:
        if one.kind == ConcernKind.COMPLIMENT or day > today:
            continue
        for subject in subjects_of(one):
            now[subject] += since <= day
            earlier[subject] += before <= day < since
            if day >= first:
                months[subject][(day.year - first.year) * 12 + day.month - first.month] += 1
    found = [
        ThemeTrend(
            theme=subject,
            label=labels.get(subject, subject),
            count=now[subject],
            before=earlier[subject],
            months=months[subject],
        )
        for subject in {*now, *earlier}
        if now[subject] or earlier[subject]
    ]
    return sorted(found, key=lambda trend: (-trend.count, -trend.before, trend.label))


def _per_hundred(count: int, beds: int) -> float | None:
    return round(100 * count / beds, 1) if beds else None


def _beds_by(session: Session, by: str) -> dict[str, int]:
    """The beds by setting or provider, where they are all known."""
    if by == "theme":
        return {}
    subject = Setting.id if by == "setting" else Setting.provider_id
    unknown = func.sum(case((Setting.beds.is_(None), 1), else_=0))
    found = session.execute(
        select(subject, func.sum(Setting.beds))
        .where(Setting.deleted.is_(False), subject.is_not(None))
        .group_by(subject)
        .having(unknown == 0)
    )
    return {str(id_): int(beds or 0) for id_, beds in found}


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
        setting_ids=sorted({one.setting_id for one in cluster.concerns}),
    )
