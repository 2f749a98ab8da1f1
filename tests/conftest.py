"""What every test shares: a screenless Qt, and how hypothesis looks.

The ordinary suite looks at the same examples each time, so that a change is told from a find. The
soak (`--hypothesis-profile=soak`) looks at new ones.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.support.storage.compiled import compile_once
from tests.support.storage.made_once import make_tables_once
from tests.support.storage.memory import write_to_memory
from tests.support.storage.postgres import drop_databases, postgres_server
from visitapp.language import PSEUDO, SOURCE, choose_language

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("ordinary", PATIENT, derandomize=True)
settings.register_profile("soak", PATIENT)
settings.load_profile("ordinary")


def pytest_configure(config: pytest.Config) -> None:
    """Benchmarks compile, make tables and write, as the program does; long tests write as it does
    too, and kill processes that wait for the disk."""
    if not any("benchmarks" in asked for asked in config.args):
        compile_once()
        make_tables_once()
        if config.getoption("--hypothesis-profile") != "soak":
            write_to_memory()


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end: a million objects at which no later
    collection looks."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def pseudo_language() -> Iterator[None]:
    """The program speaks the pseudo-language for one test."""
    choose_language(PSEUDO)
    yield
    choose_language(SOURCE)


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    """The URL of a PostgreSQL cluster that lives as long as the tests."""
    with postgres_server(in_memory=True) as url:
        yield url


@pytest.fixture
def postgres(postgres_cluster: str) -> Iterator[str]:
    """The same; the databases that a test makes in it go with the test."""
    yield postgres_cluster
    drop_databases(postgres_cluster)
