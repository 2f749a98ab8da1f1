"""The three-way merge, as a table of cases and as laws."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.merge import CREATION, NEVER, Stamps, Writer, merge, stamp_of
from sync.wire import Edit

ME = Writer(user_id="me", own_since=100)
AT = "2026-11-22T09:00:00.000000Z"


def stamp(revision: int, by: str = "her") -> list[Any]:
    return [revision, by, AT]


@pytest.mark.parametrize(
    ("server", "stamps", "edit", "accepted", "clashes"),
    [
        pytest.param("a", {"f": stamp(5)}, Edit(5, "a", "b"), True, False, id="untouched"),
        pytest.param("a", {"f": stamp(4)}, Edit(5, "a", "b"), True, False, id="older"),
        pytest.param("c", {"f": stamp(6)}, Edit(5, "a", "b"), False, True, id="changed since"),
        pytest.param("b", {"f": stamp(6)}, Edit(5, "a", "b"), False, False, id="same value"),
        pytest.param(
            "c", {"f": stamp(6, "me")}, Edit(5, "a", "b"), False, True, id="my other laptop"
        ),
        pytest.param(
            "c", {"f": stamp(100, "me")}, Edit(5, "a", "b"), True, False, id="my own batch"
        ),
        pytest.param(
            "c", {"f": stamp(6, "me")}, Edit(5, "c", "b"), True, False, id="on top of my own"
        ),
        pytest.param(
            "c", {"f": stamp(6)}, Edit(5, "c", "b"), False, True, id="on top of hers, unseen"
        ),
        pytest.param(
            1, {"f": stamp(6, "me")}, Edit(5, True, 2), False, True, id="my one is not true"
        ),
        pytest.param(
            "c", {CREATION: stamp(6)}, Edit(0, None, "b"), False, True, id="made by both"
        ),
        pytest.param(
            None, {CREATION: stamp(6)}, Edit(0, None, "b"), True, False, id="left empty by her"
        ),
        pytest.param(
            "draft", {CREATION: stamp(6), "f": NEVER}, Edit(0, None, "b"), True, False,
            id="only a default",
        ),
        pytest.param(
            None, {CREATION: stamp(6), "f": stamp(7)}, Edit(6, "a", "b"), False, True,
            id="emptied by her",
        ),
        pytest.param(
            "c", {"f": stamp(5)}, Edit(5, "a", "b"), False, True, id="replaces another value"
        ),
        pytest.param("c", {"f": stamp(5)}, Edit(5, None, "b"), False, True, id="replaces nothing"),
        pytest.param(1, {"f": stamp(6)}, Edit(5, 0, True), False, True, id="true is not one"),
    ],
)  # fmt: skip
def test_one_field(server: Any, stamps: Stamps, edit: Edit, accepted: bool, clashes: bool) -> None:
    merged = merge({"f": server}, stamps, {"f": edit}, ME)
    assert merged.accepted == ({"f": edit.new} if accepted else {})
    assert [clash.other_value for clash in merged.clashes] == ([edit.new] if clashes else [])


def test_who_makes_a_record_twice_did_not_see_the_first_one() -> None:
    writer = Writer(user_id="me", own_since=100, saw=False)
    merged = merge({"f": "c"}, {CREATION: stamp(6, "me")}, {"f": Edit(0, "c", "b")}, writer)
    assert [clash.other_value for clash in merged.clashes] == ["b"]


def test_a_restored_server_takes_back_a_field_whose_old_value_is_unknown() -> None:
    edits = {"f": Edit(5, None, "b"), "g": Edit(5, "x", "b"), "h": Edit(6, None, "b")}
    stamps = {"f": stamp(5), "g": stamp(5), "h": stamp(5)}
    writer = Writer(user_id="me", own_since=100, lost={5})
    merged = merge({"f": "a", "g": "a", "h": "a"}, stamps, edits, writer)
    assert merged.accepted == {"f": "b"}
    assert [clash.field for clash in merged.clashes] == ["g", "h"]


def test_a_clash_carries_both_values_who_and_when() -> None:
    merged = merge({"f": "hers"}, {"f": stamp(6)}, {"f": Edit(5, "old", "mine")}, ME)
    (clash,) = merged.clashes
    assert (clash.base_value, clash.server_value, clash.other_value) == ("old", "hers", "mine")
    assert clash.server == stamp(6)


def test_fields_merge_apart() -> None:
    server, stamps = {"f": "hers", "g": "old"}, {"f": stamp(6), "g": stamp(2)}
    edits = {"f": Edit(5, "old", "mine"), "g": Edit(5, "old", "mine")}
    merged = merge(server, stamps, edits, ME)
    assert merged.accepted == {"g": "mine"}
    assert [clash.field for clash in merged.clashes] == ["f"]
    assert merged.others


def test_the_first_version_stays_where_it_should() -> None:
    edits = {"f": Edit(0, None, "mine")}
    merged = merge({"f": "hers"}, {"f": stamp(6)}, edits, ME, frozenset({"f"}))
    assert (merged.accepted, merged.clashes) == ({}, [])


def test_an_edit_of_a_record_deleted_since_keeps_the_edit_and_asks() -> None:
    server, stamps = {"f": "old", "deleted": True}, {"f": stamp(2), "deleted": stamp(6)}
    merged = merge(server, stamps, {"f": Edit(5, "old", "mine")}, ME)
    assert merged.accepted == {"f": "mine"}
    (clash,) = merged.clashes
    assert (clash.field, clash.server_value, clash.other_value) == ("deleted", True, False)


def test_a_deletion_of_a_record_edited_since_asks() -> None:
    server, stamps = {"f": "hers", "deleted": False}, {"f": stamp(6), CREATION: stamp(2)}
    merged = merge(server, stamps, {"deleted": Edit(5, False, True)}, ME)
    assert merged.accepted == {}
    (clash,) = merged.clashes
    assert (clash.field, clash.server_value, clash.other_value) == ("deleted", False, True)
    assert clash.server == stamp(6)


def test_a_deletion_after_only_my_own_edits_is_taken() -> None:
    server, stamps = {"f": "mine", "deleted": False}, {"f": stamp(6, "me"), CREATION: stamp(2)}
    merged = merge(server, stamps, {"deleted": Edit(5, False, True)}, ME)
    assert merged.accepted == {"deleted": True}
    assert not merged.clashes


def test_an_edit_by_somebody_who_knew_of_the_deletion_is_taken() -> None:
    server, stamps = {"f": "old", "deleted": True}, {"deleted": stamp(6)}
    merged = merge(server, stamps, {"f": Edit(6, "old", "mine")}, ME)
    assert merged.accepted == {"f": "mine"}
    assert not merged.clashes


FIELDS = ("f", "g", "h")
values = st.one_of(st.none(), st.booleans(), st.integers(0, 2), st.sampled_from("ab"))
revisions = st.integers(0, 120)
all_stamps = st.dictionaries(
    st.sampled_from((*FIELDS, CREATION)),
    st.builds(stamp, revisions, st.sampled_from(("me", "her"))),
    max_size=len(FIELDS) + 1,
)
all_edits = st.dictionaries(
    st.sampled_from(FIELDS), st.builds(Edit, st.integers(0, 120), values, values), min_size=1
)


@given(st.fixed_dictionaries(dict.fromkeys(FIELDS, values)), all_stamps, all_edits)
def test_every_value_is_taken_already_there_or_set_aside(
    server: dict[str, Any], stamps: Stamps, edits: dict[str, Edit]
) -> None:
    merged = merge(server, stamps, edits, ME)
    clashing = {clash.field: clash for clash in merged.clashes}
    for field, edit in edits.items():
        there = server[field] == edit.new and type(server[field]) is type(edit.new)
        places = [field in merged.accepted, field in clashing, there]
        assert places.count(True) == 1
        changed_at, by, _ = stamp_of(stamps, field, server[field])
        given = 0 < changed_at < ME.own_since
        if not there:
            replaces = edit.old == server[field] and type(edit.old) is type(server[field])
            on_top = edit.base >= changed_at and edit.old == server[field]
            assert (field in clashing) == (given and not on_top and not (by == "me" and replaces))
        if field in clashing:
            assert clashing[field].other_value == edit.new
            assert clashing[field].server_value == server[field]


@given(st.fixed_dictionaries(dict.fromkeys(FIELDS, values)), all_stamps, all_edits)
def test_merging_twice_is_merging_once(
    server: dict[str, Any], stamps: Stamps, edits: dict[str, Edit]
) -> None:
    once = merge(server, stamps, edits, ME)
    after = {**server, **once.accepted}
    stamped = {**stamps, **{field: stamp(110, "me") for field in once.accepted}}
    again = merge(after, stamped, edits, ME)
    assert again.accepted == {}
    assert [clash.field for clash in again.clashes] == [clash.field for clash in once.clashes]
