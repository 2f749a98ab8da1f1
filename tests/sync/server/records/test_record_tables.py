"""docs/sync-records.md says what the columns are."""

from __future__ import annotations

from sync.server.records.record_tables import PAGE, records_page
from visitapp.records import KINDS


def test_the_page_is_that_of_the_columns() -> None:
    """Should this fail: python -m sync.server.records.record_tables"""
    assert PAGE.read_text(encoding="utf-8") == records_page()


def test_every_kind_has_its_table() -> None:
    page = records_page()
    assert [line[4:-1] for line in page.splitlines() if line.startswith("## ")] == list(KINDS)
    for said in (
        "| `officer_id` | `user_account` id | needed |",
        "| `visit_id` | `visit` id | needed |",
        '| `priority` | `immediate`, `high`, `medium`, `low` | `"medium"` |',
        "| `source` | any JSON; first |  |",
        "| `deleted` | true or false | `false` |",
    ):
        assert said in page
