"""What the tests of commands share: a terminal whose directory is imported and has a home added."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from forms.catalogue.catalogue import shipped
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import HEATHER, write_cqc
from tests.support.forms.answers import best_answers
from tests.support.terminal.commands import Council, Terminal

FORM = "residential-quality"


@pytest.fixture(scope="session")
def first_keyring() -> MemoryKeyring:
    """The keyring of the desk that is copied."""
    return MemoryKeyring()


@pytest.fixture
def keyring(first_keyring: MemoryKeyring) -> MemoryKeyring:
    """A copy for one test, which may erase what is in it."""
    return first_keyring.copy()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, first_keyring: MemoryKeyring) -> Path:
    """A data folder with the invented directory and Heather Bank, to be copied."""
    folder = tmp_path_factory.mktemp("terminals")
    terminal = Terminal(folder / "prepared", first_keyring)
    terminal.json("import", write_cqc(folder / "cqc.csv"))
    terminal.json("settings", "add", HEATHER.location_id)
    return terminal.data_dir


@pytest.fixture
def terminal(tmp_path: Path, prepared: Path, keyring: MemoryKeyring) -> Terminal:
    shutil.copytree(prepared, tmp_path / "data")
    return Terminal(tmp_path / "data", keyring)


@pytest.fixture
def new_terminal(tmp_path: Path) -> Terminal:
    """A terminal that was never used."""
    return Terminal(tmp_path / "new")


@pytest.fixture
def visit(terminal: Terminal) -> str:
    """The id of an open visit of Heather Bank."""
    setting = terminal.json("settings", "list")[0]["id"]
    return str(terminal.json("visits", "start", setting, "--form", FORM)["id"])


@pytest.fixture
def complete() -> dict[str, dict[str, Any]]:
    """Answers that leave nothing open, with one finding."""
    finding = {"value": "not_met", "note": "Two of five were not referred."}
    return {**best_answers(shipped().form(FORM)), "referrals": finding}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file: text and bytes as they are, anything else as JSON."""

    def write(name: str, content: object) -> Path:
        path = tmp_path / name
        if not isinstance(content, str | bytes):
            content = json.dumps(content)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that knows the lead Lee and the officer Ann."""
    council = Council(f"sqlite:///{tmp_path_factory.mktemp('server') / 'server.db'}")
    council.add_user("lee", "lead", "East")
    council.add_user("ann", "officer", "East")
    with council.serving() as url:
        yield url


@pytest.fixture
def lee(tmp_path: Path, server: str) -> Terminal:
    """A team lead, signed in."""
    lead = Terminal(tmp_path / "lee")
    lead.json("connect", server, "--user", "lee", "--password-stdin", stdin="lee\n")
    lead.json("sync")
    return lead


@pytest.fixture
def ann(terminal: Terminal, server: str) -> Terminal:
    """An officer with Heather Bank on her laptop, signed in."""
    terminal.json("connect", server, "--user", "ann", "--password-stdin", stdin="ann\n")
    return terminal
