"""One field that two people changed apart: both values, and which to keep."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from visitapp.language import translate
from visitapp.services.views.sync import ConflictView
from visitapp.ui import words
from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.text import button, label, named, set_tone
from visitapp.ui.widgets.tile import Tile


class ConflictCard(Card):
    """`settled` carries the conflict's id and the side to keep, `server` or `other`;
    `decision_requested` the setting where two decisions on placements met."""

    settled = Signal(str, str)
    decision_requested = Signal(str)

    def __init__(self, conflict: ConflictView) -> None:
        super().__init__()
        set_tone(self, "amber")
        decided = conflict.by_decision
        heading = (
            translate("Two decisions on placements met")
            if decided
            else translate("One field was changed in two places")
        )
        self.column.addWidget(label(heading, strong=True))
        about = words.joined(conflict.setting, conflict.about)
        kept = (
            translate(
                "{about}. The more restrictive stands until a new decision settles it.", about=about
            )
            if decided
            else translate("{about}. Both are kept until you choose.", about=about)
        )
        self.column.addWidget(label(kept, size="small", wrap=True))
        sides = QHBoxLayout()
        sides.setSpacing(10)
        self.server = self._side(
            conflict, "server", conflict.server_text, conflict.server_by, conflict.server_at
        )
        self.other = self._side(
            conflict, "other", conflict.other_text, conflict.other_by, conflict.other_at
        )
        sides.addWidget(self.server, 1)
        sides.addWidget(self.other, 1)
        self.column.addSpacing(4)
        self.column.addLayout(sides)
        self.keep = button(
            translate("Go to the decision") if decided else translate("Keep this one"),
            kind="primary",
        )
        if decided:
            for side in (self.server, self.other):
                side.setEnabled(False)
            self.keep.clicked.connect(lambda: self.decision_requested.emit(conflict.setting_id))
        else:
            self.keep.setEnabled(False)
            self.keep.clicked.connect(lambda: self.settled.emit(conflict.id, self._chosen()))
        self.column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignRight)

    def _side(
        self, conflict: ConflictView, key: str, text: str, by: str, at: datetime | None
    ) -> Tile:
        mine = translate(" (you)") if conflict.mine == key else ""
        stands = translate("stands") if conflict.by_decision else translate("on the server now")
        now = stands if key == "server" else ""
        moment = f"{words.day(at.astimezone().date())} {at.astimezone():%H:%M}" if at else ""
        line = words.joined(by + mine, moment, now)
        shown = text or translate("(empty)")
        column = QVBoxLayout()
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(2)
        name = translate("{v}: {w}", v=shown, w=line)
        if not conflict.by_decision:
            name = translate("Keep {v}: {w}", v=shown, w=line)
        side = named(Tile("side", column), name)
        side.setCheckable(True)
        side.add(label(shown, strong=True, wrap=True))
        side.add(label(line, size="small", tone="muted", wrap=True))
        side.clicked.connect(lambda: self._choose(side))
        return side

    def _choose(self, side: Tile) -> None:
        for one in (self.server, self.other):
            one.setChecked(one is side)
        self.keep.setEnabled(True)

    def _chosen(self) -> str:
        return "server" if self.server.isChecked() else "other"
