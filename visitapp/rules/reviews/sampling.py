"""Which signed-off visits a team lead reviews: all that matter most, and a share of the others.

The draw is the server's, with a key that no device has: nobody can see in advance, or choose,
whether a visit is drawn, and the same visit under the same policy is drawn alike each time.
"""

from __future__ import annotations

import hashlib
import hmac

from msgspec import Struct

from visitapp.rules.choices import (
    Rag,
)
from visitapp.rules.policy.visiting import ReviewRules
from visitapp.rules.ratings import SEVERITY
from visitapp.rules.reviews.states import (
    ReviewReason,
)


class SignedOff(Struct, frozen=True, kw_only=True):
    """What the draw looks at. `current`: the rating that stood on the day of the visit without it;
    `latest`: the one that stands whatever the day. `sets_rating`: whether its form may set it.
    `officers_visits`: how many visits its officer signed off before."""

    rag: str
    provisional: bool
    current: str | None
    latest: str | None
    sets_rating: bool
    overridden: bool
    returned: bool
    officers_visits: int


def place_in_draw(key: bytes, visit_id: str, policy_version: str) -> int:
    """The visit's lot, 0 to 99."""
    drawn = hmac.digest(key, f"{visit_id}/{policy_version}".encode(), hashlib.sha256)
    return int.from_bytes(drawn[:8]) % 100


def review_reasons(visit: SignedOff, rules: ReviewRules, lot: int) -> tuple[ReviewReason, ...]:
    """Why the visit is reviewed, in the order of `ReviewReason`; empty when it is not sampled.
    `lot`: its place in the draw."""
    found = {
        ReviewReason.RED: visit.rag == Rag.RED,
        ReviewReason.WORSE: any(_change(visit.rag, of) > 0 for of in (visit.current, visit.latest)),
        ReviewReason.BETTER: visit.sets_rating and _change(visit.rag, visit.current) < 0,
        ReviewReason.FIRST_RATING: visit.sets_rating and visit.current is None,
        ReviewReason.PROVISIONAL: visit.provisional,
        ReviewReason.UNRATED: visit.rag == Rag.UNRATED,
        ReviewReason.OVERRIDDEN: visit.overridden,
        ReviewReason.RETURNED: visit.returned,
        ReviewReason.NEW_OFFICER: visit.officers_visits < rules.first_visits,
    }
    always = tuple(reason for reason, holds in found.items() if holds)
    share = rules.share_percent
    shares = {Rag.AMBER: share.amber, Rag.GREEN: share.green}
    if always or lot >= shares.get(Rag(visit.rag), 100):
        return always
    return (ReviewReason.DRAWN,)


def _change(rag: str, before: str | None) -> int:
    """How much worse it is; 0 where there is nothing to compare."""
    if before is None or rag == Rag.UNRATED:
        return 0
    return SEVERITY[Rag(rag)] - SEVERITY[Rag(before)]
