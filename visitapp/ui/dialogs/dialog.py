"""What every dialog has in common."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from visitapp.errors import VisitappError
from visitapp.language import translate
from visitapp.ui.dialogs.fields import NotADay
from visitapp.ui.shell.placement import FRAME
from visitapp.ui.widgets.card import ScrollColumn
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.focus import ENTER, FIELDS, EnterKey, first_field
from visitapp.ui.widgets.message_bar import MessageBar
from visitapp.ui.widgets.text import button, label

_AGREE_FROM = (*FIELDS, QCheckBox, QRadioButton, QListWidget, QTableView)
"""What Ctrl Enter agrees from. Not from a button: it may be there for another thing."""


class DialogBody(ScrollColumn):
    """Asks for the room of its content, and scrolls when a low screen has less."""

    def __init__(self, name: str) -> None:
        super().__init__(name, margins=(0, 0, 0, 0))
        self.verticalScrollBar().rangeChanged.connect(self._keep_in_view)

    def _keep_in_view(self) -> None:
        """A hint or message that appears moves the field in focus: nobody types unseen."""
        self._follow(None, QApplication.focusWidget())

    def sizeHint(self) -> QSize:
        width = max(self.width(), self.body.sizeHint().width())
        height = self.body.heightForWidth(width) if self.body.hasHeightForWidth() else -1
        return QSize(width, max(height, self.body.sizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the dialog know when the content needs other room; a scroll area keeps that to
        itself."""
        if watched is self.body and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.body.minimumSizeHint().width(), self.fontMetrics().height() * 4)


