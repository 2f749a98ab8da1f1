"""Give up a change that the server refused, or all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import plural, translate
from visitapp.services.sync.connection import Connection
from visitapp.services.views.sync import RefusedChange
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.text import label


class DiscardDialog(Dialog):
    """`discarded` tells that the server's version was taken back."""

    discarded = Signal()

    def __init__(
        self, parent: QWidget | None, connection: Connection, change: RefusedChange
    ) -> None:
        heading, primary = translate("Discard this change"), translate("Discard my change")
        super().__init__(parent, heading, primary)
        self._connection, self._change = connection, change
        self.column.addWidget(label(change.about, strong=True, wrap=True))
        self.column.addWidget(label(change.text, wrap=True))
        for caption, text in (
            (translate("Here"), change.ours),
            (translate("On the server"), change.theirs),
        ):
            if text:
                self.column.addWidget(label(caption, size="small", tone="muted"))
                self.column.addWidget(label(text, wrap=True))
        kept = translate("Your change stays in the history of this record.")
        if not change.theirs:
            kept = translate("The server never had this record. It will no longer be shown here.")
        self.column.addWidget(label(kept, tone="muted", wrap=True))

    def attempt(self) -> None:
        """Discard it."""
        self._connection.discard_refused(self._change.kind, self._change.id)
        self.discarded.emit()
        self.accept()


class DiscardAllDialog(Dialog):
    """`discarded` tells that the server's versions were taken back."""

    discarded = Signal()

    def __init__(self, parent: QWidget | None, connection: Connection, count: int) -> None:
        primary = plural("Discard {n} change", "Discard {n} changes", count)
        super().__init__(parent, translate("Discard all rejected changes"), primary)
        self._connection = connection
        for text in (
            translate(
                "Records that the server never had will no longer be shown here. Other records go "
                "back to the server's version."
            ),
            translate(
                "If your role changed and the work is still needed, cancel and ask your "
                "administrator for your earlier role. Then send the changes again."
            ),
        ):
            self.column.addWidget(label(text, wrap=True))

    def attempt(self) -> None:
        """Discard them."""
        self._connection.discard_all_refused()
        self.discarded.emit()
        self.accept()
