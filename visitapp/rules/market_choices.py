"""The values of choices of the market register: contracts, providers, settings and their facts."""

from __future__ import annotations

from enum import StrEnum


class ContractStatus(StrEnum):
    """The states of a contract (`rules.market.contract_life`)."""

    LIVE = "live"
    EXTENDED = "extended"
    ENDING = "ending"
    """Notice was given, or it runs out and is not extended."""
    ENDED = "ended"


class Route(StrEnum):
    """How a contract was let."""

    DPS = "dps"
    FRAMEWORK = "framework"
    NATIONAL_FRAMEWORK = "national_framework"
    BLOCK = "block"
    SPOT = "spot"
    INDIVIDUAL = "individual"
    GRANT = "grant"


class Funding(StrEnum):
    """Who pays for a contract."""

    COUNCIL = "council"
    SECTION_75 = "section_75"
    NHS = "nhs"
    JOINT = "joint"


class VolumeUnit(StrEnum):
    """What the volume of a setting under a contract counts; a price is for one of them a week,
    and for one hour, day or session."""

    PEOPLE = "people"
    PLACES = "places"
    HOURS = "hours"
    DAYS = "days"
    SESSIONS = "sessions"


class ManagementLevel(StrEnum):
    """How closely a contract is managed (`rules.market.management`)."""

    PROACTIVE = "proactive"
    OVERSIGHT = "oversight"
    SELF_CERTIFICATION = "self_certification"


class ProviderKind(StrEnum):
    """The reach and form of a provider."""

    NATIONAL = "national"
    REGIONAL = "regional"
    LOCAL = "local"
    MICRO = "micro"
    CHARITY = "charity"


class SettingStatus(StrEnum):
    """The states of a setting (`rules.market.setting_life`)."""

    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"


class DocumentKind(StrEnum):
    """What a document of a provider, contract or setting is."""

    CONTRACT = "contract"
    VARIATION = "variation"
    PUBLIC_LIABILITY = "public_liability"
    EMPLOYERS_LIABILITY = "employers_liability"
    PROFESSIONAL_INDEMNITY = "professional_indemnity"
    REGISTRATION = "registration"
    DBS_POLICY = "dbs_policy"
    POLICY = "policy"
    CONTINUITY_PLAN = "continuity_plan"
    FIRE_RISK = "fire_risk"
    ACCOUNTS = "accounts"
    REPORT = "report"
    LETTER = "letter"
    MINUTES = "minutes"
    OTHER = "other"


class FactKind(StrEnum):
    """What is known of a setting over time."""

    MANAGER = "manager"
    OWNER = "owner"
    BEDS = "beds"
    LANDLORD = "landlord"
    REGISTRATION = "registration"
    NOMINATED_INDIVIDUAL = "nominated_individual"
