"""Delegates of team leads: covers of every setting of a team, kept complete and told as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Select, func, select
from sqlalchemy.orm import aliased

from sync.server.audit.log import AuditEvent
from sync.server.records.workspace import Row, Workspace
from visitapp.records import Cover, Setting, User
from visitapp.rules.market_choices import SettingStatus


class HolderEvent(Struct, frozen=True):
    """One entry for the audit log."""

    event: AuditEvent
    detail: Mapping[str, Any]


def missing_covers(
    connection: Connection, workspace: Workspace, today: date
) -> list[tuple[Row, str]]:
    """The settings of teams whose lead has a delegate who does not cover them, each with another
    cover by that delegate."""
    found = connection.execute(_not_covered(today)).all()
    workspace.load("cover", {one.cover_id for one in found})
    rows = ((workspace.get("cover", one.cover_id), one.setting_id) for one in found)
    return [(row, setting_id) for row, setting_id in rows if row is not None]


def cover_events(changed: Iterable[tuple[Row, bool]]) -> Iterator[HolderEvent]:
    """What the audit log keeps of covers that started (true) or ended: an entry for each cover, and
    one for each delegate."""
    delegated: dict[tuple[str, str, bool], list[str]] = defaultdict(list)
    for cover, active in changed:
        deputy, setting = cover.values["deputy_id"], cover.values["setting_id"]
        lead = cover.values["for_lead_id"]
        if lead is not None:
            delegated[lead, deputy, active].append(setting)
            continue
        event = AuditEvent.COVER_STARTED if active else AuditEvent.COVER_ENDED
        detail = {"cover": cover.id, "setting": setting, "user": deputy}
        yield HolderEvent(event, detail)
    for (lead, deputy, active), settings in delegated.items():
        event = AuditEvent.DELEGATE_STARTED if active else AuditEvent.DELEGATE_ENDED
        yield HolderEvent(event, {"lead": lead, "user": deputy, "settings": sorted(settings)})


def _not_covered(today: date) -> Select[str, str]:
    same = aliased(Cover)
    covered = select(same.id).where(
        same.setting_id == Setting.id,
        same.for_lead_id == Cover.for_lead_id,
        same.deputy_id == Cover.deputy_id,
        same.starts_on == Cover.starts_on,
    )
    return (
        select(func.min(Cover.id).label("cover_id"), Setting.id.label("setting_id"))
        .join(User, User.id == Cover.for_lead_id)
        .join(Setting, Setting.team == User.team)
        .where(
            Cover.deleted.is_(False),
            Cover.ends_on >= today,
            Setting.deleted.is_(False),
            Setting.status != SettingStatus.MERGED.value,
            ~covered.exists(),
        )
        .group_by(Cover.for_lead_id, Cover.deputy_id, Cover.starts_on, Setting.id)
        .order_by(Setting.id)
    )
