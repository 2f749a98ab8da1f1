"""What waits for the person at this device today, each with its one next step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from visitapp.language import translate
from visitapp.records import Cover, PlannedVisit, Setting
from visitapp.rules.access import DECIDERS, REVIEWERS
from visitapp.rules.market_choices import SettingStatus
from visitapp.services.context import Desk
from visitapp.services.contributions import Contribution
from visitapp.services.planning.queries import who_makes
from visitapp.services.settings.current_rating import standing_rags
from visitapp.services.today.items import Mine, Part, TodayItem, TodayView
from visitapp.standing.planned import is_open_plan

LEFT = "today_left"
"""Under this name the device keeps the lines that were left: until which day, by line."""
READ_FOR = timedelta(days=60)
"""How long a change stays read: longer than it is listed for."""
_ORDER = {part: place for place, part in enumerate(Part)}


class Today:
    """What each subject contributes to the day."""

    def __init__(self, desk: Desk, contributions: Sequence[Contribution]) -> None:
        self._desk = desk
        self._sources = [read for one in contributions for read in one.today]
        self._decisions = [one for some in contributions for one in some.decisions]

    def view(self) -> TodayView:
        """The day, in the order of the page; within a part as its subject ordered it."""
        with self._desk.reading() as session:
            mine = self._mine(session)
            left = self._left(session, mine.today)
            found = [one for read in self._sources for one in read(session, self._desk, mine)]
            if _decides(session, mine):
                found += self._decisions_of(session)
            items = [one for one in found if not (one.may_wait and _key(one) in left)]
            rags = standing_rags(session, {one.setting_id for one in items if one.setting_id})
            next_on, next_at = _next_visit(session, mine)
            return TodayView(
                day=mine.today,
                items=sorted(
                    (_rated(one, rags) for one in items), key=lambda one: _ORDER[one.part]
                ),
                has_settings=_has_settings(session),
                next_on=next_on,
                next_at=next_at,
            )

    def has_settings(self) -> bool:
        """Whether this device holds any setting."""
        with self._desk.reading() as session:
            return _has_settings(session)

    def leave_until_tomorrow(self, item: TodayItem) -> bool:
        """Leave a line out until tomorrow; false for one that may not wait."""
        if not item.may_wait:
            return False
        self._leave(item, self._desk.today())
        return True

    def mark_read(self, item: TodayItem) -> None:
        """Leave a change of a regulator out from now on: it was read."""
        self._leave(item, self._desk.today() + READ_FOR)

    def bring_back(self, item: TodayItem) -> None:
        """Show a line again that was left."""
        self._leave(item, None)

    def _leave(self, item: TodayItem, until: date | None) -> None:
        today = self._desk.today()
        with self._desk.database.applying() as session:
            kept = self._left(session, today)
            kept.pop(_key(item), None)
            if until is not None:
                kept[_key(item)] = until.isoformat()
            self._desk.states.set(session, LEFT, kept)

    def _left(self, session: Session, today: date) -> dict[str, str]:
        kept: dict[str, str] = self._desk.states.get(session, LEFT) or {}
        return {key: until for key, until in kept.items() if until >= today.isoformat()}

    def _mine(self, session: Session) -> Mine:
        user, today = self._desk.user(session), self._desk.today()
        covered = select(Cover.setting_id).where(
            Cover.deputy_id == user.id,
            Cover.deleted.is_(False),
            Cover.for_lead_id.is_(None),
            Cover.starts_on <= today,
            Cover.ends_on >= today,
        )
        settings = select(Setting.id).where(
            Setting.deleted.is_(False),
            Setting.status == SettingStatus.OPEN,
            or_(Setting.officer_id == user.id, Setting.id.in_(covered)),
        )
        return Mine(user, self._desk.policy(session), self._desk.clock(), today, settings)

    def _decisions_of(self, session: Session) -> Iterator[TodayItem]:
        waiting = [
            one
            for source in self._decisions
            for one in source.waiting(session, self._desk)
            if one.mine
        ]
        for one in sorted(waiting, key=lambda one: (one.since, one.id)):
            yield TodayItem(
                part=Part.DECISIONS,
                id=one.id,
                title=one.setting,
                setting_id=one.setting_id,
                detail=one.title,
                late=one.needed_by is not None and one.needed_by <= self._desk.today(),
                step=translate("Decide"),
                page="decisions",
                target=one.id,
            )


def _decides(session: Session, mine: Mine) -> bool:
    """Whether decisions may wait for the person: by their role, or as the delegate of a lead."""
    if mine.user.role in DECIDERS | REVIEWERS:
        return True
    stands_in = select(Cover.id).where(
        Cover.deputy_id == mine.user.id, Cover.for_lead_id.is_not(None), Cover.deleted.is_(False)
    )
    return session.scalar(stands_in.limit(1)) is not None


def _has_settings(session: Session) -> bool:
    held = select(Setting.id).where(Setting.deleted.is_(False)).limit(1)
    return session.scalar(held) is not None


def _key(item: TodayItem) -> str:
    return f"{item.part}:{item.id}"


def _rated(item: TodayItem, rags: dict[str, str]) -> TodayItem:
    if item.rag or item.setting_id not in rags:
        return item
    return replace(item, rag=rags[item.setting_id])


def _next_visit(session: Session, mine: Mine) -> tuple[date | None, str]:
    """The day and the setting of the person's next planned visit after today."""
    found = session.execute(
        select(PlannedVisit.planned_on, Setting.name)
        .join(Setting, Setting.id == PlannedVisit.setting_id)
        .where(is_open_plan(), PlannedVisit.planned_on > mine.today, who_makes() == mine.user.id)
        .order_by(PlannedVisit.planned_on, PlannedVisit.id)
        .limit(1)
    ).first()
    return (found.planned_on, found.name) if found else (None, "")
