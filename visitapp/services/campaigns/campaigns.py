"""Campaigns of themed audits: start one, which plans its visits; follow it; end it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import Campaign, PlannedStatus, PlannedVisit, Purpose, Setting, new_id
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.text import folded
from visitapp.rules.visiting.campaigns import CampaignTurn, campaign_fault
from visitapp.services.campaigns.queries import campaign_views, running_ids
from visitapp.services.campaigns.spread import spread
from visitapp.services.campaigns.views import (
    RUNNING,
    CampaignSetting,
    CampaignStart,
    CampaignView,
)
from visitapp.services.context import Desk
from visitapp.services.lookup import check_texts, find_user, titles
from visitapp.services.permission import actor_of, may_make, permit_making
from visitapp.services.risk.known import known_risks, risk_order
from visitapp.services.views.risk import KnownRisk
from visitapp.services.visits.form_fit import require_fitting
from visitapp.standing.planned import is_open_plan
from visitapp.standing.steps import new_step


class Campaigns:
    """What a person can do with campaigns."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def may_start(self) -> bool:
        """Whether the user may start and end campaigns."""
        with self._desk.reading() as session:
            return may_make(self._desk, session, Campaign)

    def forms(self) -> dict[str, str]:
        """The titles of the forms for themed audits, by id."""
        newest = {one.id: one for one in self._desk.library.summaries() if one.kind == "visit"}
        found = {
            id_: one.title
            for id_, one in newest.items()
            if Purpose.THEMED in self._desk.library.form(id_).purposes
        }
        return dict(sorted(found.items(), key=lambda pair: folded(pair[1])))

    def settings(self, form_id: str, officers: Sequence[str] = ()) -> list[CampaignSetting]:
        """The open settings of this device that a form is for, the riskiest first. `officers`: the
        sign-in names of those whose settings they are; everybody's without. Raises NotFound."""
        form = self._desk.library.form(form_id)
        with self._desk.reading() as session:
            held_by = {find_user(session, name).id for name in officers}
            rows = [
                one
                for one in _open_settings(session)
                if (not held_by or one.officer_id in held_by)
                and (not form.applies_to or one.service_type in form.applies_to)
            ]
            names = titles(session, {one.officer_id for one in rows})
            risks = known_risks(session, self._desk, {one.id for one in rows})
            rows.sort(key=lambda one: (risk_order(risks.get(one.id)), folded(one.name)))
            return [
                CampaignSetting(
                    id=one.id,
                    name=one.name,
                    service_type=one.service_type,
                    officer_id=one.officer_id or "",
                    officer=names.get(one.officer_id or "", ""),
                    team=one.team,
                    risk=risks[one.id].rag if one.id in risks else "",
                )
                for one in rows
            ]

    def start(
        self,
        title: str,
        form_id: str,
        setting_ids: Sequence[str],
        starts_on: date,
        ends_on: date,
    ) -> CampaignStart:
        """Start a campaign and plan a themed audit at each of the settings, in the name of whoever
        holds it: the riskiest first, spread over the working days that are left.

        A setting that the form is not for, that is closed, or that has a planned visit of another
        campaign that runs on this form, is left out. Raises NotAllowed, NotFound, and Refused
        BAD_VALUE, also when no setting is left; then nothing was changed.
        """
        title, form = title.strip(), self._desk.library.form(form_id)
        today = self._desk.today()
        if ends_on < today:
            raise Refused(
                Code.BAD_VALUE,
                message("The last day of the campaign is past."),
                message("Give today or a later day."),
                field="ends_on",
            )
        if Purpose.THEMED not in form.purposes:
            raise Refused(
                Code.BAD_VALUE, message("“{form}” is not for themed audits.", form=form.title)
            )
        id_ = new_id()
        with self._desk.transaction() as session:
            permit_making(self._desk, session, Campaign)
            first = Campaign(
                id=id_,
                campaign_id=id_,
                turn=CampaignTurn.STARTED,
                title=title,
                form_id=form.id,
                starts_on=starts_on,
                ends_on=ends_on,
                words="",
            )
            _require_said(first)
            session.add(first)
            wanted, left_out = self._chosen(session, form_id, setting_ids)
            if not wanted:
                raise Refused(
                    Code.BAD_VALUE,
                    message("No setting is left for this campaign."),
                    message("Choose settings that the form is for."),
                )
            session.flush()
            risks = known_risks(session, self._desk, {one.id for one in wanted})
            for setting, day in self._days(session, wanted, risks, max(starts_on, today), ends_on):
                session.add(_plan(setting, day, first))
            session.flush()
        return CampaignStart(campaign_id=id_, planned=len(wanted), left_out=left_out)

    def list(self) -> Sequence[CampaignView]:
        """Every campaign, those that run first."""
        with self._desk.reading() as session:
            return campaign_views(session, self._desk)

    def view(self, campaign_id: str) -> CampaignView:
        """One campaign. Raises NotFound."""
        with self._desk.reading() as session:
            return self._view(session, campaign_id)

    def close(self, campaign_id: str, words: str) -> CampaignView:
        """End a campaign with the sentence that says what came of it. The visits that were not made
        are cancelled. Raises NotAllowed, NotFound, and Refused BAD_VALUE."""
        return self._end(campaign_id, CampaignTurn.CLOSED, words)

    def withdraw(self, campaign_id: str, reason: str) -> CampaignView:
        """End a campaign that should not go on, with the reason; else as `close`."""
        return self._end(campaign_id, CampaignTurn.WITHDRAWN, reason)

    def _end(self, campaign_id: str, turn: CampaignTurn, words: str) -> CampaignView:
        words = words.strip()
        with self._desk.transaction() as session:
            view = self._view(session, campaign_id)
            permit_making(self._desk, session, Campaign)
            if view.state != RUNNING:
                raise Refused(Code.BAD_VALUE, message("This campaign has ended already."))
            end = Campaign(
                id=new_id(),
                campaign_id=campaign_id,
                turn=turn,
                title=view.title,
                form_id=view.form_id,
                starts_on=view.starts_on,
                ends_on=view.ends_on,
                words=words,
            )
            _require_said(end)
            session.add(end)
            self._cancel_rest(session, campaign_id, words)
            session.flush()
            return self._view(session, campaign_id)

    def _cancel_rest(self, session: Session, campaign_id: str, words: str) -> None:
        """A visit that is in progress stays planned: somebody is there."""
        left = self._view(session, campaign_id).left
        to_cancel = [one.plan_id for one in left if one.visit_id is None]
        actor, now = actor_of(self._desk.user(session)), self._desk.clock()
        for plan_id in to_cancel:
            plan = session.get_one(PlannedVisit, plan_id)
            session.add(new_step(plan, PlannedStatus.CANCELLED, actor, now, reason=words))

    def _view(self, session: Session, campaign_id: str) -> CampaignView:
        found = campaign_views(session, self._desk, campaign_id)
        if not found:
            raise NotFound(
                message("There is no campaign with the id {id} on this device.", id=campaign_id)
            )
        return found[0]

    def _chosen(
        self, session: Session, form_id: str, setting_ids: Sequence[str]
    ) -> tuple[Sequence[Setting], dict[str, str]]:
        """The settings that can be visited, and why others cannot, by name."""
        form = self._desk.library.form(form_id)
        busy = _in_another(session, form_id)
        wanted, left_out = [], {}
        for id_ in dict.fromkeys(setting_ids):
            setting = session.get(Setting, id_)
            if setting is None or setting.deleted:
                raise NotFound(message("There is no setting with the id {id} here.", id=id_))
            try:
                _require_open(setting)
                require_fitting(form, setting, Purpose.THEMED)
            except Refused as refused:
                left_out[setting.name] = str(refused.what)
                continue
            if id_ in busy:
                why = message("It is in the campaign “{title}” already.", title=busy[id_])
                left_out[setting.name] = str(why)
                continue
            wanted.append(setting)
        return wanted, left_out

    def _days(
        self,
        session: Session,
        settings: Sequence[Setting],
        risks: Mapping[str, KnownRisk],
        first: date,
        last: date,
    ) -> Sequence[tuple[Setting, date]]:
        """The day of each setting: of each officer the riskiest first, evenly spread."""
        calendar = self._desk.policy(session).working_days.days()
        by_officer: dict[str, list[Setting]] = defaultdict(list)
        for one in settings:
            by_officer[one.officer_id or ""].append(one)
        found: Sequence[tuple[Setting, date]] = []
        for own in by_officer.values():
            own.sort(key=lambda one: (risk_order(risks.get(one.id)), folded(one.name)))
            days = spread(len(own), first, last, calendar)
            found = [*found, *zip(own, days, strict=True)]
        return found


