"""The records that may fill an answer of a risk form, by the name a question gives as its `source`.

A name is declared here once, for the checker and the schema. The subjects of the desktop contribute
what they read for each (`visitapp.services.contributions`); the rest is answered by hand.
"""

from __future__ import annotations

from collections.abc import Mapping

SOURCES: Mapping[str, str] = {
    "regulator.overall": "the regulator's overall rating or lowest grade",
    "regulator.safe": "the regulator's rating for safe",
    "regulator.effective": "the regulator's rating for effective",
    "regulator.caring": "the regulator's rating for caring",
    "regulator.responsive": "the regulator's rating for responsive",
    "regulator.well_led": "the regulator's rating for well-led",
    "regulator.enforcement": "how serious the regulator's enforcement in force is",
    "visit.rag": "the rating that stands",
    "visit.age": "days since the last signed-off visit",
    "actions.overdue": "open actions past their date",
    "manager.vacant": "that the last visit, or a later fact, found no registered manager",
    "manager.changed": "how often the manager changed in 12 months, by the facts of the setting",
    "owner.changed": "whether the owner changed in 12 months, by the facts of the setting",
    "hygiene.rating": "the food hygiene rating of a match that an officer confirmed",
    "placement.position": "the position on new placements",
    "self_assessment.percent": "the provider's last self-assessment",
    "concerns.open": "concerns that are open",
    "concerns.substantiated": "concerns substantiated in 12 months",
    "concerns.serious_incidents": "serious incidents in 12 months",
    "concerns.safeguarding_decisions": "decisions to enquire in 12 months",
    "concerns.unexpected_deaths": "unexpected deaths in 12 months",
    "escalation.default_notice": "contract default notices",
    "provider.administration": "whether the company is solvent",
    "kpi.on_target": "contract indicators on target",
    "returns.on_time": "returns that came in on time",
}
"""What each says of a setting."""
