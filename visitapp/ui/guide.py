"""The guide of docs/guide, as text: a page for each task."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from msgspec import Struct

FIRST = "start"
OF_PAGE = {
    "today": "briefing",
    "briefing": "briefing",
    "portfolio": "add-a-setting",
    "setting": "add-a-setting",
    "visit": "visit",
    "visits": "visit",
    "review": "review",
    "decisions": "review",
    "plan": "plan",
    "actions": "plan",
    "intervention": "intervention",
    "interventions": "intervention",
    "escalation": "escalation",
    "concerns": "concern",
    "planner": "planner",
    "risk": "risk",
    "sync": "sync",
}
"""By page of the window, named as a Route names it, the page of the guide to begin with."""

_PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n", re.MULTILINE)
_OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./[^)]*\)")
_KEY = re.compile(r"<kbd>([^<]+)</kbd>")
_ROW = re.compile(r"\[[^\]]+\]\(([a-z-]+)\.md\)")


class GuidePage(Struct, frozen=True):
    """`name`: of its file; `text`: Markdown without pictures, keys in bold."""

    name: str
    title: str
    text: str


def guide_pages() -> list[GuidePage]:
    """Every page, in the order of the guide's own list."""
    folder = _folder()
    listed = dict.fromkeys(_ROW.findall((folder / "README.md").read_text(encoding="utf-8")))
    return [_page(folder / f"{name}.md") for name in listed]


def _folder() -> Path:
    """Beside the other resources where the program is installed, else in the repository."""
    resources = Path(str(files("resources")))
    shipped = resources / "guide"
    return shipped if shipped.is_dir() else resources.parent / "docs" / "guide"


def _page(file: Path) -> GuidePage:
    text = file.read_text(encoding="utf-8")
    title = text.splitlines()[0].removeprefix("# ")
    text = _OUTSIDE.sub(r"\1", _PICTURE.sub("", text))
    return GuidePage(file.stem, title, _KEY.sub(r"**\1**", text))
