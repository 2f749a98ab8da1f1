"""Hand-overs of settings and contracts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, NotAllowed, NotFound, Refused
from visitapp.language import message
from visitapp.records import KEPT_HERE, Contract, HandOver, HandOverState, Setting, User
from visitapp.rules.holders.holding import team_refusal
from visitapp.rules.market_choices import SettingStatus
from visitapp.services.context import Desk
from visitapp.services.holders.people import holder_called, permit_new
from visitapp.services.holders.planned_along import planned_along
from visitapp.services.lookup import check_texts, find, titles
from visitapp.services.permission import actor_of
from visitapp.services.views.holders import Handable, HandOverView
from visitapp.services.views.people import Person


class HandOvers:
    """Who holds settings and contracts from when on. A team lead decides; the server carries it
    out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def hand_over(
        self,
        setting_ids: Sequence[str],
        to: str,
        *,
        contracts: Sequence[str] = (),
        starts_on: date | None = None,
        note: str = "",
        drafts: bool = True,
    ) -> list[HandOverView]:
        """Hand settings and contracts to a user, by sign-in name or id, from a day on (today).

        `contracts`: by id or number. `drafts`: the visits in progress there go along. It takes
        effect when the server has it. What the officer holds already is left out. Raises NotFound,
        NotAllowed unless the user leads the officer's team, Refused BAD_VALUE.
        """
        with self._desk.transaction() as session:
            me = self._desk.user(session)
            officer = require_receiver(session, me, to)
            records: list[Setting | Contract] = [
                *(find(session, Setting, id_) for id_ in dict.fromkeys(setting_ids)),
                *(contract_called(session, named) for named in dict.fromkeys(contracts)),
            ]
            day = starts_on or self._desk.today()
            made = new_hand_overs(records, officer, day, self._desk.today(), note, drafts=drafts)
            if not made:
                name = officer.title or officer.name
                raise Refused(
                    Code.BAD_VALUE, message("There is nothing to hand over to {name}.", name=name)
                )
            session.add_all(made)
            session.flush()
            return hand_over_views(session, HandOver.id.in_([one.id for one in made]))

    def offered(self) -> list[Handable]:
        """Every setting and contract on this device, by name. A merged setting is left out: its
        records are read where it was merged into."""
        with self._desk.reading() as session:
            settings = session.execute(
                select(Setting.id, Setting.name, Setting.officer_id).where(
                    Setting.deleted.is_(False), Setting.status != SettingStatus.MERGED.value
                )
            ).all()
            contracts = session.execute(
                select(Contract.id, Contract.number, Contract.officer_id).where(
                    Contract.deleted.is_(False)
                )
            ).all()
            names = titles(session, [officer for _, _, officer in (*settings, *contracts)])
        found = [
            Handable(
                id=id_,
                name=name,
                officer_id=officer or "",
                officer=names.get(officer or "", ""),
                is_contract=is_contract,
            )
            for is_contract, rows in ((False, settings), (True, contracts))
            for id_, name, officer in rows
        ]
        return sorted(found, key=lambda one: (one.is_contract, one.name.casefold(), one.id))

    def put_back(self, hand_over_id: str) -> None:
        """Undo the withdrawal of a hand-over."""
        with self._desk.transaction() as session:
            permit_new(self._desk.user(session), HandOver)
            session.get_one(HandOver, hand_over_id).deleted = False

    def withdraw(self, hand_over_id: str) -> None:
        """Take a planned hand-over back. Raises NotFound, NotAllowed, Refused BAD_VALUE."""
        with self._desk.transaction() as session:
            permit_new(self._desk.user(session), HandOver)
            one = find(session, HandOver, hand_over_id)
            if one.state != HandOverState.PLANNED:
                raise Refused(
                    Code.BAD_VALUE,
                    message("The day of this hand-over has come, so it cannot be withdrawn."),
                    message("Hand the setting or contract over again."),
                )
            one.deleted = True

    def list(self, *, planned: bool = False) -> list[HandOverView]:
        """Every hand-over, the newest day first; `planned`: only those to come."""
        wanted = (HandOver.state == HandOverState.PLANNED.value,) if planned else ()
        with self._desk.reading() as session:
            return hand_over_views(session, HandOver.deleted.is_(False), *wanted)


def contract_called(session: Session, named: str) -> Contract:
    """A contract by its id or number. Raises NotFound, or Refused BAD_VALUE where several have that
    number."""
    called = or_(Contract.id == named, Contract.number == named)
    found = session.scalars(select(Contract).where(called, Contract.deleted.is_(False))).all()
    if not found:
        raise NotFound(message("There is no contract {number} here.", number=named))
    if len(found) > 1:
        raise Refused(
            Code.BAD_VALUE,
            message("Several contracts have the number {number}.", number=named),
            message("Give the contract's ID."),
        )
    return found[0]


def require_receiver(session: Session, me: Person, to: str) -> User:
    """Who is to hold something. Raises NotFound, NotAllowed or Refused BAD_VALUE."""
    permit_new(me, HandOver)
    officer = holder_called(session, to)
    why = team_refusal(actor_of(me), officer.team)
    if why:
        raise NotAllowed(why)
    return officer


def new_hand_overs(
    records: Sequence[Setting | Contract],
    officer: User,
    starts_on: date,
    today: date,
    note: str,
    *,
    drafts: bool,
) -> list[HandOver]:
    """The hand-overs of what the officer does not hold yet. Raises Refused BAD_VALUE."""
    check_texts(HandOver, {"note": note})
    if starts_on < today:
        raise Refused(
            Code.BAD_VALUE, message("A hand-over starts today or later."), message("Choose a day.")
        )
    return [
        HandOver(
            setting_id=record.id if isinstance(record, Setting) else None,
            contract_id=record.id if isinstance(record, Contract) else None,
            from_officer_id=record.officer_id,
            to_officer_id=officer.id,
            starts_on=starts_on,
            note=note.strip(),
            drafts=drafts,
        )
        for record in records
        if record.officer_id != officer.id
    ]


def hand_over_views(session: Session, *conditions: ColumnElement[bool]) -> list[HandOverView]:
    """The hand-overs that meet the conditions, the newest day first."""
    found = session.execute(
        select(HandOver, Setting.name, Contract.number)
        .outerjoin(Setting, Setting.id == HandOver.setting_id)
        .outerjoin(Contract, Contract.id == HandOver.contract_id)
        .where(*conditions)
        .order_by(HandOver.starts_on.desc(), Setting.name, Contract.number, HandOver.id)
    ).all()
    users = {
        id_ for one, *_ in found for id_ in (one.from_officer_id, one.to_officer_id, one.created_by)
    }
    names = titles(session, users)
    return [
        HandOverView(
            id=one.id,
            setting_id=one.setting_id,
            contract_id=one.contract_id,
            what=setting or number or "",
            from_officer=names.get(one.from_officer_id or "", ""),
            to_officer=names.get(one.to_officer_id, ""),
            starts_on=one.starts_on,
            note=one.note,
            drafts=one.drafts,
            planned_visits=planned_along(session, one),
            state=one.state,
            decided_by=names.get(one.created_by, ""),
            waits=one.revision in (0, KEPT_HERE),
        )
        for one, setting, number in found
    ]
