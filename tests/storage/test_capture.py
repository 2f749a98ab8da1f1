"""Change capture: what a transaction leaves to be sent, and the history that it writes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import load_only

from tests.support.desk.clocks import HandClock
from tests.support.desk.made import a_rating, a_setting, a_visit, an_action, an_answer
from visitapp.records import (
    Action,
    Answer,
    History,
    Outbox,
    Provider,
    Rating,
    Setting,
    Synced,
    User,
)
from visitapp.storage.database import Database
from visitapp.storage.outbox import AGAIN


def waiting(database: Database, kind: str | None = None) -> list[Outbox]:
    with database.reading() as session:
        found = session.scalars(select(Outbox).order_by(Outbox.sequence)).all()
    return [row for row in found if kind in (None, row.kind)]


def history(database: Database) -> list[History]:
    with database.reading() as session:
        return list(session.scalars(select(History).order_by(History.id)))


def apply(database: Database, *records: Synced) -> None:
    """Put records there as a sync would, at revision 7."""
    with database.applying() as session:
        for record in records:
            record.created_at = datetime(2026, 1, 1, tzinfo=UTC)
            record.created_by = "officer-2"
            record.revision = 7
            session.add(record)
            session.flush()


def mark(database: Database, **fields: Any) -> None:
    """Mark every waiting row as sync does when it makes a batch or is refused."""
    with database.applying() as session:
        session.execute(update(Outbox).values(**fields))


def test_a_new_record_waits_whole(database: Database, clock: HandClock) -> None:
    with database.transaction("officer-1") as session:
        session.add(a_setting(id="home"))
    (row,) = waiting(database)
    assert (row.kind, row.record_id, row.setting_id, row.created) == (
        "setting",
        "home",
        "home",
        True,
    )
    assert (row.fields, row.batch, row.refused_code) == ({}, None, None)
    assert row.changed_at == clock.now
    assert history(database) == []


def test_rows_wait_in_the_order_in_which_records_were_made(database: Database) -> None:
    with database.transaction("officer-1") as session:
        session.add(a_setting(id="home"))
        session.flush()
        session.add(a_visit("home", id="visit"))
        session.flush()
        session.add(an_answer("home", "visit", "q1"))
    assert [row.kind for row in waiting(database)] == ["setting", "visit", "answer"]
    assert [row.setting_id for row in waiting(database)] == ["home", "home", "home"]


def test_a_provider_waits_under_its_own_id(database: Database) -> None:
    with database.transaction("officer-1") as session:
        session.add(Provider(id="p", name="Brightwater Care"))
    assert waiting(database)[0].setting_id == "p"


def test_an_edit_waits_with_what_was_there_and_its_revision(database: Database) -> None:
    apply(database, a_setting(id="home", regulator_published=date(2025, 1, 2)))
    with database.transaction("officer-1") as session:
        setting = session.get_one(Setting, "home")
        setting.name = "Willowmere Court"
        setting.regulator_published = date(2026, 5, 29)
    (row,) = waiting(database, "setting")
    assert row.created is False
    assert row.fields == {
        "name": {"old": "Willowmere House", "base": 7},
        "regulator_published": {"old": "2025-01-02", "base": 7},
    }


def test_each_changed_field_has_its_line_of_history(database: Database, clock: HandClock) -> None:
    answer = an_answer("home", "visit", "safe", value=None, note="")
    apply(database, a_setting(id="home"), a_visit("home", id="visit"), answer)
    with database.transaction("officer-1") as session:
        kept = session.get_one(Answer, answer.id)
        kept.value = {"met": 3}
        kept.note = "Three of three"
    lines = {line.field: line for line in history(database)}
    assert {name: (line.old, line.new) for name, line in lines.items()} == {
        "value": (None, {"met": 3}),
        "note": ("", "Three of three"),
    }
    line = lines["value"]
    assert (line.kind, line.record_id, line.setting_id) == ("answer", answer.id, "home")
    assert (line.created_by, line.created_at) == ("officer-1", clock.now)
    assert waiting(database, "history") == [], "the server writes its own"


def test_the_history_of_a_setting_belongs_to_it(database: Database) -> None:
    apply(database, a_setting(id="home"))
    with database.transaction("officer-1") as session:
        session.get_one(Setting, "home").team = "North"
    assert [line.setting_id for line in history(database)] == ["home"]


def test_later_edits_fold_into_the_row_that_waits(database: Database, clock: HandClock) -> None:
    apply(database, a_setting(id="home"))
    for name, team in (("A", ""), ("B", "North"), ("B", "South")):
        clock.forward(minutes=1)
        with database.transaction("officer-1") as session:
            setting = session.get_one(Setting, "home")
            setting.name, setting.team = name, team
    (row,) = waiting(database, "setting")
    assert row.fields == {
        "name": {"old": "Willowmere House", "base": 7},
        "team": {"old": "", "base": 7},
    }
    assert row.changed_at == clock.now
    assert [(line.field, line.old, line.new) for line in history(database)] == [
        ("name", "Willowmere House", "A"),
        ("name", "A", "B"),
        ("team", "", "North"),
        ("team", "North", "South"),
    ]


def test_a_created_record_takes_in_its_edits(database: Database) -> None:
    with database.transaction("officer-1") as session:
        session.add(a_setting(id="home"))
    with database.transaction("officer-1") as session:
        session.get_one(Setting, "home").name = "Willowmere Court"
    (row,) = waiting(database, "setting")
    assert (row.created, row.fields) == (True, {})
    assert [line.new for line in history(database)] == ["Willowmere Court"]


def test_a_row_on_its_way_is_left_alone(database: Database) -> None:
    with database.transaction("officer-1") as session:
        session.add(a_setting(id="home"))
    mark(database, batch=1)
    for name in ("A", "B"):
        with database.transaction("officer-1") as session:
            session.get_one(Setting, "home").name = name
    sent, next_one = waiting(database, "setting")
    assert (sent.batch, sent.created, sent.fields) == (1, True, {})
    assert (next_one.batch, next_one.created) == (None, False)
    assert next_one.fields == {"name": {"old": "Willowmere House", "base": 0}}


def test_a_field_that_is_on_its_way_keeps_its_base(database: Database) -> None:
    """The record's own revision may rise while the field's value was seen by nobody here."""
    apply(database, a_setting(id="home"))
    with database.transaction("officer-1") as session:
        session.get_one(Setting, "home").name = "Second"
    mark(database, batch=1)
    with database.applying() as session:
        session.get_one(Setting, "home").revision = 13
    with database.transaction("officer-1") as session:
        home = session.get_one(Setting, "home")
        home.name, home.team = "Third", "Another"
    sent, later = waiting(database, "setting")
    assert (sent.fields["name"]["base"], later.fields["name"]["base"]) == (7, 7)
    assert later.fields["team"]["base"] == 13


@pytest.mark.parametrize(("fields", "base"), [({}, 0), ({AGAIN: {"base": 4}}, 4)])
def test_an_edit_of_a_new_record_that_is_on_its_way_keeps_its_base(
    database: Database, fields: dict[str, Any], base: int
) -> None:
    """A derived id may be another laptop's too, whose values nobody here has seen."""
    with database.transaction("officer-1") as session:
        session.add(a_setting(id="home"))
    mark(database, batch=1, fields=fields)
    with database.applying() as session:
        session.get_one(Setting, "home").revision = 13
    with database.transaction("officer-1") as session:
        session.get_one(Setting, "home").name = "Second"
    _, later = waiting(database, "setting")
    assert later.fields["name"]["base"] == base


