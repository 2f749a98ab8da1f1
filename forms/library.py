"""Folders of forms, several versions of each. A form is read when it is asked for."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from forms.model import Form
from forms.read import read_form_file
from forms.source import ListNode, MapNode, Node, ScalarNode, UnreadableError, parse, read_text
from visitapp.errors import NotFound, Refused

_HEAD = re.compile(r"^(?:areas|scales|bands|overall)\s*:", re.MULTILINE)


class FormSummary(Struct, frozen=True, kw_only=True):
    """A form as a list shows it."""

    id: str
    version: str
    kind: str
    title: str
    applies_to: tuple[str, ...]
    path: Path


class Library:
    """The forms in some folders and the folders below them."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._forms: dict[Path, Form] = {}
        self._summaries: list[FormSummary] | None = None

    def summaries(self) -> list[FormSummary]:
        """Every form, by id and then from the oldest version. Reads only the head of each file.

        A file that is not a form is left out; `forms check` tells what is wrong with it.
        """
        if self._summaries is None:
            found = [
                summary
                for folder in self._folders
                for path in sorted(folder.rglob("*.yaml"))
                if (summary := _summary(path)) is not None
            ]
            self._summaries = sorted(found, key=lambda s: (s.id, _age(s.version)))
        return self._summaries

    def versions(self, form_id: str) -> list[str]:
        """The versions of a form that are here, the oldest first."""
        return [summary.version for summary in self.summaries() if summary.id == form_id]

    def form(self, form_id: str, version: str | None = None) -> Form:
        """One version of a form, the newest when `version` is None.

        Raises NotFound, and BadFile when the form has faults.
        """
        fitting = [
            summary
            for summary in self.summaries()
            if summary.id == form_id and version in (None, summary.version)
        ]
        if not fitting:
            named = form_id if version is None else f"{form_id}, version {version}"
            raise NotFound(f"There is no form {named} on this device.")
        path = fitting[-1].path
        if path not in self._forms:
            self._forms[path] = read_form_file(path)
        return self._forms[path]


def shipped() -> Library:
    """The forms that come with the program."""
    return Library(Path(__file__).parent / "library")


def _summary(path: Path) -> FormSummary | None:
    """The keys before the scales; the whole file when that head is not enough."""
    try:
        text = read_text(path)
        cut = _HEAD.search(text)
        head = text[: cut.start()] if cut else ""
        return (_told(parse(head), path) if head.strip() else None) or _told(parse(text), path)
    except (Refused, UnreadableError):
        return None


def _told(node: Node, path: Path) -> FormSummary | None:
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
        path=path,
    )


def _age(version: str) -> list[tuple[int, int, str]]:
    """A key that puts 2026.2 before 2026.10, and numbers before words."""
    pieces = re.findall(r"\d+|[^\d.]+", version)
    return [(0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces]
