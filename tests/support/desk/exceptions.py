"""What a test of placement exceptions begins with."""

from __future__ import annotations

from tests.support.desk.colleagues import become
from tests.support.desk.desks import signed_off_visit
from visitapp.rules.authority.exception_life import PlacementRisk
from visitapp.services.services import Services

RISK = PlacementRisk(
    need="Nursing care after a stroke.",
    alternatives="Two homes have no nursing bed.",
    hazards="One nurse at night.",
    safeguards="An agency nurse is booked.",
    safeguarding_view="Supports it.",
    regulator_view="No objection.",
    told="Her daughter read the report.",
)
"""A whole risk assessment."""


def close_by_a_red_visit(services: Services, setting_id: str) -> str:
    """Sign a Red visit off, so that the setting is closed to new placements; the setting's id."""
    not_referred = {"value": "not_met", "note": "Two of five were not referred."}
    signed_off_visit(services, setting_id, referrals=not_referred)
    return setting_id


def confirm_closed(services: Services, setting_id: str, manager: str) -> None:
    """Let a manager confirm that a setting is closed, so that its position waits for nobody."""
    before = services.me().id
    become(services, manager)
    services.placements.decide(setting_id, "closed", "Confirmed.")
    become(services, before)
