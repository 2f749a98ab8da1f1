"""What every database promises, the encrypted device's and both servers'."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from tests.support.desk.clocks import HandClock
from tests.support.desk.made import a_rating, a_setting, a_visit, an_action, an_answer
from visitapp.records import (
    Action,
    Answer,
    Conflict,
    History,
    LocalState,
    Outbox,
    Rating,
    Setting,
    Visit,
)
from visitapp.storage.database import FILE_NAME, Database, open_device
from visitapp.storage.engines import defer_references
from visitapp.storage.state import LocalStates


def test_what_was_written_is_read_back_with_its_types(database: Database, clock: HandClock) -> None:
    moment = datetime(2026, 7, 1, 12, 30, 15, 250_000, tzinfo=timezone(timedelta(hours=1)))
    outcome = {"overall": "red", "because": [{"text": "Cafés, naïve, ŵ, 日本"}], "percent": None}
    with database.transaction("officer-1") as session:
        setting = a_setting(regulator_published=date(2026, 5, 29), beds=24)
        session.add(setting)
        session.flush()
        visit = a_visit(setting.id)
        session.add(visit)
        session.flush()
        answer = an_answer(setting.id, visit.id, "safe", value=outcome)
        rating = a_rating(visit, "red", since=moment)
        session.add_all([answer, rating])
    with database.reading() as session:
        kept = session.get_one(Rating, rating.id).since
        assert kept == moment
        assert kept.tzinfo is not None
        assert session.get_one(Answer, answer.id).value == outcome
        assert session.get_one(Visit, visit.id).facts is None
        home = session.get_one(Setting, setting.id)
        assert (home.regulator_published, home.beds) == (date(2026, 5, 29), 24)
        assert (home.created_by, home.created_at) == ("officer-1", clock.now)


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="time zone"), database.transaction("officer-1") as session:
        session.add(a_setting(created_at=datetime(2026, 1, 1)))


def test_who_and_when_are_kept_when_given(database: Database) -> None:
    then = datetime(2024, 1, 1, tzinfo=UTC)
    with database.transaction("officer-1") as session:
        setting = a_setting(created_at=then, created_by="officer-2")
        session.add(setting)
    with database.reading() as session:
        kept = session.get_one(Setting, setting.id)
        assert (kept.created_at, kept.created_by) == (then, "officer-2")


def test_records_stay_readable_after_their_transaction(database: Database) -> None:
    with database.transaction("officer-1") as session:
        setting = a_setting()
        session.add(setting)
    assert setting.name == "Willowmere House"
    assert setting.revision == 0


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.transaction("officer-1") as session:
            session.add(a_setting())
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.reading() as session:
        for kind in (Setting, Outbox, History):
            assert session.scalar(select(func.count()).select_from(kind)) == 0


def test_a_transaction_takes_its_records_in_any_order(database: Database) -> None:
    with database.transaction("officer-1") as session:
        session.add(an_answer("home", "visit", "q1", value="met"))
        session.add(a_visit("home", id="visit"))
        session.add(an_action("home", visit_id="visit"))
        session.add(a_setting(id="home"))
    with database.reading() as session:
        assert session.scalars(select(Action.setting_id)).all() == ["home"]


def test_a_parent_that_never_comes_is_refused_at_commit(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction("officer-1") as session:
        session.add(a_visit("nowhere"))
    with database.reading() as session:
        assert session.scalars(select(Visit)).all() == []


def test_applying_refuses_a_missing_parent_at_once_and_goes_on(database: Database) -> None:
    stamps = {"created_at": datetime(2026, 1, 1, tzinfo=UTC), "created_by": "officer-1"}
    with database.applying() as session:
        with pytest.raises(IntegrityError), session.begin_nested():
            session.add(a_visit("nowhere", **stamps))
        session.add(a_setting(**stamps))
    with database.reading() as session:
        assert len(session.scalars(select(Setting)).all()) == 1


def test_applying_can_put_the_check_off(database: Database) -> None:
    stamps = {"created_at": datetime(2026, 1, 1, tzinfo=UTC), "created_by": "officer-1"}
    with database.applying() as session:
        defer_references(session.connection())
        session.add(a_visit("home", **stamps))
        session.flush()
        session.add(a_setting(id="home", **stamps))
    with database.reading() as session:
        assert session.scalars(select(Visit.setting_id)).all() == ["home"]


def test_reading_sees_one_moment_throughout(database: Database) -> None:
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Setting)) == 0
        with database.transaction("officer-1") as other:
            other.add(a_setting())
        assert session.scalar(select(func.count()).select_from(Setting)) == 0
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Setting)) == 1


def test_reading_writes_nothing(database: Database) -> None:
    with database.reading() as session:
        session.add(a_setting())
        with pytest.raises(RuntimeError, match="reading"):
            session.flush()


def test_the_connection_that_was_used_last_goes_first(database: Database) -> None:
    """Its cache is the one that no other connection's writing has overtaken."""
    with database.viewing() as outer:
        last = outer.connection.driver_connection
        with database.viewing() as inner:
            assert inner.connection.driver_connection is not last
    with database.viewing() as following:
        assert following.connection.driver_connection is last


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_what_was_prepared_for_views_stays_prepared(database: Database) -> None:
    """PostgreSQL would plan each of a round's statements anew at every round."""
    wanted = select(Setting.id).where(Setting.team == "East")
    for _ in range(8):
        with database.viewing() as connection:
            connection.execute(wanted)
    with database.viewing() as connection:
        prepared = connection.exec_driver_sql("SELECT statement FROM pg_prepared_statements")
        assert any("setting.team" in statement for statement in prepared.scalars())


