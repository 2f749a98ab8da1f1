"""XLSForms for the tests: small ones written here, real ones where they lie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import yaml

from forms.catalogue.read import read_form
from forms.model import Form
from forms.xlsform import Imported, import_xlsform

REAL = Path(__file__).parents[4] / "shared" / "data" / "xlsforms"
"""Public XLSForms beside the project; used in place, never committed."""


class Result(msgspec.Struct, frozen=True):
    """An import, its YAML as data, and the form that the engine reads from it."""

    imported: Imported
    tree: dict[str, Any]
    form: Form

    @property
    def losses(self) -> list[tuple[int, str]]:
        """Row and sentence of all that is left out."""
        return [(loss.row, loss.what) for loss in self.imported.left_out]


def import_file(path: Path) -> Result:
    """Imports a file; the form must read without faults."""
    imported = import_xlsform(path)
    form = read_form(imported.yaml_text, path.name)
    return Result(imported, yaml.safe_load(imported.yaml_text), form)


def import_tables(folder: Path, text: str) -> Result:
    """Imports Markdown tables, written as a .md file."""
    path = folder / "form.md"
    path.write_text(text, encoding="utf-8", newline="\n")
    return import_file(path)


def real_files() -> list[Path]:
    """Every real XLSForm, in a fixed order; empty where there are none."""
    if not REAL.is_dir():
        return []
    return sorted(path for path in REAL.rglob("*.*") if path.is_file())
