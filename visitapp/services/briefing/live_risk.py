"""The live risk of a setting as a line of its briefing."""

from __future__ import annotations

from sqlalchemy.orm import Session

from visitapp.language import translate
from visitapp.records import RiskScore
from visitapp.services.briefing.views import BriefingFact
from visitapp.services.context import Desk
from visitapp.services.risk.ranking import risk_of
from visitapp.services.risk.words import aged, scored


def live_risk(session: Session, desk: Desk, setting_id: str) -> list[BriefingFact]:
    """The quality result with the first thing that holds it there, and how old that is. Nothing
    where no model runs for the setting, or for whoever sees no risk."""
    if not RiskScore.__kind__.seen_by(desk.user(session).role):
        return []
    risk = risk_of(session, desk, setting_id)
    if risk is None:
        return []
    today = desk.today()
    why = [" \u00b7 ".join(filter(None, (one.text, aged(one, today)))) for one in risk.reasons]
    return [
        BriefingFact(
            label=translate("Live risk (lower score is riskier)"),
            value=scored(risk.quality),
            note="".join(why[:1]),
        )
    ]
