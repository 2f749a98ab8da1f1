"""What else a review of a visit offers: the summary, the signatures and, once signed, paper."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from visitapp.language import listed, message, translate
from visitapp.rules.visiting.signatures import Party
from visitapp.services.views.visits import VisitView
from visitapp.services.visits.sign_off.words import outdated
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.text import button

_SIGNED = {
    Party.COUNCIL: message("signed for the council by {name}"),
    Party.PROVIDER: message("signed for the provider by {name}"),
}


class ReviewWays(QObject):
    """Buttons at the foot, and keys that work in the whole dialog. `asked` carries the command."""

    asked = Signal(str)

    def __init__(self, dialog: Dialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._conclude = self._listen("conclude", "Ctrl+T")

    def show_papers(self) -> None:
        """The visit is signed off: offer to print, open and send its report."""
        self._conclude.setEnabled(False)
        papers = {
            "mail": (translate("E-mail draft (Ctrl E)"), "Ctrl+E"),
            "open_report": (translate("Open (Ctrl Shift O)"), "Ctrl+Shift+O"),
            "print": (translate("Print… (Ctrl P)"), "Ctrl+P"),
        }
        for what, (text, key) in papers.items():
            way = button(text)
            way.clicked.connect(partial(self.asked.emit, what))
            self._dialog.add_way(way)
            self._listen(what, key)

    def _listen(self, what: str, sequence: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(sequence), self._dialog)
        shortcut.activated.connect(partial(self.asked.emit, what))
        return shortcut


def conclusion_line(view: VisitView) -> str:
    """`Summary written; signed for the council by …`, or what is still missing."""
    late = {one.party for one in outdated(view)}
    parts = [
        message("summary written") if view.officer_summary else message("no summary yet"),
        message("the manager was told")
        if view.told_manager
        else message("nothing noted that the manager was told"),
    ]
    for one in view.signatures:
        words = message("{name} must sign again") if one.party in late else _SIGNED[one.party]
        parts.append(words.filled(name=one.name))
    if not view.signatures:
        parts.append(message("nobody has signed"))
    text = str(listed(parts))
    return f"{text[:1].upper()}{text[1:]}."
