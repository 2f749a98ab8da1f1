"""A piece of evidence on a card: its picture, what it is, and where it is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap, QShowEvent

from visitapp.language import translate
from visitapp.services.evidence.states import EvidenceState
from visitapp.services.views.visits import EvidenceView
from visitapp.ui import words
from visitapp.ui.widgets.elided import ElidedButton
from visitapp.ui.widgets.text import set_tone

SIDE = 40
"""Pixels of a thumbnail's longer side on a card."""

GAP = 8
"""Pixels between a thumbnail and its words."""


class EvidenceTag(ElidedButton):
    """`seen` carries the tag itself once it is shown and wants its picture."""

    seen = Signal(object)

    def __init__(self, piece: EvidenceView) -> None:
        kind = words.evidence_kinds().get(piece.kind, piece.kind)
        text = words.joined(f"{kind}: {piece.title}", size_words(piece.size), state_words(piece))
        super().__init__(text)
        self.piece = piece
        self._asked = False
        self.setProperty("kind", "chip")
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setAccessibleDescription(translate("Opens the evidence."))
        if piece.state == EvidenceState.SET_ASIDE:
            set_tone(self, "amber")

    def show_picture(self, image: QImage) -> None:
        """Show the thumbnail that was asked for."""
        # A push button sets its text right beside its icon, so the icon brings the gap along.
        picture = QPixmap(image.width() + GAP, image.height())
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.drawImage(0, 0, image)
        painter.end()
        self.setIcon(QIcon(picture))
        self.setIconSize(QSize(SIDE + GAP, SIDE))
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        here = self.piece.state != EvidenceState.AWAY
        if not self._asked and here and self.piece.kind == "photo":
            self._asked = True
            self.seen.emit(self)


def state_words(piece: EvidenceView) -> str:
    """Where its bytes are, in words; empty for a note."""
    return {
        EvidenceState.NOTED: "",
        EvidenceState.WAITING: translate("Waiting to be sent"),
        EvidenceState.SENT: translate("Sent"),
        EvidenceState.AWAY: translate("On the server only, open to fetch"),
        EvidenceState.SET_ASIDE: translate("Refused by the server"),
    }[EvidenceState(piece.state)]


def size_words(size: int) -> str:
    """A size in kB or MB; empty for none."""
    if not size:
        return ""
    if size >= 1_000_000:
        return translate("{n} MB", n=f"{size / 1_000_000:.1f}")
    return translate("{n} kB", n=max(1, round(size / 1000)))
