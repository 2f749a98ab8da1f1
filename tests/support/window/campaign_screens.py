"""How the dialogs of campaigns are opened."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.support.window.register_screens import SENTENCE
from tests.support.window.windows import Desktop
from visitapp.services.campaigns.views import CampaignView, CampaignVisit
from visitapp.ui.dialogs.campaigns.end import EndCampaignDialog

if TYPE_CHECKING:
    from tests.support.window.every_screen import Busy, Opener


class _Campaigns:
    """What a closing dialog reads of a campaign, on a desk whose user may not start one."""

    def __init__(self, one: CampaignView) -> None:
        self._one = one

    def view(self, campaign_id: str) -> CampaignView:
        return self._one


def _end(desktop: Desktop, busy: Busy) -> EndCampaignDialog:
    today = desktop.services.desk.today()
    left = CampaignVisit(
        plan_id="p",
        setting_id=busy.setting,
        setting="Heather Bank",
        officer="Ann Doe",
        planned_on=today,
        state="planned",
    )
    one = CampaignView(
        id="c",
        title=SENTENCE,
        form_id="medicines-audit",
        form="Themed audit, medicines",
        starts_on=today,
        ends_on=today + timedelta(days=60),
        started_by="Lee Doe",
        state="running",
        visits=[left],
    )
    return EndCampaignDialog(desktop.window, _Campaigns(one), one, withdraw=False)  # type: ignore[arg-type]  # reads one campaign


CAMPAIGN_OPENERS: dict[str, Opener] = {
    "EndCampaignDialog": _end,
    "StartCampaignDialog": lambda desktop, busy: desktop.window.dialogs.campaigns.start(),
}
