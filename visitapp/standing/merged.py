"""Settings that were merged into others. Nothing of theirs is moved: who reads the other one reads
both."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from visitapp.records import Setting
from visitapp.rules.market_choices import SettingStatus


def merged_roots(connection: Connection | Session) -> dict[str, str]:
    """For each merged setting, the id of the setting that it ended in."""
    found = select(Setting.id, Setting.merged_into_id).where(
        Setting.status == SettingStatus.MERGED.value,
        Setting.deleted.is_(False),
        Setting.merged_into_id.is_not(None),
    )
    into = {id_: other for id_, other in connection.execute(found) if other is not None}
    return {id_: _root(into, id_) for id_ in into}


def _root(into: Mapping[str, str], id_: str) -> str:
    """Where a chain ends. The server lets no ring come about; one would end where it began."""
    seen = {id_}
    while (id_ in into) and into[id_] not in seen:
        id_ = into[id_]
        seen.add(id_)
    return id_


def with_merged(connection: Connection | Session, setting_id: str) -> list[str]:
    """The id of a setting and those of the settings merged into it."""
    return together(merged_roots(connection), setting_id)


def together(roots: Mapping[str, str], setting_id: str) -> list[str]:
    """The id of a setting and those of the settings merged into it, by their roots."""
    return [setting_id, *sorted(id_ for id_, root in roots.items() if root == setting_id)]
