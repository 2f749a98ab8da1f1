"""What each subject contributes, in order."""

from __future__ import annotations

from visitapp.services.actions import contribution as action_contribution
from visitapp.services.campaigns import contribution as campaign_contribution
from visitapp.services.concerns import contribution as concern_contribution
from visitapp.services.contracts import contribution as contract_contribution
from visitapp.services.contracts import today as contract_today
from visitapp.services.contributions import Contribution
from visitapp.services.directory import contribution as directory_contribution
from visitapp.services.documents import contribution as document_contribution
from visitapp.services.escalation import contribution as escalation_contribution
from visitapp.services.events import contribution as event_contribution
from visitapp.services.exceptions import contribution as exception_contribution
from visitapp.services.holders import contribution as holder_contribution
from visitapp.services.interventions import contribution as intervention_contribution
from visitapp.services.notices import contribution as notice_contribution
from visitapp.services.placements import contribution as placement_contribution
from visitapp.services.planning import contribution as planning_contribution
from visitapp.services.plans import contribution as plan_contribution
from visitapp.services.providers import contribution as provider_contribution
from visitapp.services.regulator import contribution as regulator_contribution
from visitapp.services.risk import contribution as risk_contribution
from visitapp.services.settings import contribution as setting_contribution
from visitapp.services.support import contribution as support_contribution
from visitapp.services.sync import contribution as sync_contribution
from visitapp.services.visits import contribution as visit_contribution

CONTRIBUTIONS: tuple[Contribution, ...] = (
    setting_contribution.CONTRIBUTION,
    holder_contribution.CONTRIBUTION,
    placement_contribution.CONTRIBUTION,
    event_contribution.CONTRIBUTION,
    regulator_contribution.CONTRIBUTION,
    visit_contribution.CONTRIBUTION,
    risk_contribution.CONTRIBUTION,
    action_contribution.CONTRIBUTION,
    plan_contribution.CONTRIBUTION,
    intervention_contribution.CONTRIBUTION,
    concern_contribution.CONTRIBUTION,
    contract_contribution.CONTRIBUTION,
    provider_contribution.CONTRIBUTION,
    support_contribution.CONTRIBUTION,
    escalation_contribution.CONTRIBUTION,
    exception_contribution.CONTRIBUTION,
    contract_today.CONTRIBUTION,
    directory_contribution.CONTRIBUTION,
    planning_contribution.CONTRIBUTION,
    campaign_contribution.CONTRIBUTION,
    notice_contribution.CONTRIBUTION,
    document_contribution.CONTRIBUTION,
    sync_contribution.CONTRIBUTION,
)
"""What each subject adds to the timeline, the risk models, the portfolio and its search, the
decisions that wait, a person's day and finding."""
