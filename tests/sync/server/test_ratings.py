"""A rating that a visit gave reaches the server only with the outcome that gave it."""

from __future__ import annotations

import pytest

from tests.support.council import Council, Device
from visitapp.errors import Code
from visitapp.records import Rating, Visit, VisitStatus, new_id


@pytest.fixture
def ann(any_council: Council) -> Device:
    return any_council.officer("ann")


def rated(device: Device, visit: str, rag: str) -> str:
    rating = Rating(
        id=new_id(),
        setting_id=device.get(Visit, visit).setting_id,
        visit_id=visit,
        rag=rag,
        since=device.clock(),
    )
    device.add(rating)
    return rating.id


def refused(device: Device) -> dict[str, str | None]:
    return {row.kind: row.refused_code for row in device.outbox()}


def test_the_rating_of_a_sign_off_is_taken(any_council: Council, ann: Device) -> None:
    visit = ann.visit(ann.setting(), plans="met", calls="met")
    ann.sign_off(visit, any_council.library)
    rating = rated(ann, visit, "green")
    ann.sync()
    assert ann.outbox() == []
    assert any_council.get(Rating, rating).rag == "green"


def test_the_rating_of_a_refused_sign_off_is_refused_with_it(
    any_council: Council, ann: Device
) -> None:
    visit = ann.visit(ann.setting(), plans="met", calls="not_met")
    ann.sign_off(visit, any_council.library, overall="green")
    rated(ann, visit, "green")
    ann.sync()
    assert refused(ann) == {"visit": Code.OUTCOME_DIFFERS, "rating": Code.NOT_SIGNED_OFF}
    assert any_council.get(Visit, visit).status == VisitStatus.DRAFT
    assert any_council.all(Rating) == []


def test_a_rating_of_another_colour_than_its_outcome_is_refused(
    any_council: Council, ann: Device
) -> None:
    visit = ann.visit(ann.setting(), plans="met", calls="not_met")
    ann.sign_off(visit, any_council.library)
    rated(ann, visit, "green")
    ann.sync()
    assert refused(ann) == {"rating": Code.OUTCOME_DIFFERS}
    assert any_council.all(Rating) == []


def test_a_rating_of_a_draft_is_refused(any_council: Council, ann: Device) -> None:
    visit = ann.visit(ann.setting(), plans="met")
    rated(ann, visit, "green")
    ann.sync()
    assert refused(ann) == {"rating": Code.NOT_SIGNED_OFF}


def test_a_rating_of_no_visit_is_taken(any_council: Council, ann: Device) -> None:
    ann.add(Rating(id=new_id(), setting_id=ann.setting(), rag="red", since=ann.clock()))
    ann.sync()
    assert [rating.rag for rating in any_council.all(Rating)] == ["red"]
