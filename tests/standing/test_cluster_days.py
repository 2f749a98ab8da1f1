"""The days of clusters: the query says what the rule says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from visitapp.records import Base, Concern, new_id
from visitapp.rules.concerns.clusters import Counted, clusters
from visitapp.rules.concerns.themes import themes_of
from visitapp.rules.policy.read import shipped_policy
from visitapp.standing.indicators.concerns import cluster_days

RULES = shipped_policy().concerns
FIRST = date(2026, 1, 5)
NEAR = st.lists(
    st.tuples(
        st.integers(0, 200),
        st.sampled_from(["", "falls", "medicines", "falls,medicines"]),
        st.sampled_from(["complaint", "compliment"]),
        st.sampled_from([None, "partly", "not_substantiated"]),
    ),
    max_size=9,
)


def one(day: date, themes: str, kind: str, decision: str | None) -> tuple[Concern, Counted]:
    """A concern as it is kept, and as the rule counts it."""
    id_, noon = new_id(), datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12)
    kept = Concern(
        id=id_,
        setting_id="home",
        kind=kind,
        source="family",
        severity="2",
        title="Doses",
        themes=themes,
        received_at=noon,
        decision=decision,
        created_at=noon,
        created_by="ann",
    )
    counted = Counted(
        id=id_,
        setting_id="home",
        provider_id=None,
        kind=kind,
        themes=tuple(themes_of(themes)),
        received_on=day,
        severity="2",
        decision=decision,
    )
    return kept, counted


@settings(deadline=None, max_examples=60)
@given(NEAR)
def test_the_query_agrees_with_the_rule(
    concerns: list[tuple[int, str, str, str | None]],
) -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine, tables=[Base.metadata.tables["concern"]])
    both = [one(FIRST + timedelta(days), *others) for days, *others in concerns]
    with Session(engine) as session:
        session.add_all(kept for kept, _ in both)
        session.flush()
        found = session.execute(select(cluster_days(RULES))).all()
    engine.dispose()
    counted = [value for _, value in both]
    expected = {
        cluster.last
        for today in {value.received_on for value in counted}
        for cluster in clusters(
            counted, count=RULES.cluster_count, days=RULES.cluster_days, today=today
        )
    }
    days = "".join(row.clustered_on for row in found).split(",")[:-1]
    assert set(map(date.fromisoformat, days)) == expected
