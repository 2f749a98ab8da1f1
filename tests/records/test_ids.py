"""Ids: sortable when made, the same on two laptops when derived."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from visitapp.records import new_id
from visitapp.records.ids import answer_id, conflict_id, provider_id, setting_id

PARTS = st.tuples(st.uuids().map(str), st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True))


def test_fresh_ids_are_uuid7_and_sort_by_age() -> None:
    made = [new_id() for _ in range(2000)]
    assert made == sorted(made)
    assert len(set(made)) == 2000
    assert {uuid.UUID(one).version for one in made} == {7}


@given(first=PARTS, second=PARTS)
def test_an_answer_has_one_id_per_visit_and_question(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    assert (answer_id(*first) == answer_id(*second)) == (first == second)


def test_derived_ids_never_change() -> None:
    """They are kept in databases and made again by other versions of the program."""
    assert answer_id("v", "q") == "90ad4466-669e-56bf-b24b-beaa3f598c76"
    assert answer_id("v", "q", "SU3") != answer_id("v", "q")
    assert setting_id("cqc", "1-1") != provider_id("cqc", "1-1")
    assert setting_id("cqc", "1-1") != setting_id("care_inspectorate", "1-1")
    clash = ("answer", "a", "note", 7, "laptop-1")
    for at, other in enumerate(("action", "b", "reason", 8, "laptop-2")):
        assert conflict_id(*clash) != conflict_id(*clash[:at], other, *clash[at + 1 :])
