"""The briefing of a visit: what changed, what to look at first, whom to ask for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.services.briefing.briefing import Briefings
from visitapp.services.briefing.views import Briefing
from visitapp.services.briefing.words import first_words, heading_line, more_words, since_words
from visitapp.ui import words
from visitapp.ui.pages.page import Page
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import listen_buttons, page_keys
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card, ScrollColumn, clear, rule
from visitapp.ui.widgets.header import PageHeader
from visitapp.ui.widgets.text import button, label
from visitapp.ui.widgets.wrapping import EqualCells, FoldingColumns

NEEDS = 360
"""Pixels that a column needs at 100 %."""


class _Part(Card):
    """A part of the briefing: lines of which the first text is strong, then words below."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = label(title, size="heading", wrap=True)
        self.column.addWidget(self._title)
        self._list = QVBoxLayout()
        self._list.setSpacing(5)
        self.column.addLayout(self._list)

    def show_lines(
        self, lines: Sequence[tuple[str, str, str]], below: str = "", title: str = ""
    ) -> None:
        """Show lines of a strong text, a muted one below it, and the tone of the strong one."""
        if title:
            self._title.setText(title)
        clear(self._list)
        for place, (strong, muted, tone) in enumerate(lines):
            if place:
                self._list.addWidget(rule())
            self._list.addWidget(label(strong, strong=True, tone=tone, wrap=True))
            if muted:
                self._list.addWidget(label(muted, size="small", tone="muted", wrap=True))
        if below:
            self._list.addWidget(label(below, size="small", tone="muted", wrap=True))
        self.setVisible(bool(lines or below))


class BriefingPage(Page):
    """`visit_requested` and `print_requested` carry the id of the setting."""

    visit_requested = Signal(str)
    print_requested = Signal(str)

    def __init__(self, briefings: Briefings, look: Look) -> None:
        header = PageHeader(back=translate("Today \u203a"))
        super().__init__(translate("Briefing"), header)
        self._briefings, self._id = briefings, ""
        self._draft_id: str | None = None
        self.print = button(translate("Save as PDF…"))
        self.start = button(translate("Start the visit"), kind="primary", makes="visit")
        header.add(self.print)
        header.add(self.start)
        self._standing = EqualCells(letters=14)
        top = Card()
        top.column.addWidget(self._standing)
        self._changes, self._first = _Part(""), _Part(translate("Look first at"))
        self._concerns = _Part(translate("Concerns in six months, by theme"))
        self._actions, self._people = (
            _Part(translate("Actions")),
            _Part(translate("Who to ask for")),
        )
        self._written = label(size="small", tone="muted", wrap=True)
        columns: list[tuple[int, Sequence[QWidget]]] = [
            (5, [self._changes, self._concerns]),
            (4, [self._first, self._people, self._actions]),
        ]
        scroll = ScrollColumn(translate("Briefing"))
        scroll.column.addWidget(top)
        scroll.column.addWidget(FoldingColumns(columns, look, NEEDS))
        scroll.column.addWidget(self._written)
        scroll.column.addStretch(1)
        self.column.addWidget(scroll, 1)
        header.back.clicked.connect(lambda: self.went.emit(Route("today")))
        self.print.clicked.connect(lambda: self.print_requested.emit(self._id))
        self.start.clicked.connect(self._go_on)
        buttons = {"report": self.print, "start": self.start}
        listen_buttons(self, page_keys(), buttons)

    def open(self, route: Route) -> None:
        """Show the briefing of a setting."""
        self._id = route.id
        self.refresh()

    def focus_first(self) -> None:
        """Enter starts or continues the visit, for whoever makes visits."""
        (self.start if not self.start.isHidden() else self.print).setFocus()

    def refresh(self) -> None:
        one = self._briefings.of(self._id)
        self._draft_id = one.draft_id
        begun = translate("Continue the visit") if one.draft_id else translate("Start the visit")
        self.start.setText(begun)
        self.start.setAccessibleName(begun)
        self.header.title.setText(translate("Briefing: {setting}", setting=one.setting))
        self.header.line.setText(heading_line(one))
        self._standing.show_parts(
            [_cell(fact.label, fact.value, fact.note) for fact in one.standing]
        )
        self._changes.show_lines(
            [(c.what, words.joined(short_day(c.day), c.detail), "") for c in one.changes],
            more_words(one),
            since_words(one),
        )
        self._first.show_lines(
            [(words.joined(q.number, q.ask), q.why, "") for q in one.look_first], first_words(one)
        )
        self._concerns.show_lines(
            [(f"{label_} {count}", "", "") for label_, count in one.themes]
            + [(f"\u25b2 {cluster}", "", "amber") for cluster in one.clusters]
        )
        self._actions.show_lines(
            [(a.title, a.state, "red" if a.late else "") for a in one.actions],
            one.plan,
        )
        self._people.show_lines(
            [(a.name, words.joined(a.role, a.phone), "") for a in one.ask_for],
            "" if one.ask_for else translate("Nobody is on record."),
        )
        self._written.setText(_written(one))

    def _go_on(self) -> None:
        """Continue the visit in progress; start one where there is none."""
        if self._draft_id is None:
            self.visit_requested.emit(self._id)
        else:
            self.went.emit(Route("visit", self._draft_id))


def _cell(title: str, value: str, note: str) -> QWidget:
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(label(title, size="small", tone="muted", wrap=True))
    column.addWidget(label(value, strong=True, wrap=True))
    if note:
        column.addWidget(label(note, size="small", tone="muted", wrap=True))
    column.addStretch(1)
    return cell


def _written(one: Briefing) -> str:
    if one.synced_at is None:
        return translate("Written from the records on this laptop. It works offline.")
    synced = words.when(one.synced_at, one.made_at)
    return translate(
        "Written from the records on this laptop, synced {when}. It works offline.", when=synced
    )
