"""Campaigns as this device has them, with their visits and results."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, case, func, select
from sqlalchemy.orm import Session

from forms.model import Form
from visitapp.errors import VisitappError
from visitapp.records import Campaign, PlannedVisit, Rag, Setting, Visit
from visitapp.rules.ratings import UNSENT
from visitapp.rules.visiting.campaigns import CampaignTurn
from visitapp.rules.visiting.planned_visit_life import OPEN_PLANS
from visitapp.services.campaigns.views import RUNNING, CampaignView, CampaignVisit
from visitapp.services.context import Desk
from visitapp.services.lookup import titles
from visitapp.services.planning.queries import who_makes
from visitapp.services.views.planning import DONE, MISSED, STARTED, WITHDRAWN
from visitapp.standing.planned import carried_out_by, is_withdrawn, started_as


def campaign_views(
    session: Session, desk: Desk, campaign_id: str | None = None
) -> list[CampaignView]:
    """Every campaign or the one named: those that run first, the earliest end first; then those
    that ended, the latest first."""
    wanted = select(Campaign).where(
        Campaign.turn == CampaignTurn.STARTED, Campaign.deleted.is_(False)
    )
    if campaign_id is not None:
        wanted = wanted.where(Campaign.id == campaign_id)
    started = session.scalars(wanted).all()
    ends = _ends(session)
    visits = _visits(session, desk, campaign_id)
    names = titles(session, {one.created_by for one in started})
    found = [
        _view(desk, one, ends.get(one.id), visits.get(one.id, ()), names.get(one.created_by, ""))
        for one in started
    ]
    running = sorted((one for one in found if one.state == RUNNING), key=_by_end)
    ended = sorted((one for one in found if one.state != RUNNING), key=_by_end, reverse=True)
    return [*running, *ended]


def running_ids(session: Session) -> set[str]:
    """The ids of the campaigns that nobody ended."""
    started = session.scalars(
        select(Campaign.id).where(
            Campaign.turn == CampaignTurn.STARTED, Campaign.deleted.is_(False)
        )
    )
    return set(started) - _ends(session).keys()


def _by_end(one: CampaignView) -> tuple[Any, str]:
    return one.ended_on or one.ends_on, one.id


def _ends(session: Session) -> Mapping[str, Campaign]:
    """The row that ended each campaign: of several the one that the server took first."""
    order = case((Campaign.revision == 0, UNSENT), else_=Campaign.revision)
    rows = session.scalars(
        select(Campaign)
        .where(Campaign.turn != CampaignTurn.STARTED, Campaign.deleted.is_(False))
        .order_by(order.desc(), Campaign.created_at.desc(), Campaign.id.desc())
    )
    return {row.campaign_id: row for row in rows}


def _visits(
    session: Session, desk: Desk, campaign_id: str | None
) -> Mapping[str, Sequence[tuple[CampaignVisit, Visit | None]]]:
    """By campaign, each planned visit with the signed-off one that carried it out."""
    query = (
        select(
            PlannedVisit,
            Setting.name,
            who_makes().label("officer_id"),
            carried_out_by().label("made_by"),
            started_as().label("started_as"),
            is_withdrawn().label("withdrawn"),
        )
        .join(Setting, Setting.id == PlannedVisit.setting_id)
        .where(PlannedVisit.deleted.is_(False), PlannedVisit.campaign_id.is_not(None))
        .order_by(PlannedVisit.planned_on, func.lower(Setting.name))
    )
    if campaign_id is not None:
        query = query.where(PlannedVisit.campaign_id == campaign_id)
    rows = session.execute(query).all()
    officers = titles(session, {row.officer_id for row in rows})
    made = [row.made_by for row in rows if row.made_by]
    by_id = {one.id: one for one in session.scalars(select(Visit).where(Visit.id.in_(made)))}
    found: dict[str, list[tuple[CampaignVisit, Visit | None]]] = defaultdict(list)
    for row in rows:
        plan: PlannedVisit = row[0]
        visit = by_id.get(row.made_by)
        one = CampaignVisit(
            plan_id=plan.id,
            setting_id=plan.setting_id,
            setting=row.name,
            officer=officers.get(row.officer_id or "", ""),
            planned_on=plan.planned_on,
            state=_state(row, plan, desk),
            visit_id=row.made_by or row.started_as,
            rag=(visit.outcome or {}).get("overall", "") if visit else "",
        )
        found[str(plan.campaign_id)].append((one, visit))
    return found


def _state(row: Row[*tuple[Any, ...]], plan: PlannedVisit, desk: Desk) -> str:
    """A visit that was made counts, also where its plan was cancelled meanwhile."""
    if row.made_by:
        return DONE
    if plan.status not in OPEN_PLANS:
        return plan.status
    if row.withdrawn:
        return WITHDRAWN
    if row.started_as:
        return STARTED
    return MISSED if plan.planned_on < desk.today() else plan.status


def _view(
    desk: Desk,
    one: Campaign,
    end: Campaign | None,
    visits: Iterable[tuple[CampaignVisit, Visit | None]],
    started_by: str,
) -> CampaignView:
    pairs = list(visits)
    form = _form(desk, one.form_id)
    return CampaignView(
        id=one.id,
        title=one.title,
        form_id=one.form_id,
        form=form.title if form is not None else one.form_id,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        started_by=started_by,
        state=end.turn if end is not None else RUNNING,
        words=end.words if end is not None else "",
        ended_on=end.created_at.astimezone().date() if end is not None else None,
        overdue=end is None and one.ends_on < desk.today(),
        visits=[visit for visit, _ in pairs],
        results=_in_order(Counter(visit.rag for visit, _ in pairs if visit.rag)),
        themes=_themes(form, [made for _, made in pairs if made is not None]),
    )


def _themes(form: Form | None, visits: Iterable[Visit]) -> dict[str, dict[str, int]]:
    """How many visits came to each colour in each area, in the order of the form."""
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    for visit in visits:
        for area in (visit.outcome or {}).get("areas", ()):
            tallies[area["id"]][area["rag"]] += 1
    known = {area.id: area.title for area in form.areas} if form is not None else {}
    order = [
        *(id_ for id_ in known if id_ in tallies),
        *(id_ for id_ in tallies if id_ not in known),
    ]
    return {known.get(id_, id_): _in_order(tallies[id_]) for id_ in order}


def _in_order(tally: Mapping[str, int]) -> dict[str, int]:
    return {rag.value: tally[rag.value] for rag in Rag if tally.get(rag.value)}


def _form(desk: Desk, form_id: str) -> Form | None:
    try:
        return desk.library.form(form_id)
    except VisitappError:
        return None
