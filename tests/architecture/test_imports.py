"""Every import of our own code names something that exists: type checks stop at the tests, and an
import inside a function fails only when it runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGES = ("forms", "resources", "sync", "tests", "visitapp")


def test_every_import_of_our_own_code_resolves() -> None:
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    assert len(files) > 1000
    assert [found for file in files for found in stale(file)] == []


def test_a_stale_import_is_found(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(
        "import forms.gone\n"
        "from sync.gone import anything\n"
        "def later():\n"
        "    from sync.scope import scope_digest, gone\n"
        "    from visitapp import records\n"
    )
    assert [found.split(": ")[1] for found in stale(file)] == [
        "forms.gone",
        "sync.gone.anything",
        "sync.scope.gone",
    ]


def stale(file: Path) -> Iterator[str]:
    """The imports of our own code in a file that name nothing."""
    for line, name in _read(file).imports:
        if not _exists(name):
            yield f"{file.name}:{line}: {name}"


class Module(NamedTuple):
    """What a module imports of our own code, with the lines, and the names that it binds."""

    imports: list[tuple[int, str]]
    bound: frozenset[str]


@cache
def _exists(name: str) -> bool:
    """Whether it is a module, a package, or a name that a module binds."""
    path = ROOT.joinpath(*name.split("."))
    if path.is_dir() or path.with_suffix(".py").is_file():
        return True
    module = path.parent / "__init__.py" if path.parent.is_dir() else path.parent.with_suffix(".py")
    return module.is_file() and path.name in _read(module).bound


@cache
def _read(file: Path) -> Module:
    """Read once, and without its tree: those of all modules are half a gigabyte."""
    imports: list[tuple[int, str]] = []
    bound: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound.add(node.id)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            bound.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
            of = f"{node.module}." if isinstance(node, ast.ImportFrom) and node.module else ""
            imports += [(node.lineno, of + alias.name) for alias in node.names]
    ours = [(line, name) for line, name in imports if name.split(".")[0] in PACKAGES]
    return Module(ours, frozenset(bound))
