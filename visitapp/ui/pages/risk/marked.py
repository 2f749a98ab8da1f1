"""The setting that is marked in the ranking, in full: what a row of the table has no room for."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.services.risk.words import move_text, scored
from visitapp.services.views.risk import RankedRisk
from visitapp.ui import words
from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.text import label


class MarkedRisk(Card):
    """Results with their scores and every reason, whole."""

    of = "visit"

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translate("The marked setting"))
        self.title = label(strong=True, wrap=True)
        self.results = label(size="small", wrap=True)
        self.reasons = label(wrap=True)
        self.moved = label(size="small", tone="muted", wrap=True)
        self.column.setSpacing(2)
        for part in (self.title, self.results, self.reasons, self.moved):
            self.column.addWidget(part)

    def show_row(self, row: RankedRisk | None) -> None:
        """Show a row; of none what to do."""
        for part in (self.results, self.reasons, self.moved):
            part.setVisible(row is not None)
        if row is None:
            self.title.setText(translate("Mark a setting in the list to read every reason."))
            return
        place = translate("place {n}", n=row.rank) if row.rank is not None else ""
        self.title.setText(words.joined(row.setting, place, row.model))
        results = [
            f"{one.title}: {scored(one)}" for one in (row.quality, row.contract) if one is not None
        ]
        known = translate("{n}% known", n=row.coverage)
        self.results.setText(words.joined(*results, known, translate("a lower score is riskier")))
        self.reasons.setText("  ".join(f"{n}. {one}." for n, one in enumerate(row.reasons, 1)))
        self.reasons.setVisible(bool(row.reasons))
        moved = words.joined(move_text(row), "; ".join(row.moved_by))
        self.moved.setText(translate("Since last week: {moved}", moved=moved))
        self.moved.setVisible(bool(row.moved or row.moved_by))
