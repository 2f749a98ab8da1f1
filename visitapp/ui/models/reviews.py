"""The columns of the queue of reviews, as files have them."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.rules.reviews.states import (
    ReviewReason,
)
from visitapp.services.views.reviews import QueuedReview
from visitapp.services.views.visits import VisitSummary
from visitapp.ui import words
from visitapp.ui.models.rows import Column, in_file
from visitapp.vocabulary import choice_word

Listed = tuple[VisitSummary, QueuedReview | None]
"""A visit in the list, and its place in the queue; None for one that does not wait."""


def review_columns() -> list[Column]:
    """Setting, visit, outcome before and now, officer, how long it waits and until when, why."""
    return [
        in_file(translate("Setting"), lambda one: one[0].setting),
        in_file(translate("Visit"), lambda one: words.purpose_visit(one[0].purpose)),
        in_file(translate("Visited on"), lambda one: one[0].visited_on),
        in_file(translate("Outcome"), lambda one: words.graded(one[0].rag, one[0].level)),
        in_file(translate("Outcome before"), _before),
        in_file(translate("Status"), lambda one: words.visit_status(one[0].status)),
        in_file(translate("Officer"), lambda one: one[0].officer),
        in_file(translate("Days waiting"), lambda one: one[1] and one[1].days_waiting),
        in_file(translate("Due"), lambda one: one[1] and one[1].due_on),
        in_file(translate("Reasons"), _reasons),
    ]


def _before(one: Listed) -> str:
    before = one[0].previous_rag
    return words.rag_word(before) if before else ""


def _reasons(one: Listed) -> str:
    queued = one[1]
    return (
        ", ".join(choice_word(ReviewReason, reason) for reason in queued.reasons) if queued else ""
    )
