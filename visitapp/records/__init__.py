"""What is kept: one declarative class per record. Columns are declared here and nowhere else."""

from visitapp.records.actions import Action
from visitapp.records.base import Base, Instant, Json, Synced, new_id
from visitapp.records.changes.conflicts import Conflict
from visitapp.records.changes.history import KEPT_HERE, History
from visitapp.records.changes.steps import Step
from visitapp.records.device.evidence import EvidenceCopy
from visitapp.records.device.outbox import NOT_REFUSED, Outbox, SentBatch
from visitapp.records.device.state import HeldSetting, LocalState
from visitapp.records.exports import ListExport
from visitapp.records.forms import PublishedForm
from visitapp.records.holders.covers import Cover
from visitapp.records.holders.hand_overs import HandOver
from visitapp.records.interventions import CriterionReading, ExitCriterion, Intervention
from visitapp.records.legal_holds import LegalHold
from visitapp.records.notices import Notice, NoticeContact
from visitapp.records.people import User
from visitapp.records.plans import AccuracyPoint, ActionUpdate, ImprovementPlan
from visitapp.records.policies import PublishedPolicy
from visitapp.records.server.accounts import Credential, Device, Token
from visitapp.records.server.audit import Attempts, AuditEntry, AuditHead, Restoration
from visitapp.records.server.evidence import (
    EvidenceChunk,
    EvidenceContent,
    EvidenceProof,
    EvidenceUpload,
)
from visitapp.records.server.hand_in import HandIn
from visitapp.records.server.mail import OutgoingMail
from visitapp.records.server.rounds import BatchReply, Counter, Lease
from visitapp.records.settings.concerns import Concern, ConcernUpdate
from visitapp.records.settings.contracts import Contract, ContractSetting
from visitapp.records.settings.documents import Document
from visitapp.records.settings.escalation import AffectedPerson, Escalation, EscalationNote
from visitapp.records.settings.events import SignificantEvent
from visitapp.records.settings.facts import SettingFact
from visitapp.records.settings.placement_exceptions import PlacementException
from visitapp.records.settings.placements import PlacementPosition
from visitapp.records.settings.providers import Contact, Provider, ProviderGroup
from visitapp.records.settings.ratings import Rating
from visitapp.records.settings.regulator_actions import RegulatorAction
from visitapp.records.settings.regulator_changes import RegulatorChange
from visitapp.records.settings.risk_scores import RiskScore
from visitapp.records.settings.settings import Setting
from visitapp.records.settings.support import SupportReferral
from visitapp.records.visits.answers import Answer
from visitapp.records.visits.campaigns import Campaign
from visitapp.records.visits.evidence import Evidence
from visitapp.records.visits.overrides import OutcomeOverride
from visitapp.records.visits.planned import PlannedVisit
from visitapp.records.visits.reviews import ReviewComment, ReviewDraw, SecondReview
from visitapp.records.visits.visits import Joining, Visit
from visitapp.rules.authority.states import ExceptionStatus, OverrideStatus
from visitapp.rules.choices import (
    ASSESSMENTS,
    FROZEN,
    ActionStatus,
    ConflictStatus,
    EvidenceKind,
    HandOverState,
    NoticeEvent,
    NoticeState,
    PlannedStatus,
    Position,
    PositionSource,
    Priority,
    Purpose,
    Rag,
    RegulatorChangeKind,
    Role,
    ServiceType,
    Side,
    VerifiedHow,
    VisitStatus,
)
from visitapp.rules.interventions.states import InterventionStatus
from visitapp.rules.plans.states import OwnerSide, PlanStatus, UpdateKind
from visitapp.rules.reviews.states import (
    ReviewReason,
    SecondReviewStatus,
)

