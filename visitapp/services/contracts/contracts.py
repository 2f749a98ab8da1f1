"""Contracts: what the council buys, from whom, for which settings, and decisions on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import Contract, ContractSetting, Provider, Step, ids, new_id
from visitapp.rules.market.contract_terms import Phase
from visitapp.rules.market.days import (
    DAYS,
    extension_day_fault,
    last_day_fault,
    notice_fault,
    term_fault,
)
from visitapp.rules.market.management import override_fault
from visitapp.rules.market_choices import ContractStatus, ManagementLevel
from visitapp.rules.text import folded
from visitapp.services.context import Desk
from visitapp.services.contracts.rows import Market, contract_rows
from visitapp.services.contracts.terms import (
    ContractTerms,
    check_choice,
    check_day,
    fields_of,
    recorded_terms,
    require,
    require_order,
    term_of,
)
from visitapp.services.contracts.view import contract_view
from visitapp.services.contributions import Contribution
from visitapp.services.lookup import check_texts, find
from visitapp.services.permission import actor_of, change, may_make, permit_making
from visitapp.services.settings.portfolio_query import rows_by_setting
from visitapp.services.views.contracts import ContractRow, ContractView
from visitapp.standing.steps import new_step


def _managed(level: str) -> Callable[[ContractRow], bool]:
    return lambda row: row.level == level and row.phase != Phase.ENDED


FILTERS: Mapping[str, Callable[[ContractRow], bool]] = {
    "current": lambda row: row.phase != Phase.ENDED,
    "mine": lambda row: row.mine and row.phase != Phase.ENDED,
    "near": lambda row: row.near,
    "key": lambda row: row.key_supplier and row.phase != Phase.ENDED,
    **{level.value: _managed(level) for level in ManagementLevel},
    "ended": lambda row: row.phase == Phase.ENDED,
    "all": lambda row: True,
}
"""What the list of contracts can be narrowed to."""

_LEVELS = [level.value for level in ManagementLevel]
ORDERS: Mapping[str, Callable[[ContractRow], Any]] = {
    "number": lambda row: row.number.casefold(),
    "provider": lambda row: row.provider.casefold(),
    "ends_on": lambda row: row.ends_on,
    "yearly_cost": lambda row: row.yearly_cost,
    "level": lambda row: _LEVELS.index(row.level),
    "officer": lambda row: row.officer.casefold() or None,
}
"""What the list of contracts can be sorted by; a row for which it is None comes last."""


class Contracts:
    """What a person can do with contracts. Team leads and administrators change them; the server
    refuses a lead's change of one that also covers settings of another team."""

    def __init__(self, desk: Desk, contributions: Sequence[Contribution]) -> None:
        self._desk = desk
        self._contributions = contributions

    def list(self, text: str = "", filter: str = "current") -> list[ContractRow]:  # noqa: A002 the word on the screen
        """Contracts found by every word of `text`, by number; `filter` is one of `FILTERS`."""
        words, wanted = folded(text).split(), FILTERS[filter]
        with self._desk.reading() as session:
            rows = contract_rows(session, self._market(session))
        return [row for row in rows if wanted(row) and (not words or _is_found(row, words))]

    def view(self, contract: str) -> ContractView:
        """Everything about a contract, by its id or number. Raises NotFound."""
        with self._desk.reading() as session:
            return self._view(session, find_contract(session, contract))

    def terms(self, contract: str) -> ContractTerms:
        """The terms as they are recorded, to be edited. Raises NotFound."""
        with self._desk.reading() as session:
            return recorded_terms(find_contract(session, contract))

    def override_months(self) -> int:
        """Within how many months another level than the rules give is reviewed."""
        with self._desk.reading() as session:
            return self._desk.policy(session).management.override_review_months

    def may_change(self) -> bool:
        """Whether the user's role changes contracts."""
        with self._desk.reading() as session:
            return may_make(self._desk, session, Contract)

    def add(self, number: str, provider_id: str, /, **terms: Unpack[ContractTerms]) -> ContractView:
        """Make a contract with a provider.

        Raises NotFound, NotAllowed, Refused ALREADY_THERE for a number that another contract has,
        or Refused BAD_VALUE.
        """
        fields = fields_of(terms | ContractTerms(number=number))
        require_order(fields.get("starts_on"), fields.get("ends_on"))
        with self._desk.transaction() as session:
            find(session, Provider, provider_id)
            _require_new_number(session, fields["number"])
            permit_making(self._desk, session, Contract)
            id_ = new_contract_id(session, fields["number"])
            contract = Contract(id=id_, provider_id=provider_id, **fields)
            session.add(contract)
            session.flush()
            return self._view(session, contract)

    def take_back(self, contract_id: str) -> None:
        """Undo `add`. Raises Refused BAD_VALUE once something was decided or is under it."""
        with self._desk.transaction() as session:
            found = find(session, Contract, contract_id)
            places = select(ContractSetting.id).where(
                ContractSetting.contract_id == found.id, ContractSetting.deleted.is_(False)
            )
            steps = select(Step.id).where(Step.contract_id == found.id)
            if any(session.scalar(one.limit(1)) for one in (places, steps)):
                raise Refused(
                    Code.BAD_VALUE,
                    message(
                        "Contract {number} has records, so it cannot be removed.",
                        number=found.number,
                    ),
                )
            change(self._desk, session, found, {"deleted": True})

    def edit(
        self, contract: str, *, provider_id: str | None = None, **terms: Unpack[ContractTerms]
    ) -> ContractView:
        """Change the terms given. Raises as `add` does."""
        fields = fields_of(terms)
        with self._desk.transaction() as session:
            found = find_contract(session, contract)
            if provider_id is not None:
                fields["provider_id"] = find(session, Provider, provider_id).id
            if fields.get("number", found.number) != found.number:
                _require_new_number(session, fields["number"])
            if DAYS & fields.keys():
                require(term_fault(term_of(found, fields)))
            change(self._desk, session, found, fields)
            return self._view(session, found)

    def set_level(
        self, contract: str, level: str | None, reason: str = "", review_on: date | None = None
    ) -> ContractView:
        """Set another management level than the rules give, with a reason and the day on which it
        is reviewed; None goes back to the rules. Raises NotFound, NotAllowed, Refused BAD_VALUE."""
        fields: dict[str, Any] = dict.fromkeys(("management_level", "management_review_on"))
        fields["management_reason"] = ""
        with self._desk.transaction() as session:
            found = find_contract(session, contract)
            if level is not None:
                check_choice("management_level", level, ManagementLevel)
                rules = self._desk.policy(session).management
                fault = override_fault(rules, reason, review_on, self._desk.today())
                if fault:
                    raise Refused(Code.BAD_VALUE, fault)
                check_texts(Contract, {"management_reason": reason})
                fields = {
                    "management_level": level,
                    "management_review_on": review_on,
                    "management_reason": reason.strip(),
                }
            change(self._desk, session, found, fields)
            return self._view(session, found)

    def extend(self, contract: str, until: date, reason: str) -> ContractView:
        """Extend a contract to a later end. Raises NotFound, Refused STEP_REFUSED or BAD_VALUE."""
        check_day("extended_to", until)
        with self._desk.transaction() as session:
            found = find_contract(session, contract)
            require(extension_day_fault(term_of(found), until), "extended_to")
            fields = {"extended_to": until}
            return self._step(session, found, ContractStatus.EXTENDED, reason, fields)

    def give_notice(self, contract: str, last_day: date, reason: str) -> ContractView:
        """Note that a contract will end, by notice or because it is not extended. Raises NotFound,
        Refused STEP_REFUSED or BAD_VALUE."""
        check_day("ended_on", last_day)
        with self._desk.transaction() as session:
            found = find_contract(session, contract)
            require(notice_fault(term_of(found), last_day), "ended_on")
            fields = {"ended_on": last_day}
            return self._step(session, found, ContractStatus.ENDING, reason, fields)

    def end(self, contract: str, last_day: date, reason: str) -> ContractView:
        """End a contract: its officer no longer sees its settings by it. Raises NotFound, Refused
        STEP_REFUSED or BAD_VALUE."""
        check_day("ended_on", last_day)
        if last_day > self._desk.today():
            raise Refused(
                Code.BAD_VALUE,
                message("A contract ends on a day that has come."),
                message("Give notice for a later day."),
                field="ended_on",
            )
        with self._desk.transaction() as session:
            found = find_contract(session, contract)
            require(last_day_fault(term_of(found), last_day), "ended_on")
            return self._step(session, found, ContractStatus.ENDED, reason, day=last_day)

    def resume(self, contract: str, reason: str) -> ContractView:
        """Take back a notice or an end. Raises NotFound, Refused STEP_REFUSED or BAD_VALUE."""
        with self._desk.transaction() as session:
            found = find_contract(session, contract)
            after = ContractStatus.EXTENDED if found.extended_to else ContractStatus.LIVE
            return self._step(session, found, after, reason)

    def _step(
        self,
        session: Session,
        contract: Contract,
        after: str,
        reason: str,
        fields: Mapping[str, Any] | None = None,
        day: date | None = None,
    ) -> ContractView:
        step = new_step(
            contract,
            after,
            actor_of(self._desk.user(session)),
            self._desk.clock(),
            day=day or self._desk.today(),
            reason=reason,
            fields=fields,
        )
        session.add(step)
        session.flush()
        return self._view(session, contract)

    def _market(self, session: Session) -> Market:
        rules = self._desk.policy(session).management
        return Market(rules, self._desk.today(), self._desk.user(session).id)

    def _view(self, session: Session, contract: Contract) -> ContractView:
        user, market = self._desk.user(session), self._market(session)
        rows = rows_by_setting(session, self._desk, self._contributions)
        return contract_view(session, market, self._desk.form_of, contract, rows, user)


