"""What changed at a setting since the last visit, what to look at first, and whom to ask for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import plural, translate
from visitapp.records import (
    FROZEN,
    Action,
    ActionStatus,
    Answer,
    PlannedVisit,
    Rag,
    Setting,
    Visit,
)
from visitapp.records.codec import moment_from_wire
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.rules.market_choices import FactKind
from visitapp.services.actions.queries import action_views
from visitapp.services.briefing.live_risk import live_risk
from visitapp.services.briefing.look_first import look_first
from visitapp.services.briefing.views import (
    AskFor,
    Briefing,
    BriefingAction,
    BriefingChange,
    BriefingFact,
)
from visitapp.services.concerns.trends import ConcernTrends
from visitapp.services.concerns.words import cluster_words
from visitapp.services.context import Desk
from visitapp.services.contributions import Contribution
from visitapp.services.lookup import find
from visitapp.services.providers.contacts import contact_views
from visitapp.services.providers.views import ContactView
from visitapp.services.settings.facts import fact_views
from visitapp.services.settings.settings import Settings
from visitapp.services.settings.timeline import timeline
from visitapp.services.views.actions import ActionView
from visitapp.services.views.settings import FactView, SettingView, TimelineEntry
from visitapp.standing.merged import with_merged
from visitapp.standing.planned import is_open_plan
from visitapp.standing.visits import is_visit
from visitapp.vocabulary import choice_word, visit_word

CHANGES, FIRST, ACTIONS, ASKED, THEMES = 7, 6, 5, 4, 5
"""Lines of each part, so that the briefing stays one page."""
THEME_DAYS = 183
_PEOPLE = (FactKind.MANAGER, FactKind.NOMINATED_INDIVIDUAL)


class Briefings:
    """Briefings are made from what is on this device, without a network."""

    def __init__(self, desk: Desk, contributions: Sequence[Contribution]) -> None:
        self._desk = desk
        self._settings = Settings(desk, contributions)
        self._trends = ConcernTrends(desk)
        self._told = [one for one in contributions if one.briefed]

    def of(self, setting_id: str) -> Briefing:
        """The briefing of the next visit of a setting. Raises NotFound."""
        view = self._settings.view(setting_id)
        trends = self._trends.trends(setting_id, days=THEME_DAYS)
        clusters = self._trends.clusters(setting_id)
        today = self._desk.today()
        with self._desk.reading() as session:
            setting = find(session, Setting, setting_id)
            together = with_merged(session, setting_id)
            since = view.row.last_visit
            facts = fact_views(session, together, today)
            later = _news(timeline(session, together, self._told), facts, since)
            plan = action_views(
                session,
                today,
                Action.setting_id.in_(together),
                Action.status.in_({*OPEN_STATUSES, ActionStatus.DONE}),
            )
            answers_here = Answer.__kind__.seen_by(self._desk.user(session).role)
            first = look_first(session, self._desk, setting) if answers_here else []
            contacts = contact_views(session, setting.provider_id) if setting.provider_id else []
            visit, draft_id = _visit(session, setting_id)
            synced = self._desk.states.get(session, "last_synced")
            return Briefing(
                setting_id=setting_id,
                setting=setting.name,
                provider=view.row.provider,
                visit=visit,
                draft_id=draft_id,
                made_at=self._desk.clock(),
                synced_at=moment_from_wire(synced) if synced else None,
                last_visit=since,
                standing=[*_standing(view), *live_risk(session, self._desk, setting_id)],
                changes=later[:CHANGES],
                left_out=max(0, len(later) - CHANGES),
                unchanged=_unchanged(facts, since),
                theme_days=THEME_DAYS,
                themes=[(one.label, one.count) for one in trends.themes if one.count][:THEMES],
                clusters=[cluster_words(one) for one in clusters],
                plan=_counted(plan, today),
                actions=[_action(one) for one in sorted(plan, key=_by_urgency)[:ACTIONS]],
                look_first=first[:FIRST],
                answers_here=answers_here,
                left_first=max(0, len(first) - FIRST),
                ask_for=_people(facts, contacts),
            )


def _news(
    entries: Sequence[TimelineEntry], facts: Sequence[FactView], since: date | None
) -> list[BriefingChange]:
    """What happened after the last visit, the newest first."""
    changes = [
        BriefingChange(
            day=one.at.astimezone().date(), what=one.what, detail=" ".join(one.detail.split())
        )
        for one in entries
    ]
    changes += _changed_facts(facts)
    later = [one for one in changes if since is None or one.day > since]
    return sorted(later, key=lambda one: one.day, reverse=True)


def _people(facts: Sequence[FactView], contacts: Sequence[ContactView]) -> list[AskFor]:
    """The manager as the facts have it, then the provider's contacts."""
    held = [
        AskFor(role=choice_word(FactKind, one.kind), name=one.content)
        for one in facts
        if one.holds and one.kind in _PEOPLE and one.content
    ]
    others = [AskFor(role=one.role, name=one.name, phone=one.phone) for one in contacts]
    return (held + others)[:ASKED]


