"""Clusters of concerns, beside a slow reference."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from visitapp.rules.concerns.clusters import Cluster, Counted, clusters, counts

TODAY = date(2025, 11, 5)


def a_concern(n: int, day: date, theme: str = "medicines", **more: str | None) -> Counted:
    given_: dict[str, Any] = {
        "setting_id": "s1",
        "provider_id": "p1",
        "kind": "poor_practice",
        "decision": None,
    }
    given_ |= more
    return Counted(
        id=f"c{n}",
        themes=(theme,),
        received_on=day,
        severity="2",
        **given_,
    )


def found(concerns: list[Counted], count: int = 3, today: date = TODAY) -> list[Cluster]:
    return clusters(concerns, count=count, days=90, today=today)


STORY = [
    a_concern(1, date(2025, 9, 8)),
    a_concern(2, date(2025, 10, 2), "falls"),
    a_concern(3, date(2025, 10, 21)),
    a_concern(4, date(2025, 11, 5)),
]


def test_the_third_of_a_theme_makes_a_cluster() -> None:
    assert found(STORY[:3]) == []
    (cluster,) = found(STORY)
    assert [one.id for one in cluster.concerns] == ["c1", "c3", "c4"]
    assert (cluster.last - cluster.first).days + 1 == 59
    assert (cluster.theme, cluster.setting_id) == ("medicines", "s1")


def test_it_passes_after_90_days() -> None:
    last = date(2025, 9, 8) + timedelta(days=89)
    assert len(found(STORY, today=last)) == 1
    assert found(STORY, today=last + timedelta(days=1)) == []


def test_compliments_and_what_was_not_substantiated_do_not_count() -> None:
    assert found([*STORY[:3], a_concern(4, TODAY, kind="compliment")]) == []
    assert found([*STORY[:3], a_concern(4, TODAY, decision="not_substantiated")]) == []
    assert len(found([*STORY[:3], a_concern(4, TODAY, decision="inconclusive")])) == 1


def test_three_settings_of_a_provider_are_one_too() -> None:
    spread = [a_concern(n, TODAY, setting_id=f"s{n}") for n in range(3)]
    (cluster,) = found(spread)
    assert (cluster.setting_id, cluster.provider_id) == (None, "p1")
    assert (
        found([a_concern(n, TODAY, setting_id=f"s{n}", provider_id=None) for n in range(3)]) == []
    )
    assert found([a_concern(n, TODAY, setting_id=f"s{n % 2}") for n in range(4)]) == []


@given(
    st.lists(
        st.tuples(
            st.integers(0, 200), st.sampled_from("ab"), st.sampled_from("xyz"), st.booleans()
        ),
        max_size=12,
    ),
    st.integers(2, 4),
)
def test_a_cluster_of_a_setting_is_there_when_so_many_lie_within_the_days(
    drawn: list[tuple[int, str, str, bool]], count: int
) -> None:
    concerns = [
        a_concern(
            n,
            TODAY - timedelta(days=ago),
            theme,
            setting_id=setting,
            decision="not_substantiated" if unfounded else None,
        )
        for n, (ago, theme, setting, unfounded) in enumerate(drawn)
    ]
    wanted = {
        (some[0].setting_id, some[0].themes[0])
        for some in combinations(concerns, count)
        if len({(one.setting_id, one.themes) for one in some}) == 1
        and all(counts(one) and (TODAY - one.received_on).days < 90 for one in some)
    }
    seen = {(c.setting_id, c.theme) for c in found(concerns, count) if c.setting_id is not None}
    assert seen == wanted
