"""The dialogs of every page, made once for the window that they open over."""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtWidgets import QWidget

from visitapp.services.services import Services
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.files import FileChooser
from visitapp.ui.pages.actions.dialogs import ActionDialogs
from visitapp.ui.pages.concerns.dialogs import ConcernDialogs
from visitapp.ui.pages.contracts.dialogs import ContractDialogs
from visitapp.ui.pages.contracts.register_dialogs import RegisterDialogs
from visitapp.ui.pages.documents.dialogs import DocumentDialogs
from visitapp.ui.pages.escalation.dialogs import EscalationDialogs
from visitapp.ui.pages.exceptions.dialogs import ExceptionDialogs
from visitapp.ui.pages.holders.dialogs import HolderDialogs
from visitapp.ui.pages.interventions.dialogs import InterventionDialogs
from visitapp.ui.pages.notices.dialogs import NoticeDialogs
from visitapp.ui.pages.planning.campaign_dialogs import CampaignDialogs
from visitapp.ui.pages.planning.dialogs import PlanningDialogs
from visitapp.ui.pages.plans.dialogs import PlanDialogs
from visitapp.ui.pages.policies.dialogs import PolicyDialogs
from visitapp.ui.pages.providers.dialogs import ProviderDialogs
from visitapp.ui.pages.review.dialogs import ReviewDialogs
from visitapp.ui.pages.risk.dialogs import RiskDialogs
from visitapp.ui.pages.settings.dialogs import SettingDialogs
from visitapp.ui.pages.settings.record_dialogs import SettingRecordDialogs
from visitapp.ui.pages.support.dialogs import SupportDialogs
from visitapp.ui.pages.sync.diagnostics import DiagnosticsDialogs
from visitapp.ui.pages.sync.dialogs import SyncDialogs
from visitapp.ui.pages.view_dialogs import ViewDialogs
from visitapp.ui.pages.visit.dialogs import VisitDialogs
from visitapp.ui.pages.visit.room.evidence_dialogs import EvidenceDialogs
from visitapp.ui.shell.list_export import ListExport
from visitapp.ui.shell.operations import Runner
from visitapp.ui.theme.look import Look


@dataclass(frozen=True)
class Dialogs:
    """The dialogs by the subject of their page."""

    settings: SettingDialogs
    setting_records: SettingRecordDialogs
    views: ViewDialogs
    holders: HolderDialogs
    actions: ActionDialogs
    concerns: ConcernDialogs
    support: SupportDialogs
    contracts: ContractDialogs
    register: RegisterDialogs
    exceptions: ExceptionDialogs
    documents: DocumentDialogs
    planning: PlanningDialogs
    campaigns: CampaignDialogs
    plans: PlanDialogs
    escalation: EscalationDialogs
    interventions: InterventionDialogs
    providers: ProviderDialogs
    notices: NoticeDialogs
    policies: PolicyDialogs
    review: ReviewDialogs
    risk: RiskDialogs
    sync: SyncDialogs
    diagnostics: DiagnosticsDialogs
    visit: VisitDialogs
    evidence: EvidenceDialogs
    lists: ListExport

    def all(self) -> tuple[PageDialogs, ...]:
        """Those of every page."""
        found = (getattr(self, field.name) for field in fields(self))
        return tuple(one for one in found if isinstance(one, PageDialogs))


def make_dialogs(
    window: QWidget, services: Services, look: Look, runner: Runner, files: FileChooser
) -> Dialogs:
    """Make the dialogs of every page."""
    made = Dialogs(
        settings=SettingDialogs(window, services, look, runner, files),
        setting_records=SettingRecordDialogs(window, services, look),
        exceptions=ExceptionDialogs(window, services),
        views=ViewDialogs(window, services),
        holders=HolderDialogs(window, services),
        actions=ActionDialogs(window, services, look, runner, files),
        concerns=ConcernDialogs(window, services, look, runner, files),
        support=SupportDialogs(window, services),
        contracts=ContractDialogs(window, services, look),
        register=RegisterDialogs(window, services, look, runner, files),
        review=ReviewDialogs(window, services, files),
        risk=RiskDialogs(window, services),
        documents=DocumentDialogs(window, services, runner, files),
        planning=PlanningDialogs(window, services, files),
        campaigns=CampaignDialogs(window, services),
        plans=PlanDialogs(window, services, runner, files),
        escalation=EscalationDialogs(window, services, files),
        interventions=InterventionDialogs(window, services, files),
        providers=ProviderDialogs(window, services),
        policies=PolicyDialogs(window, services, files),
        notices=NoticeDialogs(window, services, look, files),
        sync=SyncDialogs(window, services, runner, files),
        diagnostics=DiagnosticsDialogs(window, services, look, files),
        visit=VisitDialogs(window, services, files),
        evidence=EvidenceDialogs(window, services, runner, files),
        lists=ListExport(window, services, runner, files),
    )
    made.settings.by_hand_requested.connect(made.setting_records.add)
    made.visit.next_requested.connect(made.planning.plan)
    made.visit.photos_folder_requested.connect(lambda _: made.evidence.choose_folder())
    made.risk.assessment_requested.connect(made.settings.assess_risk)
    made.contracts.document_requested.connect(made.documents.show)
    made.concerns.evidence_opened.connect(made.evidence.show)
    made.contracts.document_wanted.connect(made.documents.add)
    return made