def find_contract(session: Session, named: str) -> Contract:
    """The contract with this id or number. Raises NotFound, or Refused BAD_VALUE for a number that
    several contracts have."""
    found = session.get(Contract, named)
    if found is not None and not found.deleted:
        return found
    numbered = _numbered(session, named)
    if not numbered:
        raise NotFound(message("There is no contract {number} on this device.", number=named))
    if len(numbered) > 1:
        raise Refused(
            Code.BAD_VALUE,
            message("Several contracts have the number {number}.", number=named),
            message("Give the id of one: {ids}.", ids=", ".join(one.id for one in numbered)),
        )
    return numbered[0]


def new_contract_id(session: Session, number: str) -> str:
    """The id of a new contract: by its number, so that two devices make the same record of it,
    unless that contract was deleted or has another number now."""
    derived = ids.contract_id(number)
    return derived if session.get(Contract, derived) is None else new_id()


def _numbered(session: Session, number: str) -> Sequence[Contract]:
    query = select(Contract).where(Contract.number == number.strip(), Contract.deleted.is_(False))
    return session.scalars(query.order_by(Contract.id)).all()


def _require_new_number(session: Session, number: str) -> None:
    if _numbered(session, number):
        raise Refused(
            Code.ALREADY_THERE, message("There is already a contract {number}.", number=number)
        )


def _is_found(row: ContractRow, words: Sequence[str]) -> bool:
    searched = folded("\n".join((row.number, row.title, row.provider, row.officer)))
    return all(word in searched for word in words)
