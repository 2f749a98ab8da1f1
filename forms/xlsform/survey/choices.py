"""The choices sheet: lists of answers, each with an id, the XLSForm's own name and a label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from forms.xlsform.findings import Findings, column_lost
from forms.xlsform.names import value_ids
from forms.xlsform.survey.languages import Languages
from forms.xlsform.survey.rows import Group, Item
from forms.xlsform.text import one_line, plain, shortened
from forms.xlsform.workbook.columns import Cells, Column, Table
from visitapp.language import message

LABEL = 80
"""Characters of a label on a scale."""
_READ = frozenset(("list_name", "name", "label", "media"))


class Choice(Struct, frozen=True):
    """One choice: `value` is our id for it, `name` what the XLSForm calls it."""

    value: str
    name: str
    label: str
    row: int


class Lists:
    """The choice lists by name. A name is found in any case when it is not found as written."""

    def __init__(self, lists: Mapping[str, list[Choice]]) -> None:
        self._lists = lists
        self._by_lower = {name.lower(): choices for name, choices in lists.items()}

    def get(self, name: str) -> list[Choice]:
        """The choices of a list; empty when there is none of this name."""
        return self._lists.get(name) or self._by_lower.get(name.lower(), [])

    def note_unnamed(self, rows: Iterable[Item | Group], sheet: str, findings: Findings) -> None:
        """Notes the lists that no row of the survey names."""
        wanted = {row.type.list_name.lower() for row in rows}
        for name, choices in self._lists.items():
            if name.lower() not in wanted and choices:
                what = message(
                    'The list "{name}" is named by no question, so it is left out.',
                    name=shortened(name, 60),
                )
                findings.add(sheet, choices[0].row, what)


def read_lists(table: Table, sheet: str, languages: Languages, findings: Findings) -> Lists:
    """Reads every list. What a choice cannot keep is noted in `findings`."""
    rows: dict[str, list[Cells]] = {}
    for cells in table.rows:
        list_name = cells.get("list_name")
        if not list_name:
            what = message("The choice has no list, so it is left out.")
            findings.add(sheet, cells.number, what)
        else:
            rows.setdefault(list_name, []).append(cells)
    for column in table.columns:
        if column.name not in _READ:
            findings.add(sheet, table.header, column_lost(_title(column)))
    return Lists(
        {name: _choices(found, sheet, languages, findings) for name, found in rows.items()}
    )


def _choices(
    rows: list[Cells], sheet: str, languages: Languages, findings: Findings
) -> list[Choice]:
    labels: dict[tuple[str, str], Cells] = {}
    for cells in rows:
        picked, language = languages.pick(cells.languages("label"))
        label = one_line(plain(picked))
        name = cells.get("name") or label
        if label and language != languages.chosen:
            what = message(
                'The choice "{name}" has no label in {wanted}; the words are those in {given}.',
                name=name,
                **languages.fallback(language),
            )
            findings.add(sheet, cells.number, what)
        if not name:
            what = message("The choice has no name, so it is left out.")
            findings.add(sheet, cells.number, what)
        elif (name, label) in labels:
            what = message('The choice "{name}" stands there twice.', name=name)
            findings.add(sheet, cells.number, what)
        else:
            labels[name, label] = cells
    told_apart = _told_apart(labels, sheet, findings)
    return [
        _choice(value, name, told_apart.get((name, label), label), cells, sheet, findings)
        for value, ((name, label), cells) in zip(
            value_ids([name for name, _ in labels]), labels.items(), strict=True
        )
    ]


def _told_apart(
    choices: Mapping[tuple[str, str], Cells], sheet: str, findings: Findings
) -> dict[tuple[str, str], str]:
    """By name and label, new labels for choices that share one: the filter that parted them is not
    kept."""
    same: dict[str, list[tuple[str, Cells]]] = {}
    for (name, label), cells in choices.items():
        same.setdefault(label, []).append((name, cells))
    found: dict[tuple[str, str], str] = {}
    for label, sharing in same.items():
        if len(sharing) < 2 or not label:
            continue
        added = _differing(sharing)
        for name, cells in sharing:
            ending = f" ({added[name]})"
            shown = found[name, label] = shortened(label, LABEL - len(ending)) + ending
            what = message(
                'Several choices are called "{label}"; this one is shown as "{shown}".',
                label=label,
                shown=shown,
            )
            findings.add(sheet, cells.number, what)
    return found


def _differing(sharing: list[tuple[str, Cells]]) -> dict[str, str]:
    """By name, the text of the first other column that differs in every row; else the name."""
    names = {column.name for _, cells in sharing for column in cells.values} - _READ
    for column in sorted(names):
        texts = {name: one_line(cells.get(column)) for name, cells in sharing}
        if all(texts.values()) and len(set(texts.values())) == len(sharing):
            return {name: shortened(text, 30) for name, text in texts.items()}
    return {name: shortened(name, 30) for name, _ in sharing}


def _choice(
    value: str, name: str, label: str, cells: Cells, sheet: str, findings: Findings
) -> Choice:
    shown = shortened(label or name, LABEL)
    if shown != (label or name):
        what = message(
            'The label is cut to {limit} characters: "{label}".', limit=LABEL, label=label
        )
        findings.add(sheet, cells.number, what)
    if cells.languages("media"):
        what = message('The picture or sound of "{label}" is left out.', label=shown)
        findings.add(sheet, cells.number, what)
    return Choice(value, name, shown, cells.number)


def _title(column: Column) -> str:
    return f"{column.name}::{column.language}" if column.language else column.name
