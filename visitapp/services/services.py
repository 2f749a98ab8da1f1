"""All services of one desk, as the pages and the commands take them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from visitapp.services.actions.actions import Actions
from visitapp.services.actions.sheets import ActionSheets
from visitapp.services.after_crash import AfterCrash
from visitapp.services.briefing.briefing import Briefings
from visitapp.services.campaigns.campaigns import Campaigns
from visitapp.services.concerns.concerns import Concerns
from visitapp.services.concerns.handling import ConcernHandling
from visitapp.services.concerns.links import ConcernLinks
from visitapp.services.concerns.sheets import ConcernSheets
from visitapp.services.concerns.trends import ConcernTrends
from visitapp.services.context import Desk
from visitapp.services.contracts.contracts import Contracts
from visitapp.services.contracts.places import ContractPlaces
from visitapp.services.contracts.register.register import ContractRegister
from visitapp.services.contributions import Contribution
from visitapp.services.decisions.decisions import Decisions
from visitapp.services.diagnostics import Diagnostics
from visitapp.services.directory.regulator_files import RegulatorFiles
from visitapp.services.documents.documents import Documents
from visitapp.services.escalation.escalations import Escalations
from visitapp.services.escalation.people import People
from visitapp.services.events.events import Events
from visitapp.services.evidence.evidence import EvidenceKeeping
from visitapp.services.evidence.photo_folder import PhotoFolder
from visitapp.services.exceptions.exceptions import Exceptions
from visitapp.services.exports.exports import Exports
from visitapp.services.finding.finder import Finder
from visitapp.services.forms.changes import FormChanges
from visitapp.services.forms.publishing import FormPublishing
from visitapp.services.holders.covers import Covers
from visitapp.services.holders.delegates import Delegates
from visitapp.services.holders.hand_overs import HandOvers
from visitapp.services.holders.leavers import Leavers
from visitapp.services.interventions.criteria import ExitCriteria
from visitapp.services.interventions.interventions import Interventions
from visitapp.services.interventions.series import VisitSeries
from visitapp.services.locking import Locking
from visitapp.services.notices.notices import Notices
from visitapp.services.placements.placements import Placements
from visitapp.services.planning.planner import Planner
from visitapp.services.planning.planning import Planning
from visitapp.services.plans.accuracy import Accuracy
from visitapp.services.plans.plans import Plans
from visitapp.services.plans.provider.files import ProviderFiles
from visitapp.services.policies.policies import Policies
from visitapp.services.profile import Profile
from visitapp.services.providers.contacts import Contacts
from visitapp.services.providers.groups import Groups
from visitapp.services.providers.providers import Providers
from visitapp.services.regulator.actions import RegulatorActions
from visitapp.services.rescue.rescue import Rescue
from visitapp.services.rescue.revocation import Leaving
from visitapp.services.retention.holds import LegalHolds
from visitapp.services.risk.ranking import RiskRanking
from visitapp.services.risk.risk import Risk
from visitapp.services.settings.editing import SettingEditing
from visitapp.services.settings.facts import SettingFacts
from visitapp.services.settings.life import SettingLife
from visitapp.services.settings.portfolio import Portfolio
from visitapp.services.settings.settings import Settings
from visitapp.services.snippets import Snippets
from visitapp.services.spelling import Spelling
from visitapp.services.subjects import CONTRIBUTIONS
from visitapp.services.support.support import Support
from visitapp.services.sync.conflicts import Conflicts
from visitapp.services.sync.connection import Connection, ServerLink
from visitapp.services.today.today import Today
from visitapp.services.views.people import Person
from visitapp.services.visits.comments import Comments
from visitapp.services.visits.joint import JointVisits
from visitapp.services.visits.sign_off.overrides import Overrides
from visitapp.services.visits.sign_off.reviews import Reviews
from visitapp.services.visits.sign_off.second_reviews import SecondReviews
from visitapp.services.visits.sign_off.words import VisitWords
from visitapp.services.visits.visits import Visits
from visitapp.storage.directory import Directory
from visitapp.storage.erasing import Erasure
from visitapp.storage.evidence.files import EvidenceFiles
from visitapp.storage.keys.device_key import KeyringPort


@dataclass(frozen=True)
class Services:
    """What a person can do on this device. `close` when done."""

    desk: Desk
    directory: Directory
    regulator_files: RegulatorFiles
    settings: Settings
    setting_editing: SettingEditing
    setting_life: SettingLife
    setting_facts: SettingFacts
    contracts: Contracts
    contract_places: ContractPlaces
    contract_register: ContractRegister
    providers: Providers
    groups: Groups
    contacts: Contacts
    visits: Visits
    planning: Planning
    actions: Actions
    action_sheets: ActionSheets
    plans: Plans
    provider_files: ProviderFiles
    accuracy: Accuracy
    interventions: Interventions
    exit_criteria: ExitCriteria
    visit_series: VisitSeries
    concerns: Concerns
    concern_handling: ConcernHandling
    concern_links: ConcernLinks
    concern_trends: ConcernTrends
    concern_sheets: ConcernSheets
    support: Support
    escalations: Escalations
    people: People
    exports: Exports
    reviews: Reviews
    overrides: Overrides
    exceptions: Exceptions
    legal_holds: LegalHolds
    decisions: Decisions
    second_reviews: SecondReviews
    comments: Comments
    placements: Placements
    events: Events
    regulator_actions: RegulatorActions
    risk: Risk
    risk_ranking: RiskRanking
    portfolio: Portfolio
    connection: Connection
    evidence: EvidenceKeeping
    photo_folder: PhotoFolder
    documents: Documents
    conflicts: Conflicts
    form_changes: FormChanges
    form_publishing: FormPublishing
    policies: Policies
    notices: Notices
    joint_visits: JointVisits
    snippets: Snippets
    spelling: Spelling
    covers: Covers
    delegates: Delegates
    hand_overs: HandOvers
    leavers: Leavers
    rescue: Rescue
    leaving: Leaving
    profile: Profile
    today: Today
    briefings: Briefings
    finder: Finder
    locking: Locking
    diagnostics: Diagnostics
    after_crash: AfterCrash

    @classmethod
    def on(
        cls,
        desk: Desk,
        folder: Path,
        key: bytes,
        make_transport: Callable[[str], ServerLink],
        keyring: KeyringPort,
        contributions: Sequence[Contribution] = CONTRIBUTIONS,
    ) -> Services:
        """The services of a desk. `key`: the raw key of its data `folder`, maybe in `keyring`."""
        files = EvidenceFiles(folder / "evidence", key)
        connection = Connection(desk, folder, make_transport, files)
        return cls(
            desk=desk,
            directory=desk.directory,
            regulator_files=RegulatorFiles(desk),
            settings=Settings(desk, contributions),
            setting_editing=SettingEditing(desk, contributions),
            setting_life=SettingLife(desk, contributions),
            setting_facts=SettingFacts(desk),
            contracts=Contracts(desk, contributions),
            contract_places=ContractPlaces(desk),
            contract_register=ContractRegister(desk),
            providers=Providers(desk, contributions),
            groups=Groups(desk),
            contacts=Contacts(desk),
            visits=Visits(desk),
            planning=Planning(desk),
            actions=Actions(desk),
            action_sheets=ActionSheets(desk),
            **_casework(desk),
            exports=Exports(desk),
            reviews=Reviews(desk),
            overrides=Overrides(desk),
            exceptions=Exceptions(desk),
            legal_holds=LegalHolds(desk),
            decisions=Decisions(desk, contributions),
            second_reviews=SecondReviews(desk),
            comments=Comments(desk),
            placements=Placements(desk),
            events=Events(desk),
            regulator_actions=RegulatorActions(desk),
            risk=Risk(desk),
            risk_ranking=RiskRanking(desk),
            portfolio=Portfolio(desk, contributions),
            connection=connection,
            evidence=EvidenceKeeping(desk, files, connection),
            photo_folder=PhotoFolder(desk),
            documents=Documents(desk, files, connection),
            conflicts=Conflicts(desk),
            form_changes=FormChanges(desk),
            form_publishing=FormPublishing(desk, connection),
            policies=Policies(desk, connection),
            notices=Notices(desk),
            joint_visits=JointVisits(desk),
            snippets=Snippets(desk),
            spelling=Spelling(desk),
            covers=Covers(desk),
            delegates=Delegates(desk),
            hand_overs=HandOvers(desk),
            leavers=Leavers(desk),
            rescue=Rescue(desk, folder, key),
            leaving=Leaving(desk, connection, folder, key, Erasure(folder, keyring)),
            profile=Profile(desk),
            today=Today(desk, contributions),
            briefings=Briefings(desk, contributions),
            finder=Finder(desk, contributions),
            locking=Locking(desk, folder, keyring),
            diagnostics=Diagnostics(desk, folder),
            after_crash=AfterCrash(desk, folder),
        )

    @property
    def planner(self) -> Planner:
        """The planned visits by day, month and year."""
        return Planner(self.desk)

    @property
    def campaigns(self) -> Campaigns:
        """Campaigns of themed audits."""
        return Campaigns(self.desk)

    @property
    def visit_words(self) -> VisitWords:
        """The officer's words and the signatures of visits."""
        return VisitWords(self.desk)

    def me(self) -> Person:
        """The device's user."""
        with self.desk.reading() as session:
            return self.desk.user(session)

    def close(self) -> None:
        """Close the database."""
        self.desk.database.close()


def _casework(desk: Desk) -> dict[str, Any]:
    """The services of plans, interventions, concerns and escalation, by their names."""
    return {
        "plans": Plans(desk),
        "provider_files": ProviderFiles(desk),
        "accuracy": Accuracy(desk),
        "interventions": Interventions(desk),
        "exit_criteria": ExitCriteria(desk),
        "visit_series": VisitSeries(desk),
        "concerns": Concerns(desk),
        "concern_handling": ConcernHandling(desk),
        "concern_links": ConcernLinks(desk),
        "concern_trends": ConcernTrends(desk),
        "concern_sheets": ConcernSheets(desk),
        "support": Support(desk),
        "escalations": Escalations(desk),
        "people": People(desk),
    }
