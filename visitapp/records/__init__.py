"""What is kept: one declarative class per record. Columns are declared here and nowhere else."""

from visitapp.records.actions import Action
from visitapp.records.audit import Attempts, AuditEntry, AuditHead, Restoration
from visitapp.records.base import Base, Instant, Json, Synced, new_id
from visitapp.records.central import BatchReply, Counter, Credential, Device, Lease, Token
from visitapp.records.device import HeldSetting, LocalState, Outbox, SentBatch
from visitapp.records.evidence_bytes import (
    EvidenceChunk,
    EvidenceContent,
    EvidenceCopy,
    EvidenceProof,
    EvidenceUpload,
)
from visitapp.records.forms import PublishedForm
from visitapp.records.handing_in import HandIn
from visitapp.records.judgements import Rating, Review
from visitapp.records.market import Contract, Provider, Setting
from visitapp.records.people import User
from visitapp.records.steps import Step
from visitapp.records.trail import KEPT_HERE, Conflict, History
from visitapp.records.visits import SIGN_OFF_FIELDS, Answer, Evidence, Joining, Visit
from visitapp.rules.choices import (
    ASSESSMENTS,
    FROZEN,
    ActionStatus,
    ConflictStatus,
    Decision,
    EvidenceKind,
    Priority,
    Purpose,
    Rag,
    Role,
    ServiceType,
    Side,
    VerifiedHow,
    VisitStatus,
)

SYNCED: tuple[type[Synced], ...] = (
    User,
    PublishedForm,
    Provider,
    Contract,
    Setting,
    Visit,
    Joining,
    Answer,
    Action,
    Evidence,
    Step,
    Review,
    Rating,
    Conflict,
    History,
)
"""Every record that travels, parents before children."""

KINDS: dict[str, type[Synced]] = {record.__tablename__: record for record in SYNCED}
"""The same, by the name they have on the wire."""

__all__ = [
    "ASSESSMENTS",
    "FROZEN",
    "KEPT_HERE",
    "KINDS",
    "SIGN_OFF_FIELDS",
    "SYNCED",
    "Action",
    "ActionStatus",
    "Answer",
    "Attempts",
    "AuditEntry",
    "AuditHead",
    "Base",
    "BatchReply",
    "Conflict",
    "ConflictStatus",
    "Contract",
    "Counter",
    "Credential",
    "Decision",
    "Device",
    "Evidence",
    "EvidenceChunk",
    "EvidenceContent",
    "EvidenceCopy",
    "EvidenceKind",
    "EvidenceProof",
    "EvidenceUpload",
    "HandIn",
    "HeldSetting",
    "History",
    "Instant",
    "Joining",
    "Json",
    "Lease",
    "LocalState",
    "Outbox",
    "Priority",
    "Provider",
    "PublishedForm",
    "Purpose",
    "Rag",
    "Rating",
    "Restoration",
    "Review",
    "Role",
    "SentBatch",
    "ServiceType",
    "Setting",
    "Side",
    "Step",
    "Synced",
    "Token",
    "User",
    "VerifiedHow",
    "Visit",
    "VisitStatus",
    "new_id",
]
