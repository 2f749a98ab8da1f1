"""The sections of a policy on the market: management levels, notices, retention, passwords."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from visitapp.language import message
from visitapp.rules.choices import NoticeEvent, ServiceType
from visitapp.rules.policy.parts import Id, Label, Months, Part, Years, says

RiskLevel = Literal["high", "medium", "low"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday"]


class Proactive(Part, frozen=True, kw_only=True):
    """A contract to which any one of these applies is managed proactively."""

    title = "the proactive level"

    risk: Annotated[RiskLevel, says(message("Proactive: risk."))]
    key_suppliers: Annotated[bool, says(message("Proactive: key suppliers."))]
    yearly_cost_above: Annotated[
        int, Meta(ge=0, le=100_000_000), says(message("Proactive: cost above, in pounds a year."))
    ]
    service_types: Annotated[
        tuple[ServiceType, ...], says(message("Proactive: services that are hard to replace."))
    ]


class SelfCertification(Part, frozen=True, kw_only=True):
    """A contract to which all of these apply certifies itself."""

    title = "the self-certification level"

    risk: Annotated[RiskLevel, says(message("Self-certification: risk."))]
    only_unregistered: Annotated[
        bool, says(message("Self-certification: only settings without a regulator."))
    ]
    yearly_cost_below: Annotated[
        int,
        Meta(ge=0, le=100_000_000),
        says(message("Self-certification: cost below, in pounds a year.")),
    ]
    people_below: Annotated[
        int, Meta(ge=1, le=1000), says(message("Self-certification: fewer people than."))
    ]
    return_months: Annotated[Months, says(message("Self-certification: months between returns."))]
    site_visit_months: Annotated[
        Months, says(message("Self-certification: months between site visits."))
    ]


class ManagementRules(Part, frozen=True, kw_only=True):
    """The three management levels of paper 002 ¶18; every other contract has oversight."""

    title = "the management levels"
    follows = message(
        "It decides the management level that contracts are shown with, from the next look on. "
        "A level that was set with a reason stays."
    )

    override_review_months: Annotated[
        int, Meta(ge=1, le=12), says(message("Months until an override of the level is reviewed."))
    ]
    reminder_months: Annotated[
        tuple[Annotated[int, Meta(ge=1, le=36)], ...],
        Meta(min_length=1),
        says(message("Months before an end or a decision when a contract's officer is reminded.")),
    ]
    proactive: Annotated[Proactive, says(message("Any one of these makes a contract proactive."))]
    self_certification: Annotated[
        SelfCertification, says(message("All of these together let a contract certify itself."))
    ]


class Audience(Part, frozen=True, kw_only=True):
    """People who receive notices."""

    title = "an audience"

    id: Annotated[Id, says(message("A permanent id, unique among audiences."))]
    label: Annotated[Label, says(message("The name that people see."))]


class Template(Part, frozen=True, kw_only=True):
    """The words of a notice. They name no person and no finding."""

    title = "a template"

    id: Annotated[Id, says(message("A permanent id, unique among templates."))]
    event: Annotated[NoticeEvent, says(message("Sent when."))]
    audiences: Annotated[tuple[str, ...], Meta(min_length=1), says(message("Sent to."))]
    text: Annotated[str, Meta(max_length=2000), says(message("Text."))]


class NoticeRules(Part, frozen=True, kw_only=True):
    """Who hears of a changed rating or placement position, and in which words."""

    title = "the notice rules"
    follows = message("It applies to changes from that day on.")

    audiences: Annotated[
        tuple[Audience, ...], Meta(min_length=1), says(message("The recipients of notices."))
    ]
    templates: Annotated[
        tuple[Template, ...], Meta(min_length=1), says(message("The texts of notices."))
    ]
    digest_audience: Annotated[Id, says(message("Audience of the weekly digest."))]
    digest_weekday: Annotated[Weekday, says(message("Day of the weekly digest."))]


class RetentionRules(Part, frozen=True, kw_only=True):
    """How long records are kept (`rules.retention`). A legal hold goes before all of it."""

    title = "the retention rules"
    follows = message(
        "It applies to the next retention run at the server. What was removed does not come back."
    )

    contract_years: Annotated[
        Years, says(message("Years after its end that a contract, its visits and plans are kept."))
    ]
    deed_years: Annotated[
        Years, says(message("Years that they are kept where the contract is a deed."))
    ]
    concern_years: Annotated[
        Years, says(message("Years after it is closed that a concern is kept."))
    ]
    whistleblower_years: Annotated[
        Years, says(message("Years after closure that the identity of a whistleblower is kept."))
    ]
    photo_years: Annotated[Years, says(message("Years after verification that a photo is kept."))]
    finance_years: Annotated[Years, says(message("Years that a finance check is kept."))]
    nightly: Annotated[
        bool, says(message("Records are removed each night, without anybody starting it."))
    ]


class PassphraseRules(Part, frozen=True, kw_only=True):
    """What a password must be, beside the rules of `visitapp.rules.passwords`, and when the window
    locks."""

    title = "the passphrase rules"
    follows = message(
        "It applies to passwords set from that day on; those in use stay valid. Windows lock by it "
        "from that day on."
    )

    shortest: Annotated[int, Meta(ge=12, le=64), says(message("Fewest characters of a password."))]
    lock_minutes: Annotated[
        int,
        Meta(ge=0, le=240),
        says(message("Minutes without a key after which the window locks; 0 for never.")),
    ]
