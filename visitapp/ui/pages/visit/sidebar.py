"""The left side of the Visit page: which visit, its areas, and when it was saved."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout

from forms.model import Area, Form
from visitapp.language import plural, translate
from visitapp.records import VisitStatus
from visitapp.services.visits.outcome_labels import level_label
from visitapp.ui import words
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import ScrollColumn, clear, rule
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.flow import Flow
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

    def show_sheet(self, sheet: VisitState) -> None:
        """Show how the area stands."""
        found = sheet.area_outcome(self.area)
        rag = found.rag if found else "unrated"
        self._chip.set_rag(rag, " ")
        self._chip.setText(words.SHAPES[rag])
        owner = sheet.form.owners.get(self.area.owner, "")
        line = words.joined(owner, self._standing(sheet))
        self._line.setText(line)
        rated = words.graded(rag, level_label(sheet.form, found.level) if found else "")
        if sheet.hidden:
            rated = translate("outcome hidden")
        self._chip.setVisible(not sheet.hidden)
        self.setAccessibleName(f"{self._title.text()}: {rated}, {line}")

    def _standing(self, sheet: VisitState) -> str:
        done, total = sheet.count(self.area)
        asked = {question.id for question in self.area.questions}
        raised = sum(action.question in asked for action in sheet.view.actions)
        left = len(sheet.left_last_time(self.area))
        return words.joined(
            translate("{done} of {total}", done=done, total=total),
            plural("{n} action", "{n} actions", raised) if raised else "",
            words.missing([need.what for need in sheet.view.needs if need.question in asked]),
            translate("{n} not checked last time", n=left) if left else "",
        )


class GoesOn(QCheckBox):
    """Whether the next question follows a choice; in fewer words where there is no room."""

    def __init__(self) -> None:
        self._whole, self._short = translate("Move on after a choice (G)"), translate("Move on (G)")
        super().__init__(self._whole)
        self.setAccessibleName(self._whole)
        self.setToolTip(self._whole)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(self._short), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self._width(self._whole) <= self.width()
        self.setText(self._whole if fits else self._short)

    def _width(self, text: str) -> int:
        """Pixels with that text."""
        metrics = self.fontMetrics()
        beside = super().sizeHint().width() - metrics.horizontalAdvance(self.text())
        return beside + metrics.horizontalAdvance(text)


class VisitSidebar(QFrame):
    """`chosen` carries an Area, `back` asks for the setting, `edit_requested` for the visit's
    details, `discard_requested` to discard it; `narrowed` says that the areas of
    another owner are shown."""

    chosen = Signal(object)
    back = Signal()
    edit_requested = Signal()
    discard_requested = Signal()
    narrowed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(translate("Areas of the visit"))
        self.areas: list[AreaButton] = []
        self.setting = button("", kind="link", name=translate("Back to the setting"))
        self.setting.setProperty("tone", "muted")
        self.setting.clicked.connect(self.back)
        self._title = label(size="lead", strong=True, wrap=True)
        self._line = label(size="small", tone="muted", wrap=True)
        self.edit = button(translate("Edit visit details"), kind="link")
        self.edit.setProperty("tone", "muted")
        self.edit.clicked.connect(self.edit_requested)
        self.discard = button(translate("Discard this visit…"), kind="link")
        self.discard.setProperty("tone", "muted")
        self.discard.clicked.connect(self.discard_requested)
        self.goes_on = GoesOn()
        self._marked: AreaButton | None = None
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._show_marked)
        self.owners: FilterChips | None = None
        self._owners_row = QVBoxLayout()
        self._list = ScrollColumn(translate("Areas"), margins=(12, 4, 12, 4))
        self._list.column.setSpacing(2)
        self.saved = named(label(size="small", tone="muted", wrap=True), translate("Saved"))
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
        changes = Flow()
        changes.add(self.edit)
        changes.add(self.discard)
        head.addWidget(changes)
        head.addLayout(self._owners_row)
        column.addLayout(head)
        column.addWidget(self._list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 0, 12, 0)
        foot.setSpacing(10)
        foot.addWidget(rule())
        foot.addWidget(self.goes_on)
        foot.addWidget(self.saved)
        column.addLayout(foot)

    def _fit(self) -> None:
        self.setFixedWidth(min(self._look.px(WIDTH), WIDEST))

    def open(self, sheet: VisitState) -> None:
        """Show a visit and its areas."""
        form = sheet.form
        self.setting.setText(f"\u2039 {sheet.view.setting_name}")
        self.setting.setAccessibleName(
            translate("Back to {setting}", setting=sheet.view.setting_name)
        )
        self._show_owners(form)
        self._marked = None
        clear(self._list.column)
        self.areas = [self._area_button(area) for area in form.areas]
        self._list.column.addStretch(1)
        self.show_sheet(sheet)

    def shown(self) -> list[Area]:
        """The areas of the owner chosen, or all."""
        owner = self.owners.key() if self.owners is not None else ""
        return [made.area for made in self.areas if owner in ("", made.area.owner)]

    def _show_owners(self, form: Form) -> None:
        clear(self._owners_row)
        self.owners = None
        if form.owners:
            chips = [("", translate("All sections")), *form.owners.items()]
            self.owners = FilterChips(translate("Sections by who fills them in"), chips)
            self.owners.chosen.connect(self._narrow)
            self._owners_row.addSpacing(4)
            self._owners_row.addWidget(self.owners)

    def _narrow(self) -> None:
        shown = self.shown()
        for made in self.areas:
            made.setVisible(made.area in shown)
        self.narrowed.emit()

    def _about(self, sheet: VisitState) -> str:
        """The form, then when, how and with whom; an assessment is nobody's visit."""
        view, form = sheet.view, sheet.form
        about = translate("{form}, version {version}", form=form.title, version=form.version)
        how = translate("announced") if view.announced else translate("unannounced")
        company_of = ", ".join([*view.colleagues, *([view.joined_by] if view.joined_by else [])])
        joined = translate("with {who}", who=company_of) if company_of else ""
        contract = translate("contract {n}", n=view.contract) if view.contract else ""
        company = (how, joined, contract) if form.kind == "visit" else ()
        return f"{about}\n{words.joined(words.day(view.summary.visited_on), *company)}"

    def _area_button(self, area: Area) -> AreaButton:
        made = AreaButton(area)
        made.clicked.connect(lambda: self.chosen.emit(area))
        self._list.column.addWidget(made)
        return made

    def show_sheet(self, sheet: VisitState) -> None:
        """Show the visit's details and how every area stands."""
        self._title.setText(words.purpose_visit(sheet.view.summary.purpose))
        self._line.setText(self._about(sheet))
        mine = not sheet.view.not_mine_to_sign
        self.edit.setVisible(not sheet.frozen and sheet.form.kind == "visit" and mine)
        draft = sheet.view.summary.status == VisitStatus.DRAFT
        self.discard.setVisible(draft and sheet.form.kind == "visit" and mine)
        self.goes_on.setVisible(not sheet.frozen)
        for made in self.areas:
            made.show_sheet(sheet)

    def mark(self, area: Area) -> None:
        """Show which area is open."""
        for made in self.areas:
            made.setChecked(made.area is area)
            if made.area is area:
                self._marked = made
        self._show_marked()
        self._settled.start()

    def _show_marked(self) -> None:
        """Scroll to the area that is open, now and again once the list has its place."""
        if self._marked is not None:
            self._list.ensureWidgetVisible(self._marked, 0, 10)

    def say_saved(self, text: str, name: str = "") -> None:
        """The line at the foot."""
        self.saved.setText(text)
        self.saved.setAccessibleName(name or text)
