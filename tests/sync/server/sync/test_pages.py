"""Pages: full, in order, each record once, however much of the counter is other people's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from sync.server.records.revisions import current
from sync.server.records.values import LONGEST_FORM
from sync.server.sync.pages import LARGEST, PAGE_BYTES, Span, read_page
from sync.wire import Page
from tests.support.desk.made import an_action
from tests.support.storage.statements import asked_of
from tests.support.sync.council import Council, Device
from visitapp.records import Action, Visit
from visitapp.rules.access import Actor
from visitapp.rules.text import LONGEST_NOTE

LIMIT = 5


@pytest.mark.parametrize("others", [0, 1, 30])
def test_pages_are_full_and_hold_each_record_once(any_council: Council, others: int) -> None:
    """`others`: how many changes of somebody else come after each of one's own."""
    ann, ben = any_council.officer("ann"), any_council.officer("ben")
    anns, bens = ann.setting(), ben.setting()
    made = {anns, bens}
    for turn in range(17):
        made.add(ann.action(anns, f"Action {turn}"))
        ben.add(*(an_action(bens) for _ in range(others)))
        ann.sync()
        ben.sync()
    pages = list(_pages(any_council, ann))
    records = [record for page in pages for record in page.records]
    assert {record.id for record in records} & made == made - {bens}
    assert len({record.id for record in records}) == len(records)
    assert [record.revision for record in records] == sorted(record.revision for record in records)
    assert {len(page.records) for page in pages[:-1]} == {LIMIT}
    assert all(page.cursor < following.cursor for page, following in pairwise(pages))


def test_where_a_page_ends_is_found_in_few_steps(any_council: Council) -> None:
    """A page does not end after a few revisions because they are somebody else's."""
    ann, ben = any_council.officer("ann"), any_council.officer("ben")
    bens = ben.setting()
    ben.add(*(an_action(bens) for _ in range(1000)))
    ben.sync()
    anns = ann.setting()
    ann.sync()
    with asked_of(any_council.database) as asked:
        first, *others = _pages(any_council, ann)
    assert not others
    assert anns in {record.id for record in first.records}
    looked = [statement for statement in asked if "LIMIT" in statement]
    # Through 5, 20, 80, 320 and 1280 revisions.
    assert len(looked) == 5
    assert all("FROM conflict" not in statement for statement in looked), "no conflict changed"


def test_a_page_ends_before_its_texts_grow_too_long(any_council: Council) -> None:
    """Notes as long as they may be, so many that together no device would take them."""
    ann = any_council.officer("ann")
    setting = ann.setting()
    longest = "x" * LONGEST_NOTE
    number = 2 * PAGE_BYTES // LONGEST_NOTE
    for _ in range(4):
        ann.add(*(an_action(setting, detail=longest) for _ in range(number // 4)))
        ann.sync()
    pages = list(_pages(any_council, ann, limit=16_000))
    assert len(pages) == 3
    assert all(_size(page) <= PAGE_BYTES * 11 / 10 for page in pages)
    records = [record.id for page in pages for record in page.records]
    assert len(set(records)) == len(records)
    assert {action.id for action in ann.all(Action)} < set(records)


def test_parents_that_come_along_shorten_a_page_as_well(any_council: Council) -> None:
    """Each answer is short; each of its visits has a form of its own and changed again later."""
    ann = any_council.officer("ann")
    setting = ann.setting()
    visits = [ann.visit(setting, plans="met") for _ in range(80)]
    ann.sync()
    for visit in visits:
        ann.edit(Visit, visit, form_text="x" * LONGEST_FORM)
    while ann.outbox():
        ann.sync()
    with any_council.database.viewing() as connection:
        actor, upto = Actor(ann.user_id, "officer", "East"), current(connection)[1]
        page = read_page(connection, actor, Span(after=0, upto=upto), limit=180)
    assert page.more
    assert _size(page) <= LARGEST
    assert {record.kind for record in page.records} >= {"visit", "answer"}


def _size(page: Page) -> int:
    return sum(len(raw) for group in page.groups for raw in group.fields.values())


def _pages(council: Council, device: Device, limit: int = LIMIT) -> Iterator[Page]:
    """Every page of an officer from the beginning, as a new device would ask for them."""
    actor, after, more = Actor(device.user_id, "officer", "East"), 0, True
    while more:
        with council.database.viewing() as connection:
            upto = current(connection)[1]
            page = read_page(connection, actor, Span(after=after, upto=upto), limit)
        yield page
        after, more = page.cursor, page.more
