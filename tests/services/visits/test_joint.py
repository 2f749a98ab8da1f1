"""Asking a colleague to join a visit: who may, who can, and who signs off."""

from __future__ import annotations

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.forms.answers import best_answers
from visitapp.errors import Code, NotAllowed, Refused
from visitapp.services.services import Services


@pytest.fixture(autouse=True)
def colleagues(services: Services) -> None:
    bring(services, ben="officer", may="manager", vic="viewer")


def test_asking_twice_and_taking_back(services: Services, visit_id: str) -> None:
    joint = services.joint_visits
    assert joint.join(visit_id, "ben") == ["Ben Doe"]
    assert joint.join(visit_id, "ben") == ["Ben Doe"]
    assert joint.leave(visit_id, "ben") == []
    with pytest.raises(Refused) as gone:
        joint.leave(visit_id, "ben")
    assert gone.value.code == Code.NOT_FOUND
    assert joint.join(visit_id, "ben") == joint.names(visit_id) == ["Ben Doe"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("me", Code.BAD_VALUE),
        ("may", Code.BAD_VALUE),
        ("vic", Code.BAD_VALUE),
        ("zoe", Code.NOT_FOUND),
    ],
)
def test_only_those_who_record_visits_can_join(
    services: Services, visit_id: str, name: str, code: Code
) -> None:
    with pytest.raises(Refused) as refused:
        services.joint_visits.join(visit_id, name)
    assert refused.value.code == code
    assert services.joint_visits.names(visit_id) == []


def test_who_joined_neither_asks_others_nor_signs_off(services: Services, visit_id: str) -> None:
    services.joint_visits.join(visit_id, "ben")
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    become(services, "ben")
    with pytest.raises(NotAllowed, match="officer of a visit"):
        services.joint_visits.join(visit_id, "me")
    with pytest.raises(NotAllowed, match="Its officer, You, signs it off"):
        services.visits.sign_off(visit_id)
    assert services.visits.view(visit_id).summary.status == "draft"


def test_a_signed_off_visit_is_joined_by_nobody_more(services: Services, visit_id: str) -> None:
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    services.visits.sign_off(visit_id)
    with pytest.raises(Refused) as frozen:
        services.joint_visits.join(visit_id, "ben")
    assert frozen.value.code == Code.VISIT_FROZEN