@pytest.mark.parametrize("created", [True, False])
def test_an_edit_of_what_was_refused_offers_it_again(database: Database, created: bool) -> None:
    if created:
        with database.transaction("officer-1") as session:
            session.add(a_setting(id="home"))
    else:
        apply(database, a_setting(id="home"))
        with database.transaction("officer-1") as session:
            session.get_one(Setting, "home").name = "A"
    mark(database, refused_code="bad-value", refused_text="The name is too long.")
    with database.transaction("officer-1") as session:
        session.get_one(Setting, "home").name = "B"
    (row,) = waiting(database, "setting")
    assert (row.refused_code, row.refused_text, row.created) == (None, None, created)


def test_edits_within_the_making_transaction_are_no_history(database: Database) -> None:
    with database.transaction("officer-1") as session:
        setting = a_setting(id="home")
        session.add(setting)
        session.flush()
        setting.name = "Willowmere Court"
    assert history(database) == []
    (row,) = waiting(database)
    assert (row.created, row.fields) == (True, {})


def test_a_value_set_to_itself_is_no_change(database: Database) -> None:
    apply(database, a_setting(id="home"))
    with database.transaction("officer-1") as session:
        session.get_one(Setting, "home").name = "Willowmere House"
    assert waiting(database) == []
    assert history(database) == []


