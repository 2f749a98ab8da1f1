"""The report of an intervention says what the records say, on a tagged page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest

from tests.support.paper.pdfs import read_page
from visitapp.reports.interventions.closure import write_intervention
from visitapp.rules.interventions.criteria import CriterionState, Measured
from visitapp.services.interventions.views import (
    CriterionView,
    Figures,
    InterventionView,
    MadeVisit,
)
from visitapp.services.visits.outcome_labels import NamedOutcome

AT = datetime(2026, 9, 30, 10, tzinfo=UTC)


def figures(on: date, rag: str, regulator: str, verified: int, concerns: int) -> Figures:
    risk = NamedOutcome(title="Quality risk", rag=rag, level="", percent=None)
    return Figures(
        on=on,
        rag=rag,
        regulator=regulator,
        regulator_on=None,
        risks=[risk],
        verified=verified,
        actions=18,
        concerns=concerns,
        days=90,
    )


def a_view(**changes: object) -> InterventionView:
    state = CriterionState(
        first=Measured(on=date(2026, 1, 6), value=9, of=20),
        now=Measured(on=date(2026, 5, 12), value=1, of=20),
        since=date(2026, 5, 12),
    )
    gaps = CriterionView(
        id="c",
        text="Medicine gaps",
        measure="reading",
        bound="at_most",
        unit="percent",
        needed=5,
        times=2,
        question="",
        asks="",
        how_checked="Us",
        state=state,
    )
    values: dict[str, object] = {
        "id": "i",
        "setting_id": "s",
        "setting": "Mossgarth House",
        "status": "closed",
        "referred_on": date(2025, 12, 15),
        "referred_by": "Ann Doe",
        "why": "Red twice",
        "grounds": "A8 was due 16 January.",
        "decided_on": date(2025, 12, 17),
        "decided_by": "Lee Doe",
        "officer_id": "irena",
        "officer": "Irena Doe",
        "contract_officer": "Ann Doe",
        "starts_on": date(2026, 1, 5),
        "planned_to": date(2026, 7, 5),
        "sustain_months": 3,
        "ended_reason": "",
        "sustained_from": date(2026, 6, 30),
        "held_until": date(2026, 9, 30),
        "stepped_down_on": None,
        "ended_on": date(2026, 9, 30),
        "result": "achieved",
        "summary": "From Requires improvement to Good.",
        "criteria": [gaps],
        "hold_since": date(2026, 6, 30),
        "planned": [],
        "carried_actions": 0,
        "carried_areas": [],
        "next_states": ["closed"],
        "may_change": False,
        "before": figures(date(2025, 12, 17), "red", "Requires improvement", 2, 5),
        "after": figures(date(2026, 9, 30), "green", "Good", 18, 1),
        "visits": [
            MadeVisit(
                id=str(n), number=n, on=date(2026, 1, 5 + n), purpose="intervention", rag="red"
            )
            for n in range(1, 15)
        ],
        **changes,
    }
    return InterventionView(**values)  # type: ignore[arg-type]  # as the service makes it


@pytest.mark.parametrize("long", [False, True])
def test_every_figure_is_on_paper(tmp_path: Path, *, long: bool) -> None:
    view = a_view(grounds="A date was missed.\n" * 200) if long else a_view()
    out = write_intervention(view, ["Moorland Homes Ltd"], tmp_path / "a.pdf", printed_at=AT)
    with pypdfium2.PdfDocument(out) as pdf:
        pages = [read_page(pdf, n) for n in range(len(pdf))]
    text = " ".join(" ".join(pages).split())
    for said in (
        *("Mossgarth House", "Irena Doe", "Red twice", "The improvement plan has 18 actions"),
        *("18 verified", "14 intervention visits, from 6 Jan 2026 to 19 Jan 2026."),
        *("It lasted 268 days.", "9 of 20 (45%)", "1 of 20 (5%)", "At most 5%, 2 times running"),
        *("2 of 18 (11%)", "18 of 18 (100%)", "1.7", "0.3", "Requires improvement"),
        "From Requires improvement to Good.",
    ):
        assert said in text, said
    assert (len(pages) > 1) is long