def test_a_note_is_kept_and_seen_past_the_orm(database: Database) -> None:
    with database.noting() as connection:
        connection.execute(insert(LocalState).values(name="cursor", value=41))
    with database.viewing() as connection:
        kept = select(LocalState.value).where(LocalState.name == "cursor")
        assert connection.execute(kept).scalar_one() == 41


def test_threads_write_one_after_another_without_loss(database: Database) -> None:
    def add(number: int) -> None:
        with database.transaction("officer-1") as session:
            seen = session.scalar(select(func.count()).select_from(Setting))
            session.add(a_setting(name=f"{number} after {seen}"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(40)))
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Setting)) == 40
        assert session.scalar(select(func.count()).select_from(Outbox)) == 40


@pytest.mark.parametrize("value", [None, 0, False, "", "laptop-1", 41, {"a": [1, None]}])
def test_local_state_keeps_any_json_value(database: Database, value: object) -> None:
    with database.applying() as session:
        LocalStates.set(session, "cursor", "earlier")
        LocalStates.set(session, "cursor", value)
    with database.reading() as session:
        assert LocalStates.get(session, "cursor") == value
        assert LocalStates.get(session, "device_id") is None


def test_a_conflict_keeps_json_of_any_kind(database: Database) -> None:
    with database.transaction("lead-1") as session:
        conflict = Conflict(
            kind="answer",
            record_id="a",
            field="value",
            base_value={"people": 3},
            server_value=None,
            other_value="met",
            other_by="officer-1",
            other_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        session.add(conflict)
    with database.reading() as session:
        kept = session.get_one(Conflict, conflict.id)
        assert (kept.base_value, kept.server_value, kept.other_value) == (
            {"people": 3},
            None,
            "met",
        )


def test_a_closed_database_opens_no_more_and_makes_no_new_file(tmp_path: Path) -> None:
    database = open_device(tmp_path, bytes(32))
    database.close()
    (tmp_path / FILE_NAME).unlink()
    for use in (database.reading, database.viewing, database.applying, database.noting):
        with pytest.raises(RuntimeError, match="closed"), use():
            pass
    assert not (tmp_path / FILE_NAME).exists()
