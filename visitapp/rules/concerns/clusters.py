"""Clusters: several concerns of one theme within some days, in one setting or across the settings
of one provider."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from visitapp.rules.concerns.states import ConcernDecision, ConcernKind


class Counted(Struct, frozen=True, kw_only=True):
    """A concern as clusters and trends count it."""

    id: str
    setting_id: str
    provider_id: str | None
    kind: str
    themes: tuple[str, ...]
    received_on: date
    severity: str
    decision: str | None


class Cluster(Struct, frozen=True, kw_only=True):
    """Concerns that lie close together, oldest first. Of one setting, or, where `setting_id` is
    None, of several settings of one provider."""

    theme: str
    setting_id: str | None
    provider_id: str | None
    concerns: tuple[Counted, ...]

    @property
    def first(self) -> date:
        """The day of the oldest."""
        return self.concerns[0].received_on

    @property
    def last(self) -> date:
        """The day of the newest."""
        return self.concerns[-1].received_on


def counts(concern: Counted) -> bool:
    """Whether a concern says that something may be wrong."""
    unfounded = concern.decision == ConcernDecision.NOT_SUBSTANTIATED
    return concern.kind != ConcernKind.COMPLIMENT and not unfounded


def clusters(concerns: Iterable[Counted], *, count: int, days: int, today: date) -> list[Cluster]:
    """The clusters of the days up to today, the newest first: `count` concerns of a theme in one
    setting, or in as many settings of one provider."""
    since = today - timedelta(days=days - 1)
    found: list[Cluster] = []
    by_setting: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    by_provider: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for one in sorted(concerns, key=lambda concern: (concern.received_on, concern.id)):
        if counts(one) and since <= one.received_on <= today:
            for theme in one.themes:
                by_setting[one.setting_id, theme].append(one)
                if one.provider_id is not None:
                    by_provider[one.provider_id, theme].append(one)
    for (setting_id, theme), some in by_setting.items():
        if len(some) >= count:
            provider_id = some[0].provider_id
            found.append(_cluster(theme, setting_id, provider_id, some))
    for (provider_id, theme), some in by_provider.items():
        if len({one.setting_id for one in some}) >= count:
            found.append(_cluster(theme, None, provider_id, some))
    return sorted(found, key=lambda c: (-c.last.toordinal(), c.theme, c.setting_id or ""))


def _cluster(
    theme: str, setting_id: str | None, provider_id: str | None, concerns: list[Counted]
) -> Cluster:
    return Cluster(
        theme=theme, setting_id=setting_id, provider_id=provider_id, concerns=tuple(concerns)
    )
