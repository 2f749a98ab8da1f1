"""Events change ratings at the server: worse at once, better by a lead, by their day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.sync.council import Council, Device
from tests.support.sync.decisions import event_values, position
from tests.support.sync.pushes import create, push
from tests.sync.server.sync.test_ratings import GOOD, POOR, current, review, signed
from visitapp.records import Rating, SignificantEvent, VisitStatus

DAY = date(2026, 11, 10)
TODAY = date(2026, 11, 22)


@pytest.fixture
def ann(any_council: Council) -> Device:
    return any_council.officer("ann")


@pytest.fixture
def lee(any_council: Council) -> Device:
    return any_council.lead("lee")


def record(place: Device, setting: str, rag: str, before: str, **more: Any) -> None:
    place.add(SignificantEvent(**event_values(setting, rag, before, **more)))
    assert place.sync().refused == []


def sent(place: Device, setting: str, rag: str | None, before: str | None, **more: Any) -> str:
    given = event_values(setting, rag, before, **more)
    wire = {n: v.isoformat() if isinstance(v, date) else v for n, v in given.items()}
    wire = {name: value for name, value in wire.items() if value is not None}
    (result,) = push(place, create(place, "significant_event", **wire))
    return result.text or "" if result.status == "refused" else ""


def green(council: Council, officer: Device, lead: Device, on: date = DAY) -> str:
    """A setting that a visit rated Green."""
    setting = officer.setting()
    review(lead, signed(officer, council, setting, on, **GOOD), VisitStatus.APPROVED)
    officer.sync()
    return setting


def test_a_worse_event_stands_at_once_and_closes_a_setting_at_red(
    any_council: Council, ann: Device, lee: Device
) -> None:
    setting = green(any_council, ann, lee)
    record(ann, setting, "red", "green")
    lee.sync()
    assert current(any_council) == current(ann) == current(lee) == ["red stands"]
    assert position(any_council, ann, lee, setting=setting) == "closed"
    (rating,) = [row for row in lee.all(Rating) if row.cause == "event"]
    (event,) = lee.all(SignificantEvent)
    assert (rating.event_id, rating.visit_id, rating.visited_on) == (event.id, None, TODAY)


def test_an_officer_improves_nothing_and_a_lead_does(
    any_council: Council, ann: Device, lee: Device
) -> None:
    setting = ann.setting()
    signed(ann, any_council, setting, DAY, **POOR)
    lee.sync()
    assert "Only a team lead improves" in sent(ann, setting, "amber", "red")
    record(lee, setting, "amber", "red")
    assert current(any_council) == ["amber stands"]
    assert position(any_council, setting=setting) == "closed", "no rating opens a setting"


def test_an_event_that_was_worse_than_what_was_known_only_proposes(
    any_council: Council, ann: Device, lee: Device
) -> None:
    setting = green(any_council, ann, lee)
    record(lee, setting, "red", "green")
    ann.add(SignificantEvent(**event_values(setting, "amber", "green")))
    assert ann.sync().refused == []
    assert current(any_council) == current(ann) == ["red stands"]
    assert {row.state for row in ann.all(Rating) if row.rag == "amber"} == {"proposed"}


def test_an_event_meets_an_approval_of_an_earlier_visit(
    any_council: Council, ann: Device, lee: Device
) -> None:
    setting = green(any_council, ann, lee, DAY - timedelta(days=100))
    better = signed(ann, any_council, setting, DAY, **GOOD)
    lee.sync()
    ann.add(SignificantEvent(**event_values(setting, "red", "green")))
    lee.review(better, VisitStatus.APPROVED)
    for device in (lee, ann, lee):
        assert device.sync().refused == []
    assert current(any_council) == current(ann) == current(lee) == ["red stands"]


def test_a_visit_after_the_event_rates_again(
    any_council: Council, ann: Device, lee: Device
) -> None:
    setting = green(any_council, ann, lee, DAY - timedelta(days=100))
    record(ann, setting, "amber", "green", happened_on=DAY)
    later = signed(ann, any_council, setting, TODAY, **GOOD)
    assert current(any_council) == ["amber stands"]
    review(lee, later, VisitStatus.APPROVED)
    assert current(any_council) == ["green stands"]


def test_an_audit_changes_the_rating_only_to_what_it_found(
    any_council: Council, ann: Device, lee: Device
) -> None:
    setting = green(any_council, ann, lee)
    audit = ann.visit(setting, form="themed", on=TODAY, **POOR)
    ann.sync()
    assert "not signed off" in sent(ann, setting, "red", "green", visit_id=audit, kind="audit")
    ann.sign_off(audit, any_council.library)
    ann.sync()
    assert current(any_council) == ["green stands"], "it only proposes"
    assert "another rating" in sent(ann, setting, "amber", "green", visit_id=audit, kind="audit")
    assert sent(ann, setting, "red", "green", visit_id=audit, kind="audit") == ""
    assert current(any_council) == ["red stands"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"text": ""}, "what happened"),
        ({"reason": ""}, "reason"),
        ({"review_on": None}, "28 days"),
        ({"rag_before": "red"}, "already"),
        ({"happened_on": date(2026, 12, 1)}, "before its date"),
    ],
)
def test_an_event_that_says_too_little_is_refused(
    council: Council, more: dict[str, Any], said: str
) -> None:
    ann = council.officer("ann")
    setting = ann.setting()
    ann.sync()
    assert said in sent(ann, setting, "red", "green", **more)
