"""Why a visit is due, in a sentence."""

from __future__ import annotations

from visitapp.dates import short_day
from visitapp.language import message, plural, translate
from visitapp.rules.visiting.due import Due
from visitapp.vocabulary import visit_message

_SINCE = {
    "last_visit": message("{label}, last visit on {day}: {visit} within {limit}"),
    "joined": message("{label}, joined on {day}: {visit} within {limit}"),
    "intervention_started": message("{label} since {day}: {visit} within {limit}"),
    "taken_on": message("{label} before it joined on {day}: {visit} within {limit}"),
}
_EVENT = message("{label} on {day}: {visit} within {limit}")


def why_due(due: Due) -> str:
    """`Red on 4 Nov 2026: risk-led visit within 10 working days`."""
    return translate(
        _SINCE.get(due.of, _EVENT).template,
        label=due.label,
        day=short_day(due.since),
        visit=visit_message(due.purpose),
        limit=limit_words(due.within, due.unit),
    )


def limit_words(within: int, unit: str) -> str:
    """`3 months`."""
    match unit:
        case "months":
            return plural("{n} month", "{n} months", within)
        case "weeks":
            return plural("{n} week", "{n} weeks", within)
        case "working_days":
            return plural("{n} working day", "{n} working days", within)
        case "hours":
            return plural("{n} hour", "{n} hours", within)
        case _:
            return plural("{n} day", "{n} days", within)
