"""No sentence bypasses the catalogue: errors take messages, and messages literal templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.rows import rows
from visitapp import errors
from visitapp.language import places

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    file for folder in ("forms", "sync", "visitapp") for file in (ROOT / folder).rglob("*.py")
)
FOLDERS = sorted({file.parent for file in SOURCES})
ERRORS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.VisitappError)
}
TEMPLATES = {"message": 1, "counted": 2, "translate": 1, "plural": 2, "translate_in": 2}
"""How many templates each function of `visitapp.language` takes, before everything else."""
_OTHER_PLACES = re.compile(r"\{\w+[.:!\[]")
"""Places that only `str.format` would fill."""


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    from_language = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "visitapp.language"
        for alias in node.names
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in ERRORS | from_language:
                yield name, node


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@rows("folder", FOLDERS)
def test_every_sentence_is_a_literal_template_with_its_values(folder: Path) -> None:
    found = [(file, *one) for file in folder.glob("*.py") for one in calls(file)]
    for file, name, call in found:
        where = f"{file}:{call.lineno}"
        if name in ERRORS:
            assert not any(map(is_text, call.args)), f"{where}: {name} takes messages"
            continue
        for template in call.args[: TEMPLATES.get(name, 0)]:
            if not (isinstance(template, ast.Constant) and isinstance(template.value, str)):
                assert not isinstance(template, ast.JoinedStr), f"{where}: no f-string"
                continue
            named = set(places(template.value))
            assert not _OTHER_PLACES.search(template.value), where
            if any(keyword.arg is None for keyword in call.keywords):
                continue
            given = {keyword.arg for keyword in call.keywords}
            if name in ("counted", "plural"):
                given.add("n")
                assert named <= given, where
            elif given:
                assert named == given, where


def test_the_rule_sees_the_messages() -> None:
    found = [name for file in SOURCES for name, _ in calls(file)]
    assert found.count("Refused") > 100
    assert found.count("message") > 400
