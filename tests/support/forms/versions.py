"""A library in which a shipped form has a newer version, made by replacing texts."""

from __future__ import annotations

from pathlib import Path

import forms.catalogue.catalogue
from forms.catalogue.catalogue import Library, shipped

SHIPPED = Path(forms.catalogue.catalogue.__file__).parents[1] / "library"
EARLIER, CURRENT = "2026.1", "2026.3"
"""The oldest and the newest version that ship of the forms for quality visits."""

UNCHANGED = "2026.2"
"""The newest version of the other forms, such as the risk models."""

NEWER = "2099.1"


def newer_text(form_id: str, *changes: tuple[str, str]) -> str:
    """The text of a shipped form as version `NEWER`, with each text replaced where it first is."""
    text = shipped().text(form_id, shipped().form(form_id).version)
    version = next(line for line in text.splitlines() if line.startswith("version:"))
    for old, new in ((version, f'version: "{NEWER}"'), *changes):
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def library_with(folder: Path, text: str) -> Library:
    """The forms that ship and one more, which is written into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "newer.yaml").write_text(text, encoding="utf-8")
    return Library(SHIPPED, folder)
