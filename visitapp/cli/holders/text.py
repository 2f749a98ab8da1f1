"""Hand-overs and cover in lines to read."""

from __future__ import annotations

from collections.abc import Sequence

from visitapp.language import plural, translate
from visitapp.rules.choices import HandOverState
from visitapp.services.holders.planned_along import along_words
from visitapp.services.views.holders import CoverView, DelegateView, HandOverView
from visitapp.vocabulary import choice_word


def hand_over_rows(found: list[HandOverView]) -> list[tuple[str, ...]]:
    """Id, day, state, who to whom, what, note, the planned visits that go along."""
    return [
        (
            one.id,
            one.starts_on.isoformat(),
            choice_word(HandOverState, one.state),
            f"{one.from_officer or '-'} > {one.to_officer}",
            one.what,
            one.note,
            along_words(one),
        )
        for one in found
    ]


def cover_rows(found: list[CoverView]) -> list[tuple[str, ...]]:
    """Id, from, to, state, deputy, setting, note."""
    return [
        (
            one.id,
            one.starts_on.isoformat(),
            one.ends_on.isoformat(),
            cover_state(one),
            one.deputy,
            one.setting,
            one.note,
        )
        for one in found
    ]


def delegate_rows(found: Sequence[DelegateView]) -> list[tuple[str, ...]]:
    """Id, from, to, state, delegate, lead, settings, reason."""
    return [
        (
            one.id,
            one.starts_on.isoformat(),
            one.ends_on.isoformat(),
            cover_state(one),
            one.deputy,
            translate("for {lead}", lead=one.lead),
            plural("{n} setting", "{n} settings", one.settings),
            one.note,
        )
        for one in found
    ]


def cover_state(one: CoverView | DelegateView) -> str:
    """Whether a cover or a delegate's time is planned, active or has ended."""
    if one.over:
        return translate("Ended")
    return translate("Active") if one.active else translate("Planned")
