"""Many concerns on a desk, made fast."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from visitapp.records import Concern, Setting, new_id
from visitapp.rules.concerns.states import ConcernKind, ConcernSource
from visitapp.services.services import Services

KINDS, SOURCES = list(ConcernKind), list(ConcernSource)
THEMES = ("medicines", "falls", "staffing", "dignity,records", "")


def fill_concerns(services: Services, concerns: int) -> None:
    """Concerns of the last three years over all settings, as rows: a tenth is open, most of the
    others were closed in time."""
    now, me = services.desk.clock(), services.me().id
    with services.desk.database.applying() as session:
        settings = session.scalars(select(Setting.id)).all()
        rows = [
            _row(number, settings[number * 7 % len(settings)], now, me)
            for number in range(concerns)
        ]
        session.execute(insert(Concern), rows)


def _row(number: int, setting_id: str, now: Any, me: str) -> dict[str, Any]:
    received = now - timedelta(hours=number * 131 % (3 * 365 * 24), minutes=number % 60)
    is_open = number % 10 == 0
    closed = (received + timedelta(days=20 + number % 12)).date().isoformat()
    done = {"acknowledged": received.date().isoformat()}
    if not is_open:
        done |= {"answered": closed, "decided": closed, "closed": closed}
    return {
        "id": new_id(),
        "setting_id": setting_id,
        "kind": KINDS[number % len(KINDS)],
        "source": SOURCES[number % len(SOURCES)],
        "received_at": received,
        "severity": str(1 + number % 4),
        "themes": THEMES[number % len(THEMES)],
        "title": f"Night {number}",
        "text": "What was said. " * 8,
        "reference": f"K-{number}",
        "status": "open" if is_open else "closed",
        "decision": None if is_open else ("substantiated", "not_substantiated")[number % 2],
        "lesson": None if is_open else "Count twice",
        "reached": done,
        "reopened_count": 0,
        "created_at": received,
        "created_by": me,
    }
