"""The words of a question: what is asked, and what to look for."""

from __future__ import annotations

import re

from forms.xlsform.conditions.expressions import (
    Chain,
    ExpressionError,
    Here,
    Minus,
    Number,
    Tree,
    parse,
)
from forms.xlsform.findings import Findings
from forms.xlsform.survey.languages import Languages
from forms.xlsform.survey.rows import Item
from forms.xlsform.text import PLACEHOLDER, REFERENCE, one_line, plain, shortened
from forms.xlsform.workbook.columns import Cells
from visitapp.language import message

ASK = 500
LOOK_FOR = 4000
"""The characters that the format takes."""

_CHECK_LOST = message('The check on the answer, "{check}", is left out.')
_WORDS_KEPT = message(
    'The check on the answer, "{check}", is left out. Its words are kept under “what to look for”.'
)


class Wording:
    """Chooses the language, takes the markup off, and puts names where answers would stand."""

    def __init__(self, sheet: str, languages: Languages, findings: Findings) -> None:
        self._sheet = sheet
        self._languages = languages
        self._findings = findings
        self._shown: dict[str, str] = {}

    def text(self, cells: Cells, column: str) -> str:
        """A translated column's text, plain. Line breaks stay."""
        picked, language = self._languages.pick(cells.languages(column))
        text = self._without_loop(cells, plain(picked))
        if text and language != self._languages.chosen:
            what = message(
                "It has no {column} in {wanted}; the words are those in {given}.",
                column=column.replace("_", " "),
                **self._languages.fallback(language),
            )
            self._findings.add(self._sheet, cells.number, what)
        if not REFERENCE.search(text):
            return text
        what = message(
            "Its words repeat an earlier answer; here they name the question in square brackets."
        )
        self._findings.add(self._sheet, cells.number, what)
        return REFERENCE.sub(lambda found: f"[{self._shown.get(found[1], found[1])}]", text)

    def _without_loop(self, cells: Cells, text: str) -> str:
        """A loop writes the label of each turn into its questions; here they are asked once."""
        if not PLACEHOLDER.search(text):
            return text
        what = message('Its words name each turn of a loop; here they say "[each]".')
        self._findings.add(self._sheet, cells.number, what)
        return PLACEHOLDER.sub("[each]", text)

    def ask(self, item: Item) -> str:
        """The label on one line; without one the hint, or the name."""
        label = one_line(self.text(item.cells, "label"))
        if not label:
            label = one_line(self.text(item.cells, "hint")) or readable(item.name) or "Answer"
            what = message(
                'It has no label in the form\'s language; it is asked as "{label}".',
                label=label[:80],
            )
            self._findings.add(self._sheet, item.row, what)
        self._shown[item.name] = shortened(label, 60)
        return label

    def look_for(self, item: Item, ask: str, before: list[str]) -> str:
        """Notes that stand `before` the question, what did not fit in `ask`, hints, limits."""
        cells = item.cells
        parts = [*before]
        if len(ask) > ASK:
            parts.append(self.text(cells, "label"))
        hint = self.text(cells, "hint")
        if one_line(hint) != ask:
            parts.append(hint)
        parts += [self.text(cells, "guidance_hint"), self._limit(cells)]
        joined = "\n\n".join(part for part in dict.fromkeys(parts) if part)
        if len(joined) > LOOK_FOR:
            what = message("Its notes and hints are cut to {limit} characters.", limit=LOOK_FOR)
            self._findings.add(self._sheet, item.row, what)
        return shortened(joined, LOOK_FOR)

    def _limit(self, cells: Cells) -> str:
        """A constraint cannot be kept as a check; what it says is kept as words where it can be."""
        source = cells.get("constraint")
        if not source:
            return ""
        words = self.text(cells, "constraint_message") or _in_words(source)
        said = _WORDS_KEPT if words else _CHECK_LOST
        what = said.filled(check=shortened(one_line(source), 200))
        self._findings.add(self._sheet, cells.number, what)
        return words


def readable(name: str) -> str:
    """A name as words: "family_name" gives "Family name"."""
    words = one_line(re.sub(r"[_\-]+", " ", name))
    return words[:1].upper() + words[1:]


_WORDS = {">": "more than", ">=": "at least", "<": "less than", "<=": "at most"}


def _in_words(source: str) -> str:
    """`. >= 0 and . <= 60` as "The answer is at least 0 and at most 60."; else empty."""
    try:
        tree = parse(source)
    except ExpressionError:
        return ""
    joined = isinstance(tree, Chain) and tree.operators[0] == "and"
    parts = tree.operands if joined and isinstance(tree, Chain) else (tree,)
    words = [_bound(part) for part in parts]
    return f"The answer is {' and '.join(words)}." if all(words) else ""


def _bound(tree: Tree) -> str:
    if not isinstance(tree, Chain) or len(tree.operands) != 2 or tree.operators[0] not in _WORDS:
        return ""
    left, right = tree.operands
    turned = isinstance(right, Minus)
    number = right.operand if isinstance(right, Minus) else right
    if not isinstance(left, Here) or not isinstance(number, Number):
        return ""
    return f"{_WORDS[tree.operators[0]]} {'-' if turned else ''}{number.value:g}"
