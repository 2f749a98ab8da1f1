"""The clusters that a batch completes: concerns of one theme close together, which the officer and
the team lead are told of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, select

from sync.server.records.workspace import Workspace
from visitapp.dates import long_day
from visitapp.language import message
from visitapp.records import Concern, Provider, Setting
from visitapp.rules.concerns.clusters import Cluster, Counted, clusters
from visitapp.rules.concerns.themes import themes_of
from visitapp.rules.policy.casework import ConcernRules
from visitapp.rules.policy.model import Policy
from visitapp.standing.indicators.concerns import counted_concerns

_SEVERAL = message("{n} settings of {provider}")


class NewCluster(Struct, frozen=True):
    """A cluster, and the setting of the concern that completed it."""

    setting_id: str
    cluster: Cluster


def logged_concerns(workspace: Workspace) -> set[str]:
    """The concerns that were logged, or given other themes, in a transaction."""
    rows = workspace.rows(str(Concern.__tablename__))
    return {row.id for row in rows if row.new or "themes" in row.dirty}


def new_clusters(
    connection: Connection, logged: Collection[str], rules: ConcernRules, today: date
) -> Iterator[NewCluster]:
    """The clusters that stand with these concerns and did not without them. Restricted concerns
    never count, as not everybody who reads the notice may see them."""
    if not logged:
        return
    found = [_counted(one) for one in connection.execute(_near(rules, today))]
    places = {one.setting_id for one in found if one.id in logged}
    providers = {one.provider_id for one in found if one.setting_id in places} - {None}
    near = [one for one in found if one.setting_id in places or one.provider_id in providers]
    find = partial(clusters, count=rules.cluster_count, days=rules.cluster_days, today=today)
    there = {_about(one) for one in find(one for one in near if one.id not in logged)}
    for cluster in find(near):
        completing = [one for one in cluster.concerns if one.id in logged]
        if completing and _about(cluster) not in there:
            yield NewCluster(completing[-1].setting_id, cluster)


def cluster_places(
    connection: Connection, cluster: Cluster, setting: str, policy: Policy
) -> dict[str, str]:
    """What the text of a notice may name. `setting`: the name of the setting it is about."""
    labels = {theme.id: theme.label.lower() for theme in policy.themes}
    where = setting
    if cluster.setting_id is None:
        name = connection.execute(
            select(Provider.name).where(Provider.id == cluster.provider_id)
        ).scalar_one()
        several = len({one.setting_id for one in cluster.concerns})
        where = str(_SEVERAL.filled(n=several, provider=name))
    return {
        "setting": setting,
        "where": where,
        "count": str(len(cluster.concerns)),
        "theme": labels.get(cluster.theme, cluster.theme),
        "first": long_day(cluster.first),
        "date": long_day(cluster.last),
    }


def _near(rules: ConcernRules, today: date) -> Any:
    """The concerns of the days of a cluster, and of a day more, as moments are in UTC."""
    since = datetime.combine(today - timedelta(rules.cluster_days), time()).astimezone()
    return (
        counted_concerns(
            *(Concern.id, Concern.setting_id, Concern.kind, Concern.themes, Concern.received_at),
            *(Concern.severity, Concern.decision, Setting.provider_id),
        )
        .join(Setting, Setting.id == Concern.setting_id)
        .where(Concern.received_at >= since, Concern.themes != "")
    )


def _counted(concern: Row[Any]) -> Counted:
    return Counted(
        id=concern.id,
        setting_id=concern.setting_id,
        provider_id=concern.provider_id,
        kind=concern.kind,
        themes=tuple(themes_of(concern.themes)),
        received_on=concern.received_at.astimezone().date(),
        severity=concern.severity,
        decision=concern.decision,
    )


def _about(cluster: Cluster) -> tuple[str | None, str | None, str]:
    return cluster.setting_id, cluster.provider_id, cluster.theme
