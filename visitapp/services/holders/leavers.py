"""All that somebody holds, and moving it in one step when they leave."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.records import (
    FROZEN,
    Contract,
    Cover,
    HandOver,
    HandOverState,
    Intervention,
    PlannedVisit,
    Setting,
    User,
    Visit,
)
from visitapp.rules.access import AccessRequest
from visitapp.rules.holders.holding import team_refusal
from visitapp.rules.interventions.states import OPEN_INTERVENTIONS
from visitapp.services.context import Desk
from visitapp.services.holders.covers import cover_views, end_cover
from visitapp.services.holders.hand_overs import (
    hand_over_views,
    new_hand_overs,
    require_receiver,
)
from visitapp.services.holders.people import holder_view, holders, person_called
from visitapp.services.holders.planned_along import in_the_name_of
from visitapp.services.permission import actor_of, objection
from visitapp.services.views.holders import (
    HeldContract,
    HeldIntervention,
    HeldSetting,
    Holder,
    Holdings,
    OpenVisit,
)
from visitapp.standing.steps import new_step


class Leavers:
    """What a person holds, as far as this device knows, and handing all of it to another."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def holders(self) -> list[Holder]:
        """Everybody who can be given settings."""
        with self._desk.reading() as session:
            return holders(session)

    def receivers(self) -> list[Holder]:
        """To whom the user can hand settings over: a lead within the team."""
        with self._desk.reading() as session:
            actor = actor_of(self._desk.user(session))
            return [one for one in holders(session) if team_refusal(actor, one.team) is None]

    def person(self, name: str) -> Holder:
        """A user by sign-in name or id. Raises NotFound."""
        with self._desk.reading() as session:
            return holder_view(person_called(session, name))

    def holdings(self, name: str) -> Holdings:
        """All that a user, by sign-in name or id, holds. Raises NotFound."""
        with self._desk.reading() as session:
            return self._holdings(session, person_called(session, name))

    def hand_over_all(
        self, name: str, to: str, *, starts_on: date | None = None, note: str = ""
    ) -> Holdings:
        """Hand all that a user holds to another, from a day on (today); what that was.

        Settings and contracts are handed over with their visits in progress. Cover by the user
        goes on by the other, and planned hand-overs to the user go to the other. Visits in
        progress or planned elsewhere and interventions go with a hand-over of today. Raises
        NotFound, NotAllowed unless the user leads the other's team, Refused BAD_VALUE.
        """
        today = self._desk.today()
        day = starts_on or today
        with self._desk.transaction() as session:
            heir = require_receiver(session, self._desk.user(session), to)
            leaver = person_called(session, name)
            if leaver.id == heir.id:
                raise Refused(Code.BAD_VALUE, message("Choose somebody else."))
            held = self._holdings(session, leaver)
            if not held.count:
                title = leaver.title or leaver.name
                raise Refused(Code.BAD_VALUE, message("{name} holds nothing here.", name=title))
            records: list[Setting | Contract] = [
                *(session.get_one(Setting, one.id) for one in held.settings),
                *(session.get_one(Contract, one.id) for one in held.contracts),
            ]
            session.add_all(new_hand_overs(records, heir, day, today, note, drafts=True))
            self._move_coming(session, held, heir, day, note)
            self._move_covers(session, held, heir, day)
            if day == today:
                self._move_drafts(session, held, heir)
                self._move_interventions(session, held, heir, note)
            return held

    def _holdings(self, session: Session, user: User) -> Holdings:
        today = self._desk.today()
        return Holdings(
            holder=holder_view(user),
            settings=_settings(session, user.id),
            contracts=_contracts(session, user.id),
            drafts=_drafts(session, user.id),
            covers=cover_views(
                *(session, today, Cover.deputy_id == user.id, Cover.for_lead_id.is_(None)),
                *(Cover.deleted.is_(False), Cover.ends_on >= today),
            ),
            coming=hand_over_views(
                *(session, HandOver.to_officer_id == user.id, HandOver.deleted.is_(False)),
                HandOver.state == HandOverState.PLANNED.value,
            ),
            planned=in_the_name_of(session, user.id),
            interventions=_interventions(session, user.id),
        )

    def _move_coming(
        self, session: Session, held: Holdings, heir: User, day: date, note: str
    ) -> None:
        for one in held.coming:
            planned = session.get_one(HandOver, one.id)
            planned.deleted = True
            if planned.from_officer_id == heir.id:
                continue
            session.add(
                HandOver(
                    setting_id=planned.setting_id,
                    contract_id=planned.contract_id,
                    from_officer_id=planned.from_officer_id,
                    to_officer_id=heir.id,
                    starts_on=max(day, planned.starts_on),
                    note=note.strip() or planned.note,
                    drafts=planned.drafts,
                )
            )

    def _move_covers(self, session: Session, held: Holdings, heir: User, day: date) -> None:
        for one in held.covers:
            cover = session.get_one(Cover, one.id)
            if cover.ends_on < day:
                continue
            ends_on, starts_on = cover.ends_on, max(day, cover.starts_on)
            end_cover(cover, day - timedelta(days=1))
            if session.get_one(Setting, cover.setting_id).officer_id != heir.id:
                session.add(
                    Cover(
                        setting_id=cover.setting_id,
                        deputy_id=heir.id,
                        starts_on=starts_on,
                        ends_on=ends_on,
                        note=cover.note,
                    )
                )

    def _move_interventions(self, session: Session, held: Holdings, heir: User, note: str) -> None:
        """By the step that gives each to another officer."""
        desk = self._desk
        reason = note.strip() or translate("Handed over with all that its officer held.")
        for one in held.interventions:
            record = session.get_one(Intervention, one.id)
            session.add(
                new_step(
                    *(record, record.status, actor_of(desk.user(session)), desk.clock()),
                    day=desk.today(),
                    reason=reason,
                    fields={"officer_id": heir.id},
                )
            )

    def _move_drafts(self, session: Session, held: Holdings, heir: User) -> None:
        """Visits in progress or planned at settings of others; those in progress of one's own stay,
        as everywhere."""
        moved = {one.id for one in held.settings}
        for plan in held.planned:
            if plan.setting_id not in moved:
                session.get_one(PlannedVisit, plan.id).officer_id = heir.id
        me = self._desk.user(session)
        for one in held.drafts:
            if one.setting_id in moved:
                continue
            visit = session.get_one(Visit, one.id)
            request = AccessRequest(
                creating=False,
                fields=frozenset({"officer_id"}),
                created_by=visit.created_by,
                visit_officer_id=visit.officer_id,
                visit_makers=frozenset({visit.created_by}),
            )
            if objection(me, Visit, request) is None:
                visit.officer_id = heir.id


