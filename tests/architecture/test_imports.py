"""Every import of our own code names something that exists: type checks stop at the tests, and an
import inside a function fails only when it runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
    for node in ast.walk(_parsed(file)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if name.split(".")[0] in PACKAGES and not _exists(name):
                yield f"{file.name}:{node.lineno}: {name}"


@cache
def _exists(name: str) -> bool:
    """Whether it is a module, a package, or a name that a module binds."""
    path = ROOT.joinpath(*name.split("."))
    if path.is_dir() or path.with_suffix(".py").is_file():
        return True
    module = path.parent / "__init__.py" if path.parent.is_dir() else path.parent.with_suffix(".py")
    return module.is_file() and path.name in _bound(module)


@cache
def _bound(module: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(_parsed(module)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return frozenset(found)


@cache
def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))
