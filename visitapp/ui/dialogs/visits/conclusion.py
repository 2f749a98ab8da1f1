"""What ends a visit in the room: the officer's summary, what the manager was told, both
signatures."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from visitapp.language import translate
from visitapp.rules.visiting.signatures import LONGEST_NAME, Party, Signature
from visitapp.services.services import Services
from visitapp.services.views.visits import VisitView
from visitapp.services.visits.sign_off.words import outdated
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import text_field
from visitapp.ui.widgets.signature_pad import SignaturePad
from visitapp.ui.widgets.text import button, label


class ConclusionDialog(Dialog):
    """`kept` says that it was saved. A name signs; what is drawn beside it is printed too."""

    kept = Signal()
    keeps_typed = True

    def __init__(self, parent: QWidget | None, services: Services, visit_id: str) -> None:
        super().__init__(parent, translate("Summary and signatures"), translate("Save"), width=640)
        self._visits, self._words, self._id = services.visits, services.visit_words, visit_id
        view = self._visits.view(visit_id)
        self.summary = self._text(
            translate("Summary, in your words"),
            view.officer_summary,
            translate("What went well, what did not, and what matters most."),
        )
        self.told_manager = self._text(
            translate("What you told the manager"),
            view.told_manager,
            translate("The outcome, what must be done, and what comes next."),
        )
        self.parties = {
            Party.COUNCIL: PartyFields(translate("Signed for the council")),
            Party.PROVIDER: PartyFields(translate("Signed for the provider")),
        }
        row = QHBoxLayout()
        row.setSpacing(16)
        for fields in self.parties.values():
            row.addWidget(fields, 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        teaching = translate(
            "Signing is not agreeing. A provider who does not sign here can sign on the paper."
        )
        self.column.addWidget(label(teaching, size="small", tone="muted", wrap=True))
        self._show_signatures(view)
        self.watch(self._recorded)

    def _text(self, caption: str, text: str, hint: str) -> QPlainTextEdit:
        field = text_field(text)
        field.setPlaceholderText(hint)
        self.add_field(caption, field)
        return field

    def _recorded(self) -> object:
        view = self._visits.view(self._id)
        return view.officer_summary, view.told_manager, view.signatures

    def _show_signatures(self, view: VisitView) -> None:
        late = {one.party for one in outdated(view)}
        given = {one.party: one for one in view.signatures}
        for party, fields in self.parties.items():
            fields.show_signature(given.get(party), outdated=party in late)

    def attempt(self) -> None:
        """Save the words, then each signature, which stands under them."""
        self._words.write(
            self._id,
            summary=self.summary.toPlainText().strip(),
            told_manager=self.told_manager.toPlainText().strip(),
        )
        late = {one.party for one in outdated(self._visits.view(self._id))}
        for party, fields in self.parties.items():
            if not fields.name.text().strip():
                self._words.take_off(self._id, party)
            elif fields.changed or party in late:
                self._words.sign(self._id, party, fields.name.text(), fields.pad.strokes)
        self.kept.emit()
        self.accept()


class PartyFields(QWidget):
    """The name of one who signs, and a field to draw in."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self._caption = caption
        self._shown: tuple[str, object] = ("", [])
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(translate("Name"))
        self.name.setAccessibleName(caption)
        self.pad = SignaturePad(translate("{party}, by hand", party=caption))
        self.clear = button(
            translate("Clear"), kind="link", name=translate("Clear: {party}", party=caption)
        )
        self.clear.clicked.connect(lambda: self._show("", []))
        self._note = label(size="small", tone="amber", wrap=True)
        self._note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        words = label(caption, size="small", tone="muted")
        words.setBuddy(self.name)
        for part in (words, self.name, self.pad, self._note):
            column.addWidget(part)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def changed(self) -> bool:
        """Whether it is another signature than the one shown first."""
        return (self.name.text().strip(), self.pad.strokes) != self._shown

    def show_signature(self, given: Signature | None, *, outdated: bool) -> None:
        """Show what was signed. One under something else is asked for again."""
        if given is None or outdated:
            self._show("", [])
        else:
            self._show(given.name, given.strokes)
        self._shown = (self.name.text(), [list(stroke) for stroke in self.pad.strokes])
        if given is not None and outdated:
            asked = translate(
                "{name} signed before the last change. Ask for the signature again.",
                name=given.name,
            )
            self._note.setText(asked)
            self._note.show()

    def _show(self, name: str, strokes: list[list[tuple[int, int]]]) -> None:
        self.name.setText(name)
        self.pad.show_strokes(strokes)