SYNCED: tuple[type[Synced], ...] = (
    User,
    PublishedForm,
    PublishedPolicy,
    NoticeContact,
    LegalHold,
    ProviderGroup,
    Provider,
    Contact,
    Contract,
    Setting,
    ContractSetting,
    SettingFact,
    Document,
    Campaign,
    PlannedVisit,
    Visit,
    Joining,
    Answer,
    Concern,
    ImprovementPlan,
    AccuracyPoint,
    Action,
    ActionUpdate,
    Evidence,
    ConcernUpdate,
    SupportReferral,
    Intervention,
    ExitCriterion,
    CriterionReading,
    Escalation,
    EscalationNote,
    AffectedPerson,
    Cover,
    HandOver,
    OutcomeOverride,
    PlacementException,
    ReviewComment,
    SecondReview,
    PlacementPosition,
    Step,
    ReviewDraw,
    SignificantEvent,
    RegulatorAction,
    Rating,
    RiskScore,
    RegulatorChange,
    ListExport,
    Notice,
    Conflict,
    History,
)
"""Every record that travels, parents before children."""

OF_SETTINGS: tuple[type[Synced], ...] = (
    Visit,
    ImprovementPlan,
    Action,
    PlannedVisit,
    PlacementPosition,
    SignificantEvent,
    RegulatorAction,
    Document,
    Concern,
    SupportReferral,
    Escalation,
    AffectedPerson,
    Intervention,
)
"""What people record of a setting: one that has any cannot be removed as if it was never added."""

BYTES_NAMED_BY: tuple[type[Evidence | Document], ...] = (Evidence, Document)
"""The kinds that name bytes by their hash (`sha256`) and size."""

KINDS: dict[str, type[Synced]] = {record.__tablename__: record for record in SYNCED}
"""The same, by the name they have on the wire."""

__all__ = [
    "ASSESSMENTS",
    "BYTES_NAMED_BY",
    "FROZEN",
    "KEPT_HERE",
    "KINDS",
    "NOT_REFUSED",
    "OF_SETTINGS",
    "SYNCED",
    "AccuracyPoint",
    "Action",
    "ActionStatus",
    "ActionUpdate",
    "AffectedPerson",
    "Answer",
    "Attempts",
    "AuditEntry",
    "AuditHead",
    "Base",
    "BatchReply",
    "Campaign",
    "Concern",
    "ConcernUpdate",
    "Conflict",
    "ConflictStatus",
    "Contact",
    "Contract",
    "ContractSetting",
    "Counter",
    "Cover",
    "Credential",
    "CriterionReading",
    "Device",
    "Document",
    "Escalation",
    "EscalationNote",
    "Evidence",
    "EvidenceChunk",
    "EvidenceContent",
    "EvidenceCopy",
    "EvidenceKind",
    "EvidenceProof",
    "EvidenceUpload",
    "ExceptionStatus",
    "ExitCriterion",
    "HandIn",
    "HandOver",
    "HandOverState",
    "HeldSetting",
    "History",
    "ImprovementPlan",
    "Instant",
    "Intervention",
    "InterventionStatus",
    "Joining",
    "Json",
    "Lease",
    "LegalHold",
    "ListExport",
    "LocalState",
    "Notice",
    "NoticeContact",
    "NoticeEvent",
    "NoticeState",
    "Outbox",
    "OutcomeOverride",
    "OutgoingMail",
    "OverrideStatus",
    "OwnerSide",
    "PlacementException",
    "PlacementPosition",
    "PlanStatus",
    "PlannedStatus",
    "PlannedVisit",
    "Position",
    "PositionSource",
    "Priority",
    "Provider",
    "ProviderGroup",
    "PublishedForm",
    "PublishedPolicy",
    "Purpose",
    "Rag",
    "Rating",
    "RegulatorAction",
    "RegulatorChange",
    "RegulatorChangeKind",
    "Restoration",
    "ReviewComment",
    "ReviewDraw",
    "ReviewReason",
    "RiskScore",
    "Role",
    "SecondReview",
    "SecondReviewStatus",
    "SentBatch",
    "ServiceType",
    "Setting",
    "SettingFact",
    "Side",
    "SignificantEvent",
    "Step",
    "SupportReferral",
    "Synced",
    "Token",
    "UpdateKind",
    "User",
    "VerifiedHow",
    "Visit",
    "VisitStatus",
    "new_id",
]
