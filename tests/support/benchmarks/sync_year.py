"""A council's year as an officer records it, made in parts so that ten years fit in memory too.

The year: 1,000 settings, 1,200 visits each with 60 answers with their rating and a note, and 7,200
actions: 81,400 records. A share of it has fewer settings; more years have more visits.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert

from sync.tables import table_of
from tests.support.sync.council import Device
from visitapp.records import Action, Answer, Setting, Synced, Visit, new_id
from visitapp.records.ids import answer_id
from visitapp.storage.outbox import Created, queue

SETTINGS, VISITS, ANSWERS, ACTIONS = 1000, 1200, 60, 6
MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
_TEXT = "the manager showed us records of care and staff were kind lunch was hot bells answered"
_WORDS = tuple(_TEXT.split(" "))
_VISITS_AT_ONCE = 200

Row = dict[str, Any]
Part = tuple[type[Synced], list[Row]]


def fill(device: Device, years: float) -> int:
    """Put the work of so many years on a device as if it had been recorded there; the number of
    records."""
    count = 0
    with device.database.applying() as session:
        connection = session.connection()
        for kind, rows in _recorded(device.user_id, years):
            marks = {"revision": 0, "field_revisions": {}}
            connection.execute(insert(table_of(kind)), [{**row, **marks} for row in rows])
            name = str(kind.__tablename__)
            news = [Created(name, r["id"], r.get("setting_id", r["id"])) for r in rows]
            queue(connection, news, [], MOMENT)
            count += len(rows)
    return count


def _recorded(user_id: str, years: float) -> Iterator[Part]:
    chance = random.Random(20261122)
    settings = [new_id() for _ in range(min(SETTINGS, round(SETTINGS * years)))]
    yield Setting, [_setting(user_id, number, id_) for number, id_ in enumerate(settings)]
    visits = round(VISITS * years)
    for start in range(0, visits, _VISITS_AT_ONCE):
        some = range(start, min(start + _VISITS_AT_ONCE, visits))
        made = [(new_id(), settings[number % len(settings)]) for number in some]
        yield Visit, [_visit(user_id, *one) for one in made]
        yield Answer, [_answer(user_id, chance, *one, q) for one in made for q in range(ANSWERS)]
        yield Action, [_action(user_id, chance, *one) for one in made for _ in range(ACTIONS)]


def _base(user_id: str) -> Row:
    return {"created_at": MOMENT, "created_by": user_id, "deleted": False}


def _setting(user_id: str, number: int, id_: str) -> Row:
    held = {"officer_id": user_id, "team": "East", "service_type": "residential"}
    return {**_base(user_id), **held, "id": id_, "name": f"Invented House {number}"}


def _visit(user_id: str, visit: str, setting: str) -> Row:
    form = {"form_id": "short", "form_version": "1", "purpose": "annual"}
    day = {"visited_on": date(2026, 10, 1), "officer_id": user_id}
    return {**_base(user_id), **form, **day, "id": visit, "setting_id": setting}


def _answer(user_id: str, chance: random.Random, visit: str, setting: str, number: int) -> Row:
    question = f"q{number}"
    given = {"question": question, "value": "met", "note": _note(chance)}
    of = {"setting_id": setting, "visit_id": visit, "id": answer_id(visit, question)}
    return {**_base(user_id), **of, **given}


def _action(user_id: str, chance: random.Random, visit: str, setting: str) -> Row:
    day = date(2026, 12, 1)
    due = {"first_due_on": day, "due_on": day, "priority": "medium"}
    of = {"setting_id": setting, "visit_id": visit, "id": new_id()}
    return {**_base(user_id), **of, **due, "title": _note(chance)[:100]}


def _note(chance: random.Random) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(8, 24)))