def _visit(session: Session, setting_id: str) -> tuple[str, str | None]:
    """The visit in progress with its id, or the next planned one."""
    draft = session.execute(
        select(Visit.id, Visit.purpose, Visit.visited_on)
        .where(
            Visit.setting_id == setting_id,
            Visit.deleted.is_(False),
            Visit.status.not_in(FROZEN),
            is_visit(Visit),
        )
        .order_by(Visit.id.desc())
        .limit(1)
    ).first()
    if draft is not None:
        day = short_day(draft.visited_on)
        words = translate("{visit} of {day}", visit=visit_word(draft.purpose), day=day)
        return words, draft.id
    plan = session.execute(
        select(PlannedVisit.purpose, PlannedVisit.planned_on)
        .where(is_open_plan(), PlannedVisit.setting_id == setting_id)
        .order_by(PlannedVisit.planned_on, PlannedVisit.id)
        .limit(1)
    ).first()
    if plan is None:
        return "", None
    day = short_day(plan.planned_on)
    words = translate("{visit} planned for {day}", visit=visit_word(plan.purpose), day=day)
    return words, None


def _standing(view: SettingView) -> list[BriefingFact]:
    row, hygiene = view.row, view.hygiene
    rated = translate("since {day}", day=short_day(row.rag_since)) if row.rag_since else ""
    before = (
        translate("{rag} before that", rag=choice_word(Rag, row.rag_before))
        if row.rag_before
        else ""
    )
    found = [
        BriefingFact(
            label=translate("Rating now"),
            value=choice_word(Rag, row.rag or Rag.UNRATED),
            note=", ".join(one for one in (rated, before) if one),
        ),
        BriefingFact(label=translate("Placements"), value=row.placements, note=row.placements_note),
        BriefingFact(
            label=translate("Regulator"),
            value=row.regulator_overall or translate("None known"),
            note=short_day(row.regulator_published) if row.regulator_published else "",
        ),
    ]
    if hygiene is not None and hygiene.confirmed:
        found.append(
            BriefingFact(
                label=translate("Food hygiene"),
                value=hygiene.rating,
                note=short_day(hygiene.rated_on) if hygiene.rated_on else "",
            )
        )
    if row.risk_percent is not None:
        found.append(
            BriefingFact(
                label=translate("Risk score (higher is lower risk)"),
                value=str(row.risk_percent),
                note=short_day(row.risk_on) if row.risk_on else "",
            )
        )
    return found


def _changed_facts(facts: Sequence[FactView]) -> list[BriefingChange]:
    """What the facts that hold say anew, with what they said before."""
    found = []
    for one in facts:
        if not one.holds:
            continue
        earlier = [
            other
            for other in facts
            if other.kind == one.kind and not other.holds and not other.corrected
        ]
        before = max(earlier, key=lambda other: other.starts_on or other.as_of, default=None)
        kind, content = choice_word(FactKind, one.kind), one.content or translate("none")
        if before is None or before.content == one.content:
            continue
        found.append(
            BriefingChange(
                day=one.starts_on or one.as_of,
                what=translate(
                    "{fact}: {now}, was {before}.",
                    fact=kind,
                    now=content,
                    before=before.content or translate("none"),
                ),
                detail=one.source,
            )
        )
    return found


def _unchanged(facts: Sequence[FactView], since: date | None) -> list[str]:
    """`Beds 32`: the facts that hold, and held at the last visit."""
    if since is None:
        return []
    return [
        f"{choice_word(FactKind, one.kind)} {one.content}"
        for one in facts
        if one.holds and one.content and (one.starts_on or one.as_of) <= since
    ]


def _counted(plan: Sequence[ActionView], today: date) -> str:
    verify = sum(one.status == ActionStatus.DONE for one in plan)
    late = sum(one.overdue_days > 0 for one in plan)
    open_ = len(plan) - verify - late
    parts = [
        plural("{n} to verify", "{n} to verify", verify) if verify else "",
        plural("{n} overdue", "{n} overdue", late) if late else "",
        plural("{n} open and in time", "{n} open and in time", open_) if open_ else "",
    ]
    return " \u00b7 ".join(part for part in parts if part)


def _by_urgency(one: ActionView) -> tuple[int, int, date]:
    """What is late first, then what is to be verified, then by the day."""
    return -one.overdue_days, one.status != ActionStatus.DONE, one.due_on


def _action(one: ActionView) -> BriefingAction:
    if one.overdue_days:
        state = plural("{n} day late", "{n} days late", one.overdue_days)
    elif one.status == ActionStatus.DONE:
        state = translate("To verify")
    else:
        state = translate("due {day}", day=short_day(one.due_on))
    if one.moved_count:
        moved = plural("moved once", "moved {n} times", one.moved_count)
        state = f"{state}, {moved}"
    return BriefingAction(id=one.id, title=one.title, state=state, late=one.overdue_days > 0)
