"""Many cases as rows of one test, which tells every row that fails.

Where a case is quick, a test of its own costs more than the case: pytest collects, reports and sets
up each one. Rows share the fixtures of their test, so none may change what a later one looks at.
"""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Iterable
from functools import wraps
from types import TracebackType
from typing import Any

import pytest


def rows(
    names: str | tuple[str, ...], cases: Iterable[Any], *, ids: Callable[[Any], str] = repr
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a test once for each case, as `pytest.mark.parametrize` would; the rest of its arguments
    are fixtures. `names`: as there. `ids`: what a case is called in a failure."""
    given = names if isinstance(names, tuple) else tuple(map(str.strip, names.split(",")))
    every = list(cases)
    assert every, f"no rows of {names}"

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def run(**fixtures: Any) -> None:
            wrong: list[str] = []
            for case in every:
                values = [case] if len(given) == 1 else case
                try:
                    test(**fixtures, **dict(zip(given, values, strict=True)))
                except Exception as fault:
                    told = traceback.format_exception(fault.with_traceback(_within(fault)))
                    wrong.append(f"row {ids(case)}\n{''.join(told)}")
            if wrong:
                head = f"{len(wrong)} of {len(every)} rows failed"
                pytest.fail("\n\n".join([head, *wrong]), pytrace=False)

        signature = inspect.signature(test)
        left = [one for name, one in signature.parameters.items() if name not in given]
        run.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]  # read by pytest
        return run

    return decorate


def _within(fault: Exception) -> TracebackType | None:
    """Its traceback from the test on."""
    whole = fault.__traceback__
    return whole.tb_next if whole else None
