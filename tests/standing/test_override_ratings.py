"""Overrides and ratings: down at once, up on agreement, and back when declined or returned."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.rows import rows
from visitapp.records import OverrideStatus, Rag, VisitStatus
from visitapp.rules.authority.override_life import is_worse
from visitapp.rules.choices import RatingKind
from visitapp.rules.policy.read import shipped_policy
from visitapp.rules.ratings import SEVERITY, RatingRow, standing
from visitapp.standing.override_ratings import override_ratings
from visitapp.standing.visit_ratings import RatingSubject, review_rating, sign_off_rating

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
RAGS = ("red", "amber", "green")
QUALITY = RatingSubject(RatingKind.QUALITY, "home", sets_rating=True)


class Story:
    """A visit to a home that was rated before, with the rows that follow from what happens."""

    def __init__(self, outcome: str, before: str | None, *, provisional: bool = False) -> None:
        self.visit: dict[str, Any] = {
            "id": "visit",
            "setting_id": "home",
            "contract_id": None,
            "visited_on": date(2026, 11, 22),
            "signed_off_at": NOW,
            "status": VisitStatus.SIGNED_OFF,
            "outcome": {
                "overall": outcome,
                "percent": 50,
                "provisional": provisional,
                "because": [],
            },
        }
        self.rows: list[RatingRow] = []
        self.fields: dict[str, dict[str, Any]] = {}
        if before:
            self._keep({**self._row("earlier", before), "visited_on": date(2026, 6, 1)})
        made = sign_off_rating(self.visit, QUALITY, self.rows, shipped_policy())
        if made is not None:
            self._keep(made)
        self.override: dict[str, Any] = {}

    def _row(self, visit_id: str, rag: str) -> dict[str, Any]:
        return {"id": visit_id, "visit_id": visit_id, "rag": rag, "state": "stands", "since": NOW}

    def _keep(self, made: dict[str, Any]) -> None:
        order = len(self.rows) + 1
        names = ("id", "visited_on", "since", "rag", "state")
        values = {name: made[name] for name in names}
        self.rows.append(RatingRow(order=order, cause_id=made["visit_id"], **values))
        self.fields[made["id"]] = made

    @property
    def stands(self) -> str | None:
        found = standing(self.rows)
        return found.rag if found else None

    def override_is(self, status: OverrideStatus, rag: str = "") -> None:
        outcome = self.visit["outcome"]["overall"]
        self.override = {"id": "override", "reason": "Because", "outcome_rag": outcome} | (
            {"rag": rag} if rag else {"rag": self.override["rag"]}
        )
        self.override["status"] = status
        for made in override_ratings(
            self.visit,
            self.override,
            QUALITY,
            self.rows,
            at=NOW + timedelta(hours=len(self.rows)),
            policy=shipped_policy(),
        ):
            self._keep(made)

    def review(self, status: VisitStatus) -> None:
        self.visit["status"] = status
        own = {id_: row for id_, row in self.fields.items() if row["visit_id"] == "visit"}
        made = review_rating(self.visit, self.rows, own, at=NOW, policy=shipped_policy())
        if made is not None:
            self._keep(made)


@rows("before", [*RAGS, None])
@rows("rag", RAGS)
@rows("outcome", RAGS)
def test_a_worse_one_counts_when_it_is_asked_and_a_better_one_does_not(
    outcome: str, rag: str, before: str | None
) -> None:
    story = Story(outcome, before)
    then = story.stands
    story.override_is(OverrideStatus.ASKED, rag)
    if not is_worse(rag, outcome):
        assert story.stands == then
    elif then is None or SEVERITY[Rag(rag)] > SEVERITY[Rag(then)]:
        assert story.stands == (rag if rag != "green" else then)
    story.override_is(OverrideStatus.AGREED)
    story.review(VisitStatus.APPROVED)
    assert story.stands == rag


@rows("before", [*RAGS, None])
@rows("rag", RAGS)
@rows("outcome", RAGS)
@rows("approved", [True, False])
def test_a_decline_puts_everything_back(
    outcome: str, rag: str, before: str | None, approved: bool
) -> None:
    plain, story = Story(outcome, before), Story(outcome, before)
    story.override_is(OverrideStatus.ASKED, rag)
    if approved:
        plain.review(VisitStatus.APPROVED)
        story.review(VisitStatus.APPROVED)
    story.override_is(OverrideStatus.DECLINED)
    assert story.stands == plain.stands
    if not approved:
        plain.review(VisitStatus.APPROVED)
        story.review(VisitStatus.APPROVED)
        assert story.stands == plain.stands


@pytest.mark.parametrize("before", [*RAGS, None])
@pytest.mark.parametrize(
    ("outcome", "rag"), [("red", "green"), ("red", "amber"), ("amber", "green")]
)
def test_a_return_leaves_no_improvement_by_an_override(
    outcome: str, rag: str, before: str | None
) -> None:
    plain, story = Story(outcome, before), Story(outcome, before)
    story.override_is(OverrideStatus.ASKED, rag)
    story.override_is(OverrideStatus.AGREED)
    plain.review(VisitStatus.APPROVED)
    story.review(VisitStatus.APPROVED)
    assert story.stands == rag
    story.override_is(OverrideStatus.WITHDRAWN)
    plain.review(VisitStatus.RETURNED)
    story.review(VisitStatus.RETURNED)
    assert story.stands == plain.stands


@given(st.sampled_from(RAGS), st.sampled_from(RAGS), st.sampled_from(RAGS))
def test_a_provisional_outcome_improves_nothing_by_an_override(
    outcome: str, rag: str, before: str
) -> None:
    story = Story(outcome, before, provisional=True)
    then = story.stands
    assert then is not None
    story.override_is(OverrideStatus.ASKED, rag)
    story.override_is(OverrideStatus.AGREED)
    story.review(VisitStatus.APPROVED)
    assert story.stands is not None
    assert SEVERITY[Rag(story.stands)] >= SEVERITY[Rag(then)]
