"""A form that was built for a visit travels with it, and the server rates the visit on it."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from forms import rate
from forms.tailored.build import PlanAction, read_built, tailor, version_of
from tests.support.council import FORM, Council, Device
from visitapp.errors import Code
from visitapp.records import Visit, VisitStatus, new_id

BUILT = tailor(
    FORM, [PlanAction(question="action_1", title="Mend the bells", about="", priority="low")]
)
VERSION = version_of(BUILT)


def start(device: Device, setting: str, **fields: str) -> str:
    values = {"form_id": "short", "form_version": VERSION, "form_text": BUILT, **fields}
    visit = Visit(
        id=new_id(),
        setting_id=setting,
        purpose="intervention",
        visited_on=date(2026, 11, 22),
        officer_id=device.user_id,
        status=VisitStatus.DRAFT.value,
        **values,
    )
    device.add(visit)
    for question, value in (("action_1", "not_yet"), ("plans", "met"), ("calls", "met")):
        device.answer(visit.id, question, value=value)
    return visit.id


def sign_off(device: Device, visit: str) -> None:
    answers = {"action_1": "not_yet", "plans": "met", "calls": "met"}
    form = read_built(BUILT, "short", VERSION)
    outcome = rate(form, {q: {"value": value} for q, value in answers.items()}, {})
    assert outcome.percent == 50
    device.edit(
        Visit,
        visit,
        outcome=msgspec.to_builtins(outcome),
        facts={},
        signed_off_at=device.clock(),
        signed_off_by=device.user_id,
        status=VisitStatus.SIGNED_OFF.value,
    )


def test_it_is_rated_again_on_the_form_that_came_with_it(every_council: Council) -> None:
    ann, lee = every_council.officer("ann"), every_council.lead("lee")
    visit = start(ann, ann.setting())
    ann.sync()
    sign_off(ann, visit)
    assert ann.sync().refused == []
    lee.sync()
    there = lee.get(Visit, visit)
    assert (there.form_text, there.status) == (BUILT, VisitStatus.SIGNED_OFF)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"form_text": BUILT.replace("score: 0.5", "score: 0.9", 1)}, Code.FORM_FAULTS),
        ({"form_text": "id: ["}, Code.FORM_FAULTS),
        ({"form_version": "1"}, Code.FORM_FAULTS),
        ({"form_id": "unheard-of"}, Code.NOT_FOUND),
    ],
)
def test_a_form_that_is_not_the_one_pinned_is_refused(
    council: Council, fields: dict[str, str], code: Code
) -> None:
    ann = council.officer("ann")
    visit = start(ann, ann.setting(), **fields)
    sign_off(ann, visit)
    (refused,) = ann.sync().refused
    assert refused.code == code
    assert council.get(Visit, visit).status == VisitStatus.DRAFT
