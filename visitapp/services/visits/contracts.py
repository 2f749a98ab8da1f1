"""The contract that a visit rates, on a form that sets the contract rating."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.model import Form
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Contract, Setting, Visit
from visitapp.standing.contracts import contracts_of_setting


def contracts_of(session: Session, form: Form, setting: Setting) -> list[Contract]:
    """The contracts that a visit may rate: those that the setting is under, then the others of its
    provider. None when the form does not set the contract rating."""
    if form.sets_rating != "contract":
        return []
    own = contracts_of_setting(session, setting.id)
    mine = Contract.provider_id == setting.provider_id
    of_provider = session.scalars(select(Contract).where(mine).order_by(Contract.number))
    return [*own, *(contract for contract in of_provider if contract not in own)]


def rated_contract(session: Session, form: Form, setting: Setting, named: str | None) -> str | None:
    """The id of the contract named by its id or number; else the only one that the setting
    is under, or the only one of its provider.

    Raises Refused(BAD_VALUE) when the form rates no contract, when the named one is not among
    those it may rate, and when there are several to choose from.
    """
    there = contracts_of(session, form, setting)
    if named is None:
        own = contracts_of_setting(session, setting.id)
        if len(there) > 1 and len(own) != 1:
            numbers = ", ".join(contract.number for contract in there)
            raise Refused(
                Code.BAD_VALUE,
                message("{setting} is under several contracts.", setting=setting.name)
                if own
                else message(
                    "{setting} has no contract of its own, and its provider has several.",
                    setting=setting.name,
                ),
                message("Say which one this visit is about: {numbers}.", numbers=numbers),
            )
        return there[0].id if there else None
    if form.sets_rating != "contract":
        raise Refused(
            Code.BAD_VALUE,
            message("The form “{form}” does not rate a contract.", form=form.title),
            message("Leave the contract out, or choose the contract review."),
        )
    found = next((one.id for one in there if named in (one.id, one.number)), None)
    if found is None:
        raise Refused(
            Code.BAD_VALUE,
            message(
                "“{contract}” is not a contract of {setting} or its provider on this computer.",
                contract=named,
                setting=setting.name,
            ),
            message("Choose one of the contracts listed, or sync first."),
        )
    return found


def contract_number(session: Session, visit: Visit) -> str:
    """The number of the contract that a visit rates; empty when it rates none, or when the
    contract is not on this computer."""
    if visit.contract_id is None:
        return ""
    found = session.get(Contract, visit.contract_id)
    return found.number if found else ""
