"""The deputy that a row names: who covers its settings, from when and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.rules.holders.holding import LONGEST_COVER, can_hold, cover_fault
from visitapp.services.contracts.register.beside import SaidOnce
from visitapp.services.contracts.register.known import Known
from visitapp.services.contracts.register.reading import Wanted


class Covering(Struct, frozen=True, kw_only=True):
    """A deputy covers a setting; `cover_id` is of the cover here that ends on another day, and None
    for a new one."""

    setting_id: str
    deputy_id: str
    starts_on: date
    ends_on: date
    cover_id: str | None


def deputies(
    wanted: Wanted, settings: Iterable[str], officer: str | None, known: Known, said: SaidOnce
) -> list[Covering]:
    """The cover of those settings that the row adds or moves. `officer` holds the ones that are
    added. A deputy without a last day covers for as long as a cover may last; one who has cover
    here keeps it. Raises Refused BAD_VALUE for days or a person that cannot be."""
    deputy: str | None = wanted.beside.get("deputy")
    until: date | None = wanted.beside.get("deputy_until")
    if deputy is None:
        if until or "deputy_from" in wanted.beside:
            raise Refused(
                Code.BAD_VALUE,
                message("These days belong to a deputy."),
                message("Write the deputy too, or leave the cells empty."),
            )
        return []
    _check_person(deputy, known)
    starts_on: date = wanted.beside.get("deputy_from") or known.today
    if until and until < known.today:
        return []  # a register keeps the cover of last summer
    ends_on = until or max(starts_on, known.today) + LONGEST_COVER - timedelta(days=1)
    fault = cover_fault(starts_on, ends_on, known.today)
    if fault:
        raise Refused(Code.BAD_VALUE, fault)
    found = []
    for one in dict.fromkeys(settings):
        here = known.covers.get((one, deputy))
        is_so = here is not None and until in (None, here.ends_on)
        if is_so or deputy == known.setting_officers.get(one, officer):
            continue
        if said.first(("deputy", one, deputy), ends_on, wanted.row):
            found.append(
                Covering(
                    setting_id=one,
                    deputy_id=deputy,
                    starts_on=here.starts_on if here else starts_on,
                    ends_on=ends_on,
                    cover_id=here.id if here else None,
                )
            )
    return found


def _check_person(deputy: str, known: Known) -> None:
    if not can_hold(known.officer_roles[deputy], active=True):
        raise Refused(
            Code.BAD_VALUE,
            message("{name} cannot be given settings.", name=known.officer_names[deputy]),
            message("Choose an officer or a team lead who can sign in."),
        )
