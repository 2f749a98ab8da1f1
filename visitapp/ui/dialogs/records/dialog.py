"""A dialog that makes a record, or edits the fields of one that a person changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.records.lines import Line
from visitapp.ui.widgets.text import label
from visitapp.ui.widgets.wrapping import EqualCells

NO_VALUES: Mapping[str, Any] = {}


class Part(Struct, frozen=True):
    """Some of the fields, under a heading where there is one."""

    title: str
    lines: Sequence[Line]


class Kept(Struct, frozen=True):
    """What was saved, as the service gave it back, and what the changed fields were before."""

    saved: Any
    before: Mapping[str, Any]


class RecordDialog(Dialog):
    """`kept` carries a Kept. With `values` only what the person changed is written, so that what
    was changed elsewhere meanwhile stays; without, every field is."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        texts: tuple[str, str],
        parts: Sequence[Part],
        save: Callable[[dict[str, Any]], Any],
        values: Mapping[str, Any] | None = None,
        *,
        about: Sequence[str] = (),
        width: int = 560,
    ) -> None:
        """`texts`: the heading, and what the primary button says. `about`: said above the
        fields."""
        heading, primary = texts
        self._doubted, self._primary = "", primary
        super().__init__(parent, heading, primary, width=width)
        self._save, self._editing = save, values is not None
        self.lines = {line.name: line for part in parts for line in part.lines}
        self.by_name = {name: line.widget for name, line in self.lines.items()}
        for name, value in (values or NO_VALUES).items():
            if name in self.lines:
                self.lines[name].show(value)
        for text in about:
            self.column.addWidget(label(text, tone="muted", wrap=True))
        for part in parts:
            self._add(part)
        self._was = self._values() if self._editing else {}

    def doubt(self, given: Mapping[str, Any]) -> str:
        """What a person should know before these are saved, such as that there is one of that name;
        empty when nothing speaks against it. They can save all the same."""
        return ""

    def attempt(self) -> None:
        """Save what was changed."""
        now = self._values()
        doubt = self.doubt(now)
        if doubt not in ("", self._doubted):
            self._doubted = doubt
            again = translate("Press {button} again to add it all the same.", button=self._primary)
            self.messages.show_text(doubt, again)
            return
        changed = {n: v for n, v in now.items() if not self._editing or v != self._was[n]}
        saved = self._save(changed)
        before = {name: self._was[name] for name in changed} if self._editing else {}
        self.kept.emit(Kept(saved, before))
        self.accept()

    def _values(self) -> dict[str, Any]:
        return {name: line.read() for name, line in self.lines.items()}

    def _add(self, part: Part) -> None:
        if part.title:
            self.column.addSpacing(8)
            self.column.addWidget(label(part.title, size="heading"))
        beside: list[Line] = []
        for line in part.lines:
            if line.wide:
                self._add_beside(beside)
                beside = []
                self.column.addWidget(line.cell)
            else:
                beside.append(line)
        self._add_beside(beside)

    def _add_beside(self, lines: Sequence[Line]) -> None:
        if lines:
            cells = EqualCells(gap=12, letters=22)
            cells.show_parts([line.cell for line in lines])
            self.column.addWidget(cells)
