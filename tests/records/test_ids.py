"""Ids: sortable when made, the same on two laptops when derived."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from visitapp.records import new_id
from visitapp.records.ids import (
    answer_id,
    conflict_id,
    contract_setting_id,
    provider_id,
    setting_id,
)

PROTOCOL = Path(__file__).parents[2] / "docs" / "sync-protocol.md"
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


@given(visits=st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)), min_size=2))
def test_answers_sort_as_their_visits_do(visits: list[datetime]) -> None:
    """An index by id grows at its end, however many years it holds."""
    milliseconds = sorted({int(moment.timestamp() * 1000) for moment in visits})
    ids = [
        answer_id(f"{at >> 16:08x}-{at & 0xFFFF:04x}-7135-bb08-93442a919dbb", "q")
        for at in milliseconds
    ]
    assert ids == sorted(ids)
    assert {(uuid.UUID(id_).version, uuid.UUID(id_).variant) for id_ in ids} == {(8, uuid.RFC_4122)}


def test_derived_ids_never_change_and_are_as_the_protocol_says() -> None:
    """They are kept in databases, and made again by other versions of the program and by others."""
    visit = "019a9c5e-3a58-7135-bb08-93442a919dbb"
    space = uuid.UUID("6f0d3c0e-6d57-5b0e-9a50-7669736974ff")
    derived = str(uuid.uuid5(space, f"answer/{visit}/referrals/"))
    id_ = answer_id(visit, "referrals")
    assert id_ == "019a9c5e-3a58-89cf-ac1f-c87aa37039c9" == f"{visit[:13]}-8{derived[15:]}"
    for said in (visit, str(space), id_):
        assert said in PROTOCOL.read_text(encoding="utf-8")
    assert answer_id(visit, "referrals", "SU3") != id_
    link = str(uuid.uuid5(space, "contract_setting/c/s/2026-04-01"))
    assert contract_setting_id("c", "s", "2026-04-01") == link
    assert contract_setting_id("c", "s", date(2026, 4, 1)) == link
    assert contract_setting_id("c", "s", None) == str(uuid.uuid5(space, "contract_setting/c/s/"))
    assert setting_id("cqc", "1-1") != provider_id("cqc", "1-1")
    assert setting_id("cqc", "1-1") != setting_id("care_inspectorate", "1-1")
    clash = ("answer", "a", "note", 7, "laptop-1")
    for at, other in enumerate(("action", "b", "reason", 8, "laptop-2")):
        assert conflict_id(*clash) != conflict_id(*clash[:at], other, *clash[at + 1 :])
