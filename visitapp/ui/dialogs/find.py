"""Find anything: a record, a page or a command, by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.errors import VisitappError
from visitapp.language import plural, translate
from visitapp.records import KINDS
from visitapp.services.finding.finder import Finder
from visitapp.services.finding.index import Match, WordIndex
from visitapp.services.finding.sources import Found
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.models.rows import Cell, Column
from visitapp.ui.shell.operations import Operation, Progress, Runner, Running
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.table import ROW, RowTable
from visitapp.ui.widgets.text import label, named
from visitapp.vocabulary import kind_word

LEAST_TYPED, LINES = 2, 8
MOST_COMMANDS = 6


class Choice(Struct, frozen=True):
    """One line: what it is called, what tells it from others, and what Enter does."""

    title: str
    details: str
    what: str
    run: Callable[[], object]
    rag: str = ""


class FindDialog(Dialog):
    """Type to find, Enter to open. `chosen` carries the Choice, once the dialog is closed.

    `offers`: the pages and commands, which need no reading; `openers`: how a record that was found
    is opened, by its kind.
    """

    chosen = Signal(object)
    enter_agrees = False

    def __init__(
        self,
        parent: QWidget | None,
        finder: Finder,
        offers: Sequence[Choice],
        openers: Mapping[str, Callable[[str], object]],
        look: Look,
        runner: Runner,
    ) -> None:
        super().__init__(parent, translate("Find anything"), translate("Open"), width=760)
        self._finder, self._offers, self._openers = finder, offers, openers
        self._runner = runner
        self._commands = WordIndex((str(at), one.title) for at, one in enumerate(offers))
        self._indexes: dict[str, WordIndex] = {}
        self._reading: list[Running] = []
        self._enter_waits = False
        self.search = named(QLineEdit(), translate("Find anything"))
        self.search.setPlaceholderText(
            translate(
                "A setting, visit, action, plan, concern, contract, campaign, page or command"
            )
        )
        self.table = RowTable(translate("Found"), find_columns(), look)
        self._hint = label(tone="muted", size="small", wrap=True)
        # The list scrolls by itself, below the field: ↓ must not move the caret out of view.
        self.table.setMaximumHeight(look.px(LINES * ROW))
        self.fix(self.search, above=True)
        self.fix(self._hint, above=True)
        card = Card()
        card.column.setContentsMargins(1, 1, 1, 1)
        card.column.addWidget(self.table)
        card.column.addStretch(1)
        self.column.addWidget(card, 1)
        self.search.textEdited.connect(self._typed)
        self.search.returnPressed.connect(self._enter)
        for key, by in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1)):
            arrow = QShortcut(QKeySequence(key), self.search)
            arrow.setContext(Qt.ShortcutContext.WidgetShortcut)
            arrow.activated.connect(partial(self._step, by))
        self.table.marked.connect(lambda row: self.primary.setEnabled(row is not None))
        self.table.opened.connect(lambda _row: self.primary.click())
        self.finished.connect(self._stop)
        self._read_all()
        self._find()

    def attempt(self) -> None:
        """Open the line under the cursor."""
        choice: Choice | None = self.table.current()
        if choice is not None:
            self.accept()
            self.chosen.emit(choice)

    def _read_all(self) -> None:
        """Read the words of each kind in the background: pages and commands do not wait."""
        for kind in self._finder.kinds():
            if kind in self._openers:
                work = partial(self._read_kind, kind)
                title = translate("Reading what is on this laptop")
                running = self._runner.run(
                    Operation(title, work, partial(self._was_read, kind), self._failed)
                )
                self._reading.append(running)
                running.ended.connect(partial(self._ended, running))

    def _read_kind(self, kind: str, progress: Progress) -> WordIndex:
        progress()
        return self._finder.read(kind)

    def _was_read(self, kind: str, index: WordIndex) -> None:
        self._indexes[kind] = index
        self._find_again()

    def _failed(self, problem: VisitappError) -> None:
        self.messages.show_problem(problem)

    def _ended(self, running: Running) -> None:
        self._reading.remove(running)
        self._find_again()
        if self._enter_waits and not self._reading:
            self.primary.click()

    def _typed(self) -> None:
        self._enter_waits = False
        self._find()

    def _enter(self) -> None:
        """Open the line that is marked, once everything is read: it may not be the best one yet."""
        if self._reading:
            self._enter_waits = True
        else:
            self.primary.click()

    def _step(self, by: int) -> None:
        """Mark another line while the caret stays in the field."""
        last = len(self.table.rows.rows) - 1
        self.table.selectRow(max(0, min(last, self.table.currentIndex().row() + by)))

    def _find_again(self) -> None:
        """More was read: the line that is marked stays marked."""
        marked = self.table.current()
        if self.table.currentIndex().row() > 0 and marked is not None:
            self._find(like=(marked.what, marked.title, marked.details))
        else:
            self._find()

    def _find(self, like: tuple[str, str, str] | None = None) -> None:
        text = self.search.text().strip()
        choices = self._matching(text) if len(text) >= LEAST_TYPED else list(self._offers)
        self.table.show_rows(choices)
        if choices:
            lines = [(one.what, one.title, one.details) for one in choices]
            self.table.selectRow(lines.index(like) if like in lines else 0)
        self._hint.setText(self._say(len(choices), text))
        self.primary.setEnabled(bool(choices))

    def _matching(self, text: str) -> list[Choice]:
        offered = self._commands.find(text, MOST_COMMANDS)
        found = self._finder.find(text, self._indexes)
        every: list[tuple[Match, Choice]] = [
            *((match, self._offers[int(at)]) for match, at in offered),
            *((match, self._choice(one)) for match, one in found),
        ]
        return [choice for _, choice in sorted(every, key=lambda pair: pair[0])]

    def _choice(self, one: Found) -> Choice:
        return Choice(
            one.title,
            words.joined(*one.details),
            kind_word(KINDS[one.kind]),
            partial(self._openers[one.kind], one.target or one.id),
            one.rag,
        )

    def _say(self, found: int, text: str) -> str:
        if self._reading:
            return translate("Reading what is on this laptop…")
        if len(text) < LEAST_TYPED:
            records = sum(len(index) for index in self._indexes.values())
            return plural(
                "Finds {n} record on this laptop, every page and every command. Type part of a "
                "name, a reference or a postcode. Several words narrow it: a setting and a theme.",
                "Finds {n} records on this laptop, every page and every command. Type part of a "
                "name, a reference or a postcode. Several words narrow it: a setting and a theme.",
                records,
            )
        if not found:
            return translate("Nothing on this laptop is called that. Try fewer letters.")
        return translate("↑ and ↓ choose, Enter opens.")

    def _stop(self) -> None:
        for running in self._reading:
            running.forget()
            running.cancel()


def find_columns() -> list[Column]:
    """What it is called with what tells it from others, its rating, and what it is."""
    return [
        Column(translate("Name"), _name, share=60),
        Column(translate("Rating"), lambda one: Cell("", rag=one.rag), share=16, yields=1),
        Column(translate("What it is"), lambda one: Cell(one.what), share=24),
    ]


def _name(one: Choice) -> Cell:
    return Cell(one.title, one.details, strong=True)