def _open_settings(session: Session) -> list[Setting]:
    is_open = (Setting.deleted.is_(False), Setting.status == SettingStatus.OPEN)
    return list(session.scalars(select(Setting).where(*is_open)))


def _in_another(session: Session, form_id: str) -> dict[str, str]:
    """By setting, the title of the campaign that runs on this form and still has a visit there."""
    rows = session.execute(
        select(PlannedVisit.setting_id, Campaign.id, Campaign.title)
        .join(Campaign, Campaign.id == PlannedVisit.campaign_id)
        .where(Campaign.form_id == form_id, is_open_plan())
    )
    running = running_ids(session)
    return {row.setting_id: row.title for row in rows if row.id in running}


def _require_open(setting: Setting) -> None:
    if setting.status != SettingStatus.OPEN:
        raise Refused(Code.BAD_VALUE, message("{setting} is closed.", setting=setting.name))


def _require_said(one: Campaign) -> None:
    names = ("turn", "title", "starts_on", "ends_on", "words")
    fault = campaign_fault({name: getattr(one, name) for name in names})
    if fault:
        raise Refused(Code.BAD_VALUE, fault)
    check_texts(Campaign, {"title": one.title, "words": one.words})


def _plan(setting: Setting, day: date, campaign: Campaign) -> PlannedVisit:
    return PlannedVisit(
        setting_id=setting.id,
        purpose=Purpose.THEMED,
        form_id=campaign.form_id,
        officer_id=None,
        window_from=campaign.starts_on,
        window_to=campaign.ends_on,
        first_planned_on=day,
        campaign_id=campaign.id,
    )
