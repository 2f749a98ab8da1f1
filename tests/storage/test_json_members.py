"""A JSON file is read member by member, in memory that does not grow with it."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.storage.json_members import members

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


class Drops(io.StringIO):
    """Gives a few characters at a time, as a slow stream may."""

    def read(self, size: int | None = -1) -> str:
        return super().read(3)


@given(head=VALUES, items=st.lists(VALUES, max_size=6), indent=st.sampled_from([None, 1]))
def test_every_member_and_item_is_given_whole(head: Any, items: list[Any], indent: Any) -> None:
    tree = {"head": head, "deep": {"list": items, "after": 12}, "none": {}, "last": [1]}
    text = json.dumps(tree, indent=indent)
    found = list(members(Drops(text), {"deep", "list", "none"}))
    expected = [("head", head), *(("list", one) for one in items), ("after", 12), ("last", [1])]
    assert found == expected


@pytest.mark.parametrize(
    "text", ["", "[1]", '{"a": 1', '{"a" 1}', '{"a": [1, 2}', '{"a": 1} more', '{"a": 1,}', "{1: 2"]
)
def test_what_is_no_such_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        list(members(io.StringIO(text), {"a"}))


def test_memory_does_not_grow_with_the_file() -> None:
    item = json.dumps({"FHRSID": 1, "BusinessName": "x" * 200})

    def most(items: int) -> int:
        text = io.StringIO('{"list": [' + ",".join([item] * items) + "]}")
        tracemalloc.start()
        assert sum(1 for _ in members(text, {"list"})) == items
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert most(20_000) < 2 * most(1_000)
