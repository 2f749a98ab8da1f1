"""Setting and lifting legal holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message, translate
from visitapp.records import (
    KINDS,
    Contract,
    ContractSetting,
    LegalHold,
    PlacementException,
    Provider,
    Setting,
    new_id,
)
from visitapp.rules.access import AccessRequest
from visitapp.rules.retention.holds import HOLDERS, HoldSubject, hold_fault
from visitapp.services.context import Desk
from visitapp.services.lookup import check_texts, find, titles
from visitapp.services.permission import objection, permit
from visitapp.services.retention.views import HoldChoice, LegalHoldView
from visitapp.standing.legal_holds import standing_holds
from visitapp.vocabulary import choice_word


class LegalHolds:
    """What a person can do with legal holds."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> list[LegalHoldView]:
        """The holds that stand and that this user sees, the newest first."""
        with self._desk.reading() as session:
            rows = session.execute(select(standing_holds())).all()
            first = {row.hold_id: session.get_one(LegalHold, row.hold_id) for row in rows}
            people = titles(session, {one.created_by for one in first.values()})
            found = [
                LegalHoldView(
                    id=row.hold_id,
                    subject=row.subject,
                    subject_word=choice_word(HoldSubject, row.subject),
                    subject_id=row.subject_id,
                    name=_name(session, row),
                    reason=first[row.hold_id].reason,
                    set_by=people.get(first[row.hold_id].created_by, ""),
                    set_on=first[row.hold_id].created_at.astimezone().date(),
                )
                for row in rows
            ]
        return sorted(found, key=lambda one: (one.set_on, one.id), reverse=True)

    def of_setting(self, setting_id: str) -> Sequence[LegalHoldView]:
        """The holds on a setting, its provider, its contracts and people placed there. Raises
        NotFound."""
        about = {(one.subject, _key(one)) for one in self.choices(setting_id)}
        return [one for one in self.list() if (one.subject, _key(one)) in about]

    def may_set(self) -> bool:
        """Whether this user may set and lift holds."""
        with self._desk.reading() as session:
            user = self._desk.user(session)
            request = AccessRequest(creating=True, fields=frozenset(), created_by=user.id)
            return objection(user, LegalHold, request) is None

    def choices(self, setting_id: str) -> Sequence[HoldChoice]:
        """What a hold can be set on from a setting: itself, its provider, its contracts, and the
        people whom its records name by a code. Raises NotFound."""
        with self._desk.reading() as session:
            setting = find(session, Setting, setting_id)
            provider = setting.provider_id and session.get(Provider, setting.provider_id)
            under = select(ContractSetting.contract_id).where(
                ContractSetting.setting_id == setting_id
            )
            contracts = select(Contract).where(Contract.id.in_(under)).order_by(Contract.number)
            found = [_choice(HoldSubject.SETTING, setting_id, setting.name)]
            if provider:
                found.append(_choice(HoldSubject.PROVIDER, provider.id, provider.name))
            found += [
                _choice(HoldSubject.CONTRACT, contract.id, contract.number)
                for contract in session.scalars(contracts)
            ]
            placed = select(PlacementException.person).where(
                PlacementException.setting_id == setting_id, PlacementException.deleted.is_(False)
            )
            codes = set(session.scalars(placed))
            found += [_choice(HoldSubject.PERSON, "", code) for code in sorted(codes)]
        return found

    def set(self, subject: str, subject_id: str, reason: str, *, person: str = "") -> str:
        """Keep the records of a setting, provider or contract, or those with a person's code; the
        id of the hold. Raises NotAllowed, NotFound, and Refused BAD_VALUE."""
        with self._desk.transaction(also=HOLDERS) as session:
            if not person:
                find(session, KINDS[subject], subject_id)
            id_ = new_id()
            values = {"subject": subject, "subject_id": subject_id, "person": person.strip()}
            self._add(session, LegalHold(id=id_, hold_id=id_, reason=reason.strip(), **values))
            return id_

    def lift(self, hold_id: str, reason: str) -> None:
        """End a hold. Raises NotAllowed, NotFound, and Refused BAD_VALUE without a reason."""
        with self._desk.transaction(also=HOLDERS) as session:
            holds = standing_holds()
            row = session.execute(select(holds).where(holds.c.hold_id == hold_id)).one_or_none()
            if row is None:
                raise NotFound(message("There is no such legal hold, or it has been lifted."))
            about = {name: getattr(row, name) for name in ("subject", "subject_id", "person")}
            lifted = LegalHold(id=new_id(), hold_id=hold_id, active=False, **about)
            lifted.reason = reason.strip()
            self._add(session, lifted)

    def _add(self, session: Session, hold: LegalHold) -> None:
        user = self._desk.user(session)
        request = AccessRequest(creating=True, fields=frozenset(), created_by=user.id)
        permit(user, LegalHold, request)
        fault = hold_fault(hold.subject, hold.subject_id, hold.person, hold.reason)
        if fault:
            raise Refused(Code.BAD_VALUE, fault, field="" if hold.reason else "reason")
        check_texts(LegalHold, {"reason": hold.reason})
        session.add(hold)


def _choice(subject: HoldSubject, subject_id: str, name: str) -> HoldChoice:
    word = choice_word(HoldSubject, subject)
    label = translate("{what}: {name}", what=word, name=name)
    return HoldChoice(subject=subject, subject_id=subject_id, name=name, label=label)


def _key(one: HoldChoice | LegalHoldView) -> str:
    return one.subject_id or one.name.casefold()


def _name(session: Session, row: Row[Any]) -> str:
    if row.person:
        return str(row.person)
    found = session.get(KINDS[row.subject], row.subject_id)
    return str(getattr(found, "number" if row.subject == "contract" else "name", ""))
