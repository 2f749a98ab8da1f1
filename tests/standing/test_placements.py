"""The query for the position that stands gives what the rule on values gives, row for row."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert, literal, select

from visitapp.records import PlacementPosition
from visitapp.rules.choices import Position, PositionSource, Rag
from visitapp.rules.placement import standing_position
from visitapp.standing.placements import position_rows, ranked_positions

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOMES = ("home-a", "home-b")
IDS = st.none() | st.integers(0, 7).map(lambda number: f"position-{number}")
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "setting_id": st.sampled_from(HOMES),
            "replaces_id": IDS,
            "settles_id": IDS,
            "position": st.sampled_from(Position),
            "created_at": st.integers(0, 2).map(lambda hours: NOON + timedelta(hours=hours)),
            "revision": st.integers(0, 4),
            "deleted": st.booleans(),
        }
    ),
    max_size=8,
)


@settings(deadline=None)
@given(ROWS)
def test_the_query_and_the_rule_agree(rows: list[dict[str, Any]]) -> None:
    engine = create_engine("sqlite://")
    besides = select(literal("position-0"))
    with engine.begin() as connection:
        PlacementPosition.metadata.tables["placement_position"].create(connection)
        for number, row in enumerate(rows):
            made = {
                "id": f"position-{number}",
                "source": PositionSource.RATING,
                "from_on": date(2026, 11, 1),
                "rag": Rag.GREEN,
                "policy_version": "1",
                "created_by": "ann",
            }
            connection.execute(insert(PlacementPosition).values(made | row))
        found = ranked_positions(besides)
        query = select(found.c.setting_id, found.c.id, found.c.met).where(found.c.place == 1)
        asked = {row.setting_id: (row.id, row.met) for row in connection.execute(query)}
        stand = {
            home: standing_position(position_rows(connection, home, besides)) for home in HOMES
        }
    engine.dispose()
    assert asked == {
        home: (stands.row.id, 1 + len(stands.others))
        for home, stands in stand.items()
        if stands.row
    }
