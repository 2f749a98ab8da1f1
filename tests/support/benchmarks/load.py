"""Many laptops that sync at once, by two server processes on one database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.sync.council import KEY_FILE, Council, Device
from visitapp.records import Action

ROOT = Path(__file__).parents[3]
PROCESSES = 4


@dataclass(frozen=True)
class Load:
    """What came of it: the seconds of each sync, of all of them, and every error."""

    seconds: list[float]
    whole: float
    errors: list[str]


def all_sync_at_once(folder: Path, url: str, *, laptops: int, rounds: int, changes: int) -> Load:
    """Let laptops sync `rounds` times, each after `changes` edits, and check what arrived."""
    with ExitStack() as stack:
        council = Council(folder, url)
        stack.callback(council.close)
        devices = [_laptop(council, number, changes) for number in range(laptops)]
        servers = ",".join(_server(url, folder, stack) for _ in range(2))
        folders = [str(folder / f"device-{number}") for number in range(laptops)]
        begun, told = _go(servers, rounds, [folders[part::PROCESSES] for part in range(PROCESSES)])
        whole = time.perf_counter() - begun
        errors = [e for part in told for e in part["errors"]]
        assert not errors, errors[:5]
        assert all(device.outbox() == [] for device in devices)
        actions = council.all(Action)
        assert len(actions) == laptops * changes
        assert {action.owner for action in actions} == {f"Turn {rounds - 1}"}
        return Load([s for part in told for s in part["seconds"]], whole, errors)


def _laptop(council: Council, number: int, changes: int) -> Device:
    device = council.officer(f"officer{number}")
    home = device.setting(f"Invented House {number}")
    for _ in range(changes):
        device.action(home)
    device.sync()
    return device


def _server(url: str, folder: Path, stack: ExitStack) -> str:
    process = subprocess.Popen(
        [sys.executable, "-m", "sync.server.cli", "run", "--port", "0", "--database", url],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "VISITAPP_EVIDENCE_KEY": str(folder / KEY_FILE)},
    )
    stack.enter_context(process)
    stack.callback(process.terminate)
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _go(servers: str, rounds: int, parts: list[list[str]]) -> tuple[float, list[dict[str, Any]]]:
    """Give the word to all at the same moment; that moment, and what each process told."""
    processes = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.support.benchmarks.load_devices",
                str(rounds),
                servers,
                *folders,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            cwd=ROOT,
        )
        for folders in parts
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    begun = time.perf_counter()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return begun, [json.loads(process.communicate(timeout=600)[0]) for process in processes]
