"""The columns of campaigns, and of the visits of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from visitapp.language import plural, translate
from visitapp.services.campaigns.views import CampaignView, CampaignVisit
from visitapp.services.campaigns.words import (
    days_words,
    progress_words,
    state_words,
    tally_words,
    visit_words,
)
from visitapp.services.views.planning import MISSED
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column


def campaign_columns() -> list[Column]:
    """Title with its form, days, how far it is, outcomes."""
    return [
        Column(translate("Campaign"), lambda one: Cell(one.title, one.form, strong=True), share=34),
        Column(translate("Days"), _days, share=26),
        Column(translate("Visits"), _progress, share=18),
        Column(
            translate("Outcomes"),
            lambda one: Cell(tally_words(one.results) or "—"),
            share=22,
            yields=1,
        ),
    ]


def campaign_visit_columns(today: Callable[[], date]) -> list[Column]:
    """Setting with its officer, planned day, how it stands, outcome."""
    return [
        Column(
            translate("Setting"), lambda one: Cell(one.setting, one.officer, strong=True), share=40
        ),
        Column(
            translate("Planned"),
            lambda one: Cell(words.near_day(one.planned_on, today())),
            share=18,
            value=lambda one: one.planned_on,
        ),
        Column(translate("State"), _state, share=22),
        Column(translate("Outcome"), _outcome, share=20),
    ]


def _days(one: CampaignView) -> Cell:
    return Cell(days_words(one), state_words(one), second_tone="red" if one.overdue else "muted")


def _progress(one: CampaignView) -> Cell:
    left = len(one.left)
    return Cell(progress_words(one), plural("{n} left", "{n} left", left) if left else "")


def _state(one: CampaignVisit) -> Cell:
    return Cell(visit_words(one), tone="red" if one.state == MISSED else "")


def _outcome(one: CampaignVisit) -> Cell:
    return Cell(words.rag_word(one.rag), rag=one.rag) if one.rag else Cell("—")
