"""The classes of records that are kept for a time, and the kinds in each.

A kind that is in no class is kept for ever; `KEPT` says why. History, steps and conflicts go with
the record that they are about.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class RetentionClass(StrEnum):
    """What has a period of its own in the policy."""

    CONTRACT = "contract"
    CONCERN = "concern"
    PHOTO = "photo"


class Clock(StrEnum):
    """What the period of a kind counts from."""

    WORK = "work"
    """The end of the contracts that the setting was under on the day of the work."""
    SETTING = "setting"
    """The end of the last contract of a setting that is closed."""
    CONTRACT = "contract"
    """Its own end."""
    PROVIDER = "provider"
    """The end of the provider's last contract."""
    CONCERN = "concern"
    """The closing of the concern that it is or belongs to."""


CLOCKS: Mapping[str, Clock] = {
    **dict.fromkeys(
        (
            "visit",
            "joining",
            "answer",
            "improvement_plan",
            "accuracy_point",
            "action",
            "action_update",
            "intervention",
            "exit_criterion",
            "criterion_reading",
            "support_referral",
            "evidence",
            "outcome_override",
            "placement_exception",
            "planned_visit",
            "review_comment",
            "second_review",
            "review_draw",
            "significant_event",
            "notice",
        ),
        Clock.WORK,
    ),
    **dict.fromkeys(
        (
            "setting_fact",
            "document",
            "rating",
            "risk_score",
            "placement_position",
            "escalation",
            "escalation_note",
            "affected_person",
            "regulator_action",
            "regulator_change",
            "cover",
            "hand_over",
        ),
        Clock.SETTING,
    ),
    "contract": Clock.CONTRACT,
    "contact": Clock.PROVIDER,
    "concern": Clock.CONCERN,
    "concern_update": Clock.CONCERN,
}
"""The kinds that go after a time, and what it counts from. A document or hand-over of a contract
goes with that contract, a document of a provider as its contacts do."""

KEPT = frozenset(
    {
        # Who worked here, and the rules and forms that decisions were taken under.
        "user_account",
        "published_form",
        "published_policy",
        # The register: names of organisations and places, and which was under which contract when.
        "provider_group",
        "provider",
        "setting",
        "contract_setting",
        "notice_contact",
        # What a council looked into as a whole; its visits go as other visits do.
        "campaign",
        # What was done with records, beside the audit log.
        "list_export",
        "legal_hold",
    }
)
"""The kinds that no period ends."""

TRAIL = frozenset({"history", "step", "conflict"})
"""The kinds that are about records of others, and go with them."""

STAYS: Mapping[str, frozenset[str]] = {
    "contract": frozenset({"starts_on", "ends_on", "extended_to", "ended_on"}),
    "concern": frozenset({"restricted_to", "handler_id"}),
}
"""Fields that stay when their record is emptied: the periods of other records count from them, or
they say who must not even learn that it was there."""
