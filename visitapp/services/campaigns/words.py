"""Campaigns in words that window and terminal share."""

from __future__ import annotations

from collections.abc import Mapping

from visitapp.dates import short_day
from visitapp.language import plural, translate
from visitapp.rules.choices import Rag
from visitapp.rules.visiting.campaigns import CampaignTurn
from visitapp.services.campaigns.views import (
    RUNNING,
    CampaignStart,
    CampaignView,
    CampaignVisit,
)
from visitapp.services.views.planning import DONE, MISSED, STARTED, WITHDRAWN
from visitapp.vocabulary import choice_word


def days_words(one: CampaignView) -> str:
    """`1 Dec 2026 to 31 Jan 2027`."""
    first, last = short_day(one.starts_on), short_day(one.ends_on)
    return translate("{first} to {last}", first=first, last=last)


def progress_words(one: CampaignView) -> str:
    """`5 of 12 done`."""
    return translate("{n} of {all} done", n=len(one.done), all=one.counted)


def state_words(one: CampaignView) -> str:
    """How it stands: running, past its last day, or how and when it ended."""
    if one.overdue:
        return translate("Last day passed on {day}", day=short_day(one.ends_on))
    if one.state == RUNNING or one.ended_on is None:
        return translate("Running")
    state = choice_word(CampaignTurn, one.state)
    return translate("{state} on {day}", state=state, day=short_day(one.ended_on))


def tally_words(tally: Mapping[str, int]) -> str:
    """`2 Red, 1 Amber`."""
    return ", ".join(f"{n} {choice_word(Rag, rag)}" for rag, n in tally.items())


def visit_words(one: CampaignVisit) -> str:
    """How a visit of a campaign stands."""
    words = {
        DONE: translate("done"),
        STARTED: translate("in progress"),
        MISSED: translate("missed"),
        WITHDRAWN: translate("the setting is closed"),
        "planned": translate("planned"),
        "confirmed": translate("confirmed"),
        "cancelled": translate("cancelled"),
    }
    return words.get(one.state, one.state)


def started_words(one: CampaignStart) -> str:
    """What starting it planned, and how many settings were left out."""
    said = plural("{n} visit is planned.", "{n} visits are planned.", one.planned)
    if not one.left_out:
        return said
    out = plural(
        "{n} setting was left out: {why}",
        "{n} settings were left out. The first: {why}",
        len(one.left_out),
        why=next(iter(one.left_out.values())),
    )
    return f"{said} {out}"
