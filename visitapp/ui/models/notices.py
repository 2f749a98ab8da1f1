"""The columns of the list of notices, and of those who receive them."""

from __future__ import annotations

from visitapp.language import plural, translate
from visitapp.records import NoticeState
from visitapp.services.notices.notices import ContactView, NoticeView
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column, in_file
from visitapp.vocabulary import choice_word

_TONES = {NoticeState.FAILED: "red", NoticeState.SENT: "green"}


def notice_columns() -> list[Column]:
    """Setting, audience, made on, state."""
    return [
        Column(
            translate("Setting"),
            lambda one: Cell(one.setting, one.text.splitlines()[0], strong=True),
            share=44,
        ),
        Column(translate("Audience"), lambda one: Cell(one.audience, one.district), share=20),
        Column(
            translate("Made"),
            lambda one: Cell(words.day(one.made_at.date())),
            share=14,
            yields=1,
            value=lambda one: one.made_at.date(),
        ),
        Column(translate("State"), _state, share=22),
        in_file(translate("Text"), lambda one: one.text),
    ]


def recipient_columns() -> list[Column]:
    """Team, audience, district."""
    return [
        Column(
            translate("Team or role"),
            lambda one: Cell(one.name, one.email or translate("no e-mail address"), strong=True),
            share=44,
        ),
        Column(translate("Audience"), lambda one: Cell(one.audience), share=30),
        Column(translate("District"), _district, share=26),
    ]


def _state(one: NoticeView) -> Cell:
    sent = plural("{n} message", "{n} messages", one.recipients) if one.recipients else ""
    tone = next((t for state, t in _TONES.items() if state == one.state), "")
    return Cell(choice_word(NoticeState, one.state), one.error or sent, tone=tone)


def _district(one: ContactView) -> Cell:
    return Cell(one.district or translate("all districts"))
