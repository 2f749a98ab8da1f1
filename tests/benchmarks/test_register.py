"""How long a council's register of 3,000 contracts takes, beside reading its file bare."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter

from tests.support.benchmarks.figures import Figure
from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from visitapp.services.contracts.register.register import ContractRegister
from visitapp.services.services import Services

ROWS = 3000
TITLES = ("Contract number", "Contract title", "Provider", "End date", "Yearly cost", "Zone")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with open_desk(tmp_path / "desk", Clock(), MemoryKeyring()) as opened:
        bring(opened, lee="lead")
        become(opened, "lee")
        yield opened


@pytest.fixture
def files(tmp_path: Path, runs: int) -> list[Path]:
    """A register for each run, with contracts of its own."""
    return [_write(tmp_path / f"register-{run}.xlsx", run) for run in range(runs)]


def _write(path: Path, run: int) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Register")
    sheet.write_row(0, 0, TITLES)
    for number in range(ROWS):
        row = (f"C-{run}-{number}", "Care at home", f"Provider {number % 400}", "2027-03-31")
        sheet.write_row(number + 1, 0, [*row, 10_000 + number, "North"])
    book.close()
    return path


def test_a_register_of_3000_rows(
    services: Services, files: list[Path], figures: list[Figure]
) -> None:
    """Read, compared, and written in one transaction."""
    register = services.contract_register
    taking = [_timed(partial(_take, register, path)) for path in files]
    bare = [_timed(partial(_read, path)) for path in files]
    assert {done for done, _, _ in (*taking, *bare)} == {ROWS}
    for what, took, target in (
        ("3,000 contracts from a spreadsheet", taking, 10),
        ("the same file read bare", bare, 0),
    ):
        clock, processor = [one for _, one, _ in took], [one for _, _, one in took]
        figures.append(Figure(what, "s", clock, processor, target))


def _take(register: ContractRegister, path: Path) -> int:
    return register.apply(register.read(path))


def _read(path: Path) -> int:
    rows = python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()
    return len(rows) - 1


def _timed(work: Callable[[], int]) -> tuple[int, float, float]:
    """How many were done, and the seconds by the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    done = work()
    return done, time.perf_counter() - clock, time.process_time() - processor
