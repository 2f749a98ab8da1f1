"""What the server checks of a campaign, beside the role of whoever starts or ends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sync.server.records.workspace import Workspace
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Campaign, Synced
from visitapp.rules.visiting.campaigns import CampaignTurn, campaign_fault

_ABOUT = ("title", "form_id", "starts_on", "ends_on")


def require_campaign(
    workspace: Workspace, kind: type[Synced], id_: str, values: Mapping[str, Any]
) -> None:
    """Raise Refused BAD_VALUE unless a record of a campaign says what it must, one that starts a
    campaign names itself, and one that ends it tells of the same campaign."""
    if kind is not Campaign:
        return
    fault = campaign_fault(values)
    if fault:
        raise Refused(Code.BAD_VALUE, fault)
    if values["turn"] == CampaignTurn.STARTED:
        fits = values["campaign_id"] == id_
    else:
        first = workspace.get("campaign", values["campaign_id"])
        fits = (
            first is not None
            and first.values["turn"] == CampaignTurn.STARTED
            and all(first.values[name] == values[name] for name in _ABOUT)
        )
    if not fits:
        raise Refused(Code.BAD_VALUE, message("This does not end a campaign that was started."))
