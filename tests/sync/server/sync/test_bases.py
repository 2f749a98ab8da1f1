"""What an edit says of the record that it changes: its base, and the values that it replaces."""

from __future__ import annotations

from typing import Any

import pytest

from sync.wire import Edit, Update
from tests.support.sync.council import Council
from tests.support.sync.pushes import AT, create, push, update
from visitapp.errors import Code
from visitapp.records import Action, Conflict

OWNER = "The manager"


class Pair:
    """Two officers of one setting, and an action whose owner the second one changed."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.lee = council.officer("ann"), council.lead("lee")
        self.action = self.ann.action(self.ann.setting())
        self.ann.sync()
        self.seen = council.get(Action, self.action).revision
        self.lee.sync()
        self.lee.edit(Action, self.action, owner=OWNER)
        self.lee.sync()

    def there(self) -> Any:
        return self.council.get(Action, self.action)

    def edit(self, field: str, base: int, old: Any, new: Any) -> Update:
        edits = {field: Edit(base=base, old=old, new=new)}
        return Update(kind="action", id=self.action, at=AT, edits=edits)


@pytest.mark.parametrize("base", [2**53, 10_000, -1_000])
def test_a_base_that_the_server_never_gave_out_is_refused(any_council: Council, base: int) -> None:
    pair = Pair(any_council)
    (result,) = push(pair.ann, pair.edit("owner", base, OWNER, "Nobody"))
    assert (result.status, result.code) == ("refused", Code.BAD_VALUE)
    assert pair.there().owner == OWNER
    made_again = create(
        *(pair.ann, "action", pair.action),
        setting_id=pair.there().setting_id,
        title="Another",
        first_due_on="2026-12-01",
    )
    (result,) = push(pair.ann, type(made_again)(**{**fields_of(made_again), "base": 2**52}))
    assert (result.status, result.code) == ("refused", Code.BAD_VALUE)


def fields_of(change: Any) -> dict[str, Any]:
    return {name: getattr(change, name) for name in change.__struct_fields__}


@pytest.mark.parametrize("old", [None, "", "Somebody else"])
def test_an_edit_that_replaces_another_value_is_a_conflict(
    any_council: Council, old: str | None
) -> None:
    pair = Pair(any_council)
    newest = pair.there().revision
    (result,) = push(pair.ann, pair.edit("owner", newest, old, "Nobody"))
    assert (result.status, pair.there().owner) == ("conflict", OWNER)
    (conflict,) = any_council.all(Conflict)
    assert (conflict.server_value, conflict.other_value) == (OWNER, "Nobody")


@pytest.mark.parametrize(("base", "old"), [("seen", ""), ("seen", OWNER), ("newest", OWNER)])
def test_base_and_old_value_must_both_be_the_servers(
    any_council: Council, base: str, old: str
) -> None:
    pair = Pair(any_council)
    revision = pair.seen if base == "seen" else pair.there().revision
    (result,) = push(pair.ann, pair.edit("owner", revision, old, "Nobody"))
    assert result.status == ("accepted" if base == "newest" else "conflict")


@pytest.mark.parametrize(
    ("field", "value"), [("created_by", "somebody"), ("created_at", "1999-01-01T00:00:00Z")]
)
def test_who_made_a_record_and_when_never_changes(
    any_council: Council, field: str, value: str
) -> None:
    pair = Pair(any_council)
    before = getattr(pair.there(), field)
    (result,) = push(pair.lee, update("action", pair.action, **{field: value}))
    assert (result.status, result.code) == ("refused", Code.BAD_VALUE)
    assert getattr(pair.there(), field) == before
