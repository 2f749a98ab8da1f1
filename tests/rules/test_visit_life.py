"""What may happen to a visit in each state."""

from __future__ import annotations

from visitapp.records import FROZEN, VisitStatus
from visitapp.rules.visit_life import awaits_review, is_frozen, is_open, missing_sentence


def test_every_status_is_open_or_frozen_as_the_records_say() -> None:
    for status in VisitStatus:
        assert is_frozen(status) is (status in FROZEN)
        assert is_open(status) is not is_frozen(status)


def test_only_a_signed_off_visit_awaits_review() -> None:
    assert [status for status in VisitStatus if awaits_review(status)] == ["signed_off"]


def test_what_is_missing_is_named_by_number_and_counted() -> None:
    needs = [("1.1", "answer"), ("2.3", "note"), ("2.3", "photo"), ("9.1", "reason")]
    assert missing_sentence(needs[:1]) == "1 thing is missing: 1.1 needs an answer."
    assert missing_sentence(needs) == (
        "4 things are missing: 1.1 needs an answer, 2.3 needs a note, 2.3 needs a photo,"
        " and 1 more."
    )
