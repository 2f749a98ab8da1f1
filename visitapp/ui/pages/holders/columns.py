"""The columns of the Officers page."""

from __future__ import annotations

from visitapp.language import plural, translate
from visitapp.services.holders.planned_along import along_words
from visitapp.services.views.holders import CoverView, DelegateView, HandOverView
from visitapp.services.views.settings import OfficerLoad
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column, figure, in_file


def load_columns() -> list[Column]:
    """Officer, settings, contracts, urgent, visits due, actions, cover."""
    return [
        Column(
            translate("Officer"),
            lambda one: Cell(one.officer or translate("Nobody"), one.team, strong=True),
            share=26,
        ),
        figure(translate("Settings"), lambda one: one.settings),
        figure(translate("Contracts"), lambda one: one.contracts, yields=4),
        figure(translate("Red or high risk"), lambda one: one.urgent, tone="red", share=14),
        figure(
            translate("Visits due"), lambda one: one.visits_due, tone="amber", share=12, yields=1
        ),
        Column(
            translate("Open actions"),
            _actions,
            share=14,
            yields=2,
            value=lambda one: one.open_actions,
        ),
        in_file(translate("Overdue actions"), lambda one: one.overdue_actions),
        figure(translate("Covers"), lambda one: one.covers, yields=3),
    ]


def cover_columns() -> list[Column]:
    """Setting, deputy, days, state."""
    return [
        Column(
            translate("Setting"), lambda one: Cell(one.setting, one.note, strong=True), share=30
        ),
        Column(translate("Deputy"), lambda one: Cell(one.deputy), share=22),
        Column(translate("From"), lambda one: Cell(words.day(one.starts_on)), share=14, yields=1),
        Column(translate("Last day"), lambda one: Cell(words.day(one.ends_on)), share=14),
        Column(translate("Status"), _cover_state, share=14, yields=2),
    ]


def delegate_columns() -> list[Column]:
    """Delegate, for whom, days, state."""
    return [
        Column(
            translate("Delegate"), lambda one: Cell(one.deputy, one.note, strong=True), share=30
        ),
        Column(translate("For"), _for_lead, share=22),
        Column(translate("From"), lambda one: Cell(words.day(one.starts_on)), share=14, yields=1),
        Column(translate("Last day"), lambda one: Cell(words.day(one.ends_on)), share=14),
        Column(translate("Status"), _cover_state, share=14, yields=2),
    ]


def hand_over_columns() -> list[Column]:
    """What, from whom, to whom, day, state, by whom."""
    return [
        Column(translate("Handed over"), _handed_over, share=28),
        Column(translate("To"), _receiver, share=24),
        Column(translate("From"), lambda o: Cell(words.day(o.starts_on)), share=14),
        Column(translate("Status"), _hand_over_state, share=18),
        Column(translate("Decided by"), lambda o: Cell(o.decided_by), share=16, yields=1),
    ]


def _actions(one: OfficerLoad) -> Cell:
    if not one.open_actions:
        return Cell("—")
    late = translate("{n} overdue", n=one.overdue_actions) if one.overdue_actions else ""
    return Cell(str(one.open_actions), late, second_tone="amber")


def _for_lead(one: DelegateView) -> Cell:
    return Cell(one.lead, plural("{n} setting", "{n} settings", one.settings))


def _cover_state(one: CoverView | DelegateView) -> Cell:
    return Cell(translate("Active"), tone="green") if one.active else Cell(translate("Planned"))


def _handed_over(one: HandOverView) -> Cell:
    return Cell(one.what, words.joined(one.note, along_words(one)), strong=True)


def _receiver(one: HandOverView) -> Cell:
    before = translate("before: {name}", name=one.from_officer) if one.from_officer else ""
    return Cell(one.to_officer, before)


def _hand_over_state(one: HandOverView) -> Cell:
    text = words.hand_over_states()[one.state]
    tone = {"not_done": "amber", "done": "green"}.get(one.state, "")
    return Cell(text, translate("waits for a sync") if one.waits else "", tone=tone)
