"""The declaration of a kind of record. Every check, list and document is derived from it.

No part has a default: a kind that leaves one out cannot be imported, so that nothing is open to
everybody because somebody forgot it.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from enum import Enum, Flag, auto

from msgspec import Struct

from visitapp.language import Message, message
from visitapp.rules.access import ALL_ROLES, WriteRule
from visitapp.rules.choices import Role
from visitapp.rules.lifecycle import Lifecycle


class Scope(Flag):
    """What a record belongs to, which decides who sees it (decision 19). A kind with several
    belongs to one of them, record by record: the history of a contract belongs to the contract."""

    SETTING = auto()
    PROVIDER = auto()
    CONTRACT = auto()
    COUNCIL = auto()
    PERSON = auto()


class Joint(Enum):
    """What a user may write at a setting that they see only through a visit they joined."""

    NOTHING = auto()
    ON_THE_VISIT = auto()
    """Records of that visit."""
    TRAIL = auto()
    """Records that follow from others: history and conflicts."""


class AfterEnd(Enum):
    """What becomes of a record that is made or changed once the one that it belongs to has ended
    (`Lifecycle.ends`)."""

    REFUSED = auto()
    """Nothing is decided on it any more."""
    UNTIL_THEN = auto()
    """Taken when it tells of a day up to the end, however late it arrives."""
    TAKEN = auto()
    """What was found or said is kept in any case."""


class Restore(Enum):
    """Who sends a record again after the server was put back from an old copy."""

    SERVER = auto()
    """Nobody: an administrator brings it back, or the server makes it again."""
    MAKER = auto()
    """Whoever made it."""
    LEADS = auto()
    """Whoever made it, and those who review."""
    SHARED = auto()
    """Whoever made it, and everybody who may change it."""


class DerivedId(Struct, frozen=True):
    """An id that is worked out from fields, so that two devices meet in the same record."""

    make: Callable[..., str]
    fields: tuple[str, ...]


class Kind(Struct, frozen=True, kw_only=True):
    """A kind of record.

    readers: the roles that see any record of it. writers: the roles that may write one at all;
    write: which record each of them may create and change (`rules.access`); judged: text fields
    that this rule reads, beside references and choices.
    adopted: several devices make the same record from public data; one that is there stays.
    append_only: written once. fixed: fields that never change after creation. late: taken for a
    while from who held the setting before.
    """

    scope: Scope
    readers: frozenset[Role]
    writers: frozenset[Role]
    write: WriteRule
    judged: frozenset[str]
    joint: Joint
    late: bool
    restore: Restore
    derived_id: DerivedId | None
    adopted: bool
    append_only: bool
    fixed: frozenset[str]
    lifecycle: Lifecycle | None

    @property
    def by_setting(self) -> bool:
        """Whether a device has it for the settings that its user sees."""
        return Scope.SETTING in self.scope

    def seen_by(self, role: str) -> bool:
        """Whether a role sees any record of this kind."""
        return role in self.readers


EVERYBODY = ALL_ROLES
NO_VIEWERS = ALL_ROLES - {Role.VIEWER}
ON_VISITS = NO_VIEWERS - {Role.MANAGER}
"""Those who carry visits out and review them. A manager sees outcomes, and no answers."""

NONE: frozenset[str] = frozenset()
"""For a part of a declaration that has no members."""


def joint_refusal(joint: Joint, visit_id: str | None, joined: Set[str]) -> Message | None:
    """Why a user may not write a record at a setting that they see only through the visits in
    `joined`; None when they may. `joint`: of its kind; `visit_id`: the one it belongs to."""
    if joint is Joint.TRAIL or (joint is Joint.ON_THE_VISIT and visit_id in joined):
        return None
    return message(
        "You joined a visit here, so you can only record its answers, evidence and actions."
    )
