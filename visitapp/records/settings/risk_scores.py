"""What live risk said of settings, night by night."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Json, Synced, choice, identifier, parent
from visitapp.rules import access
from visitapp.rules.authority.risk_scores import write_risk_score
from visitapp.rules.choices import Rag
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope


class RiskScore(Synced, Base):
    """The risk of a setting by the council's model, as the server's records had it one night
    (`standing.risk.live`). The server alone makes it, where the result or a reason is not that of
    the row before (`ids.risk_score_id`); devices work out today's themselves.

    `results`: the named results (`{"id", "rag", "percent"}`), for quality alone in a model that
    names none. `answers`: the value of each question that counted. `policy_version`: of the policy
    that named the model.
    """

    __tablename__ = "risk_score"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=write_risk_score,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.SERVER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=frozenset({"setting_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    scored_on: Mapped[date] = mapped_column(index=True)
    model_id: Mapped[str] = identifier(80)
    model_version: Mapped[str] = identifier(20)
    overall: Mapped[str] = choice(Rag)
    percent: Mapped[int | None]
    coverage: Mapped[int]
    results: Mapped[list[Any]] = mapped_column(Json, default=list)
    answers: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    policy_version: Mapped[str] = identifier(20)
