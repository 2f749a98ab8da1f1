"""Live risk in words that window, terminal and paper share."""

from __future__ import annotations

from datetime import date

from visitapp.dates import short_day
from visitapp.language import plural, translate
from visitapp.rules.choices import Rag
from visitapp.services.views.risk import RankedRisk, RiskReason
from visitapp.services.visits.outcome_labels import NamedOutcome
from visitapp.vocabulary import choice_word

_WEEKS_FROM, _MONTHS_FROM, _MONTH = 14, 60, 30


def move_text(row: RankedRisk) -> str:
    """`▲ up 9`, riskier than a week ago; nothing where no record of that week is here."""
    if row.moved is None:
        return translate("new") if row.is_new else ""
    if row.moved > 0:
        return translate("▲ up {n}", n=row.moved)
    if row.moved < 0:
        return translate("▼ down {n}", n=-row.moved)
    return translate("no move")


def scored(result: NamedOutcome) -> str:
    """`High risk, 38 of 100`; where too little is known, that."""
    level = result.level or choice_word(Rag, result.rag)
    if result.percent is None or result.rag == Rag.UNRATED:
        return level
    return translate("{level}, {n} of 100", level=level, n=result.percent)


def aged(reason: RiskReason, today: date) -> str:
    """The day of what a reason rests on, and how old that is: `3 Nov 2026, 4 weeks old`. Nothing
    where it is not known."""
    if reason.on is None:
        return ""
    days = (today - reason.on).days
    if days <= 0:
        return translate("{day}, today", day=short_day(reason.on))
    if days < _WEEKS_FROM:
        age = plural("{n} day old", "{n} days old", days)
    elif days < _MONTHS_FROM:
        age = plural("{n} week old", "{n} weeks old", days // 7)
    else:
        age = plural("{n} month old", "{n} months old", days // _MONTH)
    return translate("{day}, {age}", day=short_day(reason.on), age=age)
