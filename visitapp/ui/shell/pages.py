"""Every page, made once, with the services it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date

from visitapp.language import translate
from visitapp.services.services import Services
from visitapp.ui.models.form_titles import FormTitles
from visitapp.ui.models.rows import Column
from visitapp.ui.pages.actions.portfolio_columns import action_columns
from visitapp.ui.pages.briefing.page import BriefingPage
from visitapp.ui.pages.concerns.card import ConcernsCard
from visitapp.ui.pages.concerns.page import ConcernsPage
from visitapp.ui.pages.contracts.page import ContractsPage
from visitapp.ui.pages.decisions.page import DecisionsPage
from visitapp.ui.pages.holders.page import OfficersPage
from visitapp.ui.pages.holders.place_columns import place_columns
from visitapp.ui.pages.lists import ActionsPage, VisitsPage
from visitapp.ui.pages.notices.page import NoticesPage
from visitapp.ui.pages.page import Page
from visitapp.ui.pages.plans.page import PlanPage
from visitapp.ui.pages.policies.page import PoliciesPage
from visitapp.ui.pages.providers.page import ProvidersPage
from visitapp.ui.pages.providers.provider_page import ProviderPage
from visitapp.ui.pages.review.page import ReviewPage
from visitapp.ui.pages.settings.changes_page import ChangesPage
from visitapp.ui.pages.settings.portfolio_columns import (
    regulator_columns,
    risk_columns,
    setting_columns,
)
from visitapp.ui.pages.settings.portfolio_page import PortfolioPage
from visitapp.ui.pages.settings.setting_page import SettingPage
from visitapp.ui.pages.sync.page import SyncPage
from visitapp.ui.pages.today.page import TodayPage
from visitapp.ui.pages.visit.page import VisitPage
from visitapp.ui.pages.visit.portfolio_columns import visit_columns
from visitapp.ui.shell.dialogs import Dialogs
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.theme.look import Look

PAGES = (
    *("today", "portfolio", "visits", "actions", "review", "decisions"),
    *("changes", "notices", "sync", "officers", "contracts", "concerns", "providers"),
    "policies",
)
"""The pages of the left side, in order."""

NUMBERED, LETTERED = PAGES[1:10], (*PAGES[:1], *PAGES[10:])
"""Those with a key of their number, and those with a key of their own."""

BELONGS_TO = {
    "briefing": "today",
    "setting": "portfolio",
    "plan": "portfolio",
    "provider": "providers",
}
"""Pages that are reached from another one, which the left side marks."""


def titles() -> list[tuple[str, str]]:
    """The pages of the left side with their names."""
    names = (
        translate("Today"),
        translate("Portfolio"),
        translate("Visits"),
        translate("Actions"),
        translate("Review"),
        translate("Decisions"),
        translate("Changes"),
        translate("Notices"),
        translate("Sync"),
        translate("Officers"),
        translate("Contracts"),
        translate("Concerns"),
        translate("Providers"),
        translate("Policies"),
    )
    return list(zip(PAGES, names, strict=True))


@dataclass(frozen=True)
class Book:
    """The pages by name, as a Route names them."""

    today: TodayPage
    portfolio: PortfolioPage
    visits: VisitsPage
    actions: ActionsPage
    review: ReviewPage
    decisions: DecisionsPage
    changes: ChangesPage
    notices: NoticesPage
    sync: SyncPage
    officers: OfficersPage
    contracts: ContractsPage
    concerns: ConcernsPage
    providers: ProvidersPage
    policies: PoliciesPage
    provider: ProviderPage
    setting: SettingPage
    briefing: BriefingPage
    plan: PlanPage
    visit: VisitPage

    def all(self) -> list[Page]:
        """Every page, the first one first."""
        return [self.of(field.name) for field in fields(self)]

    def of(self, name: str) -> Page:
        """The page of that name."""
        page = getattr(self, name)
        if not isinstance(page, Page):
            raise LookupError(name)
        return page

    def join(self, dialogs: Dialogs) -> None:
        """Let the pages ask for dialogs."""
        self.today.visit_requested.connect(dialogs.visit.start_visit)
        self.today.plan_requested.connect(dialogs.planning.plan)
        self.today.move_requested.connect(dialogs.planning.move_by_id)
        self.today.action_requested.connect(dialogs.actions.edit_by_id)
        self.today.concern_requested.connect(dialogs.concerns.show)
        self.briefing.visit_requested.connect(dialogs.visit.start_visit)
        self.briefing.print_requested.connect(dialogs.visit.briefing)
        self.portfolio.add_requested.connect(dialogs.settings.add)
        self.portfolio.connect_requested.connect(dialogs.sync.connect_server)
        self.portfolio.import_requested.connect(dialogs.settings.import_file)
        self.portfolio.visit_requested.connect(dialogs.visit.start_visit)
        for listed in (self.portfolio, self.visits, self.actions):
            listed.view_name_requested.connect(dialogs.views.save_view)
        self.visits.visit_requested.connect(dialogs.visit.start_visit)
        self.actions.action_opened.connect(dialogs.actions.edit)
        self.officers.hand_over_requested.connect(dialogs.holders.hand_over)
        self.officers.leaver_requested.connect(dialogs.holders.hand_over_all)
        self.officers.cover_requested.connect(dialogs.holders.arrange_cover)
        self.officers.cover_opened.connect(dialogs.holders.edit_cover)
        self.officers.delegate_requested.connect(dialogs.holders.name_delegate)
        self.officers.withdrawal_requested.connect(dialogs.holders.withdraw)
        self.actions.import_requested.connect(dialogs.actions.import_file)
        self.setting.visit_requested.connect(dialogs.visit.start_visit)
        self.setting.report_requested.connect(dialogs.visit.report)
        self.setting.action_opened.connect(dialogs.actions.edit)
        self.setting.action_requested.connect(dialogs.actions.add)
        self.setting.assessment_requested.connect(dialogs.settings.assess_risk)
        self.setting.event_requested.connect(dialogs.settings.record_event)
        self.setting.enforcement_requested.connect(dialogs.settings.record_enforcement)
        self.setting.position_requested.connect(dialogs.settings.decide_position)
        self.setting.hygiene_match_requested.connect(dialogs.settings.match_hygiene)
        self.setting.edit_requested.connect(dialogs.setting_records.edit)
        self.setting.step_requested.connect(dialogs.setting_records.step)
        self.setting.facts_requested.connect(dialogs.setting_records.facts)
        self.setting.exception_requested.connect(dialogs.exceptions.ask)
        self.setting.exceptions.assessment_requested.connect(dialogs.exceptions.assess)
        self.setting.exceptions.placement_requested.connect(dialogs.exceptions.place)
        self.setting.exceptions.withdrawal_requested.connect(dialogs.exceptions.withdraw)
        self.setting.holds.hold_requested.connect(dialogs.settings.set_hold)
        self.setting.holds.lifting_requested.connect(dialogs.settings.lift_hold)
        self.setting.plan_requested.connect(dialogs.planning.plan)
        self.setting.planning.move_requested.connect(dialogs.planning.move)
        self.setting.planning.confirm_requested.connect(dialogs.planning.confirm)
        self.setting.planning.cancel_requested.connect(dialogs.planning.cancel)
        self.plan.begin_requested.connect(dialogs.plans.begin)
        self.plan.action_requested.connect(dialogs.actions.add)
        self.plan.action_opened.connect(dialogs.actions.edit)
        self.plan.update_requested.connect(dialogs.plans.tell)
        self.plan.change_requested.connect(dialogs.plans.change)
        self.plan.agree_requested.connect(dialogs.plans.agree)
        self.plan.end_requested.connect(dialogs.plans.end)
        self.plan.found_requested.connect(dialogs.plans.add_found)
        self.contracts.import_requested.connect(dialogs.register.import_file)
        self.contracts.contract_opened.connect(lambda row: dialogs.contracts.show(row.id))
        self.contracts.contract_requested.connect(dialogs.contracts.add)
        self.setting.contracts.contract_requested.connect(dialogs.contracts.show)
        self.concerns.concern_opened.connect(dialogs.concerns.show)
        self.concerns.log_requested.connect(dialogs.concerns.log)
        self.concerns.import_requested.connect(dialogs.concerns.import_file)
        self.setting.concerns.opened.connect(dialogs.concerns.show)
        self.setting.concerns.log_requested.connect(dialogs.concerns.log)
        self.visit.concern.requested.connect(dialogs.concerns.log_on_visit)
        for card in (self.setting.documents, self.provider.documents):
            card.document_requested.connect(dialogs.documents.show)
            card.addition_requested.connect(dialogs.documents.add)
        self.providers.provider_requested.connect(dialogs.providers.add)
        self.provider.edit_requested.connect(dialogs.providers.edit)
        self.provider.contract_requested.connect(dialogs.contracts.show)
        self.provider.contract_wanted.connect(dialogs.contracts.add)
        self.provider.contact_wanted.connect(dialogs.providers.add_contact)
        self.provider.contact_opened.connect(dialogs.providers.edit_contact)
        self.provider.contact_removed.connect(dialogs.providers.remove_contact)
        self.policies.policy_opened.connect(dialogs.policies.show)
        self.policies.publish_requested.connect(dialogs.policies.publish_file)
        self.notices.notice_opened.connect(dialogs.notices.show)
        self.notices.recipients_requested.connect(dialogs.notices.recipients)
        self.visit.sign_off_requested.connect(dialogs.visit.sign_off)
        self.visit.report_requested.connect(dialogs.visit.report)
        self.visit.action_requested.connect(dialogs.visit.add_action)
        self.visit.evidence_requested.connect(dialogs.visit.add_evidence)
        self.visit.evidence_opened.connect(dialogs.visit.show_evidence)
        self.visit.area.thumbnail_requested.connect(dialogs.visit.thumbnails.want)
        self.visit.action_opened.connect(dialogs.actions.edit)
        self.visit.form_upgrade_requested.connect(dialogs.visit.move_visit)
        self.visit.details_requested.connect(dialogs.visit.edit_details)
        self.visit.discard_requested.connect(dialogs.visit.discard)
        self.visit.panel.override.asked.connect(dialogs.visit.override)
        self.visit.panel.override.withdrawal_requested.connect(dialogs.visit.withdraw_override)
        self.visit.commented.requested.connect(dialogs.visit.comment)
        self.review.return_requested.connect(dialogs.review.return_visit)
        self.review.report_requested.connect(dialogs.visit.report)
        self.review.sheet_requested.connect(dialogs.review.sheet)
        self.review.comment_requested.connect(dialogs.visit.comment)
        self.review.second_requested.connect(dialogs.review.ask_second)
        self.review.second_answered.connect(dialogs.review.answer_second)
        self.review.export_requested.connect(dialogs.review.export)
        self.changes.import_requested.connect(dialogs.settings.import_file)
        self.changes.link_opened.connect(dialogs.settings.open_link)
        self.sync.connect_requested.connect(dialogs.sync.connect_server)
        self.sync.discard_requested.connect(dialogs.sync.discard_change)
        self.sync.rescue_requested.connect(dialogs.sync.save_rescue)
        self.sync.load_requested.connect(dialogs.sync.load_rescue)
        self.sync.removal_review_requested.connect(dialogs.sync.ask_removal)
        for page in self.all():
            page.role = dialogs.views.role
            dialogs.lists.offer(page)
        self.sync.discard_all_requested.connect(dialogs.sync.discard_all)


def portfolio_columns(today: Callable[[], date]) -> list[Column]:
    """The columns of the portfolio, from left to right, each from the pages of its subject."""
    return [
        *setting_columns(),
        *risk_columns(),
        *regulator_columns(),
        *visit_columns(today),
        *action_columns(),
        *place_columns(sorts=True),
    ]


def make_pages(services: Services, look: Look, preferences: Preferences) -> Book:
    """Make every page."""
    desk = services.desk
    title = FormTitles(desk.library)
    return Book(
        today=TodayPage(services.today, look),
        portfolio=PortfolioPage(
            services.portfolio,
            look,
            portfolio_columns(desk.today),
            preferences.views("portfolio"),
            connected=lambda: services.connection.state().connected,
        ),
        visits=VisitsPage(services.visits, look, title, preferences.views("visits")),
        actions=ActionsPage(services.actions, look, desk.today, preferences.views("actions")),
        review=ReviewPage(
            services.reviews,
            services.second_reviews,
            services.visits,
            services.conflicts,
            look,
            desk.today,
        ),
        decisions=DecisionsPage(services.decisions, look, desk.today),
        changes=ChangesPage(services.regulator_files, look),
        notices=NoticesPage(services.notices, look),
        sync=SyncPage(services.connection, services.conflicts, desk.clock),
        officers=OfficersPage(services, look),
        contracts=ContractsPage(services.contracts, look, services.contract_register.may_import),
        concerns=ConcernsPage(services.concerns, services.concern_trends, look),
        providers=ProvidersPage(services.providers, look),
        policies=PoliciesPage(services.policies, look),
        provider=ProviderPage(services.providers, services.documents, look),
        setting=SettingPage(
            services.settings,
            services.planning,
            services.risk,
            services.exceptions,
            services.placements,
            services.regulator_actions,
            ConcernsCard(services.concerns, services.concern_trends),
            services.documents,
            services.legal_holds,
            look,
            desk.today,
            title,
        ),
        briefing=BriefingPage(services.briefings, look),
        plan=PlanPage(services.plans, services.settings, look, desk.today),
        visit=VisitPage(services.visits, look, desk.today, preferences),
    )
