"""Locks that agree, a server that installs without the desktop, and notices that are true."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("desktop", "server", "build")

SERVER_ALONE = """
import importlib, pkgutil, sys
from importlib.metadata import packages_distributions

allowed = set(sys.argv[1].split(","))
owners = packages_distributions()

def plain(name):
    return name.lower().replace("_", "-").replace(".", "-")

class Absent:
    def find_spec(self, name, path=None, target=None):
        found = owners.get(name, []) if "." not in name else []
        if found and not allowed & {plain(owner) for owner in found}:
            raise ImportError(f"{name} is not in the server's lock")

sys.meta_path.insert(0, Absent())
import sync.server
for module in pkgutil.walk_packages(sync.server.__path__, "sync.server."):
    importlib.import_module(module.name)
"""


def pins(name: str) -> dict[str, str]:
    lock = (PACKAGING / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", lock, re.MULTILINE))


@pytest.mark.parametrize("part", LOCKS)
def test_what_is_installed_is_what_was_tested(part: str) -> None:
    everything, some = pins("requirements.lock"), pins(f"requirements-{part}.lock")
    assert some
    assert {name: everything.get(name) for name in some} == some


@pytest.mark.parametrize("name", ["requirements.lock", *(f"requirements-{p}.lock" for p in LOCKS)])
def test_every_pin_has_its_hashes(name: str) -> None:
    entries = re.split(
        r"^(?=[A-Za-z0-9_.-]+==)", (PACKAGING / name).read_text(), flags=re.MULTILINE
    )
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry.split("\n")[0])


def test_the_builder_of_the_wheel_is_pinned() -> None:
    named = [
        line
        for line in (PACKAGING / "build.in").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert PROJECT["build-system"]["requires"] == named
    assert all("==" in requirement for requirement in named)


def test_neither_side_installs_the_other_or_the_tools() -> None:
    server, desktop = pins("requirements-server.lock"), pins("requirements-desktop.lock")
    for name in ("pyside6-essentials", "reportlab", "keyring", "requests", "pytest", "hatchling"):
        assert name not in server
    for name in ("litestar", "uvicorn", "psycopg", "pytest", "hatchling"):
        assert name not in desktop


def test_the_server_needs_nothing_beyond_its_lock() -> None:
    allowed = ",".join((*pins("requirements-server.lock"), "visitapp", "setuptools"))
    done = subprocess.run(
        [sys.executable, "-c", SERVER_ALONE, allowed],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr


def test_the_notices_are_those_of_the_locks() -> None:
    done = subprocess.run(
        [sys.executable, PACKAGING / "notices", "--check"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


def test_the_licence_is_the_one_that_is_named() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert PROJECT["project"]["license"] == "MIT"
    assert all((ROOT / name).is_file() for name in PROJECT["project"]["license-files"])
