"""The facts of a setting that a condition reads as `setting.<fact>`.

A fact is declared here once, for the checker and the author's documentation;
`visitapp.services.visits.facts` says how each is read from the records.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

TODAY = "today"
"""The fact that holds the day of the visit, as `2026-11-22`. A condition reads it as `today()`."""

SERVICE_TYPES = (
    "residential",
    "nursing",
    "home_care",
    "supported_living",
    "extra_care",
    "shared_lives",
    "day",
    "reablement_bed",
    "mental_health_recovery",
    "advocacy",
    "carers",
    "wellbeing",
    "sexual_health",
    "prevention",
    "other",
)


class SettingFact(Struct, frozen=True):
    """What a fact says. `kind` is text, number or date; `choices` are its values where fixed."""

    about: str
    kind: str = "text"
    choices: tuple[str, ...] = ()


FACTS: Mapping[str, SettingFact] = {
    "name": SettingFact("its name"),
    "service_type": SettingFact("the kind of service", choices=SERVICE_TYPES),
    "provider": SettingFact("the name of its provider"),
    "beds": SettingFact("how many beds it has", kind="number"),
    "address": SettingFact("its address"),
    "postcode": SettingFact("its postcode"),
    "local_authority": SettingFact("the council it lies in"),
    "regulator": SettingFact("who regulates it", choices=("cqc", "care_inspectorate")),
    "location_id": SettingFact("the regulator's number for it"),
    "regulator_overall": SettingFact("the regulator's overall rating, in the regulator's words"),
    "regulator_published": SettingFact("the day that rating was published", kind="date"),
}
