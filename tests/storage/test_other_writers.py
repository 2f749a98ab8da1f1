"""A window notices what a terminal command wrote, and never its own writes."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.storage.database import Database, open_device
from visitapp.storage.state import LocalStates

WAYS = ("storing", "noting")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Database]]:
    """One data folder opened twice, as two processes would; making one takes a while."""
    key, folder = secrets.token_bytes(32), tmp_path_factory.mktemp("folder")
    window, terminal = open_device(folder, key), open_device(folder, key)
    yield window, terminal
    window.close()
    terminal.close()


@pytest.fixture
def pair(opened: tuple[Database, Database]) -> tuple[Database, Database]:
    """Both with nothing left to notice."""
    settle(*opened)
    return opened


def settle(window: Database, terminal: Database) -> None:
    write(terminal)
    write(window)
    window.others_wrote()


def write(database: Database, name: str = "cursor") -> None:
    with database.applying() as session:
        LocalStates.set(session, name, secrets.token_hex(4))


def test_the_first_question_finds_nothing_new(tmp_path: Path) -> None:
    key = secrets.token_bytes(32)
    with_data = open_device(tmp_path, key)
    write(with_data)
    with_data.close()
    window = open_device(tmp_path, key)
    assert not window.others_wrote()
    window.close()


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_writing_is_noticed_by_others_alone(
    pair: tuple[Database, Database], way: str
) -> None:
    window, terminal = pair
    with getattr(terminal, way)():
        pass
    with getattr(window, way)():
        pass
    assert window.others_wrote(), "the terminal signed before the window did"
    assert not window.others_wrote(), "it is reported once"
    with getattr(window, way)():
        pass
    assert not window.others_wrote(), "the window's own"


def test_reading_is_not_writing(pair: tuple[Database, Database]) -> None:
    window, terminal = pair
    with terminal.reading() as session:
        LocalStates.get(session, "cursor")
    assert not window.others_wrote()


@given(st.lists(st.sampled_from(["window", "terminal", "ask"]), max_size=12))
def test_exactly_the_writes_of_another_are_noticed_in_any_order(
    opened: tuple[Database, Database], steps: list[str]
) -> None:
    window, terminal = opened
    settle(window, terminal)
    waiting = False
    for step in [*steps, "ask"]:
        if step == "ask":
            assert window.others_wrote() is waiting
            waiting = False
        else:
            write(window if step == "window" else terminal)
            waiting = waiting or step == "terminal"


def test_a_writer_under_way_holds_nothing_up(pair: tuple[Database, Database]) -> None:
    window, terminal = pair
    write(terminal)
    with terminal.storing() as connection:
        connection.exec_driver_sql("UPDATE local_state SET value = '\"n\"' WHERE name = 'cursor'")
        assert window.others_wrote()
    assert window.others_wrote(), "what was written meanwhile"
