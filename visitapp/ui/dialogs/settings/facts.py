"""What is known of a setting over time: list it, add a fact, correct one; the history stays."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.rules.market_choices import FactKind
from visitapp.services.services import Services
from visitapp.services.views.settings import FactView
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.records.dialog import Part, RecordDialog
from visitapp.ui.dialogs.records.lines import choice_line, day_line, text_line
from visitapp.ui.models.rows import Cell, Column
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word, choice_words


class FactDialog(RecordDialog):
    """A new fact, or one that corrects another. `kept` carries the FactView."""

    def __init__(
        self,
        parent: QWidget | None,
        services: Services,
        setting_id: str,
        wrong: FactView | None = None,
    ) -> None:
        today = services.desk.today()

        def save(given: dict[str, Any]) -> FactView:
            kind = wrong.kind if wrong else given.pop("kind")
            content, source = given.pop("content"), given.pop("source")
            corrects = wrong.id if wrong else None
            facts = services.setting_facts
            return facts.add(setting_id, kind, content, source, corrects_id=corrects, **given)

        lines = [
            text_line("content", translate("What is known (leave empty for none)")),
            text_line("source", translate("Source"), translate("Such as: telephone call")),
            day_line("as_of", translate("Known on"), today, needed=True),
            day_line("starts_on", translate("Since, if it is known"), today),
            day_line("ends_on", translate("Until, if it has ended"), today),
        ]
        if wrong is None:
            lines.insert(0, choice_line("kind", translate("Kind"), choice_words(FactKind)))
        heading = translate("Correct a fact") if wrong else translate("Record a fact")
        about = [_wrong(wrong)] if wrong else []
        primary = translate("Record the correction") if wrong else translate("Record the fact")
        super().__init__(parent, (heading, primary), [Part("", lines)], save, about=about)
        self.lines["as_of"].show(wrong.as_of if wrong else today)
        if wrong is not None:
            for name in ("content", "source", "starts_on", "ends_on"):
                self.lines[name].show(getattr(wrong, name))


class FactsDialog(Dialog):
    """Every fact of a setting, corrected ones too. `fact_requested` asks to add one,
    `correction_requested` carries the one that is wrong."""

    fact_requested = Signal()
    correction_requested = Signal(object)

    def __init__(
        self, parent: QWidget | None, services: Services, setting_id: str, look: Look
    ) -> None:
        heading = translate("What is known over time")
        super().__init__(parent, heading, translate("Record a fact…"), width=720)
        self.cancel.setText(translate("Close"))
        self.cancel.setAccessibleName(self.cancel.text())
        self._facts, self._id = services.setting_facts, setting_id
        self.table = RowTable(translate("Facts"), fact_columns(), look)
        self.empty = label(
            translate(
                "Nothing is recorded yet. A fact has a source and the day on which it was known; "
                "a later one follows it, and a wrong one is corrected, so that the history stays."
            ),
            tone="muted",
            wrap=True,
        )
        self.column.addWidget(self.table)
        self.column.addWidget(self.empty)
        self.correct = button(translate("Correct it…"))
        self.correct.clicked.connect(self._correct)
        self.add_way(self.correct)
        self.table.marked.connect(self._marked)
        self.show_facts()

    def show_facts(self) -> None:
        """Show them, again after one was added."""
        facts = self._facts.list(self._id)
        self.table.setVisible(bool(facts))
        self.empty.setVisible(not facts)
        self.table.show_rows(facts)
        if facts:
            self.table.selectRow(0)
            self.table.setFocus()
        self._marked(self.table.current())

    def attempt(self) -> None:
        """Ask for another one."""
        self.fact_requested.emit()

    def _marked(self, fact: FactView | None) -> None:
        self.correct.setEnabled(fact is not None and not fact.corrected)

    def _correct(self) -> None:
        if (fact := self.table.current()) is not None:
            self.correction_requested.emit(fact)


def fact_columns() -> list[Column]:
    """Kind and content, when it held, source and who said so."""
    return [
        Column(translate("Fact"), _fact, share=38),
        Column(translate("Period"), lambda one: Cell(_held(one), _state(one)), share=30),
        Column(
            translate("Source"),
            lambda one: Cell(one.source, words.joined(words.day(one.as_of), one.by)),
            share=32,
        ),
    ]


def _fact(one: FactView) -> Cell:
    content = one.content or translate("none")
    return Cell(content, choice_word(FactKind, one.kind), strong=one.holds)


def _held(one: FactView) -> str:
    first = translate("from {day}", day=words.day(one.starts_on)) if one.starts_on else ""
    last = translate("to {day}", day=words.day(one.ends_on)) if one.ends_on else ""
    return " ".join(part for part in (first, last) if part) or "—"


def _state(one: FactView) -> str:
    if one.holds:
        return translate("current")
    return translate("corrected") if one.corrected else ""


def _wrong(fact: FactView) -> str:
    return translate(
        "Recorded: {fact}. It stays in the history as corrected.",
        fact=words.joined(choice_word(FactKind, fact.kind), fact.content or translate("none")),
    )
