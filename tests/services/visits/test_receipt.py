"""The receipt of a report: the same for the same visit, another for anything that differs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.desk.desks import signed_off_visit
from visitapp.errors import Refused
from visitapp.services.services import Services
from visitapp.services.views.visits import VisitView
from visitapp.services.visits.receipt import grouped, matches, receipt_of


@pytest.fixture
def view(services: Services, homes: list[str]) -> VisitView:
    return signed_off_visit(services, homes[0])


def test_it_is_worked_out_again_from_the_records(services: Services, view: VisitView) -> None:
    form = services.visits.form(view.summary.id)
    receipt = receipt_of(view, form)
    assert len(receipt) == 64
    assert receipt_of(services.visits.view(view.summary.id), form) == receipt
    assert matches(view, form, grouped(receipt).upper())
    assert matches(view, form, receipt[:16])
    assert not matches(view, form, "0" * 64)
    for bad in (receipt[:15], "not a receipt at all", ""):
        with pytest.raises(Refused):
            matches(view, form, bad)


def test_anything_that_differs_gives_another(services: Services, view: VisitView) -> None:
    form = services.visits.form(view.summary.id)
    name, answer = next(iter(view.answers.items()))
    signed = view.summary.signed_off_at
    assert signed is not None
    changes: list[dict[str, Any]] = [
        {"answers": {**view.answers, name: replace(answer, note="Altered afterwards.")}},
        {"outcome": replace(view.outcome, overall="red")},
        {"summary": replace(view.summary, signed_off_at=signed + timedelta(seconds=1))},
        {"summary": replace(view.summary, visited_on=view.summary.visited_on + timedelta(1))},
    ]
    found = {receipt_of(replace(view, **one), form) for one in changes}
    assert len(found) == len(changes)
    assert receipt_of(view, form) not in found
    assert receipt_of(replace(view, provider="Renamed"), form) == receipt_of(view, form)


def test_there_is_none_before_sign_off(services: Services, visit_id: str) -> None:
    view, form = services.visits.view(visit_id), services.visits.form(visit_id)
    assert receipt_of(view, form) == ""
    with pytest.raises(Refused):
        matches(view, form, "0" * 16)
