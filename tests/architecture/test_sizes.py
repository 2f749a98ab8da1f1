"""No file or function is too long to read, and no folder too full to look through."""

from __future__ import annotations

import ast
import subprocess
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINES, TEST_LINES = 300, 440
FUNCTION_LINES = 75
FILES = 20

FINAL = "visitapp/storage/migrations/versions/"
"""Migrations that ran somewhere never change."""

LIKE_THINGS = {"visitapp/ui/widgets", "docs/decisions", "visitapp/storage/migrations/versions"}
"""Folders of things of one sort, each found by its own name."""


def tracked(suffix: str) -> list[str]:
    listed = ["git", "ls-files", "-z", f"*{suffix}"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [name for name in names.split("\0") if name and (ROOT / name).is_file()]


def lines(name: str) -> int:
    return len((ROOT / name).read_text(encoding="utf-8").splitlines())


def test_no_module_is_too_long() -> None:
    long = {
        name: count
        for name in tracked(".py")
        if not name.startswith(FINAL)
        and (count := lines(name)) > (TEST_LINES if name.startswith("tests/") else LINES)
    }
    assert long == {}


def test_no_function_is_too_long() -> None:
    long = {
        f"{name}:{node.lineno} {node.name}": length
        for name in tracked(".py")
        if not name.startswith(("tests/", FINAL))
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
        if (length := node.end_lineno - node.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}


def test_no_folder_is_too_full() -> None:
    folders = Counter(
        str(Path(name).parent) for name in (*tracked(".py"), *tracked(".md"), *tracked(".yaml"))
    )
    full = {name: count for name, count in folders.items() if count > FILES}
    assert full.keys() <= LIKE_THINGS
