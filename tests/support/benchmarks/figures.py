"""What the benchmarks measured, as one table with the targets beside it.

    python -m tests.support.benchmarks.figures FILE...

prints the medians of files that `make bench OUT=FILE` wrote (a line for each figure of each run), a
column for each file: so two trees are compared that were measured in turns.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct


class Figure(Struct, frozen=True):
    """One measurement in each of several runs. `processor`: the same by processor time, which other
    work on the machine changes least. `target`: at most this; none is given where 0."""

    what: str
    unit: str
    clock: list[float]
    processor: list[float] = []
    target: float = 0.0


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """The lines of a table of medians, in the order of `figures`."""
    yield f"{'':58}{'target':>9}{'median':>9}{'lowest':>9}{'highest':>9}{'processor':>11}"
    for one in figures:
        cells = [
            _cell(one.target, one.unit) if one.target else "",
            *(
                _cell(of(one.clock), one.unit) if one.clock else ""
                for of in (statistics.median, min, max)
            ),
        ]
        processor = _cell(statistics.median(one.processor), one.unit) if one.processor else ""
        yield f"{one.what:58}" + "".join(f"{cell:>9}" for cell in cells) + f"{processor:>11}"


def compared(files: Sequence[Path]) -> Iterator[str]:
    """The lines of a table with the medians of each file, by the clock and by processor time."""
    found = [_joined(path) for path in files]
    yield f"{'':58}{'target':>9}" + "".join(f"{path.stem[:18]:>20}" for path in files)
    for what, one in found[0].items():
        target = _cell(one.target, one.unit) if one.target else ""
        yield f"{what:58}{target:>9}" + "".join(f"{_both(of.get(what)):>20}" for of in found)


def _joined(path: Path) -> dict[str, Figure]:
    """By name, the figures of a file with the runs of all its lines together."""
    joined: dict[str, Figure] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        one = msgspec.json.decode(line, type=Figure)
        kept = joined.setdefault(one.what, Figure(one.what, one.unit, [], [], one.target))
        kept.clock.extend(one.clock)
        kept.processor.extend(one.processor)
    return joined


def _both(figure: Figure | None) -> str:
    if figure is None:
        return "not measured"
    clock = _cell(statistics.median(figure.clock), figure.unit) if figure.clock else "-"
    processor = f" ({statistics.median(figure.processor):.2f})" if figure.processor else ""
    return clock + processor


def _cell(value: float, unit: str) -> str:
    return f"{value:.2f} {unit}" if value < 100 else f"{value:.0f} {unit}"


def in_turns(
    runs: int, timer: Callable[[], float], works: Sequence[Callable[[], object]], times: int = 1
) -> list[list[float]]:
    """The median of `times` of each work, in each run; the works take turns, once to warm up."""
    return _in_turns(runs, [timer], works, times)[0]


def by_clock_and_processor(
    runs: int, works: Sequence[Callable[[], object]], times: int = 1
) -> tuple[list[list[float]], list[list[float]]]:
    """The same by the clock and by processor time, of the same turns."""
    clock, processor = _in_turns(runs, [time.perf_counter, time.process_time], works, times)
    return clock, processor


def _in_turns(
    runs: int,
    timers: Sequence[Callable[[], float]],
    works: Sequence[Callable[[], object]],
    times: int,
) -> list[list[list[float]]]:
    """By timer and by work, the median of each run."""
    took: list[list[list[float]]] = [[[] for _ in works] for _ in timers]
    for work in works:
        work()
    for _ in range(runs):
        parts: list[list[list[float]]] = [[[] for _ in works] for _ in timers]
        for _ in range(times):
            for place, work in enumerate(works):
                starts = [timer() for timer in timers]
                work()
                for by_timer, timer, start in zip(parts, timers, starts, strict=True):
                    by_timer[place].append(timer() - start)
        for of_all, by_timer in zip(took, parts, strict=True):
            for all_runs, part in zip(of_all, by_timer, strict=True):
                all_runs.append(statistics.median(part))
    return took


def ratios(ours: Sequence[float], others: Sequence[float]) -> list[float]:
    """One to the other, run by run."""
    return [mine / other for mine, other in zip(ours, others, strict=True)]


if __name__ == "__main__":
    for line in compared([Path(name) for name in sys.argv[1:]]):
        sys.stdout.write(line + "\n")
