"""The risk of many settings for lists: the server's row of the night, without filling a model."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from visitapp.records import Rag
from visitapp.services.context import Desk
from visitapp.services.risk.now import named_results, risks_now
from visitapp.services.settings.rag_order import RAG_ORDER
from visitapp.services.views.risk import KnownRisk
from visitapp.standing.risk.live import QUALITY
from visitapp.standing.risk.scores import last_scores


def known_risks(session: Session, desk: Desk, setting_ids: Collection[str]) -> dict[str, KnownRisk]:
    """The quality result of settings: as the server recorded it last, which costs one query; worked
    out now for those of which there is no record, as on a laptop that works alone."""
    found = {
        id_: KnownRisk(*quality_of(row.results), row.scored_on)
        for id_, row in last_scores(session, desk.today()).items()
        if id_ in setting_ids
    }
    rest = [id_ for id_ in setting_ids if id_ not in found]
    for id_, now in risks_now(session, desk, rest).items() if rest else ():
        quality, _ = named_results(now.risk)
        found[id_] = KnownRisk(quality.rag, quality.percent, now.recorded_on)
    return found


def quality_of(results: Iterable[Mapping[str, Any]] | None) -> tuple[str, int | None]:
    """The colour and the score of the quality result in a row's results; empty without one."""
    own = next((one for one in results or () if one["id"] == QUALITY), None)
    return (own["rag"], own["percent"]) if own is not None else ("", None)


def risk_order(risk: KnownRisk | None) -> tuple[int, int]:
    """The riskiest first; last what is not known."""
    if risk is None or risk.rag in ("", Rag.UNRATED):
        return len(RAG_ORDER), 101
    return RAG_ORDER[risk.rag], 101 if risk.percent is None else risk.percent
