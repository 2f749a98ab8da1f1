"""The words of the choices of the market register, by their enum."""

from __future__ import annotations

from enum import StrEnum

from visitapp.language import Message, message
from visitapp.rules.market_choices import (
    ContractStatus,
    DocumentKind,
    FactKind,
    Funding,
    ManagementLevel,
    ProviderKind,
    Route,
    SettingStatus,
    VolumeUnit,
)
from visitapp.rules.retention.holds import HoldSubject

MARKET_CHOICES: dict[type[StrEnum], dict[str, Message]] = {
    ContractStatus: {
        ContractStatus.LIVE: message("Live"),
        ContractStatus.EXTENDED: message("Extended"),
        ContractStatus.ENDING: message("Ending"),
        ContractStatus.ENDED: message("Ended"),
    },
    DocumentKind: {
        DocumentKind.CONTRACT: message("Contract"),
        DocumentKind.VARIATION: message("Variation"),
        DocumentKind.PUBLIC_LIABILITY: message("Public liability insurance"),
        DocumentKind.EMPLOYERS_LIABILITY: message("Employers' liability insurance"),
        DocumentKind.PROFESSIONAL_INDEMNITY: message("Professional indemnity insurance"),
        DocumentKind.REGISTRATION: message("Registration certificate"),
        DocumentKind.DBS_POLICY: message("DBS policy"),
        DocumentKind.POLICY: message("Other policy"),
        DocumentKind.CONTINUITY_PLAN: message("Business continuity plan"),
        DocumentKind.FIRE_RISK: message("Fire risk assessment"),
        DocumentKind.ACCOUNTS: message("Accounts"),
        DocumentKind.REPORT: message("Report"),
        DocumentKind.LETTER: message("Letter"),
        DocumentKind.MINUTES: message("Minutes"),
        DocumentKind.OTHER: message("Other document"),
    },
    FactKind: {
        FactKind.MANAGER: message("Manager"),
        FactKind.OWNER: message("Owner"),
        FactKind.BEDS: message("Beds"),
        FactKind.LANDLORD: message("Landlord"),
        FactKind.REGISTRATION: message("Registration"),
        FactKind.NOMINATED_INDIVIDUAL: message("Nominated individual"),
    },
    Funding: {
        Funding.COUNCIL: message("Council"),
        Funding.SECTION_75: message("Section 75"),
        Funding.NHS: message("NHS"),
        Funding.JOINT: message("Joint"),
    },
    HoldSubject: {
        HoldSubject.SETTING: message("Setting"),
        HoldSubject.PROVIDER: message("Provider"),
        HoldSubject.CONTRACT: message("Contract"),
        HoldSubject.PERSON: message("Person"),
    },
    ManagementLevel: {
        ManagementLevel.PROACTIVE: message("Proactive management and monitoring"),
        ManagementLevel.OVERSIGHT: message("Oversight and overview"),
        ManagementLevel.SELF_CERTIFICATION: message("Self-certification"),
    },
    ProviderKind: {
        ProviderKind.NATIONAL: message("National"),
        ProviderKind.REGIONAL: message("Regional"),
        ProviderKind.LOCAL: message("Local"),
        ProviderKind.MICRO: message("Micro-provider"),
        ProviderKind.CHARITY: message("Charity"),
    },
    Route: {
        Route.DPS: message("Dynamic purchasing system"),
        Route.FRAMEWORK: message("Framework"),
        Route.NATIONAL_FRAMEWORK: message("National framework"),
        Route.BLOCK: message("Block"),
        Route.SPOT: message("Spot"),
        Route.INDIVIDUAL: message("Individual"),
        Route.GRANT: message("Grant"),
    },
    SettingStatus: {
        SettingStatus.OPEN: message("Open"),
        SettingStatus.CLOSED: message("Closed"),
        SettingStatus.MERGED: message("Merged into another"),
    },
    VolumeUnit: {
        VolumeUnit.PEOPLE: message("People"),
        VolumeUnit.PLACES: message("Places"),
        VolumeUnit.HOURS: message("Hours a week"),
        VolumeUnit.DAYS: message("Days a week"),
        VolumeUnit.SESSIONS: message("Sessions a week"),
    },
}
