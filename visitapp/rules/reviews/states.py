"""The states of a second review, and why a visit is reviewed. `visitapp.vocabulary` has their
words."""

from __future__ import annotations

from enum import StrEnum


class ReviewReason(StrEnum):
    """Why the server puts a signed-off visit before a team lead, the gravest first."""

    RED = "red"
    WORSE = "worse"
    BETTER = "better"
    FIRST_RATING = "first_rating"
    PROVISIONAL = "provisional"
    UNRATED = "unrated"
    OVERRIDDEN = "overridden"
    RETURNED = "returned"
    NEW_OFFICER = "new_officer"
    DRAWN = "drawn"


class SecondReviewStatus(StrEnum):
    """The states of a second review: until the second reviewer agrees, nobody approves."""

    ASKED = "asked"
    AGREED = "agreed"
    DISAGREED = "disagreed"
    WITHDRAWN = "withdrawn"
