"""The text of a form or policy as a tree whose every part knows its line. A file can do nothing
but be read.

YAML events are turned into nodes here rather than composed by PyYAML, so that depth and size are
bounded while reading, and aliases (which make small files expand without end) and tags (which ask
for program objects) are refused. Numbers, true and false stay text until a key says what it
holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml
from msgspec import Struct

from forms.format.misread import misread
from visitapp.errors import BadFile, Code
from visitapp.given_files import read_given
from visitapp.language import message, translate

MAX_BYTES = 1_000_000
MAX_DEPTH = 16
MAX_NODES = 60_000


class ScalarNode(Struct, frozen=True):
    """A single value as it is written. `plain` is false when it stood in quotes or a block;
    `remark` is what follows it on its line after a `#`."""

    text: str
    plain: bool
    line: int
    remark: str = ""


class ListNode(Struct, frozen=True):
    """A list."""

    items: tuple[Node, ...]
    line: int


class MapNode(Struct, frozen=True):
    """Keys and values, in the order of the file; a key may stand there twice."""

    pairs: tuple[tuple[ScalarNode, Node], ...]
    line: int


Node = ScalarNode | ListNode | MapNode


class UnreadableError(Exception):
    """The text cannot be read as YAML at all; reading stopped at `line`."""

    def __init__(self, line: int, what: str, remedy: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what
        self.remedy = remedy


def read_text(path: Path) -> str:
    """The text of a form or policy file, UTF-8 with or without a byte order mark, at most 1 MB.

    Raises BadFile: FILE_MISSING, FILE_TOO_LARGE, FILE_EMPTY or FILE_UNREADABLE.
    """
    try:
        raw = read_given(path, MAX_BYTES)
    except FileNotFoundError:
        raise BadFile(
            Code.FILE_MISSING, message("There is no such file."), file=str(path)
        ) from None
    except OSError as problem:
        what = message("The file cannot be opened: {reason}.", reason=problem.strerror or problem)
        raise BadFile(Code.FILE_UNREADABLE, what, file=str(path)) from None
    if len(raw) > MAX_BYTES:
        what = message("The file is larger than 1 MB, the largest size allowed.")
        raise BadFile(Code.FILE_TOO_LARGE, what, file=str(path))
    if not raw.strip():
        raise BadFile(Code.FILE_EMPTY, message("The file is empty."), file=str(path))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        what = message("The file is not text in UTF-8.")
        next_step = message("Save it as UTF-8 and try again.")
        raise BadFile(Code.FILE_UNREADABLE, what, next_step, file=str(path)) from None


def parse(text: str) -> Node:
    """The tree of a text. Raises UnreadableError at the first place that cannot be read."""
    if len(text) > MAX_BYTES:
        raise UnreadableError(
            1, translate("The text is larger than 1 MB."), translate("Split it into smaller files.")
        )
    try:
        return _Composer(yaml.parse(text, Loader=yaml.CSafeLoader), text.split("\n")).document()
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = mark.line + 1 if mark else 1
        cause = misread(text, line)
        if cause:
            raise UnreadableError(*cause) from None
        raise _unreadable(line, problem.problem or "") from None
    except (yaml.YAMLError, UnicodeError):
        what = translate("The file contains characters that are not text.")
        raise UnreadableError(1, what, translate("Save it from a text editor as UTF-8.")) from None


def _unreadable(line: int, problem: str) -> UnreadableError:
    if "\\t" in problem or "'\t'" in problem or "tab" in problem:
        return UnreadableError(
            line,
            translate("There is a tab here."),
            translate("Indent with spaces, never with tabs."),
        )
    if "mapping values are not allowed" in problem:
        what = translate("There is a colon in an unexpected place.")
        return UnreadableError(
            line, what, translate("Put the whole text in quotes, or correct the indent.")
        )
    what = translate("The line, or the one before it, is not well-formed YAML.")
    return UnreadableError(
        line, what, translate("Look for a missing quote, bracket or colon, or an indent.")
    )


class _Composer:
    """Builds nodes from parser events, within the limits."""

    def __init__(self, events: Iterator[yaml.Event], lines: Sequence[str]) -> None:
        self._events = events
        self._lines = lines
        self._count = 0

    def document(self) -> Node:
        found: Node | None = None
        for event in self._events:
            if not isinstance(event, yaml.NodeEvent):
                continue
            if found is not None:
                what = translate("A second document begins here.")
                raise UnreadableError(_line(event), what, translate("Keep one document in a file."))
            found = self._node(event, 1)
        if found is None:
            raise UnreadableError(
                1, translate("The file is empty."), translate("Write it, one key a line.")
            )
        return found

    def _node(self, event: yaml.Event, depth: int) -> Node:
        line = _line(event)
        self._measure(line, depth)
        if isinstance(event, yaml.AliasEvent):
            raise UnreadableError(
                line, translate("`*` refers to another part."), translate("Write it out in full.")
            )
        if getattr(event, "tag", None) not in (None, "!"):
            raise UnreadableError(
                line, translate("There is a tag with `!` here."), translate("Remove the tag.")
            )
        if isinstance(event, yaml.ScalarEvent):
            plain = bool(event.implicit[0])
            return ScalarNode(event.value, plain, line, self._remark(event) if plain else "")
        if isinstance(event, yaml.SequenceStartEvent):
            return ListNode(tuple(self._items(depth)), line)
        return MapNode(tuple(self._pairs(depth)), line)

    def _remark(self, event: yaml.Event) -> str:
        end = event.end_mark
        rest = self._lines[end.line][end.column :] if end and end.line < len(self._lines) else ""
        return rest.strip() if rest.lstrip().startswith("#") else ""

    def _measure(self, line: int, depth: int) -> None:
        self._count += 1
        if self._count > MAX_NODES:
            what = translate("The file has more than {most} parts.", most=f"{MAX_NODES:,}")
            raise UnreadableError(line, what, translate("Split it into smaller files."))
        if depth > MAX_DEPTH:
            what = translate("Lists and keys are nested more than {most} deep.", most=MAX_DEPTH)
            raise UnreadableError(
                line, what, translate("No form needs this. Correct the brackets.")
            )

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _pairs(self, depth: int) -> Iterator[tuple[ScalarNode, Node]]:
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, ScalarNode):
                what = translate("A list or a table is used as a key.")
                raise UnreadableError(
                    key.line, what, translate("A key is one word before a colon.")
                )
            yield key, self._node(next(self._events), depth + 1)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
