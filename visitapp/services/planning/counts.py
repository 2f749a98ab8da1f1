"""How many visits were made, by purpose, service, officer and month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import either, message, translate
from visitapp.records import ServiceType, Setting, Visit
from visitapp.services.lookup import titles
from visitapp.services.views.planning import VisitCount
from visitapp.standing.visits import is_visit, stands
from visitapp.vocabulary import choice_word, visit_word

GROUPS = ("purpose", "type", "officer", "month")


def visit_counts(
    session: Session, by: Sequence[str], first: date | None = None, last: date | None = None
) -> list[VisitCount]:
    """The signed-off visits of a period, its first and last day included, counted by each of `by`
    (of `GROUPS`), in order. A visit counts for whoever signed it off.

    Raises Refused BAD_VALUE for another group.
    """
    unknown = next((one for one in by if one not in GROUPS), None)
    if unknown is not None:
        raise Refused(
            Code.BAD_VALUE,
            message("“{group}” is not {allowed}.", group=unknown, allowed=either(GROUPS)),
        )
    officer = func.coalesce(Visit.signed_off_by, Visit.officer_id)
    query = (
        select(Visit.purpose, Setting.service_type, officer, Visit.visited_on)
        .join(Setting, Setting.id == Visit.setting_id)
        .where(stands(Visit), is_visit(Visit))
    )
    if first is not None:
        query = query.where(Visit.visited_on >= first)
    if last is not None:
        query = query.where(Visit.visited_on <= last)
    places = [GROUPS.index(group) for group in by]
    tally = Counter(
        tuple((purpose, type_, user_id, f"{day:%Y-%m}")[place] for place in places)
        for purpose, type_, user_id, day in session.execute(query)
    )
    names = titles(session, {one[by.index("officer")] for one in tally} if "officer" in by else ())
    return sorted(
        (
            VisitCount(
                group=[_word(group, value, names) for group, value in zip(by, key, strict=True)],
                visits=visits,
            )
            for key, visits in tally.items()
        ),
        key=lambda count: count.group,
    )


def _word(group: str, value: str, names: dict[str, str]) -> str:
    match group:
        case "purpose":
            return visit_word(value)
        case "type":
            return choice_word(ServiceType, value)
        case "officer":
            return names.get(value, translate("someone else"))
        case _:
            return value
