"""What may happen to a visit in each state."""

from __future__ import annotations

from visitapp.rules.choices import VisitStatus
from visitapp.rules.visit_life import VISIT, awaits_review, is_frozen, missing_needs


def test_a_signed_off_visit_is_frozen() -> None:
    frozen = [status for status in VisitStatus if is_frozen(status)]
    assert frozen == ["signed_off", "not_sampled", "approved"]


def test_only_a_signed_off_visit_awaits_review() -> None:
    assert [status for status in VisitStatus if awaits_review(status)] == ["signed_off"]


def test_the_server_alone_lets_a_visit_go_and_a_lead_may_still_review_it() -> None:
    rule = VISIT.rule("signed_off", "not_sampled")
    assert rule is not None
    assert rule.roles == frozenset()
    assert VISIT.next_states("not_sampled", "lead") == ["not_sampled", "returned", "approved"]
    assert VISIT.next_states("not_sampled", "officer") == ["not_sampled"]


def test_a_review_starts_from_either_state_of_a_sign_off_and_from_no_other() -> None:
    both = {"signed_off", "not_sampled"}
    for state in VisitStatus:
        for before in VisitStatus:
            alike = state == before or {state, before} == both
            assert VISIT.starts_from(state, before) is alike


def test_what_is_missing_is_named_by_number_and_counted() -> None:
    needs = [("1.1", "answer"), ("2.3", "note"), ("2.3", "photo"), ("9.1", "reason")]
    assert str(missing_needs(needs[:1])) == "1 thing is missing: 1.1 needs an answer."
    assert str(missing_needs(needs)) == (
        "4 things are missing: 1.1 needs an answer, 2.3 needs a note, 2.3 needs a photo and 1 more."
    )
