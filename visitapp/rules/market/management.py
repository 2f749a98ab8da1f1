"""How closely a contract is managed: the level by the council's policy, with its reasons.

What is not known never makes a contract certify itself, and never makes it proactive.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from visitapp.language import Message, message
from visitapp.rules.choices import Rag, ServiceType
from visitapp.rules.market_choices import ManagementLevel
from visitapp.rules.policy.market import ManagementRules
from visitapp.rules.visiting.due import add_months

_RISK = {Rag.RED: "high", Rag.AMBER: "medium", Rag.GREEN: "low"}
_ORDER = ("low", "medium", "high")
_RISK_WORDS = {"high": message("high"), "medium": message("medium"), "low": message("low")}


class LevelFacts(Struct, frozen=True, kw_only=True):
    """What decides the level of a contract. `risks`: by the name of each setting, the colour of its
    latest risk assessment, empty where there is none. `services`: each with its word. `people`:
    None unless all settings say how many they serve."""

    risks: Mapping[str, str]
    key_supplier: bool
    yearly_cost: int | None
    services: Mapping[ServiceType, Message]
    hard_to_replace: bool
    registered: bool
    people: int | None


class Level(Struct, frozen=True):
    """The level that the rules give a contract, with a sentence for each reason."""

    level: ManagementLevel
    reasons: tuple[Message, ...]


def management_level(rules: ManagementRules, facts: LevelFacts) -> Level:
    """The level of a contract by the policy."""
    proactive = tuple(_proactive(rules, facts))
    if proactive:
        return Level(ManagementLevel.PROACTIVE, proactive)
    lacks = tuple(_lacks(rules, facts))
    if not lacks:
        why = message("Everything that the rules ask of self-certification is so.")
        return Level(ManagementLevel.SELF_CERTIFICATION, (why,))
    return Level(ManagementLevel.OVERSIGHT, lacks)


def _proactive(rules: ManagementRules, facts: LevelFacts) -> list[Message]:
    wanted, found = rules.proactive, []
    for setting, rag in facts.risks.items():
        risk = _risk(rag)
        if risk and _ORDER.index(risk) >= _ORDER.index(wanted.risk):
            found.append(
                message("The risk of {setting} is {risk}.", setting=setting, risk=_RISK_WORDS[risk])
            )
    if wanted.key_suppliers and facts.key_supplier:
        found.append(message("It is with a key supplier."))
    if facts.yearly_cost is not None and facts.yearly_cost > wanted.yearly_cost_above:
        limit = f"{wanted.yearly_cost_above:,}"
        found.append(message("It costs more than £{limit} a year.", limit=limit))
    if facts.hard_to_replace:
        found.append(message("It is marked as hard to replace."))
    found += [
        message("It includes {service}, which counts as hard to replace.", service=word)
        for service, word in facts.services.items()
        if service in wanted.service_types
    ]
    return found


def _lacks(rules: ManagementRules, facts: LevelFacts) -> list[Message]:
    """What keeps a contract from self-certification."""
    wanted, found = rules.self_certification, []
    for setting, rag in facts.risks.items():
        risk = _risk(rag)
        if risk is None:
            found.append(message("The risk of {setting} is not known.", setting=setting))
        elif _ORDER.index(risk) > _ORDER.index(wanted.risk):
            found.append(
                message("The risk of {setting} is {risk}.", setting=setting, risk=_RISK_WORDS[risk])
            )
    if not facts.risks:
        found.append(message("No setting is under it."))
    if wanted.only_unregistered and facts.registered:
        found.append(message("A setting under it is registered with a regulator."))
    if facts.yearly_cost is None:
        found.append(message("Its annual cost is not known."))
    elif facts.yearly_cost >= wanted.yearly_cost_below:
        limit = f"{wanted.yearly_cost_below:,}"
        found.append(message("It costs £{limit} a year or more.", limit=limit))
    if facts.people is None:
        found.append(message("How many people it serves is not known."))
    elif facts.people >= wanted.people_below:
        found.append(message("It serves {n} people or more.", n=wanted.people_below))
    return found


def _risk(rag: str) -> str | None:
    return next((risk for colour, risk in _RISK.items() if colour == rag), None)


def override_fault(
    rules: ManagementRules, reason: str, review_on: date | None, today: date
) -> Message | None:
    """A sentence when a level may not be overridden so, else None."""
    if not reason.strip():
        return message("Give a reason for another management level.")
    latest = add_months(today, rules.override_review_months)
    if review_on is None or not today < review_on <= latest:
        return message(
            "Give the day of the review, after today and within {months} months.",
            months=rules.override_review_months,
        )
    return None
