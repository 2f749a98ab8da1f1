"""The second reviews of a visit, and what this person may do with each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from visitapp.language import translate
from visitapp.records import SecondReviewStatus
from visitapp.services.views.reviews import SecondReviewView
from visitapp.ui import words
from visitapp.ui.widgets.card import Card, clear
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word

AGREE, DISAGREE, WITHDRAW = "agree", "disagree", "withdraw"


class SecondReviewCard(Card):
    """`answered` carries a second review's id and what is said of it: agree, disagree or
    withdraw."""

    answered = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Sequence[SecondReviewView], bool] = ((), False)
        self.hide()

    def show_reviews(self, reviews: Sequence[SecondReviewView], *, may: bool) -> None:
        """Show them, the oldest first. `may`: whether this person reviews the visit."""
        self.setVisible(bool(reviews))
        if (reviews, may) == self._shown:
            return  # a button may have the focus
        self._shown = (reviews, may)
        clear(self.column)
        self.column.addWidget(label(translate("Second review"), size="heading"))
        for one in reviews:
            self._show(one, may=may)

    def _show(self, one: SecondReviewView, *, may: bool) -> None:
        status = choice_word(SecondReviewStatus, one.status)
        self.column.addWidget(label(words.joined(one.reviewer, status), strong=True, wrap=True))
        day = words.day(one.asked_at.astimezone().date())
        asked = translate("Asked by {who} on {day}", who=one.asked_by, day=day)
        for text in (f"{asked}: {one.note}" if one.note else asked, one.comment):
            if text:
                self.column.addWidget(label(text, size="small", tone="muted", wrap=True))
        ways = Flow()
        for command, text in self._offered(one, may=may):
            way = button(text, kind="chip")
            way.setAccessibleName(f"{text}: {one.reviewer}")
            way.clicked.connect(
                lambda _on, id_=one.id, command=command: self.answered.emit(id_, command)
            )
            ways.add(way)
        if ways.parts():
            self.column.addWidget(ways)

    def _offered(self, one: SecondReviewView, *, may: bool) -> list[tuple[str, str]]:
        asked = one.status == SecondReviewStatus.ASKED
        if one.mine and (asked or one.status == SecondReviewStatus.DISAGREED):
            disagree = [(DISAGREE, translate("Disagree…"))] if asked else []
            return [(AGREE, translate("Agree…")), *disagree]
        return [(WITHDRAW, translate("Withdraw…"))] if may and asked else []
