"""Answers: what was recorded for each question."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import (
    FIRST,
    Base,
    Json,
    Synced,
    free_text,
    identifier,
    parent,
)
from visitapp.records.ids import answer_id
from visitapp.rules import access
from visitapp.rules.kinds import NONE, ON_VISITS, DerivedId, Joint, Kind, Restore, Scope


class Answer(Synced, Base):
    """What was recorded for one question. Its id is `ids.answer_id(visit, question, item)`.

    `value` holds a scale value, a number, a text, an ISO date or counts of people; `checked` and
    `met` hold a sample. An answer taken back has all three empty. `source` is what the records
    said (`{"value", "origin", "at"}`) where they filled the answer; it stays beside an officer's
    override, whose `reason` is then why. `confirmed` marks one that was found as it was at an
    earlier visit (`rules.visiting.confirmed`).
    """

    __tablename__ = "answer"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=ON_VISITS,
        writers=access.WRITERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.ON_THE_VISIT,
        late=True,
        restore=Restore.SHARED,
        derived_id=DerivedId(answer_id, ("visit_id", "question", "item")),
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id", "visit_id", "question", "item"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    visit_id: Mapped[str] = parent("visit.id", same_setting=True, freezes=True)
    question: Mapped[str] = identifier(80)
    item: Mapped[str] = identifier(40, default="")
    value: Mapped[Any | None] = mapped_column(Json)
    checked: Mapped[int | None]
    met: Mapped[int | None]
    note: Mapped[str | None] = free_text()
    reason: Mapped[str | None] = free_text()
    source: Mapped[dict[str, Any] | None] = mapped_column(Json, info=FIRST)
    confirmed: Mapped[dict[str, Any] | None] = mapped_column(Json)
    good_practice: Mapped[bool] = mapped_column(default=False)
