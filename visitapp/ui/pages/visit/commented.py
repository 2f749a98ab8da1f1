"""The comments on a visit: how many there are, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from visitapp.language import plural, translate
from visitapp.ui.pages.visit.area_view import AreaView
from visitapp.ui.pages.visit.offer import Line
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.widgets.text import button


class CommentedLine(Line):
    """Hidden without comments. go: shows a question. sheet: the visit that is open. `requested`
    carries the visit and a question to comment on, `commands` what keys do."""

    requested = Signal(str, str)

    def __init__(
        self, area: AreaView, go: Callable[[str], None], sheet: Callable[[], VisitState]
    ) -> None:
        super().__init__()
        self._area, self._go, self._sheet = area, go, sheet
        self.next = button(translate("Next comment"), kind="chip")
        self.next.clicked.connect(self.go_next)
        self.row.addWidget(self.next)
        self.commands = {"comment": self.ask, "next_comment": self.go_next}
        area.comment_requested.connect(self._request)

    def show_sheet(self, sheet: VisitState) -> None:
        """Count the comments, and name the questions that they are on."""
        numbers = [sheet.form.questions[name].number for name in sheet.commented()]
        self.text.setText(
            plural(
                "{n} comment, on {numbers}",
                "{n} comments, on {numbers}",
                len(sheet.view.comments),
                numbers=", ".join(numbers),
            )
        )
        self.setVisible(bool(numbers))

    def go_next(self) -> None:
        """Go to the next question with comments, round from the last to the first."""
        card = self._area.current()
        following = self._sheet().next_commented(card.question.id if card else "")
        if following:
            self._go(following)

    def ask(self) -> None:
        """Ask for a comment on the question in focus."""
        card = self._area.current()
        if card is not None and self._sheet().view.may_comment:
            card.ask_for_comment()

    def _request(self, question: str) -> None:
        self.requested.emit(self._sheet().view.summary.id, question)
