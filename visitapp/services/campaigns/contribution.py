"""What campaigns contribute to finding. Their visits are planned visits, and shown as such."""

from __future__ import annotations

from visitapp.services.campaigns.finds import CAMPAIGNS
from visitapp.services.contributions import Contribution

CONTRIBUTION = Contribution(finds=[CAMPAIGNS])
