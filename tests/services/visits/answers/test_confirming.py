"""An answer that is as it was last time: confirmed with its day, and never by itself."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from tests.support.desk.desks import signed_off_visit
from visitapp.errors import Refused
from visitapp.services.services import Services
from visitapp.services.visits.receipt import receipt_of

FORM, THEN = "residential-quality", date(2026, 6, 1)
BELOW = {"value": "partly", "note": "Two of five were late."}


@pytest.fixture
def visit_id(services: Services, homes: list[str]) -> str:
    """A visit to a home that was visited in June."""
    signed_off_visit(services, homes[0], visited_on=THEN, referrals=BELOW)
    return services.visits.start(homes[0], FORM).id


def test_it_is_recorded_with_the_day_and_no_note_of_then(services: Services, visit_id: str) -> None:
    saved = services.visits.answer(visit_id, "referrals", value="partly", confirmed_from=THEN)
    assert (saved.answer.value, saved.answer.confirmed_from) == ("partly", THEN)
    assert saved.answer.note == ""
    assert ("referrals", "note") in [(one.question, one.what) for one in saved.needs]


def test_only_what_was_recorded_then_can_be_confirmed(services: Services, visit_id: str) -> None:
    for question, value, day in (
        ("referrals", "met", THEN),
        ("referrals", "partly", date(2026, 6, 2)),
        ("audit_findings_closed", None, THEN),
    ):
        with pytest.raises(Refused):
            services.visits.answer(visit_id, question, value=value, confirmed_from=day)
    assert services.visits.view(visit_id).answers == {}


def test_another_answer_is_confirmed_no_more(services: Services, visit_id: str) -> None:
    services.visits.answer(visit_id, "referrals", value="partly", confirmed_from=THEN)
    note = services.visits.answer(visit_id, "referrals", note="Still so.").answer
    assert note.confirmed_from == THEN
    assert services.visits.answer(visit_id, "referrals", value="met").answer.confirmed_from is None
    again = services.visits.answer(visit_id, "referrals", value="partly").answer
    assert again.confirmed_from is None, "chosen by hand"


def test_good_practice_goes_with_any_answer_and_can_be_taken_back(
    services: Services, visit_id: str
) -> None:
    assert services.visits.answer(visit_id, "dignity", good_practice=True).answer.good_practice
    services.visits.answer(visit_id, "dignity", value="met")
    assert services.visits.view(visit_id).answers["dignity"].good_practice
    services.visits.answer(visit_id, "dignity", good_practice=False)
    assert not services.visits.view(visit_id).answers["dignity"].good_practice


def test_the_receipt_covers_both_marks(services: Services, homes: list[str]) -> None:
    view = signed_off_visit(services, homes[0])
    form = services.visits.form(view.summary.id)
    name, answer = next(iter(view.answers.items()))
    marked = [replace(answer, good_practice=True), replace(answer, confirmed_from=THEN)]
    found = {receipt_of(replace(view, answers={**view.answers, name: o}), form) for o in marked}
    assert len({*found, receipt_of(view, form)}) == 3
