"""The catalogue: every text is written out, and plurals follow the rules of each language."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from visitapp.language import (
    SOURCE,
    choose_language,
    counted,
    languages,
    message,
    plural,
    translate,
)

ROOT = Path(__file__).parents[1]
WELSH = {0: "dim", 1: "un", 2: "dau", 3: "tri", 6: "chwech", 10: "deg neu fwy"}
"""A number of each of the six forms that Welsh has."""

IMPORT_EVERYTHING = """
import importlib, pkgutil
from visitapp import language

class Silent:
    def gettext(self, text):
        raise AssertionError(f"worded at import: {text}")
    def ngettext(self, one, many, n):
        raise AssertionError(f"worded at import: {one}")

language._language.chosen = Silent()
import forms, sync, visitapp
for package in (forms, sync, visitapp):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if ".migrations." not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
"""


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    choose_language(SOURCE)


def collect(folder: Path, *more: str) -> str:
    """Run the tool of the translators; it fails for a text that is not written out."""
    tool = [sys.executable, str(ROOT / "packaging" / "messages"), "--locale", str(folder)]
    done = subprocess.run([*tool, *more], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_language_is_added_translated_and_spoken_with_its_own_plurals(tmp_path: Path) -> None:
    assert "cy: 0 translated" in collect(tmp_path, "--add", "cy")
    file = tmp_path / "cy" / "LC_MESSAGES" / "visitapp.po"
    with file.open("rb") as given:
        catalog = read_po(given, locale="cy")
    assert catalog.num_plurals == len(WELSH)
    catalog["{n} action"].string = tuple(f"{word} {{n}}" for word in WELSH.values())
    catalog["Residential"].string = "Preswyl"
    with file.open("wb") as out:
        write_po(out, catalog)
    assert "cy: 2 translated" in collect(tmp_path)

    assert languages(tmp_path) == ["en", "cy", "qps"]
    choose_language("cy", tmp_path)
    said = {n: plural("{n} action", "{n} actions", n) for n in WELSH}
    assert said == {n: f"{word} {n}" for n, word in WELSH.items()}
    assert str(counted("{n} action", "{n} actions", 2)) == "dau 2"
    assert str(message("Residential")) == "Preswyl"
    assert translate("Not translated yet") == "Not translated yet"


def test_no_text_is_worded_before_the_language_is_chosen() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_EVERYTHING], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
