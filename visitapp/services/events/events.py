"""Significant events: record one, let it change the rating, and see which are to be reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, NotAllowed, Refused
from visitapp.records import Rating, Setting, SignificantEvent
from visitapp.records.codec import columns
from visitapp.rules.access import REVIEWERS, AccessRequest
from visitapp.rules.choices import EventKind, Rag, RatingKind
from visitapp.rules.events import Event, event_fault
from visitapp.rules.ratings import event_refusal
from visitapp.services.context import Desk
from visitapp.services.lookup import check_texts, find, titles
from visitapp.services.permission import permit
from visitapp.services.placements.own_rows import write_rating
from visitapp.services.placements.standing import rag_of
from visitapp.services.views.decided.events import EventView, RatingLine
from visitapp.standing.event_ratings import event_rating
from visitapp.standing.ratings import ranked_ratings, rating_rows


class Events:
    """What a person can do with significant events and the ratings that they change."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def record(
        self,
        setting_id: str,
        kind: str,
        text: str,
        *,
        happened_on: date | None = None,
        source: str = "",
        rag: str | None = None,
        reason: str = "",
        review_on: date | None = None,
    ) -> EventView:
        """Record what happened; with `rag`, change the rating at once.

        `review_on`: where it is left out, the latest day that the policy allows. Raises NotFound,
        NotAllowed for a better rating by somebody who does not review, or Refused(BAD_VALUE).
        """
        with self._desk.transaction() as session:
            setting = find(session, Setting, setting_id)
            event = record_event(
                session,
                self._desk,
                SignificantEvent(
                    setting_id=setting.id,
                    happened_on=happened_on or self._desk.today(),
                    kind=EventKind(kind).value,
                    text=text.strip(),
                    source=source.strip(),
                    rag=rag,
                    reason=reason.strip(),
                    review_on=review_on,
                ),
            )
            return _views(session, SignificantEvent.id == event.id)[0]

    def list(self, setting_id: str) -> list[EventView]:
        """The events of a setting, the newest first. Raises NotFound."""
        with self._desk.reading() as session:
            find(session, Setting, setting_id)
            return _views(session, SignificantEvent.setting_id == setting_id)

    def objection(self, setting_id: str, rag: str) -> str:
        """Why the user may not change the rating of a setting to this by an event; empty when they
        may."""
        with self._desk.reading() as session:
            role, before = self._desk.user(session).role, rag_of(session, setting_id)
            return str(event_refusal(role, rag, before) or "")

    def ratings(self, setting_id: str | None = None) -> Sequence[RatingLine]:
        """The quality ratings of a setting, or of all, the newest day first."""
        wanted = [] if setting_id is None else [Rating.setting_id == setting_id]
        with self._desk.reading() as session:
            if setting_id is not None:
                find(session, Setting, setting_id)
            return _lines(session, wanted, self._desk.today())

    def reviews_due(self) -> Sequence[RatingLine]:
        """Ratings by an event that stand although their review is overdue, the oldest first."""
        due = [line for line in self.ratings() if line.review_overdue]
        return sorted(due, key=lambda line: (line.review_on, line.setting))

    def today(self) -> date:
        """The calendar day where the user is."""
        return self._desk.today()

    def latest_review(self) -> date:
        """The latest review that an event of today may have."""
        with self._desk.reading() as session:
            return _latest_review(self._desk, session)


def record_event(session: Session, desk: Desk, event: SignificantEvent) -> SignificantEvent:
    """Keep an event in the session's transaction, and let its rating follow. Raises NotAllowed or
    Refused(BAD_VALUE)."""
    user, policy = desk.user(session), desk.policy(session)
    check_texts(SignificantEvent, {name: getattr(event, name) for name in _TEXTS})
    making = AccessRequest(creating=True, fields=frozenset(), created_by=user.id)
    permit(user, SignificantEvent, making)
    event.policy_version = policy.version
    if event.rag is not None:
        event.rag_before = rag_of(session, event.setting_id)
        event.review_on = event.review_on or _latest_review(desk, session)
    said = Event(
        happened_on=event.happened_on,
        text=event.text,
        rag=event.rag,
        before=event.rag_before,
        reason=event.reason,
        review_on=event.review_on,
    )
    fault = event_fault(said, desk.today(), policy.placements)
    if fault:
        raise Refused(Code.BAD_VALUE, fault)
    if event.rag is not None and event.rag_before is not None:
        why = event_refusal(user.role, event.rag, event.rag_before)
        if why:
            raise NotAllowed(why)
    session.add(event)
    session.flush()
    values = {"id": event.id, **{n: getattr(event, n) for n in columns(SignificantEvent)}}
    rows = rating_rows(session, RatingKind.QUALITY, event.setting_id)
    made = event_rating(values, rows, reviewer=user.role in REVIEWERS)
    if made is not None:
        write_rating(session, made, policy, by=user.id, at=event.created_at)
    return event


_TEXTS = ("text", "source", "reason")


def _latest_review(desk: Desk, session: Session) -> date:
    return desk.today() + timedelta(days=desk.policy(session).placements.event_review_days)


def _views(session: Session, wanted: ColumnElement[bool]) -> list[EventView]:
    rows = session.execute(
        select(SignificantEvent, Setting.name)
        .join(Setting, Setting.id == SignificantEvent.setting_id)
        .where(wanted, SignificantEvent.deleted.is_(False))
        .order_by(SignificantEvent.happened_on.desc(), SignificantEvent.id.desc())
    ).all()
    named = titles(session, [event.created_by for event, _ in rows])
    return [
        EventView(
            id=event.id,
            setting_id=event.setting_id,
            setting=name,
            happened_on=event.happened_on,
            kind=event.kind,
            text=event.text,
            source=event.source,
            rag=event.rag or "",
            rag_before=event.rag_before or "",
            reason=event.reason,
            review_on=event.review_on,
            visit_id=event.visit_id or "",
            recorded_by=named.get(event.created_by, ""),
            recorded_at=event.created_at,
        )
        for event, name in rows
    ]


def _lines(
    session: Session, wanted: Sequence[ColumnElement[bool]], today: date
) -> list[RatingLine]:
    ranked = ranked_ratings()
    standing = set(session.scalars(select(ranked.c.id).where(ranked.c.place == 1)))
    rows = session.execute(
        select(Rating, Setting.name, SignificantEvent.review_on)
        .join(Setting, Setting.id == Rating.setting_id)
        .outerjoin(SignificantEvent, SignificantEvent.id == Rating.event_id)
        .where(Rating.kind == RatingKind.QUALITY, Rating.deleted.is_(False), *wanted)
        .order_by(Rating.visited_on.desc(), Rating.since.desc(), Rating.id)
    )
    return [
        RatingLine(
            id=rating.id,
            setting_id=rating.setting_id,
            setting=name,
            day=rating.visited_on,
            rag=Rag(rating.rag).value,
            state=rating.state,
            cause=rating.cause,
            visit_id=rating.visit_id or "",
            event_id=rating.event_id or "",
            reason=rating.reason,
            stands=rating.id in standing,
            review_on=review_on,
            review_overdue=rating.id in standing and review_on is not None and review_on < today,
        )
        for rating, name, review_on in rows
    ]
