"""The dialogs of campaigns."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.services.campaigns.views import CampaignStart, CampaignView
from visitapp.services.campaigns.words import started_words
from visitapp.ui.dialogs.campaigns.end import EndCampaignDialog
from visitapp.ui.dialogs.campaigns.start import StartCampaignDialog
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.shell.routes import Route


class CampaignDialogs(PageDialogs):
    """Starts campaigns, closes and withdraws them."""

    def start(self) -> None:
        """Start a campaign."""
        services = self._services
        dialog = StartCampaignDialog(self._window, services.campaigns, services.desk.today())
        dialog.started.connect(self._started)
        dialog.open()

    def end(self, one: CampaignView, withdraw: bool) -> None:
        """Close or withdraw a campaign."""
        dialog = EndCampaignDialog(self._window, self._services.campaigns, one, withdraw=withdraw)
        said = translate("The campaign is closed.")
        if withdraw:
            said = translate("The campaign is withdrawn.")
        dialog.ended.connect(lambda: self._saved(said))
        dialog.open()

    def _started(self, start: CampaignStart) -> None:
        self.went.emit(Route("planner", start.campaign_id, part="campaign"))
        self._saved(started_words(start))
