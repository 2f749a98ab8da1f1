"""Close a campaign with what came of it, or withdraw it with the reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import plural, translate
from visitapp.services.campaigns.campaigns import Campaigns
from visitapp.services.campaigns.views import CampaignView
from visitapp.services.campaigns.words import days_words, progress_words
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import text_field
from visitapp.ui.widgets.text import label


class EndCampaignDialog(Dialog):
    """`ended` says that it was."""

    ended = Signal()
    keeps_typed = True

    def __init__(
        self, parent: QWidget | None, campaigns: Campaigns, one: CampaignView, *, withdraw: bool
    ) -> None:
        heading = translate("Withdraw a campaign") if withdraw else translate("Close a campaign")
        primary = (
            translate("Withdraw the campaign") if withdraw else translate("Close the campaign")
        )
        super().__init__(parent, heading, primary)
        self._campaigns, self._id, self._withdraw = campaigns, one.id, withdraw
        self.column.addWidget(label(one.title, strong=True, wrap=True))
        facts = words.joined(one.form, days_words(one), progress_words(one))
        self.column.addWidget(label(facts, tone="muted", wrap=True))
        left = sum(visit.visit_id is None for visit in one.left)
        if left:
            said = plural(
                "{n} visit that nobody started is cancelled.",
                "{n} visits that nobody started are cancelled.",
                left,
            )
            self.column.addWidget(label(said, tone="amber", wrap=True))
        self.words = text_field()
        name = translate("Reason") if withdraw else translate("What came of it, in a sentence")
        self.add_field(name, self.words)
        self.watch(lambda: campaigns.view(one.id))

    def record_changed(self) -> None:
        """Somebody made one of its visits, or ended it."""
        self.messages.show_text(
            translate("This campaign was changed elsewhere while you had it open."),
            translate("Check that you still want to end it."),
        )

    def attempt(self) -> None:
        """End it."""
        end = self._campaigns.withdraw if self._withdraw else self._campaigns.close
        end(self._id, self.words.toPlainText())
        self.ended.emit()
        self.accept()
