"""Evidence for visits that are due within seven days and that nobody has begun."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.desk.desks import FORM, Clock
from tests.support.desk.pictures import jpeg
from tests.support.forms.answers import best_answers
from visitapp.services.services import Services
from visitapp.services.sync.prefetch import needed_soon


@pytest.mark.parametrize(("days", "needed"), [(8, False), (7, True), (0, True), (-30, True)])
def test_what_the_last_visit_saw_is_needed_when_the_next_is_due(
    services: Services, homes: list[str], tmp_path: Path, clock: Clock, days: int, needed: bool
) -> None:
    """Nobody has begun the next visit: that it is due is the only reason. days: until it is due."""
    photo = tmp_path / "medicine.jpeg"
    photo.write_bytes(jpeg(300, 100))
    visit = services.visits.start(homes[0], FORM)
    form = services.visits.form(visit.id)
    services.visits.answer_all(visit.id, best_answers(form))
    added = services.evidence.add(visit.id, next(iter(form.questions)), photo, "")
    services.visits.sign_off(visit.id)
    piece = services.evidence.view(added.id)
    (heather,) = (row for row in services.portfolio.rows() if row.setting_id == homes[0])
    assert heather.next_due is not None
    clock.move_to(heather.next_due - timedelta(days=days))
    assert needed_soon(services.desk) == ([(piece.sha256, piece.size)] if needed else [])
