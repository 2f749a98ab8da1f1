"""What may happen to a visit in each state."""

from __future__ import annotations

from visitapp.rules.choices import VisitStatus
from visitapp.rules.visit_life import awaits_review, is_frozen, missing_needs


def test_a_signed_off_visit_is_frozen() -> None:
    assert [status for status in VisitStatus if is_frozen(status)] == ["signed_off", "approved"]


def test_only_a_signed_off_visit_awaits_review() -> None:
    assert [status for status in VisitStatus if awaits_review(status)] == ["signed_off"]


def test_what_is_missing_is_named_by_number_and_counted() -> None:
    needs = [("1.1", "answer"), ("2.3", "note"), ("2.3", "photo"), ("9.1", "reason")]
    assert str(missing_needs(needs[:1])) == "1 thing is missing: 1.1 needs an answer."
    assert str(missing_needs(needs)) == (
        "4 things are missing: 1.1 needs an answer, 2.3 needs a note, 2.3 needs a photo and 1 more."
    )
