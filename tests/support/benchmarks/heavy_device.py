"""The device of the speed targets: 1,000 settings, 12,000 visits, 800,000 answers, 70,000 actions,
made fast."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text

from tests.support.benchmarks.many_settings import fill_actions, fill_due
from tests.support.desk.desks import FORM, Clock, open_desk
from tests.support.desk.keyrings import FolderKeyring
from tests.support.forms.versions import CURRENT
from visitapp.records import Answer, Role, Setting, Visit, new_id
from visitapp.records.ids import answer_id
from visitapp.services.services import Services

SETTINGS, VISITS, ANSWERS, ACTIONS, PLANS = 1_000, 12_000, 800_000, 70_000, 800


def make_device(folder: Path) -> None:
    """Make the device of an officer in `folder`, with a `FolderKeyring`, in a minute or two. Its
    rows are only for reading: they are not captured."""
    folder.mkdir()
    with open_desk(folder / "profile", Clock(), FolderKeyring(folder / "keyring")) as services:
        services.profile.introduce("Ann Example", Role.OFFICER)
        fill_due(services, SETTINGS)
        fill_actions(services, ACTIONS, PLANS)
        _fill_answers(services, VISITS, ANSWERS)


def _fill_answers(services: Services, visits: int, answers: int) -> None:
    """As many visits as there are not yet, all approved, and answers shared evenly."""
    made = {"created_at": services.desk.clock(), "created_by": services.me().id}
    form = services.desk.library.form(FORM, CURRENT)
    questions = list(form.questions.values())
    values = ("met", "partly", "not_met")
    with services.desk.database.applying() as session:
        settings = session.scalars(select(Setting.id)).all()
        there = session.scalar(select(text("count(*)")).select_from(Visit)) or 0
        rows: list[dict[str, Any]] = []
        for number in range(visits - there):
            visited_on = date(2026, 5, 1) - timedelta(days=7 * (number // len(settings)) + 1)
            about = {"form_id": FORM, "form_version": CURRENT, "purpose": "annual"}
            home = {"setting_id": settings[number % len(settings)], "visited_on": visited_on}
            state = {"officer_id": made["created_by"], "status": "approved"}
            rows.append({"id": new_id(), **about, **home, **state, **made})
        session.execute(insert(Visit), rows)
        asked = questions[: answers // len(rows)]
        for start in range(0, len(rows), 1000):
            session.execute(
                insert(Answer),
                [
                    {
                        "id": answer_id(visit["id"], question.id),
                        "visit_id": visit["id"],
                        "setting_id": visit["setting_id"],
                        "question": question.id,
                        "value": values[place % 3] if question.type == "choice" else None,
                        "note": "Seen.",
                        **made,
                    }
                    for visit in rows[start : start + 1000]
                    for place, question in enumerate(asked)
                ],
            )
