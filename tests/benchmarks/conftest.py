"""How often each benchmark is run, and the table of what they measured."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.support.benchmarks.as_desktop import loading
from tests.support.benchmarks.figures import Figure, table
from tests.support.benchmarks.heavy_device import make_device
from tests.support.storage.postgres import fresh_database, postgres_server

MakeDatabase = Callable[[Path], str]
_FIGURES = pytest.StashKey[list[Figure]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """How much is measured, and where it is written."""
    parser.addoption(
        "--runs", type=int, default=1, help="runs of each, in turns; the median is said"
    )
    parser.addoption("--years", type=float, default=0.1, help="years that are compared with one")
    parser.addoption(
        "--device", type=Path, default=None, help="keeps the heavy device here for further runs"
    )
    parser.addoption("--out", type=Path, default=None, help="a file to add the figures to, as JSON")


def pytest_configure(config: pytest.Config) -> None:
    """Nothing is measured yet."""
    config.stash[_FIGURES] = []


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Everything that was measured, with its target."""
    figures = config.stash[_FIGURES]
    out: Path | None = config.getoption("--out")
    if out is not None:
        with out.open("ab") as file:
            file.writelines(msgspec.json.encode(figure) + b"\n" for figure in figures)
    terminalreporter.section(f"measured, medians of {config.getoption('--runs')}")
    for line in table(figures):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session", autouse=True)
def _as_the_desktop_runs() -> None:
    with loading():
        pass


@pytest.fixture(scope="session")
def figures(pytestconfig: pytest.Config) -> list[Figure]:
    """Where a benchmark says what it measured."""
    return pytestconfig.stash[_FIGURES]


@pytest.fixture(scope="session")
def device(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the device of the speed targets: its `profile`, and its `keyring` of files."""
    folder = tmp_path_factory.mktemp("heavy") / "device"
    kept: Path | None = pytestconfig.getoption("--device")
    made = kept or folder
    if not made.exists():
        make_device(made)
    if kept is not None:
        shutil.copytree(kept, folder)
    return folder


@pytest.fixture(scope="session")
def runs(pytestconfig: pytest.Config) -> int:
    """How often each is measured."""
    asked: int = pytestconfig.getoption("--runs")
    return asked


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database the server has."""
    return str(request.param)


@pytest.fixture
def database(kind: str) -> Iterator[MakeDatabase]:
    """Gives the address of a new database for a folder."""
    if kind == "SQLite":
        yield lambda folder: f"sqlite:///{folder}/made.db"
        return
    with postgres_server() as cluster:
        yield lambda folder: fresh_database(cluster)
