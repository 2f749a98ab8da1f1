"""A form that was built for a visit travels with it, and the server rates the visit on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from forms import rate
from forms.catalogue.read import read_form
from forms.tailored.build import (
    MARK_LENGTH,
    UNMARKED,
    PlanAction,
    Weak,
    digest,
    question_of,
    tailor,
    version_of,
)
from tests.support.sync.council import FORM, Council, Device
from visitapp.errors import Code
from visitapp.records import Action, Visit, VisitStatus, new_id

SERIOUS = FORM.replace("id: short", "id: serious").replace("id: care", "id: safety")
"""Another form of the setting, with an area that the short one has not."""


def built(action_id: str, title: str = "Mend the bells", weak: Weak | None = None) -> str:
    """The form for a setting with one action."""
    plan = PlanAction(question=question_of(action_id), title=title, about="", priority="medium")
    return tailor(FORM, [plan], weak)


def marked(text: str) -> str:
    """The text with a mark of itself, as a device can make one."""
    version = version_of(text)
    bare = text.replace(version[-MARK_LENGTH:], UNMARKED, 1)
    return bare.replace(UNMARKED, digest(bare), 1)


def start(device: Device, setting: str, text: str, **fields: str) -> str:
    values = {"form_id": "short", "form_version": version_of(text), "form_text": text, **fields}
    visit = Visit(
        id=new_id(),
        setting_id=setting,
        purpose="intervention",
        visited_on=date(2026, 11, 22),
        officer_id=device.user_id,
        **values,
    )
    device.add(visit)
    return visit.id


def sign_off(device: Device, visit: str, text: str, **answers: str) -> None:
    """Answer and sign off, with the outcome that the form gives."""
    for question, value in answers.items():
        device.answer(visit, question, value=value)
    outcome = rate(read_form(text, "built"), {q: {"value": v} for q, v in answers.items()}, {})
    signed = {"outcome": msgspec.to_builtins(outcome), "facts": {}}
    device.step(visit, "signed_off", Visit, fields=signed)


class Planned:
    """An officer's setting with an open action, and the answers of a built visit."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann = council.officer("ann")
        self.setting = self.ann.setting()
        self.action = self.ann.action(self.setting, "Mend the bells")
        self.question = question_of(self.action)
        self.answers = {self.question: "not_yet", "plans": "met", "calls": "met"}

    def refused(self, text: str, **fields: str) -> list[str]:
        """The codes that a sign-off on this text is refused with."""
        visit = start(self.ann, self.setting, text, **fields)
        sign_off(self.ann, visit, text, **self.answers)
        codes = [one.code for one in self.ann.sync().refused]
        stands = VisitStatus.DRAFT if codes else VisitStatus.SIGNED_OFF
        assert self.council.get(Visit, visit).status == stands
        return codes


def test_it_is_rated_again_on_the_form_that_came_with_it(every_council: Council) -> None:
    planned = Planned(every_council)
    text = built(planned.action)
    assert planned.refused(text) == []
    lee = every_council.lead("lee")
    lee.sync()
    (there,) = lee.all(Visit)
    assert (there.form_text, there.status) == (text, VisitStatus.SIGNED_OFF)


def test_areas_of_the_last_visits_form_are_taken(any_council: Council, tmp_path: Path) -> None:
    planned = Planned(any_council)
    (tmp_path / "forms" / "serious.yaml").write_text(SERIOUS, encoding="utf-8")
    weak = Weak(text=SERIOUS, areas=["safety"])
    asked = SERIOUS.replace("id: plans", "id: locks").replace("id: calls", "id: exits")
    unheard = built(planned.action, weak=Weak(text=asked, areas=["safety"]))
    assert planned.refused(unheard) == [Code.FORM_FAULTS]
    last = start(planned.ann, planned.setting, SERIOUS, form_id="serious", form_version="1")
    planned.ann.edit(Visit, last, form_text=None)
    sign_off(planned.ann, last, SERIOUS, plans="not_met", calls="met")
    assert planned.ann.sync().refused == []
    assert planned.refused(built(planned.action, weak=weak)) == []


def test_an_action_is_worded_as_it_was_when_the_form_was_built(any_council: Council) -> None:
    """Words that the officer has changed again before the server saw them."""
    planned = Planned(any_council)
    text = built(planned.action)
    planned.ann.edit(Action, planned.action, title="Mend the bells upstairs")
    assert planned.refused(text) == []


def test_an_action_may_bear_another_title_by_now(any_council: Council) -> None:
    planned = Planned(any_council)
    planned.ann.sync()
    planned.ann.edit(Action, planned.action, title="Mend the bells upstairs")
    planned.ann.sync()
    assert planned.refused(built(planned.action)) == []
    assert planned.refused(built(planned.action, "Mend the bells upstairs")) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("score: 0.5", "score: 0.9"),
        ("score: 0\n    rag: red", "score: 1\n    rag: green"),
        ("from: 80", "from: 70"),
        ("minimum_coverage: 70", "minimum_coverage: 7"),
        ("label: Not met", "label: Met"),
        ("Are calls answered?", "Is there a phone?"),
        ("weight: 1", "weight: 50"),
        ("title: Care", "title: Care at home"),
        ("sets_rating: quality", "sets_rating: contract"),
    ],
)
def test_a_form_of_ones_own_is_refused(any_council: Council, was: str, now: str) -> None:
    planned = Planned(any_council)
    text = built(planned.action)
    assert was in text
    assert planned.refused(marked(text.replace(was, now, 1))) == [Code.FORM_FAULTS]


def test_a_question_of_no_action_or_of_another_settings_is_refused(any_council: Council) -> None:
    planned = Planned(any_council)
    other = planned.ann.action(planned.ann.setting("Birch House"), "Mend the bells")
    planned.answers[question_of(other)] = planned.answers.pop(planned.question)
    assert planned.refused(built(other)) == [Code.FORM_FAULTS]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"form_text": "id: ["}, Code.FORM_FAULTS),
        ({"form_version": "1"}, Code.FORM_FAULTS),
        ({"form_version": "1-0123456789"}, Code.FORM_FAULTS),
        ({"form_version": "9-0123456789"}, Code.FORM_FAULTS),
        ({"form_id": "unheard-of"}, Code.NOT_FOUND),
    ],
)
def test_a_form_that_is_not_the_one_pinned_is_refused(
    council: Council, fields: dict[str, str], code: Code
) -> None:
    planned = Planned(council)
    assert planned.refused(built(planned.action), **fields) == [code]
