"""Every page, made once it is asked for, with the services it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import get_type_hints

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
from visitapp.ui.pages.escalation.columns import portfolio_column
from visitapp.ui.pages.escalation.page import EscalationPage
from visitapp.ui.pages.holders.page import OfficersPage
from visitapp.ui.pages.holders.place_columns import place_columns
from visitapp.ui.pages.interventions.list_page import InterventionsPage
from visitapp.ui.pages.interventions.page import InterventionPage
from visitapp.ui.pages.joining import JOINS
from visitapp.ui.pages.lists import ActionsPage, VisitsPage
from visitapp.ui.pages.notices.page import NoticesPage
from visitapp.ui.pages.page import Page
from visitapp.ui.pages.planning.planner_page import PlannerPage
from visitapp.ui.pages.plans.page import PlanPage
from visitapp.ui.pages.plans.tab import PlanTab
from visitapp.ui.pages.policies.page import PoliciesPage
from visitapp.ui.pages.providers.page import ProvidersPage
from visitapp.ui.pages.providers.provider_page import ProviderPage
from visitapp.ui.pages.review.page import ReviewPage
from visitapp.ui.pages.risk.page import RiskPage
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
from visitapp.ui.pages.visit.room.writing import Writing
from visitapp.ui.shell.dialogs import Dialogs
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.theme.look import Look

PAGES = (
    *("today", "portfolio", "visits", "actions", "review", "decisions"),
    *("changes", "notices", "sync", "officers", "contracts", "concerns", "providers"),
    *("interventions", "planner", "risk", "policies"),
)
"""The pages of the left side, in order."""

NUMBERED, LETTERED = PAGES[1:10], (*PAGES[:1], *PAGES[10:])
"""Those with a key of their number, and those with a key of their own."""

GROUPS = (
    (
        *("today", "portfolio", "planner", "visits", "actions", "concerns", "risk"),
        "interventions",
    ),
    ("review", "decisions"),
    ("contracts", "providers", "changes"),
    ("notices", "officers", "policies"),
    ("sync",),
)
"""The same pages as the left side groups them; `groups` gives their headings."""

BELONGS_TO = {
    "briefing": "today",
    **dict.fromkeys(("setting", "plan", "escalation"), "portfolio"),
    "intervention": "interventions",
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
        translate("Interventions"),
        translate("Planner"),
        translate("Risk"),
        translate("Policies"),
    )
    return list(zip(PAGES, names, strict=True))


def groups() -> list[tuple[str, list[str]]]:
    """The headings of the left side, each with its pages; the first and the last group need
    none."""
    headings = ("", translate("To decide"), translate("Market"), translate("Council"), "")
    return [(heading, list(pages)) for heading, pages in zip(headings, GROUPS, strict=True)]


class Book:
    """The pages by name, as a Route names them. Each is made when it is first asked for, so that
    the first window does not wait for pages that nobody opened."""

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
    interventions: InterventionsPage
    planner: PlannerPage
    risk: RiskPage
    policies: PoliciesPage
    provider: ProviderPage
    setting: SettingPage
    briefing: BriefingPage
    plan: PlanPage
    escalation: EscalationPage
    intervention: InterventionPage
    visit: VisitPage

    def __init__(
        self,
        makers: Mapping[str, Callable[[], Page]],
        dialogs: Dialogs,
        made: Callable[[Page], object],
    ) -> None:
        """`made` takes each new page, which asks the dialogs already."""
        self._makers, self._dialogs, self._told = makers, dialogs, made
        self.made: dict[str, Page] = {}

    def __getattr__(self, name: str) -> Page:
        # Called for a page that is not made yet: afterwards it is an attribute.
        if name not in NAMES:
            raise AttributeError(name)
        page = self.made[name] = self._makers[name]()
        setattr(self, name, page)
        if name in JOINS:
            JOINS[name](page, self._dialogs)
        page.role = self._dialogs.views.role
        self._dialogs.lists.offer(page)
        self._told(page)
        return page

    def of(self, name: str) -> Page:
        """The page of that name. Raises LookupError when there is none."""
        if name not in NAMES:
            raise LookupError(name)
        page: Page = getattr(self, name)
        return page


NAMES = tuple(Book.__annotations__)
"""Of every page."""


def tells_of(name: str) -> str:
    """The kind of record that a whole page tells of; empty for one of several kinds."""
    page: type[Page] = get_type_hints(Book)[name]
    return page.tells


def portfolio_columns(today: Callable[[], date]) -> list[Column]:
    """The columns of the portfolio, from left to right, each from the pages of its subject."""
    return [
        *setting_columns(),
        *risk_columns(),
        *regulator_columns(),
        *visit_columns(today),
        portfolio_column(),
        *action_columns(),
        *place_columns(sorts=True),
    ]


def _visit_page(services: Services, look: Look, preferences: Preferences) -> VisitPage:
    writing = Writing(services.snippets, services.spelling)
    return VisitPage(services.visits, look, services.desk.today, preferences, writing)


def make_pages(
    services: Services,
    look: Look,
    preferences: Preferences,
    dialogs: Dialogs,
    made: Callable[[Page], object] = lambda page: None,
) -> Book:
    """The pages with what each needs, and the dialogs that it asks for. `made`: see `Book`."""
    desk = services.desk
    title = FormTitles(desk.library)
    makers: dict[str, Callable[[], Page]] = {
        "today": lambda: TodayPage(services.today, look),
        "portfolio": lambda: PortfolioPage(
            services.portfolio,
            look,
            portfolio_columns(desk.today),
            preferences.views("portfolio"),
            connected=lambda: services.connection.state().connected,
        ),
        "visits": lambda: VisitsPage(services.visits, look, title, preferences.views("visits")),
        "actions": lambda: ActionsPage(
            services.actions, look, desk.today, preferences.views("actions")
        ),
        "review": lambda: ReviewPage(
            *(services.reviews, services.second_reviews, services.visits),
            *(services.conflicts, look, desk.today),
        ),
        "decisions": lambda: DecisionsPage(services.decisions, look, desk.today),
        "changes": lambda: ChangesPage(services.regulator_files, look),
        "notices": lambda: NoticesPage(services.notices, look),
        "sync": lambda: SyncPage(services.connection, services.conflicts, desk.clock),
        "officers": lambda: OfficersPage(services, look),
        "contracts": lambda: ContractsPage(
            services.contracts, look, services.contract_register.may_import
        ),
        "concerns": lambda: ConcernsPage(
            services.concerns, services.concern_trends, services.support, look
        ),
        "providers": lambda: ProvidersPage(services.providers, look),
        "interventions": lambda: InterventionsPage(services.interventions, look, desk.today),
        "planner": lambda: PlannerPage(services, look),
        "risk": lambda: RiskPage(services, look, preferences.views("risk")),
        "policies": lambda: PoliciesPage(services.policies, look),
        "provider": lambda: ProviderPage(services.providers, services.documents, look),
        "setting": lambda: SettingPage(
            services.settings,
            services.planning,
            services.risk,
            services.risk_ranking,
            services.exceptions,
            services.placements,
            services.regulator_actions,
            ConcernsCard(services.concerns, services.concern_trends, services.support),
            PlanTab(services.plans, look, desk.today),
            services.documents,
            services.legal_holds,
            look,
            desk.today,
            title,
        ),
        "briefing": lambda: BriefingPage(services.briefings, look),
        "plan": lambda: PlanPage(
            *(services.plans, services.accuracy, services.settings),
            *(services.evidence, look, desk.today),
        ),
        "escalation": lambda: EscalationPage(services.escalations, services.people, look),
        "intervention": lambda: InterventionPage(
            services.interventions, services.settings, look, desk.today
        ),
        "visit": lambda: _visit_page(services, look, preferences),
    }
    return Book(makers, dialogs, made)
