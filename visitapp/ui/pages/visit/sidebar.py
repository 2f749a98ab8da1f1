"""The left side of the Visit page: which visit, its areas, and when it was saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from forms.model import Area
from visitapp.ui import words
from visitapp.ui.pages.visit.sheet import Sheet
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import ScrollColumn, clear, rule
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import button, label, named
from visitapp.ui.widgets.tile import Tile, let_through

WIDTH = 286
WIDEST = 360


class AreaButton(Tile):
    """An area: its RAG, its title, how much of it is answered and what it lacks."""

    def __init__(self, area: Area) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(10)
        super().__init__("area", row)
        self.area = area
        self.setCheckable(True)
        self._chip = RagChip("unrated", " ")
        self._line = label(size="small", tone="muted", wrap=True)
        self._title = label(f"{area.number} {area.title}", wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(let_through(self._title))
        texts.addWidget(let_through(self._line))
        self.add(self._chip)
        row.addLayout(texts, 1)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show how the area stands."""
        found = sheet.area_outcome(self.area)
        rag = found.rag if found else "unrated"
        self._chip.set_rag(rag, " ")
        self._chip.setText(words.SHAPES[rag])
        line = self._standing(sheet)
        self._line.setText(line)
        self.setAccessibleName(f"{self._title.text()}: {words.rag_word(rag)}, {line}")

    def _standing(self, sheet: Sheet) -> str:
        done, total = sheet.count(self.area)
        asked = {question.id for question in self.area.questions}
        lacking = {
            n.question for n in sheet.view.needs if n.what != "answer" and n.question in asked
        }
        raised = sum(action.question in asked for action in sheet.view.actions)
        lacks = words.count(
            len(lacking), self.tr("{n} needs evidence"), self.tr("{n} need evidence")
        )
        return words.joined(
            self.tr("{done} of {total}").format(done=done, total=total),
            words.count(raised, self.tr("{n} action"), self.tr("{n} actions")) if raised else "",
            lacks if lacking else "",
        )


class VisitSidebar(QFrame):
    """`chosen` carries an Area, `back` asks for the setting."""

    chosen = Signal(object)
    back = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Areas of the visit"))
        self.areas: list[AreaButton] = []
        self.setting = button("", kind="link", name=self.tr("Back to the setting"))
        self.setting.setProperty("tone", "muted")
        self.setting.clicked.connect(self.back)
        self._title = label(size="lead", strong=True, wrap=True)
        self._line = label(size="small", tone="muted", wrap=True)
        self._list = ScrollColumn(self.tr("Areas"), margins=(12, 4, 12, 4))
        self._list.column.setSpacing(2)
        self.saved = named(label(size="small", tone="muted", wrap=True), self.tr("Saved"))
        self._lay_out()
        self._look = look
        self._fit()
        look.changed.connect(self._fit)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 12)
        column.setSpacing(4)
        head = QVBoxLayout()
        head.setContentsMargins(20, 0, 16, 6)
        head.setSpacing(3)
        head.addWidget(self.setting, 0, Qt.AlignmentFlag.AlignLeft)
        head.addWidget(self._title)
        head.addWidget(self._line)
        column.addLayout(head)
        column.addWidget(self._list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 0, 12, 0)
        foot.setSpacing(10)
        foot.addWidget(rule())
        foot.addWidget(self.saved)
        column.addLayout(foot)

    def _fit(self) -> None:
        self.setFixedWidth(min(self._look.px(WIDTH), WIDEST))

    def open(self, sheet: Sheet) -> None:
        """Show a visit and its areas."""
        summary, form = sheet.view.summary, sheet.form
        self.setting.setText(f"\u2039 {sheet.view.setting_name}")
        self.setting.setAccessibleName(
            self.tr("Back to {setting}").format(setting=sheet.view.setting_name)
        )
        self._title.setText(words.purpose_visit(summary.purpose))
        how = self.tr("announced") if sheet.view.announced else self.tr("unannounced")
        joined = (
            self.tr("with {who}").format(who=sheet.view.joined_by) if sheet.view.joined_by else ""
        )
        about = self.tr("{form}, version {version}").format(form=form.title, version=form.version)
        self._line.setText(f"{about}\n{words.joined(words.day(summary.visited_on), how, joined)}")
        clear(self._list.column)
        self.areas = [self._area_button(area) for area in form.areas]
        self._list.column.addStretch(1)
        self.show_sheet(sheet)

    def _area_button(self, area: Area) -> AreaButton:
        made = AreaButton(area)
        made.clicked.connect(lambda: self.chosen.emit(area))
        self._list.column.addWidget(made)
        return made

    def show_sheet(self, sheet: Sheet) -> None:
        """Show how every area stands."""
        for made in self.areas:
            made.show_sheet(sheet)

    def mark(self, area: Area) -> None:
        """Show which area is open."""
        for made in self.areas:
            made.setChecked(made.area is area)
            if made.area is area:
                self._list.ensureWidgetVisible(made, 0, 10)

    def say_saved(self, text: str, name: str = "") -> None:
        """The line at the foot."""
        self.saved.setText(text)
        self.saved.setAccessibleName(name or text)
