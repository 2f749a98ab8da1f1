"""Page objects of the Visit page and of the dialogs that it opens, used by keys and clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from forms.model import Form
from visitapp.ui.dialogs.actions.action import ActionDialog
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.unsaved import UnsavedDialog
from visitapp.ui.dialogs.visits.discard_visit import DiscardVisitDialog
from visitapp.ui.dialogs.visits.sign_off import SignOffDialog
from visitapp.ui.dialogs.visits.start_visit import StartVisitDialog
from visitapp.ui.dialogs.visits.visit_details import VisitDetailsDialog
from visitapp.ui.pages.visit.page import VisitPage
from visitapp.ui.pages.visit.question.question_card import QuestionCard
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.segmented import KeyButton

if TYPE_CHECKING:
    from tests.support.window.windows import Desktop


class VisitScreen:
    """The Visit page, as a person sees it."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self.page: VisitPage = desktop.window.pages.visit

    def text(self, question: str) -> str:
        """Everything that the labels of a question's card say."""
        return "\n".join(texts(self.card(question)))

    def note(self, question: str) -> str:
        """The text in the note of a question."""
        notes = self.card(question).findChildren(QPlainTextEdit)
        return next(n.toPlainText() for n in notes if n.accessibleName().startswith("Note"))

    def offers(self, question: str) -> list[str]:
        """What the buttons of a question's card say."""
        buttons = self.card(question).findChildren(QPushButton)
        return [b.text() for b in buttons if not b.isHidden()]

    def figures(self, question: str) -> list[str]:
        """What stands in the fields of a question's answer."""
        return [field.text() for field in self.card(question).editor.findChildren(QLineEdit)]

    def keys_shown(self, question: str) -> dict[str, str]:
        """The key that each option of a question shows, by the option's label."""
        buttons = self.card(question).editor.findChildren(KeyButton)
        return {b.text(): b.keys.shown for b in buttons if not b.isHidden()}

    @property
    def focus_is_on_a_card(self) -> bool:
        """Whether the focus is on a question or on something of it."""
        focused = QApplication.focusWidget()
        return focused is not None and self.page.area.isAncestorOf(focused)

    def go(self, question: str) -> None:
        """Go to a question by keys alone, from wherever the focus is."""
        self._desktop.press(Qt.Key.Key_Escape)
        form = self._form()
        area = form.area_of[question]
        for _ in form.areas:
            if self.area_title.startswith(f"{area.number} "):
                break
            forward = form.areas.index(area) > self._area_place()
            self._desktop.press(Qt.Key.Key_PageDown if forward else Qt.Key.Key_PageUp)
        for _ in area.questions:
            if self.current == question:
                return
            self._desktop.press("j")
        assert self.current == question

    def finish(self) -> SignOffScreen:
        """Ctrl Enter."""
        self._desktop.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        return SignOffScreen(self._desktop)

    @property
    def unsaved(self) -> dict[str, str]:
        """The questions that show something that is not recorded, and the part."""
        return self.page.unsaved()

    @property
    def caret(self) -> tuple[str, int]:
        """The text in the field that has the focus, and the place of the caret in it."""
        self._desktop.wake()
        field = QApplication.focusWidget()
        if isinstance(field, QPlainTextEdit):
            return field.toPlainText(), field.textCursor().position()
        assert isinstance(field, QLineEdit), field
        return field.text(), field.cursorPosition()

    @property
    def current_is_in_view(self) -> bool:
        """Whether a part of the current question can be seen."""
        card = self.page.area.current()
        return card is not None and not card.visibleRegion().isEmpty()

    @property
    def returned_text(self) -> str:
        """What the card on top of a returned visit says; empty when it is not shown."""
        shown = self.page.returned
        return "" if shown.isHidden() else "\n".join(texts(shown))

    @property
    def elsewhere(self) -> str:
        """Why the answers are not on this device; empty when it is not shown."""
        line = self.page.elsewhere
        return line.text.text() if line.isVisible() else ""

    @property
    def finish_text(self) -> str:
        """What the page's primary button does."""
        return self.page.primary.text()

    def go_named(self, number: str) -> None:
        """Click a question that the lead's words name."""
        buttons = self.page.returned.findChildren(QPushButton)
        self._desktop.click(next(b for b in buttons if b.text() == f"Go to {number}"))

    def area_in_view(self) -> bool:
        """Whether the list of areas shows the area that is open."""
        made = next(one for one in self.page.sidebar.areas if one.isChecked())
        return not made.visibleRegion().isEmpty()

    def _form(self) -> Form:
        assert self.page.sheet is not None
        return self.page.sheet.form

    def _area_place(self) -> int:
        titles = [f"{area.number} {area.title}" for area in self._form().areas]
        return titles.index(self.area_title)

    def card(self, question: str) -> QuestionCard:
        """The card of a question of the area shown."""
        page = self.page.area.currentWidget()
        page.build_to(question)  # type: ignore[attr-defined]  # the stack holds area pages only
        return next(c for c in self.page.area.cards() if c.question.id == question)

    def choose(self, question: str, label: str) -> None:
        """Click a value of the question's scale."""
        buttons = self.card(question).editor.findChildren(QPushButton)
        self._desktop.click(next(b for b in buttons if b.accessibleName().endswith(f": {label}")))

    def chosen(self, question: str) -> str:
        """The label that is chosen; empty when none is."""
        editor = self.card(question).editor
        checked = [b for b in editor.findChildren(QPushButton) if b.isChecked()]
        return checked[0].accessibleName().rsplit(": ", 1)[-1] if checked else ""

    @property
    def current(self) -> str:
        """The id of the current question."""
        card = self.page.area.current()
        assert card is not None
        return card.question.id

    @property
    def is_complete(self) -> bool:
        """Whether every card of the visit is made."""
        return self.page.area.ready

    @property
    def shown(self) -> list[str]:
        """The ids of the questions in view, once every card is there."""
        self._desktop.until(lambda: self.page.area.ready)
        return [c.question.id for c in self.page.area.cards() if not c.isHidden()]

    @property
    def saved_line(self) -> str:
        """What the foot of the side says."""
        return self.page.sidebar.saved.text()

    @property
    def outcome(self) -> str:
        """The RAG in the panel."""
        return self.page.panel.outcome.chip.rag

    @property
    def outcome_is_faint(self) -> bool:
        """Whether the outcome is shown without its full colour."""
        return bool(self.page.panel.outcome.chip.property("faint"))

    @property
    def can_discard(self) -> bool:
        """Whether the page offers to discard the visit."""
        return self.page.sidebar.discard.isVisible()

    def edit_details(self) -> None:
        """Press Edit visit details."""
        self._desktop.click(self.page.sidebar.edit)

    def discard(self) -> None:
        """Press Discard this visit."""
        self._desktop.click(self.page.sidebar.discard)

    @property
    def panel_text(self) -> str:
        """Everything the outcome panel says."""
        return "\n".join(texts(self.page.panel))

    @property
    def area_title(self) -> str:
        """The heading of the area shown."""
        return self.page.header.title.text()


