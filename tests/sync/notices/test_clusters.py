"""Notices of clusters of concerns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.support.sync import pushes
from tests.support.sync.concerns import RECEIVED, raise_concern
from tests.support.sync.council import Council, Device
from visitapp.records import Notice, NoticeEvent


def told(council: Council) -> list[str]:
    return [n.text for n in council.all(Notice) if n.event == NoticeEvent.CLUSTER]


def log(device: Device, setting: str, days_ago: int = 0, **fields: Any) -> None:
    raise_concern(device, setting, received_at=RECEIVED - timedelta(days_ago), **fields)


def test_the_third_concern_of_a_theme_is_told_once(any_council: Council) -> None:
    ann, lee = any_council.officer("ann"), any_council.lead("lee")
    home = ann.setting("Alder House")
    log(ann, home, 60)
    log(ann, home, 91)
    log(ann, home, restricted_to=None, starts_restricted=True)
    log(ann, home, kind="compliment")
    log(ann, home, themes="falls")
    assert ann.sync().refused == []
    log(ann, home, 30)
    assert ann.sync().refused == []
    assert told(any_council) == []
    log(ann, home, 10, themes="records,medicines")
    assert ann.sync().refused == []
    expected = (
        "A cluster of concerns: 3 about medicines at Alder House, 21 September 2026 to "
        "10 November 2026."
    )
    assert told(any_council) == [expected]
    log(ann, home)
    assert ann.sync().refused == []
    assert told(any_council) == [expected]
    ann.sync()
    lee.sync()
    for device in (ann, lee):
        assert [n.text for n in device.all(Notice)] == [expected]


@pytest.mark.parametrize("homes", [2, 3])
def test_three_settings_of_a_provider_are_a_cluster(council: Council, homes: int) -> None:
    """Each officer sees a setting of the provider; only the server sees all of them."""
    lee = council.lead("lee")
    provider = pushes.create(lee, "provider", name="Willow Care")
    assert [one.status for one in pushes.push(lee, provider)] == ["accepted"]
    for number in range(homes):
        officer = council.officer(f"officer{number}")
        home = officer.setting(f"Home {number}")
        assert officer.sync().refused == []
        under = pushes.update("setting", home, provider_id=provider.id)
        assert [one.status for one in pushes.push(lee, under)] == ["accepted"]
        log(officer, home)
        assert officer.sync().refused == []
    expected = ["A cluster of concerns: 3 about medicines at 3 settings of Willow Care, "
                "20 November 2026 to 20 November 2026."]  # fmt: skip
    assert told(council) == (expected if homes == 3 else [])
