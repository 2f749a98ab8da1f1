"""The guide: each page has its picture, names keys that exist, and is led to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from visitapp.ui.dialogs.help import sections
from visitapp.ui.guide import OF_PAGE, guide_pages
from visitapp.ui.shell.pages import NUMBERED
from visitapp.ui.shell.shortcuts import go_keys, window_keys

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide"
PAGES = sorted(page for page in GUIDE.glob("*.md") if page.name != "README.md")
EVERYWHERE = {"Enter", "Esc", "Tab", "Space", "↑", "↓", "Page Up", "Page Down", "Ctrl Enter"}
"""What every dialog and list listens to."""
LONGEST, LARGEST = 60, 150_000
KEY = re.compile(r"<kbd>([^<]+)</kbd>")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#]*)(?:#([^)]*))?\)")


def real_keys() -> set[str]:
    """Every key that the help shows, those that are listed together each by itself."""
    listed = [key for _, keys in sections().values() for key in keys] + window_keys()
    shown = {key.shown for key in listed} | set(go_keys(NUMBERED).values())
    apart = {part for text in shown for part in re.split(r" or |, ", text)}
    return shown | apart | EVERYWHERE | {str(n) for n in range(10)}


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_short_and_has_a_small_picture(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST
    (picture,) = re.findall(r"!\[.+\]\((.+\.png)\)", text)
    file = (GUIDE / picture).resolve()
    assert file.read_bytes().startswith(b"\x89PNG")
    assert file.stat().st_size <= LARGEST


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_key_that_a_page_names_exists(page: Path) -> None:
    named = set(KEY.findall(page.read_text(encoding="utf-8")))
    assert named, "keys are shown in place"
    assert named <= real_keys()


@pytest.mark.parametrize("page", [*PAGES, GUIDE / "README.md"], ids=lambda page: page.stem)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        file = (GUIDE / target).resolve() if target else page
        assert file.is_file(), target
        assert not anchor or anchor in anchors(file), f"{target}#{anchor}"


def test_every_page_is_listed_once() -> None:
    listed = re.findall(r"\[[^\]]+\]\(([a-z-]+)\.md\) \|$", (GUIDE / "README.md").read_text(), re.M)
    assert sorted(listed) == [page.stem for page in PAGES]


def test_the_program_shows_the_same_pages() -> None:
    pages = guide_pages()
    assert {page.name for page in pages} == {page.stem for page in PAGES}
    assert set(OF_PAGE.values()) <= {page.name for page in pages}
    for page in pages:
        assert "![" not in page.text, "a picture"
        assert "<kbd>" not in page.text
        assert "](../" not in page.text, "what is not shipped"


def test_each_count_names_a_test_that_is_there() -> None:
    rows = re.findall(r"\| (tests/\S+)::(\w+) \|$", (ROOT / "docs/key-counts.md").read_text(), re.M)
    assert len(rows) > 12
    for file, name in rows:
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), name
