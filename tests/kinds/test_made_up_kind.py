"""A kind made up inside the tests passes the suite that every kind passes by existing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.benchmarks.sync_bench import MORE_KINDS

HERE = Path(__file__).parent
SUITE = ("test_declared.py", "test_rounds.py", "test_back.py", "test_person.py")


@pytest.mark.parametrize("kind", ["enquiry", "reminder"])
@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_a_kind_declared_in_one_class_passes_the_suite(kind: str, whole: bool) -> None:
    """Its own part of the suite; with the long proofs every other kind beside it too."""
    chosen = () if whole else ("-m", "not soak", "-k", f"{kind} or every_kind")
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", f"tests.kinds.{kind}", "-q", "-x", *chosen),
            *("-p", "pytestqt.plugin", "-p", "pytest_timeout", "-p", "_hypothesis_pytestplugin"),
            *(HERE / name for name in SUITE),
        ],
        cwd=HERE.parents[1],
        env={
            **os.environ,
            "PYTHONPATH": str(HERE.parents[1]),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert ran.returncode == 0, ran.stdout[-4000:]
    assert kind not in ran.stderr
    assert " passed" in ran.stdout


def test_a_server_starts_with_the_fifty_kinds_of_the_benchmarks() -> None:
    """A declaration that has gained a part would otherwise stop only `make bench`."""
    ran = subprocess.run(
        [sys.executable, *MORE_KINDS, "sync.server.cli", "--version"],
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
    assert "version" in ran.stdout
