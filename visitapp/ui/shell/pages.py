"""Every page, made once, with the services it needs."""

from __future__ import annotations

from dataclasses import dataclass, fields

from visitapp.services.services import Services
from visitapp.ui.doorman import Doorman
from visitapp.ui.models.form_titles import FormTitles
from visitapp.ui.pages.lists import ActionsPage, VisitsPage
from visitapp.ui.pages.page import Page
from visitapp.ui.pages.review.page import ReviewPage
from visitapp.ui.pages.settings.portfolio_page import PortfolioPage
from visitapp.ui.pages.settings.setting_page import SettingPage
from visitapp.ui.pages.sync.page import SyncPage
from visitapp.ui.pages.visit.dialogs import VisitDialogs
from visitapp.ui.pages.visit.page import VisitPage
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.theme.look import Look
from visitapp.ui.words import say

PAGES = ("portfolio", "visits", "actions", "review", "sync")
"""The pages of the left side, in order."""


def titles() -> list[tuple[str, str]]:
    """The pages of the left side with their names."""
    names = (say("Portfolio"), say("Visits"), say("Actions"), say("Review"), say("Sync"))
    return list(zip(PAGES, names, strict=True))


@dataclass(frozen=True)
class Book:
    """The pages by name, as a Route names them."""

    portfolio: PortfolioPage
    visits: VisitsPage
    actions: ActionsPage
    review: ReviewPage
    sync: SyncPage
    setting: SettingPage
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

    def join(self, doorman: Doorman, visit: VisitDialogs) -> None:
        """Let the pages ask for dialogs."""
        self.portfolio.adding.connect(doorman.add_setting)
        self.portfolio.starting.connect(visit.start_visit)
        self.visits.starting.connect(visit.start_visit)
        self.actions.acting.connect(doorman.edit_action)
        self.setting.starting.connect(visit.start_visit)
        self.setting.reporting.connect(visit.report)
        self.setting.acting.connect(doorman.edit_action)
        self.setting.planning.connect(doorman.plan_action)
        self.setting.assessing.connect(doorman.assess_risk)
        self.setting.matching.connect(doorman.match_hygiene)
        self.visit.sign_off_requested.connect(visit.sign_off)
        self.visit.report_requested.connect(visit.report)
        self.visit.action_requested.connect(visit.add_action)
        self.visit.evidence_requested.connect(visit.add_evidence)
        self.visit.evidence_opened.connect(visit.show_evidence)
        self.visit.thumbnail_requested.connect(visit.thumbnails.want)
        self.visit.action_opened.connect(doorman.edit_action)
        self.visit.form_upgrade_requested.connect(visit.move_visit)
        self.visit.details_requested.connect(visit.edit_details)
        self.visit.discard_requested.connect(visit.discard)
        self.review.returning.connect(doorman.return_visit)
        self.review.reporting.connect(visit.report)
        self.sync.connecting.connect(doorman.connect_server)
        self.sync.discarding.connect(doorman.discard_change)


def make_pages(services: Services, look: Look, preferences: Preferences) -> Book:
    """Make every page."""
    desk = services.desk
    title = FormTitles(desk.library)
    return Book(
        portfolio=PortfolioPage(services.portfolio, look, desk.today),
        visits=VisitsPage(services.visits, look, title),
        actions=ActionsPage(services.actions, look, desk.today),
        review=ReviewPage(services.reviews, services.visits, services.conflicts, look, desk.today),
        sync=SyncPage(services.connection, services.conflicts, desk.clock),
        setting=SettingPage(services.settings, services.risk, look, desk.today, title),
        visit=VisitPage(services.visits, look, desk.today, preferences),
    )