class Dialog(QDialog):
    """A heading, messages, content in `column`, and at the foot a way out and the one thing to do.

    `attempt` is called by the primary button; a VisitappError it raises is shown in the dialog,
    which then stays open with everything that was typed.
    """

    keeps_typed = False
    """Whether Esc and Cancel ask before text that was typed is discarded."""
    may_leave = True
    """Whether Esc and closing it leave the dialog without doing what it is for."""
    enter_agrees = True
    """Whether Enter in a field presses the primary button."""
    agrees_at_primary = False
    """Whether Ctrl Enter presses the primary button in focus. Not in a dialog that Ctrl Enter
    opens: pressed twice, it would sign off unread."""

    def __init__(
        self, parent: QWidget | None, heading: str, primary: str, *, width: int = 520
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setAccessibleName(heading)
        self.setMinimumWidth(width)
        self.by_name: dict[str, QWidget] = {}
        """The fields, by the names that errors call them."""
        self._enter_key = EnterKey(self)
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(label(heading, size="title", wrap=True))
        self.messages = MessageBar()
        outer.addWidget(self.messages)
        self.body = DialogBody(heading)
        self.column = self.body.column
        self.column.setSpacing(6)
        outer.addWidget(self.body, 1)
        self._foot = Flow(at_right=True)
        self.cancel = button(translate("Cancel"))
        self.cancel.clicked.connect(self._leave)
        self._read: Callable[[], object] | None = None
        self._known: object = None
        self._fixed: dict[QWidget, int] = {}
        """What does not scroll, and where it stands in the column when it must."""
        self._at_first: list[str] | None = None
        self._asked_about: list[str] | None = None
        self.primary = button(primary, kind="primary")
        self.primary.clicked.connect(self._attempt)
        self._foot.add(self.cancel)
        self._foot.add(self.primary)
        outer.addSpacing(4)
        outer.addWidget(self._foot)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the caret into the first field, unless the dialog chose another one; without a field
        Enter does what the dialog is for."""
        super().showEvent(event)
        self._fit()
        if self._at_first is None:
            self._at_first = self._texts()
        if self.focusWidget() in (None, *self._foot.parts()):
            (first_field(self) or self.primary).setFocus()

    def event(self, event: QEvent) -> bool:
        """A message or field that appears later makes the dialog higher, and squashes nothing."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            needed = self._outer.totalHeightForWidth(self.width())
            self._resize(QSize(self.width(), max(self.height(), needed)))
        return done

    def _fit(self) -> None:
        """Take the room that the content needs."""
        self._resize(self.sizeHint().expandedTo(self.minimumSize()))

    def _resize(self, wanted: QSize) -> None:
        room = self.screen().availableGeometry().marginsRemoved(FRAME).size()
        self.setMinimumWidth(min(self.minimumWidth(), room.width()))
        self._let_scroll(room.height())
        if wanted.boundedTo(room) != self.size():
            self.resize(wanted.boundedTo(room))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button in focus, and the primary one from a field. None is a default
        button of Qt, which a key held down, or Enter with Ctrl, would press as well."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif self._agrees_from_field(event):
            self._enter_key.press(self.primary, event)
        elif self._enter_key.take(event):
            return
        elif event.key() not in ENTER:
            super().keyPressEvent(event)
        elif self.enter_agrees and self.primary.isVisible():
            self._enter_key.press(self.primary, event)

    def _agrees_from_field(self, event: QKeyEvent) -> bool:
        """Whether it is Ctrl Enter in a field, or at what is ticked. In a text of several lines
        Enter begins a line, and nobody need know which of the fields have several."""
        return (
            event.key() in ENTER
            and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            == Qt.KeyboardModifier.ControlModifier
            and not event.isAutoRepeat()
            and self._agrees_here(self.focusWidget())
            and self.enter_agrees
            and self.primary.isVisible()
        )

    def _agrees_here(self, focused: QWidget | None) -> bool:
        at_primary = focused is self.primary and self.agrees_at_primary
        return at_primary or isinstance(focused, _AGREE_FROM)

    def attempt(self) -> None:
        """Do what the dialog is for; raise a VisitappError when it cannot be done."""
        raise NotImplementedError

    def add_field(self, caption: str, field: QWidget) -> QLabel:
        """A field under its caption; the caption is also what a screen reader says."""
        words = label(caption, size="small", tone="muted")
        words.setBuddy(field)
        words.setContentsMargins(0, 4, 0, 0)  # no spacing of the column, which a hidden field keeps
        field.setAccessibleName(field.accessibleName() or caption)
        self.column.addWidget(words)
        self.column.addWidget(field)
        return words

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_leave or self.asks():
            event.ignore()
        else:
            super().closeEvent(event)

    def _leave(self) -> None:
        """Close without doing it; the first time, say what would be lost."""
        if self.may_leave and not self.asks():
            self.reject()

    def asks(self) -> bool:
        """Ask once about what is typed now; false when there is nothing to lose or it was asked."""
        typed = self._texts()
        if not self.keeps_typed or typed in (self._at_first, self._asked_about):
            return False
        self._asked_about = typed
        self.messages.show_text(
            translate("What you typed is not saved."),
            translate("Press Esc or Cancel again to discard it, or carry on."),
        )
        return True

    def _texts(self) -> list[str]:
        fields = [field.text() for field in self.findChildren(QLineEdit)]
        return fields + [field.toPlainText() for field in self.findChildren(QPlainTextEdit)]

    def add_way(self, way: QPushButton) -> None:
        """Put another button at the foot, before the ones that are there."""
        self._foot.insert(0, way)
        for one, following in pairwise(self._foot.parts()):
            QWidget.setTabOrder(one, following)

    def fix(self, part: QWidget, *, above: bool) -> None:
        """Put a widget above or below the content, where it does not scroll while there is room
        for all of it."""
        place = self._outer.indexOf(self.body)
        self._outer.insertWidget(place if above else place + 1, part)
        self._fixed[part] = sum(at >= 0 for at in self._fixed.values()) if above else -1

    def _let_scroll(self, room: int) -> None:
        """Where a low screen or large text leaves less room than what does not scroll needs, let
        it scroll: nothing is squashed."""
        if self._outer.totalMinimumHeightForWidth(self.width()) > room:
            for part, place in self._fixed.items():
                self.column.insertWidget(place, part)
            self._fixed.clear()

    def watch(self, read: Callable[[], object]) -> None:
        """Say so when what `read` gives changes while the dialog is open, by another program or by
        a sync."""
        self._read, self._known = read, read()

    def look_again(self) -> None:
        """Something was written elsewhere: look whether the dialog's own record is another now."""
        if self._read is None or not self.isVisible():
            return
        try:
            now = self._read()
        except VisitappError as problem:
            self.messages.show_problem(problem)
            return
        if now != self._known:
            self._known = now
            self.record_changed()

    def record_changed(self) -> None:
        """The record changed elsewhere: say so, and keep what was typed."""
        self.messages.show_text(
            translate("This was changed elsewhere while you had it open."),
            translate("Saving keeps that change, and writes only what you changed here."),
        )

    def guarded(self, do: Callable[[], object]) -> None:
        """Do something; a VisitappError it raises is shown, and the dialog stays open."""
        self.messages.hide()
        try:
            do()
        except VisitappError as problem:
            self.messages.show_problem(problem)
            if (field := self.at_fault(problem)) is not None:
                field.setFocus()

    def at_fault(self, problem: VisitappError) -> QWidget | None:
        """The field with the value that was refused; None where it is not in one."""
        if isinstance(problem, NotADay):
            return problem.widget
        # A field that is called as the record's own needs no other name.
        field = self.by_name.get(problem.field) or getattr(self, problem.field or "-", None)
        return field if isinstance(field, QWidget) else None

    def _attempt(self) -> None:
        self.guarded(self.attempt)

    def done(self, result: int) -> None:
        """Close; a new dialog is made each time."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        super().done(result)
