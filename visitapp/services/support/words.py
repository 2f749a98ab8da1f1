"""Referrals for support in words."""

from __future__ import annotations

from visitapp.dates import short_day
from visitapp.language import counted, translate
from visitapp.rules.support.states import SupportStatus
from visitapp.services.support.views import SupportView
from visitapp.vocabulary import choice_word


def headline(one: SupportView) -> str:
    """`Medicines: taken up 3 Mar 2026, Skills for Homes`."""
    days = {
        SupportStatus.ASKED: one.asked_on,
        SupportStatus.OFFERED: one.offered_on,
        SupportStatus.TAKEN_UP: one.taken_up_on,
    }
    day = days.get(SupportStatus(one.status), one.ended_on)
    return translate(
        "{theme}: {state} {day}, {partner}",
        theme=one.theme_label,
        state=choice_word(SupportStatus, one.status).lower(),
        day=short_day(day) if day else "",
        partner=one.partner,
    )


def effect_words(one: SupportView) -> str:
    """What the concerns say: before it was asked for, and since it was taken up."""
    effect = one.effect
    before = counted(
        "{n} concern about it from {first} to {last}",
        "{n} concerns about it from {first} to {last}",
        effect.before,
        first=short_day(effect.first),
        last=short_day(effect.last),
    )
    if effect.after_first is None or effect.after_last is None:
        return translate("{before}. Not taken up yet.", before=before)
    spans = {"first": short_day(effect.after_first), "last": short_day(effect.after_last)}
    if effect.known:
        return translate(
            "{before}, then {n} from {first} to {last}.", before=before, n=effect.after, **spans
        )
    return translate(
        "{before}, then {n} so far. Its effect is known after {last}.",
        before=before,
        n=effect.after,
        last=spans["last"],
    )
