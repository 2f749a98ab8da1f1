"""Decisions on placements as syncs bring them to a desk."""

from __future__ import annotations

from datetime import timedelta

from visitapp.records import PlacementPosition, new_id
from visitapp.services.services import Services


def meet(services: Services, setting_id: str, *by: str) -> list[str]:
    """Two people decided apart, each in place of nothing: open, and open with a condition; the ids
    of the decisions."""
    today = services.desk.today()
    with services.desk.database.applying() as session:
        made = [
            PlacementPosition(
                id=new_id(),
                setting_id=setting_id,
                position=position,
                condition=condition,
                reason="Seen",
                from_on=today,
                review_on=today + timedelta(days=7) if condition else None,
                source="rating",
                rag="amber",
                policy_version="2026.1",
                created_by=who,
                created_at=services.desk.clock(),
                revision=revision,
            )
            for revision, (who, position, condition) in enumerate(
                zip(by, ("open", "conditional"), ("", "No nursing"), strict=True), 1
            )
        ]
        session.add_all(made)
        session.flush()
        return [one.id for one in made]
