"""Decisions on placements that met: among the conflicts, and settled by a decision."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from visitapp.language import translate
from visitapp.records import ConflictStatus, PlacementPosition, Position, Setting
from visitapp.services.lookup import titles
from visitapp.services.placements.own_rows import refused_positions
from visitapp.services.views.sync import ConflictView
from visitapp.standing.placements import ranked_positions
from visitapp.vocabulary import choice_word, field_word


def met_positions(session: Session, user_id: str) -> list[ConflictView]:
    """Those of every setting, by its name: what stands, and each decision that met it."""
    heads = ranked_positions(refused_positions())
    rows = session.execute(
        select(heads, Setting.name.label("setting"))
        .join(Setting, Setting.id == heads.c.setting_id)
        .where(heads.c.met > 1)
        .order_by(Setting.name, heads.c.setting_id, heads.c.place)
    ).all()
    names = titles(session, {row.created_by for row in rows})
    by_setting: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        by_setting[row.setting_id].append(row)
    return [
        _view(stands, other, names, user_id)
        for stands, *others in by_setting.values()
        for other in others
    ]


def count_met_positions(session: Session) -> int:
    """How many decisions met one that stands."""
    heads = ranked_positions(refused_positions())
    return session.scalar(select(func.count()).where(heads.c.met > 1, heads.c.place > 1)) or 0


def _view(stands: Row[Any], other: Row[Any], names: dict[str, str], user_id: str) -> ConflictView:
    mine = {stands.created_by: "server", other.created_by: "other"}.get(user_id, "")
    return ConflictView(
        id=other.id,
        setting_id=stands.setting_id,
        setting=stands.setting,
        visit_id=None,
        kind=PlacementPosition.__tablename__,
        record_id=stands.id,
        field="position",
        about=field_word("position"),
        server_value=stands.position,
        server_text=_text(stands),
        server_by=names.get(stands.created_by, ""),
        server_at=stands.created_at,
        other_value=other.position,
        other_text=_text(other),
        other_by=names.get(other.created_by, ""),
        other_at=other.created_at,
        mine=mine,
        status=ConflictStatus.OPEN.value,
        by_decision=True,
    )


def _text(row: Row[Any]) -> str:
    position = choice_word(Position, row.position)
    if not row.condition:
        return position
    return translate("{position}: {condition}", position=position, condition=row.condition)