def test_marks_of_sync_are_no_change(database: Database) -> None:
    apply(database, a_setting(id="home"))
    with database.transaction("officer-1") as session:
        setting = session.get_one(Setting, "home")
        setting.revision, setting.field_revisions = 9, {"name": [9, "officer-2", "now"]}
    assert waiting(database) == []
    with database.reading() as session:
        assert session.get_one(Setting, "home").revision == 9


def test_the_old_value_is_found_when_it_was_never_loaded(database: Database) -> None:
    apply(database, a_setting(id="home"))
    with database.transaction("officer-1") as session:
        setting = session.scalars(select(Setting).options(load_only(Setting.team))).one()
        setting.name = "Willowmere Court"
    (row,) = waiting(database, "setting")
    assert row.fields == {"name": {"old": "Willowmere House", "base": 7}}
    assert [line.old for line in history(database)] == ["Willowmere House"]


def test_a_deletion_is_an_edit(database: Database) -> None:
    apply(database, a_setting(id="home"), an_action("home", id="action"))
    with database.transaction("officer-1") as session:
        session.get_one(Action, "action").deleted = True
    (row,) = waiting(database, "action")
    assert row.fields == {"deleted": {"old": False, "base": 7}}
    assert [(line.field, line.old, line.new) for line in history(database)] == [
        ("deleted", False, True)
    ]


def test_deleting_for_good_is_a_bug(database: Database) -> None:
    apply(database, a_setting(id="home"))
    with (
        pytest.raises(RuntimeError, match="set `deleted`"),
        database.transaction("officer-1") as session,
    ):
        session.delete(session.get_one(Setting, "home"))
    with database.reading() as session:
        assert session.get(Setting, "home") is not None


def test_editing_what_is_append_only_is_a_bug(database: Database) -> None:
    visit = a_visit("home", id="visit")
    rating = a_rating(visit, "red", datetime(2026, 1, 1, tzinfo=UTC), id="rating")
    apply(database, a_setting(id="home"), rating)
    with (
        pytest.raises(RuntimeError, match="append-only"),
        database.transaction("officer-1") as session,
    ):
        session.get_one(Rating, "rating").rag = "green"


@pytest.mark.parametrize(
    "statement",
    [
        update(Setting).values(name="A"),
        delete(Setting),
        insert(Setting).values(id="x", name="A", service_type="day"),
    ],
    ids=["update", "delete", "insert"],
)
def test_changing_in_bulk_is_a_bug(database: Database, statement: Any) -> None:
    apply(database, a_setting(id="home"))
    with (
        pytest.raises(RuntimeError, match="not in bulk"),
        database.transaction("officer-1") as session,
    ):
        session.execute(statement)


def test_applying_captures_nothing(database: Database) -> None:
    apply(database, a_setting(id="home"), User(id="u", name="sam", role="officer"))
    with database.applying() as session:
        session.get_one(Setting, "home").name = "A"
    assert waiting(database) == []
    assert history(database) == []


def test_what_is_rolled_back_to_a_savepoint_leaves_nothing(database: Database) -> None:
    apply(database, a_setting(id="home"))
    with database.transaction("officer-1") as session:
        setting = session.get_one(Setting, "home")
        savepoint = session.begin_nested()
        setting.name = "A"
        session.flush()
        savepoint.rollback()
        setting.team = "North"
    (row,) = waiting(database, "setting")
    assert row.fields.keys() == {"team"}
    assert [line.field for line in history(database)] == ["team"]


def test_many_records_in_one_transaction(database: Database) -> None:
    apply(database, a_setting(id="home"), a_visit("home", id="visit"))
    with database.transaction("officer-1") as session:
        session.add_all(an_answer("home", "visit", f"q{n}", value="met") for n in range(1200))
    with database.transaction("officer-1") as session:
        for answer in session.scalars(select(Answer)):
            answer.note = "Seen on site."
    rows = waiting(database)
    assert len([row for row in rows if row.kind == "answer"]) == 1200
    assert len(history(database)) == 1200
    assert all(row.created for row in rows)
