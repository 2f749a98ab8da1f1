"""The latest risk assessment of each setting, as a query."""

from __future__ import annotations

from sqlalchemy import Subquery, select
from sqlalchemy.orm import aliased

from visitapp.records import Purpose, Visit
from visitapp.standing.visits import ranked_visits


def latest_risk() -> Subquery:
    """The last word on the risk of each setting, by whichever model: `setting_id`, `risk_rag`,
    `risk_percent` and `risk_on`."""
    ranked = ranked_visits(Visit.purpose == Purpose.RISK_ASSESSMENT)
    risk = aliased(Visit)
    return (
        select(
            risk.setting_id,
            risk.outcome["overall"].as_string().label("risk_rag"),
            risk.outcome["percent"].as_integer().label("risk_percent"),
            risk.visited_on.label("risk_on"),
        )
        .join(ranked, ranked.c.id == risk.id)
        .where(ranked.c.place == 1)
        .subquery()
    )
