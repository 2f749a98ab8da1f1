"""Visits, what was answered in them, and the evidence that supports it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import FIRST, USER, Base, Instant, Json, Synced, parent, reference


class VisitStatus(StrEnum):
    """A visit's life. Signed off and approved visits are frozen; a returned one is open again."""

    DRAFT = "draft"
    SIGNED_OFF = "signed_off"
    RETURNED = "returned"
    APPROVED = "approved"


FROZEN = frozenset({VisitStatus.SIGNED_OFF, VisitStatus.APPROVED})


class Purpose(StrEnum):
    """Why a visit is made (DESIGN §2, visit purpose).

    A risk model that is filled in for a setting is kept as a visit too, so that history, sync and
    re-rating work alike; its purpose tells it apart (`ASSESSMENTS`).
    """

    ANNUAL = "annual"
    RISK_LED = "risk_led"
    THEMED = "themed"
    INTERVENTION = "intervention"
    JOINT = "joint"
    CONTRACT_REVIEW = "contract_review"
    DESKTOP = "desktop"
    RISK_ASSESSMENT = "risk_assessment"


ASSESSMENTS = frozenset({Purpose.RISK_ASSESSMENT})
"""Purposes of what is no visit: no list of visits shows it and it sets no rating."""


class Visit(Synced, Base):
    """One structured look at a setting, on one pinned form version.

    `facts` are the setting's facts that the form's conditions read, pinned at sign-off together
    with `outcome` (the JSON of DESIGN §5), so that the rating can be worked out again years later.
    `form_text` is the form itself where it was built for this visit (`forms.tailored.build`); its
    `form_version` then ends with a mark of the text.
    """

    __tablename__ = "visit"

    setting_id: Mapped[str] = mapped_column(parent("setting.id"), index=True)
    form_id: Mapped[str] = mapped_column(String(80))
    form_version: Mapped[str] = mapped_column(String(20))
    form_text: Mapped[str | None] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(String(20))
    visited_on: Mapped[date]
    announced: Mapped[bool] = mapped_column(default=True)
    joined_by: Mapped[str] = mapped_column(String(250), default="")
    officer_id: Mapped[str] = mapped_column(reference(), info=USER)
    status: Mapped[str] = mapped_column(String(20), default=VisitStatus.DRAFT, index=True)
    facts: Mapped[dict[str, Any] | None] = mapped_column(Json)
    outcome: Mapped[dict[str, Any] | None] = mapped_column(Json)
    signed_off_at: Mapped[datetime | None] = mapped_column(Instant)
    signed_off_by: Mapped[str | None] = mapped_column(reference(), info=USER)


class Joining(Synced, Base):
    """A user who makes a visit together with its officer, whoever holds the setting. Its id is
    `ids.joining_id(visit, user)`; a deleted one was taken back."""

    __tablename__ = "joining"

    setting_id: Mapped[str] = mapped_column(parent("setting.id"), index=True)
    visit_id: Mapped[str] = mapped_column(parent("visit.id"), index=True)
    user_id: Mapped[str] = mapped_column(reference(), index=True, info=USER)


SIGN_OFF_FIELDS = frozenset({"status", "facts", "outcome", "signed_off_at", "signed_off_by"})
"""The fields of a visit that travel after its answers, so that the server can rate it again."""


class Answer(Synced, Base):
    """What was recorded for one question. Its id is `ids.answer_id(visit, question, item)`.

    `value` holds a scale value, a number, a text, an ISO date or counts of people; `checked` and
    `met` hold a sample. An answer taken back has all three empty. `source` is what the records
    said (`{"value", "origin", "at"}`) where they filled the answer; it stays beside an officer's
    override, whose `reason` is then why.
    """

    __tablename__ = "answer"

    setting_id: Mapped[str] = mapped_column(parent("setting.id"), index=True)
    visit_id: Mapped[str] = mapped_column(parent("visit.id"), index=True)
    question: Mapped[str] = mapped_column(String(80))
    item: Mapped[str] = mapped_column(String(40), default="")
    value: Mapped[Any | None] = mapped_column(Json)
    checked: Mapped[int | None]
    met: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    source: Mapped[dict[str, Any] | None] = mapped_column(Json, info=FIRST)


class Evidence(Synced, Base):
    """What supports an answer or an action: a document seen, a conversation, a photo.

    One with bytes names their SHA-256, their media type and their size; they travel on their own.
    """

    __tablename__ = "evidence"

    setting_id: Mapped[str] = mapped_column(parent("setting.id"), index=True)
    visit_id: Mapped[str | None] = mapped_column(parent("visit.id"), index=True)
    action_id: Mapped[str | None] = mapped_column(parent("action.id"), index=True)
    question: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(250))
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    media_type: Mapped[str | None] = mapped_column(String(80))
    size: Mapped[int | None]
