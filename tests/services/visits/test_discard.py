"""A visit that was started by mistake is discarded with a reason, and brought back."""

from __future__ import annotations

import pytest

from tests.support.desk.desks import FORM
from tests.support.forms.answers import best_answers
from visitapp.errors import Code, NotFound, Refused
from visitapp.services.services import Services


@pytest.fixture
def draft(services: Services, homes: list[str]) -> str:
    return services.visits.start(homes[0], FORM).id


def test_no_list_shows_it_and_its_answers_come_back_with_it(
    services: Services, homes: list[str], draft: str
) -> None:
    services.visits.answer(draft, "registered_manager", value="met", note="Seen.")
    services.visits.discard(draft, " Wrong home. ")
    assert services.visits.list(setting_id=homes[0]) == []
    with pytest.raises(NotFound):
        services.visits.view(draft)
    assert services.visits.take_back_discard(draft).id == draft
    assert services.visits.view(draft).answers["registered_manager"].note == "Seen."


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_it_needs_a_reason(services: Services, draft: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        services.visits.discard(draft, reason)
    assert refused.value.code == Code.BAD_VALUE
    assert services.visits.view(draft).summary.status == "draft"


def test_a_signed_visit_is_not_discarded(services: Services, draft: str) -> None:
    services.visits.answer_all(draft, best_answers(services.visits.form(draft)))
    services.visits.sign_off(draft)
    with pytest.raises(Refused) as refused:
        services.visits.discard(draft, "Wrong home.")
    assert refused.value.code == Code.VISIT_FROZEN


def test_only_a_discarded_visit_is_brought_back(services: Services, draft: str) -> None:
    with pytest.raises(NotFound):
        services.visits.take_back_discard(draft)
