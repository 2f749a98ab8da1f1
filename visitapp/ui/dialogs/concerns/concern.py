"""One concern: what is known of it, and what is done next."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.rules.concerns.concern_life import REPORTED
from visitapp.rules.concerns.states import (
    INCIDENTS,
    ConcernDecision,
    ConcernStage,
    ConcernStatus,
    Harm,
)
from visitapp.services.concerns.concerns import Concerns
from visitapp.services.concerns.handling import ConcernHandling
from visitapp.services.concerns.links import ConcernLinks
from visitapp.services.concerns.views import ConcernView
from visitapp.ui import words
from visitapp.ui.dialogs.concerns.facts import ConcernFacts
from visitapp.ui.dialogs.concerns.offered import (
    ACTION,
    CHECKED,
    FINDINGS,
    GIVE,
    INVESTIGATED,
    LIFT,
    NEW_ACTION,
    NOTE,
    REPEATS,
    RESTRICT,
    TOLD,
    captions,
)
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices
from visitapp.ui.dialogs.holders.people import chosen_person, people_box
from visitapp.ui.models.concerns import kind_line
from visitapp.ui.widgets.card import rule
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word, choice_words


class ConcernDialog(Dialog):
    """`recorded` carries the ConcernView; `note_requested`, `edit_requested` and
    `evidence_requested` its id, `evidence_opened` an EvidenceView. What is done is chosen first;
    the fields follow from it."""

    recorded = Signal(object)
    note_requested = Signal(str)
    edit_requested = Signal(str)
    evidence_requested = Signal(str)
    evidence_opened = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        concerns: Concerns,
        handling: ConcernHandling,
        links: ConcernLinks,
        shown: ConcernView,
    ) -> None:
        super().__init__(parent, shown.row.title, translate("Record"), width=620)
        self._concerns, self._handling, self._shown = concerns, handling, shown
        self._links = links
        self._people = handling.people()
        row = shown.row
        line = words.joined(row.setting, kind_line(row), translate("severity {n}", n=row.severity))
        self.column.addWidget(label(line, tone="muted", wrap=True))
        self._actions, self._earlier = links.actions(row.id), links.earlier(row.id)
        self.what = choices(translate("What happened"), dict(self._offered()))
        self.decision = choices(translate("Finding"), choice_words(ConcernDecision))
        self.harm = choices(
            translate("Level of harm"), {"": translate("Not known")} | choice_words(Harm)
        )
        self.harm.setCurrentIndex(max(self.harm.findData(shown.harm), 0))
        self.handler = people_box(translate("Handled by"), self._people)
        self.visit = choices(translate("Checked at"), handling.visits(row.id))
        self.action = choices(translate("Action"), self._actions)
        none = {"": translate("It repeats none")} if shown.repeat_of_id else {}
        self.earlier = choices(
            translate("Earlier concern"), self._earlier | none, shown.repeat_of_id
        )
        self.told, self.by = QLineEdit(), QLineEdit(shown.investigator)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(72)
        self.text.setMaximumHeight(160)
        self.day = DayField(translate("Date"), concerns.today())
        self.day.show_day(concerns.today())
        self._captions = self._place_fields()
        self.column.addWidget(rule())
        self.facts = ConcernFacts(shown, concerns.themes())
        self.facts.evidence_opened.connect(self.evidence_opened)
        self.column.addWidget(self.facts)
        self._fields: dict[str, QWidget] = {
            "decision": self.decision,
            "harm": self.harm,
            "by": self.by,
            "told": self.told,
            "handler": self.handler,
            "visit": self.visit,
            "action": self.action,
            "earlier": self.earlier,
            "text": self.text,
            "day": self.day,
        }
        self.by_name = {"text": self.text, "day": self.day, "told": self.told}
        self.note = button(translate("Need to Know note"))
        self.note.clicked.connect(lambda: self.note_requested.emit(shown.row.id))
        self.add_way(self.note)
        self.evidence = button(translate("Add evidence…"))
        self.evidence.clicked.connect(lambda: self._leave_for(self.evidence_requested))
        self.add_way(self.evidence)
        self.edit = button(translate("Correct…"))
        self.edit.clicked.connect(lambda: self._leave_for(self.edit_requested))
        self.add_way(self.edit)
        self.what.currentIndexChanged.connect(self._chosen)
        self._chosen()
        self.what.setFocus()

    def _place_fields(self) -> dict[str, QLabel]:
        """Put the fields into the dialog; their captions by what they are for."""
        self.add_field(translate("What happened"), self.what)
        return {
            "decision": self.add_field(translate("Finding"), self.decision),
            "harm": self.add_field(translate("Level of harm"), self.harm),
            "by": self.add_field(translate("Investigated by"), self.by),
            "told": self.add_field(translate("Who was told (a role)"), self.told),
            "handler": self.add_field(translate("Handled by"), self.handler),
            "visit": self.add_field(translate("Checked at"), self.visit),
            "action": self.add_field(translate("Action"), self.action),
            "earlier": self.add_field(translate("Earlier concern"), self.earlier),
            "text": self.add_field("", self.text),
            "day": self.add_field(translate("Date"), self.day),
        }

    def _offered(self) -> Iterator[tuple[str, str]]:
        row = self._shown.row
        yield NOTE, translate("A note")
        for state in self._concerns.next_states(row.status, row.kind):
            reopens = state == ConcernStatus.OPEN
            yield state, translate("Reopened") if reopens else choice_word(ConcernStatus, state)
        done = {limit.stage for limit in self._shown.limits if limit.done}
        wanted = {limit.stage for limit in self._shown.limits} | {ConcernStage.REFERRED}
        if row.kind in INCIDENTS:
            wanted |= {ConcernStage.INVESTIGATED, ConcernStage.LEARNED_FROM, ConcernStage.CHECKED}
        for stage in ConcernStage:
            if stage in REPORTED and stage in wanted and stage not in done:
                yield f"stage:{stage}", choice_word(ConcernStage, stage)
        yield TOLD, translate("Somebody was told")
        if self._actions:
            yield ACTION, translate("An action answers it")
        yield NEW_ACTION, translate("Raise an action")
        if self._earlier:
            yield REPEATS, translate("It repeats an earlier concern")
        if row.kind in INCIDENTS:
            yield FINDINGS, translate("Causes and level of harm")
        if self._people:
            yield GIVE, translate("Somebody else handles it")
        if not row.restricted:
            yield RESTRICT, translate("Restrict who sees it")
        elif self._handling.may_lift(row):
            yield LIFT, translate("Lift the restriction")

    def _chosen(self) -> None:
        what = self.what.currentData()
        no_day = {NOTE, TOLD, RESTRICT, LIFT, GIVE, FINDINGS, ACTION, REPEATS, CHECKED}
        instead = {GIVE: "handler", ACTION: "action", REPEATS: "earlier"}
        shown = {instead.get(what, "text")}
        if what not in no_day:
            shown.add("day")
        if what == ConcernStatus.DECIDED:
            shown.add("decision")
        if what == TOLD:
            shown.add("told")
        if what == CHECKED:
            shown.add("visit")
        if what in (INVESTIGATED, FINDINGS):
            shown |= {"harm", "by"}
        for name, field in self._fields.items():
            field.setVisible(name in shown)
            self._captions[name].setVisible(name in shown)
        caption = captions().get(what, translate("Remark"))
        day = translate("Due date") if what == NEW_ACTION else translate("Date")
        self._captions["day"].setText(day)
        self.day.text.setAccessibleName(day)
        self._captions["text"].setText(caption)
        self.text.setAccessibleName(caption)

    def attempt(self) -> None:
        """Record what was chosen."""
        self.recorded.emit(self._record(self.what.currentData(), self.text.toPlainText()))
        self.accept()

    def _record(self, what: str, text: str) -> ConcernView:
        concerns, id_ = self._concerns, self._shown.row.id
        if what in (NOTE, TOLD):
            return concerns.update(id_, text, self.told.text() if what == TOLD else "")
        if what == RESTRICT:
            return concerns.restrict(id_, text)
        if what == LIFT:
            return self._handling.lift(id_, text)
        if what == ACTION:
            return self._links.answer_with(id_, self.action.currentData())
        if what == NEW_ACTION:
            return self._links.raise_action(id_, text, self.day.day())
        if what == REPEATS:
            return self._links.repeats(id_, self.earlier.currentData() or None)
        if what == GIVE:
            return concerns.hand_to(id_, chosen_person(self.handler))
        found = {"harm": self.harm.currentData(), "investigator": self.by.text().strip()}
        if what == FINDINGS:
            return concerns.record_findings(id_, causes=text.strip(), **found)
        if what == CHECKED:
            return self._handling.check_at_visit(id_, self._visit(), text)
        day = self.day.day()
        if what.startswith("stage:"):
            stage = what.removeprefix("stage:")
            if stage == ConcernStage.INVESTIGATED:
                return concerns.report(id_, stage, day, causes=text.strip(), **found)
            if stage == ConcernStage.LEARNED_FROM:
                return concerns.report(id_, stage, day, learned=text.strip())
            return concerns.report(id_, stage, day, reason=text)
        match what:
            case ConcernStatus.ASKED:
                return concerns.ask_provider(id_, day, text)
            case ConcernStatus.REPLIED:
                return concerns.record_reply(id_, text, day)
            case ConcernStatus.DECIDED:
                return concerns.decide(id_, self.decision.currentData(), text, day)
            case ConcernStatus.CLOSED:
                return concerns.close(id_, text, day)
            case _:
                return concerns.reopen(id_, text)

    def _leave_for(self, requested: SignalInstance) -> None:
        """Leave for something else; the first time, say what was typed and not recorded."""
        if not self.asks():
            requested.emit(self._shown.row.id)
            self.reject()

    def _visit(self) -> str:
        if not self.visit.count():
            raise Refused(
                Code.BAD_VALUE,
                message("There is no signed-off visit here since this concern was received."),
            )
        return str(self.visit.currentData())