class DialogScreen:
    """A dialog that is open."""

    kind: type[Dialog] = Dialog

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._dialog = desktop.dialog(self.kind)
        desktop.until(self._dialog.isActiveWindow)

    @property
    def is_open(self) -> bool:
        """Whether it is still open."""
        return any(shown.isVisible() for shown in self._desktop.window.findChildren(self.kind))

    @property
    def text(self) -> str:
        """Everything it says."""
        return "\n".join(texts(self._dialog))

    @property
    def message(self) -> str:
        """What its message bar says."""
        return self._dialog.messages.text()

    @property
    def buttons(self) -> list[str]:
        """The names of the buttons that can be pressed, in the order of reading."""
        found = self._dialog.findChildren(QPushButton)
        return [b.accessibleName() for b in found if b.isVisible() and b.isEnabled()]

    def choice(self, name: str) -> str:
        """What the list of that name shows as chosen."""
        boxes = self._dialog.findChildren(QComboBox)
        return next(box.currentText() for box in boxes if box.accessibleName() == name)

    def asks(self, name: str) -> bool:
        """Whether a list of that name is in view."""
        boxes = self._dialog.findChildren(QComboBox)
        return any(box.isVisible() and box.accessibleName() == name for box in boxes)

    def pick(self, name: str, text: str) -> None:
        """Go to a list by Tab, and choose what begins with a text by typing its first word: a
        space would unfold the list."""
        self.tab_to(name)
        self._desktop.type(text.split()[0])
        assert self.choice(name).startswith(text), self.choice(name)

    def tab_to(self, name: str) -> None:
        """Press Tab until something of that name has the focus."""
        for _ in range(80):
            if self._desktop.focus.startswith(name):
                return
            self._desktop.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {name!r}")

    def press(self, name: str) -> None:
        """Go to a button by Tab, and press Enter."""
        self.tab_to(name)
        self._desktop.press(Qt.Key.Key_Return)

    def fill(self, name: str, text: str) -> None:
        """Go to a field by Tab, and type over what is in it."""
        self.tab_to(name)
        self._desktop.press("a", Qt.KeyboardModifier.ControlModifier)
        self._desktop.type(text)


class SignOffScreen(DialogScreen):
    """Review and sign off."""

    kind = SignOffDialog

    @property
    def least(self) -> tuple[int, int]:
        """The width and height that it can be made to fit."""
        hint = self._dialog.minimumSizeHint()
        return hint.width(), hint.height()

    @property
    def outcome_is_whole(self) -> bool:
        """Whether the outcome, which stands above the list, is shown whole."""
        chip = self._dialog.findChildren(RagChip)[0]
        return chip.visibleRegion().boundingRect().size() == chip.size()

    @property
    def can_sign(self) -> bool:
        """Whether the visit can be signed off from here."""
        return "Sign off" in self.buttons


class ActionScreen(DialogScreen):
    """Add or change an action."""

    kind = ActionDialog


class StartVisitScreen(DialogScreen):
    """Start a visit."""

    kind = StartVisitDialog


class DiscardVisitScreen(DialogScreen):
    """Discard a visit."""

    kind = DiscardVisitDialog


class UnsavedScreen(DialogScreen):
    """Closing while something is not saved."""

    kind = UnsavedDialog


class VisitDetailsScreen(DialogScreen):
    """When a visit is, and who makes it."""

    kind = VisitDetailsDialog


def texts(widget: QWidget) -> list[str]:
    """Every text of the labels in a widget that are not hidden; new ones are shown first."""
    QApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]
