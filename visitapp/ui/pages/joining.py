"""What each page asks for, and the dialog that opens then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from visitapp.ui.pages.briefing.page import BriefingPage
from visitapp.ui.pages.concerns.page import ConcernsPage
from visitapp.ui.pages.contracts.page import ContractsPage
from visitapp.ui.pages.escalation.page import EscalationPage
from visitapp.ui.pages.holders.page import OfficersPage
from visitapp.ui.pages.interventions.page import InterventionPage
from visitapp.ui.pages.lists import ActionsPage, VisitsPage
from visitapp.ui.pages.notices.page import NoticesPage
from visitapp.ui.pages.planning.planner_page import PlannerPage
from visitapp.ui.pages.plans.page import PlanPage
from visitapp.ui.pages.policies.page import PoliciesPage
from visitapp.ui.pages.providers.page import ProvidersPage
from visitapp.ui.pages.providers.provider_page import ProviderPage
from visitapp.ui.pages.review.page import ReviewPage
from visitapp.ui.pages.risk.page import RiskPage
from visitapp.ui.pages.settings.changes_page import ChangesPage
from visitapp.ui.pages.settings.portfolio_page import PortfolioPage
from visitapp.ui.pages.settings.setting_page import SettingPage
from visitapp.ui.pages.sync.page import SyncPage
from visitapp.ui.pages.today.page import TodayPage
from visitapp.ui.pages.visit.page import VisitPage
from visitapp.ui.shell.dialogs import Dialogs


def _today(page: TodayPage, dialogs: Dialogs) -> None:
    page.visit_requested.connect(dialogs.visit.start_visit)
    page.plan_requested.connect(dialogs.planning.plan)
    page.move_requested.connect(dialogs.planning.move_by_id)
    page.action_requested.connect(dialogs.actions.edit_by_id)
    page.concern_requested.connect(dialogs.concerns.show)
    page.support_requested.connect(dialogs.support.show)


def _briefing(page: BriefingPage, dialogs: Dialogs) -> None:
    page.visit_requested.connect(dialogs.visit.start_visit)
    page.print_requested.connect(dialogs.visit.papers.briefing)


def _portfolio(page: PortfolioPage, dialogs: Dialogs) -> None:
    page.add_requested.connect(dialogs.settings.add)
    page.connect_requested.connect(dialogs.sync.connect_server)
    page.import_requested.connect(dialogs.settings.import_file)
    page.visit_requested.connect(dialogs.visit.start_visit)
    page.view_name_requested.connect(dialogs.views.save_view)


def _visits(page: VisitsPage, dialogs: Dialogs) -> None:
    page.visit_requested.connect(dialogs.visit.start_visit)
    page.view_name_requested.connect(dialogs.views.save_view)


def _actions(page: ActionsPage, dialogs: Dialogs) -> None:
    page.action_opened.connect(dialogs.actions.edit)
    page.step_requested.connect(dialogs.actions.edit)
    page.import_requested.connect(dialogs.actions.import_file)
    page.view_name_requested.connect(dialogs.views.save_view)


def _review(page: ReviewPage, dialogs: Dialogs) -> None:
    page.return_requested.connect(dialogs.review.return_visit)
    page.report_requested.connect(dialogs.visit.papers.save)
    page.sheet_requested.connect(dialogs.review.sheet)
    page.comment_requested.connect(dialogs.visit.comment)
    page.second_requested.connect(dialogs.review.ask_second)
    page.second_answered.connect(dialogs.review.answer_second)
    page.export_requested.connect(dialogs.review.export)


def _planner(page: PlannerPage, dialogs: Dialogs) -> None:
    page.move_requested.connect(dialogs.planning.move)
    page.moving_requested.connect(dialogs.planning.move_by_id)
    page.confirm_requested.connect(dialogs.planning.confirm)
    page.cancel_requested.connect(dialogs.planning.cancel)
    page.plan_requested.connect(dialogs.planning.plan)
    page.file_requested.connect(dialogs.planning.save_calendar)
    page.campaigns.start_requested.connect(dialogs.campaigns.start)
    page.campaigns.end_requested.connect(dialogs.campaigns.end)


def _risk(page: RiskPage, dialogs: Dialogs) -> None:
    page.risk_opened.connect(dialogs.risk.explain)
    page.plan_requested.connect(dialogs.planning.plan)
    page.view_name_requested.connect(dialogs.views.save_view)


def _changes(page: ChangesPage, dialogs: Dialogs) -> None:
    page.import_requested.connect(dialogs.settings.import_file)
    page.link_opened.connect(dialogs.settings.open_link)


def _notices(page: NoticesPage, dialogs: Dialogs) -> None:
    page.notice_opened.connect(dialogs.notices.show)
    page.recipients_requested.connect(dialogs.notices.recipients)


def _sync(page: SyncPage, dialogs: Dialogs) -> None:
    page.connect_requested.connect(dialogs.sync.connect_server)
    page.discard_requested.connect(dialogs.sync.discard_change)
    page.rescue_requested.connect(dialogs.sync.save_rescue)
    page.load_requested.connect(dialogs.sync.load_rescue)
    page.removal_review_requested.connect(dialogs.sync.ask_removal)
    page.discard_all_requested.connect(dialogs.sync.discard_all)


def _officers(page: OfficersPage, dialogs: Dialogs) -> None:
    page.hand_over_requested.connect(dialogs.holders.hand_over)
    page.leaver_requested.connect(dialogs.holders.hand_over_all)
    page.cover_requested.connect(dialogs.holders.arrange_cover)
    page.cover_opened.connect(dialogs.holders.edit_cover)
    page.delegate_requested.connect(dialogs.holders.name_delegate)
    page.withdrawal_requested.connect(dialogs.holders.withdraw)


def _contracts(page: ContractsPage, dialogs: Dialogs) -> None:
    page.import_requested.connect(dialogs.register.import_file)
    page.contract_opened.connect(lambda row: dialogs.contracts.show(row.id))
    page.contract_requested.connect(dialogs.contracts.add)


def _concerns(page: ConcernsPage, dialogs: Dialogs) -> None:
    page.concern_opened.connect(dialogs.concerns.show)
    page.log_requested.connect(dialogs.concerns.log)
    page.import_requested.connect(dialogs.concerns.import_file)
    page.trends_requested.connect(dialogs.concerns.show_trends)
    page.support_requested.connect(dialogs.support.refer)
    page.figures.support.opened.connect(dialogs.support.show)


def _providers(page: ProvidersPage, dialogs: Dialogs) -> None:
    page.provider_requested.connect(dialogs.providers.add)


def _policies(page: PoliciesPage, dialogs: Dialogs) -> None:
    page.policy_opened.connect(dialogs.policies.show)
    page.publish_requested.connect(dialogs.policies.publish_file)


def _provider(page: ProviderPage, dialogs: Dialogs) -> None:
    page.edit_requested.connect(dialogs.providers.edit)
    page.contract_requested.connect(dialogs.contracts.show)
    page.contract_wanted.connect(dialogs.contracts.add)
    page.contact_wanted.connect(dialogs.providers.add_contact)
    page.contact_opened.connect(dialogs.providers.edit_contact)
    page.contact_removed.connect(dialogs.providers.remove_contact)
    page.documents.document_requested.connect(dialogs.documents.show)
    page.documents.addition_requested.connect(dialogs.documents.add)


def _setting(page: SettingPage, dialogs: Dialogs) -> None:
    page.visit_requested.connect(dialogs.visit.start_visit)
    page.report_requested.connect(dialogs.visit.papers.save)
    page.action_opened.connect(dialogs.actions.edit)
    page.action_requested.connect(dialogs.actions.add)
    page.assessment_requested.connect(dialogs.settings.assess_risk)
    page.event_requested.connect(dialogs.settings.record_event)
    page.enforcement_requested.connect(dialogs.settings.record_enforcement)
    page.position_requested.connect(dialogs.settings.decide_position)
    page.hygiene_match_requested.connect(dialogs.settings.match_hygiene)
    page.edit_requested.connect(dialogs.setting_records.edit)
    page.step_requested.connect(dialogs.setting_records.step)
    page.facts_requested.connect(dialogs.setting_records.facts)
    page.about.removal_requested.connect(dialogs.setting_records.remove)
    page.exception_requested.connect(dialogs.exceptions.ask)
    page.exceptions.assessment_requested.connect(dialogs.exceptions.assess)
    page.exceptions.placement_requested.connect(dialogs.exceptions.place)
    page.exceptions.withdrawal_requested.connect(dialogs.exceptions.withdraw)
    page.holds.hold_requested.connect(dialogs.settings.set_hold)
    page.holds.lifting_requested.connect(dialogs.settings.lift_hold)
    page.plan_requested.connect(dialogs.planning.plan)
    page.plan_tab.begin_requested.connect(dialogs.plans.begin)
    page.plan_tab.agree_requested.connect(dialogs.plans.agree)
    page.planning.move_requested.connect(dialogs.planning.move)
    page.planning.confirm_requested.connect(dialogs.planning.confirm)
    page.planning.cancel_requested.connect(dialogs.planning.cancel)
    page.contracts.contract_requested.connect(dialogs.contracts.show)
    page.concerns.opened.connect(dialogs.concerns.show)
    page.concerns.log_requested.connect(dialogs.concerns.log)
    page.concerns.support_requested.connect(lambda id_: dialogs.support.refer("", [id_]))
    page.concerns.support.opened.connect(dialogs.support.show)
    page.documents.document_requested.connect(dialogs.documents.show)
    page.documents.addition_requested.connect(dialogs.documents.add)


def _escalation(page: EscalationPage, dialogs: Dialogs) -> None:
    page.open_requested.connect(dialogs.escalation.open_step)
    page.review_requested.connect(dialogs.escalation.review)
    page.end_requested.connect(dialogs.escalation.end)
    page.note_requested.connect(dialogs.escalation.note)
    page.stand_down_requested.connect(dialogs.escalation.stand_down)
    page.letter_requested.connect(dialogs.escalation.letter)
    page.person_requested.connect(dialogs.escalation.person)
    page.move_requested.connect(dialogs.escalation.move)
    page.list_requested.connect(dialogs.escalation.print_list)


def _intervention(page: InterventionPage, dialogs: Dialogs) -> None:
    page.refer_requested.connect(dialogs.interventions.refer)
    page.accept_requested.connect(dialogs.interventions.accept)
    page.step_requested.connect(dialogs.interventions.step)
    page.criterion_requested.connect(dialogs.interventions.criterion)
    page.read_requested.connect(dialogs.interventions.read)
    page.visits_requested.connect(dialogs.interventions.plan)
    page.change_requested.connect(dialogs.interventions.change)
    page.drop_requested.connect(dialogs.interventions.drop)
    page.visit_requested.connect(dialogs.visit.start_visit)
    page.report_requested.connect(dialogs.interventions.report)


def _plan(page: PlanPage, dialogs: Dialogs) -> None:
    page.begin_requested.connect(dialogs.plans.begin)
    page.action_requested.connect(dialogs.actions.add)
    page.action_opened.connect(dialogs.actions.edit)
    page.update_requested.connect(dialogs.plans.tell)
    page.change_requested.connect(dialogs.plans.change)
    page.agree_requested.connect(dialogs.plans.agree)
    page.end_requested.connect(dialogs.plans.end)
    page.found_requested.connect(dialogs.plans.add_found)
    page.file_requested.connect(dialogs.plans.save_for_provider)
    page.return_requested.connect(dialogs.plans.take_file)
    page.versions_requested.connect(dialogs.plans.versions)
    page.comments_requested.connect(dialogs.plans.comments)
    page.evidence_requested.connect(dialogs.plans.add_evidence)
    page.evidence_opened.connect(dialogs.evidence.show)


def _visit(page: VisitPage, dialogs: Dialogs) -> None:
    page.room.concern.requested.connect(dialogs.concerns.log_on_visit)
    page.room.requested.connect(dialogs.visit.ask)
    page.room.spelling.said.connect(lambda text: page.said.emit(text, None))
    page.panel.open_actions.asked.connect(dialogs.visit.step_action)
    page.sign_off_requested.connect(dialogs.visit.sign_off)
    page.report_requested.connect(dialogs.visit.papers.save)
    page.action_requested.connect(dialogs.visit.add_action)
    page.evidence_requested.connect(dialogs.evidence.add)
    page.room.photos.given.connect(dialogs.evidence.add)
    page.room.photos.wanted.connect(dialogs.evidence.choose_photos)
    page.panel.photos.followed.connect(dialogs.evidence.folder_watch.follow)
    page.panel.photos.put_aside.connect(dialogs.evidence.folder_watch.put_aside)
    page.panel.photos.folder_asked.connect(dialogs.evidence.choose_folder)
    dialogs.evidence.folder_watch.found.connect(page.panel.photos.show_offered)
    page.evidence_opened.connect(dialogs.evidence.show)
    page.area.thumbnail_requested.connect(dialogs.evidence.thumbnails.want)
    page.action_opened.connect(dialogs.actions.edit)
    page.form_upgrade_requested.connect(dialogs.visit.move_visit)
    page.details_requested.connect(dialogs.visit.edit_details)
    page.discard_requested.connect(dialogs.visit.discard)
    page.panel.override.asked.connect(dialogs.visit.override)
    page.panel.override.withdrawal_requested.connect(dialogs.visit.withdraw_override)
    page.commented.requested.connect(dialogs.visit.comment)


JOINS: Mapping[str, Callable[[Any, Dialogs], None]] = {
    "today": _today,
    "briefing": _briefing,
    "portfolio": _portfolio,
    "visits": _visits,
    "actions": _actions,
    "review": _review,
    "changes": _changes,
    "notices": _notices,
    "sync": _sync,
    "officers": _officers,
    "contracts": _contracts,
    "concerns": _concerns,
    "providers": _providers,
    "planner": _planner,
    "risk": _risk,
    "policies": _policies,
    "provider": _provider,
    "setting": _setting,
    "plan": _plan,
    "escalation": _escalation,
    "intervention": _intervention,
    "visit": _visit,
}
"""By the name of a page. One that is not here opens no dialog of its own."""
