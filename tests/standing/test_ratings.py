"""The query for the rating that stands gives what the rule on values gives, row for row."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert, select

from visitapp.records import Rating
from visitapp.rules.choices import Rag, RatingKind, RatingState
from visitapp.rules.ratings import standing
from visitapp.standing.ratings import ranked_ratings, rating_rows

DAY = date(2026, 11, 1)
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOMES = {"visit-1": "home-a", "visit-2": "home-a", "visit-3": "home-a", "visit-4": "home-b"}

FEW = st.integers(0, 2)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "visit_id": st.sampled_from(sorted(HOMES)),
            "state": st.sampled_from(RatingState),
            "rag": st.sampled_from([Rag.GREEN, Rag.AMBER, Rag.RED]),
            "visited_on": FEW.map(lambda days: DAY + timedelta(days=days)),
            "since": FEW.map(lambda hours: NOON + timedelta(hours=hours)),
            "revision": st.integers(0, 4),
            "deleted": st.booleans(),
        }
    ),
    max_size=12,
)


@settings(deadline=None)
@given(ROWS)
def test_the_query_and_the_rule_agree(rows: list[dict[str, Any]]) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        Rating.metadata.tables["rating"].create(connection)
        for number, row in enumerate(rows):
            made = {
                "id": f"rating-{number:02}",
                "setting_id": HOMES[row["visit_id"]],
                "kind": RatingKind.QUALITY,
                "policy_version": "1",
                "created_at": NOON,
                "created_by": "ann",
            }
            connection.execute(insert(Rating).values(made | row))
        ranked = ranked_ratings()
        query = select(ranked.c.setting_id, ranked.c.id).where(ranked.c.place == 1)
        asked = {row.setting_id: row.id for row in connection.execute(query)}
        worked_out = {
            home: row.id
            for home in sorted(set(HOMES.values()))
            if (row := standing(rating_rows(connection, RatingKind.QUALITY, home)))
        }
    engine.dispose()
    assert asked == worked_out
