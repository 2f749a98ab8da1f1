"""The snippets of a person: add, change, delete with undo."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QPlainTextEdit, QWidget

from visitapp.language import translate
from visitapp.services.snippets import LONGEST_TEXT, Snippet, Snippets
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button, label, named


class SnippetsDialog(Dialog):
    """The list. What is deleted comes back by Undo while the dialog is open."""

    def __init__(self, parent: QWidget | None, snippets: Snippets) -> None:
        super().__init__(parent, translate("Snippets"), translate("Add a snippet…"))
        self._snippets = snippets
        self._deleted: list[Snippet] = []
        teaching = translate(
            "Type ; and the name in a note, then Tab, or press Ctrl J there. Snippets stay on this "
            "laptop, in its encrypted database. Name nobody in them."
        )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.list = named(QListWidget(), translate("Snippets"))
        self.list.setTabKeyNavigation(False)
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(lambda _item: self._change())
        self.list.currentRowChanged.connect(lambda _row: self._offer())
        self.column.addWidget(self.list, 1)
        self.change = button(translate("Change…"))
        self.delete = button(translate("Delete"))
        self.undo = button(translate("Undo"))
        self.change.clicked.connect(self._change)
        self.delete.clicked.connect(self._delete)
        self.undo.clicked.connect(self._undo)
        ways = Flow()
        for way in (self.change, self.delete, self.undo):
            ways.add(way)
        self.column.addWidget(ways)
        named(self.cancel, translate("Close")).setText(translate("Close"))
        self._shown: list[Snippet] = []
        self._show()
        (self.list if self._shown else self.primary).setFocus()

    def attempt(self) -> None:
        """Add one."""
        self._edit(None)

    def _show(self, current: str = "") -> None:
        self._shown = self._snippets.all()
        self.list.clear()
        for snippet in self._shown:
            self.list.addItem(f";{snippet.name}\n{snippet.text}")
        names = [one.name for one in self._shown]
        self.list.setCurrentRow(names.index(current) if current in names else 0)
        self._offer()

    def _offer(self) -> None:
        chosen = self._chosen() is not None
        self.change.setEnabled(chosen)
        self.delete.setEnabled(chosen)
        self.undo.setEnabled(bool(self._deleted))

    def _chosen(self) -> Snippet | None:
        place = self.list.currentRow()
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def _change(self) -> None:
        if (chosen := self._chosen()) is not None:
            self._edit(chosen)

    def _edit(self, snippet: Snippet | None) -> None:
        dialog = SnippetDialog(self, self._snippets, snippet)
        dialog.kept.connect(lambda one: self._show(one.name))
        dialog.open()

    def _delete(self) -> None:
        chosen = self._chosen()
        if chosen is None or self._snippets.remove(chosen.name) is None:
            return
        self._deleted.append(chosen)
        self._show()
        self.messages.show_text(translate("Deleted ;{name}.", name=chosen.name))
        self.undo.setFocus()

    def _undo(self) -> None:
        def bring_back() -> None:
            snippet = self._deleted[-1]
            self._snippets.keep(snippet.name, snippet.text)
            self._deleted.pop()
            self._show(snippet.name)
            self.list.setFocus()

        if self._deleted:
            self.guarded(bring_back)


class SnippetDialog(Dialog):
    """One snippet. `kept` carries it."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(self, parent: QWidget | None, snippets: Snippets, snippet: Snippet | None) -> None:
        heading = translate("Change the snippet") if snippet else translate("Add a snippet")
        super().__init__(parent, heading, translate("Save"))
        self._snippets = snippets
        self._was = snippet.name if snippet else ""
        self.name = QLineEdit(self._was)
        self.name.setMaxLength(30)
        self.text = QPlainTextEdit(snippet.text if snippet else "")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(120)
        self.add_field(translate("Name, without blanks, such as falls"), self.name)
        most = translate("Text, at most {n} characters", n=f"{LONGEST_TEXT:,}")
        self.add_field(most, self.text)

    def attempt(self) -> None:
        """Keep it."""
        snippet = self._snippets.keep(
            self.name.text(), self.text.toPlainText(), instead_of=self._was
        )
        self.kept.emit(snippet)
        self.accept()
