"""Where forms lie: a shelf names its forms cheaply, and gives the text of one when asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from forms.catalogue.read import digest
from forms.format.source import (
    ListNode,
    MapNode,
    Node,
    ScalarNode,
    UnreadableError,
    parse,
    read_text,
)
from visitapp.errors import Refused

SHIPPED, PUBLISHED = "shipped", "published"
"""Where a version comes from: with the program, or published by the council."""

_HEAD = re.compile(
    r"^(?:areas|bands|frameworks|levels|overall|owners|results|scales)\s*:", re.MULTILINE
)


class FormSummary(Struct, frozen=True, kw_only=True):
    """A form as a list shows it. `path` is the file of a shipped one, `published_at` the moment of
    a published one; the other is None. `sets_rating` is empty where the head does not say it."""

    id: str
    version: str
    kind: str
    title: str
    applies_to: tuple[str, ...]
    sets_rating: str = ""
    source: str = SHIPPED
    path: Path | None = None
    published_at: datetime | None = None


class FormText(Struct, frozen=True):
    """The text of a form, what to call it in a fault (its file, or its id and version), and its
    digest (`forms.catalogue.read.digest`)."""

    text: str
    name: str
    digest: str


class Shelf(Protocol):
    """A place that holds forms; `source` says of which sort it is."""

    @property
    def source(self) -> str:
        """SHIPPED or PUBLISHED."""
        ...

    def summaries(self) -> Sequence[FormSummary]:
        """Every form that is here now, in any order. Builds none of them."""
        ...

    def text(self, form_id: str, version: str) -> FormText | None:
        """The text of one; None when it is not here. Raises Refused when it cannot be trusted."""
        ...


class Folder:
    """The forms in a folder and the folders below it, as they were when it was looked at first."""

    source = SHIPPED

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._summaries: list[FormSummary] | None = None
        self._texts: dict[Path, FormText] = {}

    def summaries(self) -> Sequence[FormSummary]:
        """Reads only the head of each file, once. A file that is not a form is left out; `forms
        check` tells what is wrong with it."""
        if self._summaries is None:
            paths = sorted(self._folder.rglob("*.yaml"))
            self._summaries = [s for path in paths if (s := _summary(path)) is not None]
        return self._summaries

    def text(self, form_id: str, version: str) -> FormText | None:
        """See `Shelf`. Raises BadFile when the file went."""
        for summary in self.summaries():
            if summary.path is not None and (summary.id, summary.version) == (form_id, version):
                return self._text_in(summary.path)
        return None

    def _text_in(self, path: Path) -> FormText:
        if path not in self._texts:
            text = read_text(path)
            self._texts[path] = FormText(text, str(path), digest(text))
        return self._texts[path]


def summary_of(text: str) -> FormSummary | None:
    """What the head of a form's text says of it; None when it is not a form's."""
    try:
        cut = _HEAD.search(text)
        head = text[: cut.start()] if cut else ""
        return (_told(parse(head)) if head.strip() else None) or _told(parse(text))
    except UnreadableError:
        return None


def _summary(path: Path) -> FormSummary | None:
    try:
        told = summary_of(read_text(path))
    except Refused:
        return None
    return None if told is None else replace(told, path=path)


def _told(node: Node) -> FormSummary | None:
    keys = {key.text: value for key, value in node.pairs} if isinstance(node, MapNode) else {}
    words = {name: value.text for name, value in keys.items() if isinstance(value, ScalarNode)}
    if not all(words.get(name) for name in ("id", "version", "kind", "title")):
        return None
    applies_to = keys.get("applies_to")
    services = applies_to.items if isinstance(applies_to, ListNode) else ()
    return FormSummary(
        id=words["id"],
        version=words["version"],
        kind=words["kind"],
        title=words["title"].strip(),
        applies_to=tuple(item.text for item in services if isinstance(item, ScalarNode)),
        sets_rating=words.get("sets_rating", ""),
    )
