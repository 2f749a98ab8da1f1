"""Live risk: where to go next and why, and what moved in a week. Nothing is recorded here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from forms.rating.outcome import Outcome, ResultOutcome
from visitapp.errors import NotFound
from visitapp.language import message
from visitapp.records import PlannedVisit, Setting
from visitapp.rules.text import folded
from visitapp.services.context import Desk
from visitapp.services.holders.places import places
from visitapp.services.lookup import find, find_user
from visitapp.services.planning.due import due_visits
from visitapp.services.risk.now import RiskNow, named_results, rag_of, risks_now
from visitapp.services.risk.reasons import aged_reasons, inputs_of, moves_of, reasons_of
from visitapp.services.settings.rag_order import RAG_ORDER
from visitapp.services.views.facets import Place
from visitapp.services.views.planning import DueVisit
from visitapp.services.views.risk import LiveRiskView, RankedRisk, RiskOfSetting
from visitapp.standing.planned import is_open_plan
from visitapp.standing.risk.live import CONTRACT, QUALITY, LiveRisk, result_of
from visitapp.standing.risk.scores import last_scores

RESULTS = (QUALITY, CONTRACT)
"""What settings can be ranked by."""

_WEEK = timedelta(days=7)
_UNKNOWN = (RAG_ORDER["unrated"], 0)

_Order = tuple[int, int]


class RiskRanking:
    """The settings of this device by live risk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(self, by: str = QUALITY, officer: str | None = None) -> list[RankedRisk]:
        """Every open setting for which there is a model, the riskiest first by one of `RESULTS`;
        last those of which too little is known. `officer`: a sign-in name, of whoever holds them;
        places stay those among all. Raises NotFound for another name."""
        with self._desk.reading() as session:
            holder = find_user(session, officer).id if officer else None
            rows = self._rows(session, by)
        return [row for row in rows if holder in (None, row.place.officer_id)]

    def view(self, setting_id: str, row: RankedRisk | None = None) -> LiveRiskView:
        """One setting in full. `row`: its row of the ranking, where that is at hand; without it the
        ranking is by quality. Raises NotFound, also for a setting without a model."""
        with self._desk.reading() as session:
            setting = find(session, Setting, setting_id)
            if row is None:
                rows = self._rows(session, QUALITY)
                row = next((one for one in rows if one.setting_id == setting_id), None)
            now = risks_now(session, self._desk, [setting_id]).get(setting_id)
        if row is None or now is None:
            raise NotFound(
                message("No risk model runs for {setting} by itself.", setting=setting.name)
            )
        form, outcome = now.risk.form, now.risk.outcome
        parts: Sequence[Outcome | ResultOutcome] = outcome.results or [outcome]
        return LiveRiskView(
            row=row,
            because={
                getattr(part, "title", form.title): [
                    one.text for one in (*part.because, *part.also)
                ]
                for part in parts
            },
            inputs=inputs_of(now.risk),
        )

    def of(self, setting_id: str) -> RiskOfSetting | None:
        """The risk of one setting without its place among others; None where no model runs for it
        by itself. Raises NotFound."""
        with self._desk.reading() as session:
            find(session, Setting, setting_id)
            return risk_of(session, self._desk, setting_id)

    def _rows(self, session: Session, by: str) -> list[RankedRisk]:
        now = risks_now(session, self._desk)
        before = last_scores(session, self._desk.today() - _WEEK)
        placed, dues = places(session), _next_visits(due_visits(session, self._desk))
        planned = _planned(session)
        names = dict(session.execute(select(Setting.id, Setting.name)).all())
        orders = {id_: _order_of(result_of(one.risk.outcome, by)) for id_, one in now.items()}
        ranks = _ranks(orders)
        ranks_before = _ranks(
            {id_: _order_then(row, by) for id_, row in before.items() if id_ in now}
        )
        rows = [
            _row(
                one,
                by,
                names[id_],
                placed.get(id_, Place()),
                dues.get(id_),
                planned.get(id_),
            )
            for id_, one in now.items()
        ]
        rows = [
            _moved(row, now[row.setting_id].risk, before.get(row.setting_id), ranks, ranks_before)
            for row in rows
        ]
        return sorted(
            rows, key=lambda row: (orders[row.setting_id], folded(row.setting), row.setting_id)
        )


def risk_of(session: Session, desk: Desk, setting_id: str) -> RiskOfSetting | None:
    """As `RiskRanking.of`, in a session."""
    now = risks_now(session, desk, [setting_id]).get(setting_id)
    if now is None:
        return None
    quality, contract = named_results(now.risk)
    return RiskOfSetting(
        setting_id=setting_id,
        model=now.risk.form.title,
        quality=quality,
        contract=contract,
        coverage=now.risk.outcome.coverage,
        reasons=aged_reasons(now.risk, QUALITY, recorded=now.recorded_on is not None),
        recorded_on=now.recorded_on,
    )


def _row(
    now: RiskNow, by: str, name: str, place: Place, due: DueVisit | None, planned_on: date | None
) -> RankedRisk:
    risk = now.risk
    quality, contract = named_results(risk)
    return RankedRisk(
        setting_id=risk.setting_id,
        setting=name,
        place=place,
        model=risk.form.title,
        rank=None,
        quality=quality,
        contract=contract,
        coverage=risk.outcome.coverage,
        reasons=reasons_of(risk, by),
        stale=sum(one.stale for one in risk.given.values()),
        due_on=due.due.due_on if due is not None else None,
        planned_on=planned_on,
        recorded_on=now.recorded_on,
    )


def _moved(
    row: RankedRisk,
    risk: LiveRisk,
    before: Row[Any] | None,
    ranks: Mapping[str, int],
    ranks_before: Mapping[str, int],
) -> RankedRisk:
    rank, was = ranks.get(row.setting_id), ranks_before.get(row.setting_id)
    return replace(
        row,
        rank=rank,
        rank_before=was,
        moved=was - rank if rank is not None and was is not None else None,
        is_new=rank is not None and was is None and bool(ranks_before),
        moved_by=moves_of(risk, before) if before is not None else [],
    )


def _order_of(result: Outcome | ResultOutcome | None) -> _Order:
    if result is None:
        return _UNKNOWN
    return _order(rag_of(result), result.percent)


def _order_then(row: Row[Any], by: str) -> _Order:
    found = next((one for one in row.results if one["id"] == by), None)
    return _order(found["rag"], found["percent"]) if found is not None else _UNKNOWN


def _order(rag: str, percent: int | None) -> _Order:
    if rag not in RAG_ORDER or rag == "unrated":
        return _UNKNOWN
    return RAG_ORDER[rag], 101 if percent is None else percent


def _ranks(orders: Mapping[str, _Order]) -> dict[str, int]:
    """Places from 1; equals share one."""
    known = sorted(order for order in orders.values() if order != _UNKNOWN)
    first: dict[_Order, int] = {}
    for place, order in enumerate(known, 1):
        first.setdefault(order, place)
    return {id_: first[order] for id_, order in orders.items() if order != _UNKNOWN}


def _next_visits(dues: Sequence[DueVisit]) -> dict[str, DueVisit]:
    """Of each setting the visit that is due first."""
    found: dict[str, DueVisit] = {}
    for due in dues:
        found.setdefault(due.setting_id, due)
    return found


def _planned(session: Session) -> dict[str, date]:
    """The next day on which somebody means to visit each setting, for whatever purpose."""
    next_day = select(PlannedVisit.setting_id, func.min(PlannedVisit.planned_on))
    rows = session.execute(next_day.where(is_open_plan()).group_by(PlannedVisit.setting_id))
    return dict(rows.all())
