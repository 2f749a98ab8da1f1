"""Notes: words between the questions. They are kept with the question they stand before."""

from __future__ import annotations

from msgspec import Struct

from forms.xlsform.findings import Findings
from forms.xlsform.form.wording import LOOK_FOR, Wording
from forms.xlsform.survey.rows import Group, Item
from forms.xlsform.text import one_line, shortened
from visitapp.language import message


class _Waiting(Struct, frozen=True):
    row: int
    text: str
    condition: str
    groups: tuple[Group, ...]


class Notes:
    """Holds notes until a question comes that they belong to, and notes those that find none."""

    def __init__(self, sheet: str, wording: Wording, findings: Findings) -> None:
        self._sheet = sheet
        self._wording = wording
        self._findings = findings
        self._waiting: list[_Waiting] = []
        self._intro: list[str] = []
        self._asked = False

    def add(self, item: Item) -> None:
        """Takes a note. The first ones, under no condition, introduce the form."""
        words = [self._wording.text(item.cells, "label"), self._wording.text(item.cells, "hint")]
        text = "\n\n".join(part for part in dict.fromkeys(words) if part)
        if not text:
            return
        condition = one_line(item.cells.get("relevant"))
        if not self._asked and not condition and not item.groups:
            self._intro.append(text)
            return
        self._waiting.append(_Waiting(item.row, text, condition, item.groups))

    def before(self, item: Item) -> list[str]:
        """The texts of the notes that stand before a question and hold under its condition."""
        self._asked = True
        own = one_line(item.cells.get("relevant"))
        fitting = []
        for note in self._waiting:
            inside = item.groups[: len(note.groups)] == note.groups
            if inside and note.condition in ("", own):
                fitting.append(note.text)
            else:
                self._lose(note)
        self._waiting.clear()
        return fitting

    def close(self) -> None:
        """No more questions come: what still waits is left out."""
        for note in self._waiting:
            self._lose(note)
        self._waiting.clear()

    def intro(self) -> str:
        """The words before the form."""
        return shortened("\n\n".join(self._intro), LOOK_FOR)

    def _lose(self, note: _Waiting) -> None:
        shown = shortened(one_line(note.text), 300)
        what = message('The note is left out: "{note}"', note=shown)
        self._findings.add(self._sheet, note.row, what)
