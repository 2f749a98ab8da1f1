"""The queries for the position that stands, and for whether it waits for a decision, give what the
rules on values give, row for row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, String, create_engine, insert, literal, select, union_all

from visitapp.records import PlacementPosition
from visitapp.rules.choices import Position, PositionSource, Rag
from visitapp.rules.placement import standing_position, waits_for
from visitapp.standing.placements import position_rows, ranked_positions, waiting

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOMES = ("home-a", "home-b")
DAYS = (date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3))
TODAY = DAYS[1]
IDS = st.none() | st.integers(0, 7).map(lambda number: f"position-{number}")
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "setting_id": st.sampled_from(HOMES),
            "replaces_id": IDS,
            "settles_id": IDS,
            "position": st.sampled_from(Position),
            "source": st.sampled_from(PositionSource),
            "interim": st.booleans(),
            "rag": st.sampled_from(Rag),
            "review_on": st.none() | st.sampled_from(DAYS),
            "created_at": st.integers(0, 2).map(lambda hours: NOON + timedelta(hours=hours)),
            "revision": st.integers(0, 4),
            "deleted": st.booleans(),
        }
    ),
    max_size=8,
)


@contextmanager
def stored(rows: list[dict[str, Any]]) -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        PlacementPosition.metadata.tables["placement_position"].create(connection)
        for number, row in enumerate(rows):
            made = {
                "id": f"position-{number}",
                "from_on": date(2026, 11, 1),
                "policy_version": "1",
                "created_by": "ann",
            }
            connection.execute(insert(PlacementPosition).values(made | row))
        yield connection
    engine.dispose()


@settings(deadline=None)
@given(ROWS)
def test_the_query_and_the_rule_agree(rows: list[dict[str, Any]]) -> None:
    besides = select(literal("position-0"))
    with stored(rows) as connection:
        found = ranked_positions(besides)
        query = select(found.c.setting_id, found.c.id, found.c.met).where(found.c.place == 1)
        asked = {row.setting_id: (row.id, row.met) for row in connection.execute(query)}
        stand = {
            home: standing_position(position_rows(connection, home, besides)) for home in HOMES
        }
    assert asked == {
        home: (stands.row.id, 1 + len(stands.others))
        for home, stands in stand.items()
        if stands.row
    }


@settings(deadline=None)
@given(ROWS, st.none() | st.sampled_from(Rag), st.booleans())
def test_the_condition_of_what_waits_and_the_rule_agree(
    rows: list[dict[str, Any]], rag: Rag | None, banned: bool
) -> None:
    homes = union_all(*[select(literal(home).label("id")) for home in HOMES]).subquery()
    with stored(rows) as connection:
        heads = ranked_positions()
        query = (
            select(homes.c.id)
            .outerjoin(heads, (heads.c.setting_id == homes.c.id) & (heads.c.place == 1))
            .where(waiting(heads, literal(rag, String), literal(banned), TODAY))
        )
        asked = set(connection.execute(query).scalars())
        stand = {home: standing_position(position_rows(connection, home)) for home in HOMES}
    assert asked == {
        home for home, stands in stand.items() if waits_for(stands, rag, banned=banned, today=TODAY)
    }
