"""docs/architecture.md names files that exist, and every folder of code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
TOP = ("forms", "visitapp", "sync", "resources", "tests", "docs")
PATHS = sorted(set(re.findall(rf"`((?:{'|'.join(TOP)})/[\w./-]*)`", DOCUMENT)))
LINKS = sorted(set(re.findall(r"\]\(([\w./-]+\.md)", DOCUMENT)))


def test_the_document_names_files() -> None:
    assert len(PATHS) > 80
    assert len(LINKS) > 4


def test_every_named_file_and_folder_exists() -> None:
    missing = [
        path
        for path in PATHS
        if not ((ROOT / path).is_dir() if path.endswith("/") else (ROOT / path).is_file())
    ]
    assert missing == []


@pytest.mark.parametrize("link", LINKS)
def test_a_link_leads_to_a_document(link: str) -> None:
    assert (ROOT / "docs" / link).is_file()


@pytest.mark.parametrize("top", ["forms", "visitapp", "sync/client", "sync/server"])
def test_every_folder_of_code_has_a_row(top: str) -> None:
    folders = {
        f"{path.parent.relative_to(ROOT).as_posix()}/" for path in (ROOT / top).glob("*/*.py")
    }
    missing = {folder for folder in folders if not any(p.startswith(folder) for p in PATHS)}
    assert missing == set()