def _interventions(session: Session, user_id: str) -> list[HeldIntervention]:
    found = session.execute(
        select(Intervention.id, Intervention.setting_id, Setting.name)
        .join(Setting, Setting.id == Intervention.setting_id)
        .where(
            Intervention.officer_id == user_id,
            Intervention.deleted.is_(False),
            Intervention.status.in_(OPEN_INTERVENTIONS),
        )
        .order_by(Setting.name, Intervention.id)
    )
    return [
        HeldIntervention(id=id_, setting_id=setting_id, setting=name)
        for id_, setting_id, name in found
    ]


def _settings(session: Session, user_id: str) -> list[HeldSetting]:
    columns = select(Setting.id, Setting.name, Setting.team)
    held = (Setting.officer_id == user_id, Setting.deleted.is_(False))
    found = session.execute(columns.where(*held).order_by(Setting.name, Setting.id))
    return [HeldSetting(id=id_, name=name, team=team) for id_, name, team in found]


def _contracts(session: Session, user_id: str) -> list[HeldContract]:
    columns = select(Contract.id, Contract.number, Contract.title)
    held = (Contract.officer_id == user_id, Contract.deleted.is_(False))
    found = session.execute(columns.where(*held).order_by(Contract.number, Contract.id))
    return [HeldContract(id=id_, number=number, title=title) for id_, number, title in found]


def _drafts(session: Session, user_id: str) -> list[OpenVisit]:
    found = session.execute(
        select(Visit.id, Visit.setting_id, Setting.name, Visit.visited_on)
        .join(Setting, Setting.id == Visit.setting_id)
        .where(Visit.officer_id == user_id, Visit.deleted.is_(False), Visit.status.not_in(FROZEN))
        .order_by(Visit.visited_on, Visit.id)
    )
    return [
        OpenVisit(id=id_, setting_id=setting_id, setting=name, visited_on=day)
        for id_, setting_id, name, day in found
    ]
