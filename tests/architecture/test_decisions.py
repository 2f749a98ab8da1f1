"""docs/decisions/README.md lists every decision, and the documents link only to ones that exist."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "decisions"
DECISIONS = sorted(FOLDER.glob("0*.md"))
ROWS = re.findall(
    r"^\| (\d+) \| \[(.+)\]\((.+\.md)\) \|",
    (FOLDER / "README.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


def test_every_decision_is_listed_in_order_with_its_title() -> None:
    heads = [
        re.fullmatch(r"# (\d+)\. (.+)", path.read_text(encoding="utf-8").splitlines()[0])
        for path in DECISIONS
    ]
    expected = [
        (head[1], head[2], path.name) for head, path in zip(heads, DECISIONS, strict=True) if head
    ]
    assert len(expected) == len(DECISIONS)
    assert expected == ROWS


def test_a_number_is_given_once() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(set(numbers)) == len(numbers)


def test_every_link_to_a_decision_leads_to_one() -> None:
    links = {
        (path.name, name)
        for path in [*DOCS.glob("*.md"), *FOLDER.glob("*.md")]
        for name in re.findall(r"\((?:decisions/)?(0\d{3}-[\w.-]+\.md)\)", path.read_text("utf-8"))
    }
    assert links
    assert {link for link in links if not (FOLDER / link[1]).is_file()} == set()
