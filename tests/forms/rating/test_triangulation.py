"""A warning where a visit rests on few records, on one kind of source, or on one side alone."""

from __future__ import annotations

from typing import Any

import pytest

from forms.catalogue.catalogue import shipped
from forms.rating.triangulation import least, thin_sources
from tests.support.forms.answers import best_answers

FORM = shipped().form("residential-quality")
SAMPLE, PEOPLE = "audit_findings_closed", "spoken_to"
ENOUGH: dict[str, dict[str, Any]] = {
    name: {**answer, **({"checked": 20, "met": 20} if "checked" in answer else {})}
    for name, answer in best_answers(FORM).items()
}
NOTED = {name: {**answer, "note": "Seen in three rooms."} for name, answer in ENOUGH.items()}
BEDS = {"service_type": "residential", "beds": 24}


def texts(answers: dict[str, Any], kinds: Any = None, facts: Any = None) -> list[str]:
    return [one.text for one in thin_sources(FORM, answers, kinds or {}, facts or BEDS)]


def test_a_small_sample_names_its_question() -> None:
    answers = {**NOTED, SAMPLE: {"checked": 2, "met": 2, "note": "Seen."}}
    [told] = thin_sources(FORM, answers, {}, BEDS)[:1]
    number = FORM.questions[SAMPLE].number
    assert told.text == f"{number} rests on a sample of 2. The form asks for 5."
    assert told.question == SAMPLE
    answers[SAMPLE] = {"checked": 5, "met": 2, "note": "Seen."}
    assert not any(one.question == SAMPLE for one in thin_sources(FORM, answers, {}, BEDS))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"people": 2, "staff": 3}, "2 people who use the service were spoken to. The form asks"),
        ({"people": 1, "staff": 3}, "1 person who uses the service was spoken to. The form asks"),
        ({"staff": 3}, "no person who uses the service and no relative was spoken to."),
        ({"people": 4, "relatives": 1}, "no member of staff was spoken to."),
        ({"people": 4, "staff": 1}, ""),
    ],
)
def test_a_side_that_nobody_spoke_for_is_named(counts: dict[str, int], said: str) -> None:
    found = thin_sources(FORM, {**NOTED, PEOPLE: {"value": counts}}, {}, BEDS)
    told = [one.text for one in found if one.question == PEOPLE]
    assert len(told) == bool(said)
    assert said in "".join(told)


@pytest.mark.parametrize(("beds", "wanted"), [(None, 3), (0, 3), (2, 2), (24, 3), (61, 7)])
def test_a_large_home_asks_for_more_and_a_small_one_for_all(beds: int | None, wanted: int) -> None:
    assert least(FORM.questions[PEOPLE], {"beds": beds}) == wanted
    assert least(FORM.questions[SAMPLE], {"beds": beds}) == 5


def test_areas_that_rest_on_one_kind_of_source_stand_together() -> None:
    told = texts(ENOUGH)
    [records] = [text for text in told if "records and samples alone" in text]
    assert any(text.startswith("These rest on conversations alone: ") for text in told)
    titles = [f"{a.number} {a.title}" for a in FORM.areas]
    assert sum(title in records for title in titles) > 1
    assert not any("alone" in text for text in texts(NOTED))


def test_evidence_of_another_kind_is_enough() -> None:
    area = next(a for a in FORM.areas if any(q.type == "sample" for q in a.questions))
    first = area.questions[0].id
    title = f"{area.number} {area.title}"
    assert any(title in text for text in texts(ENOUGH))
    for kind in ("conversation", "photo", "note"):
        assert not any(title in text for text in texts(ENOUGH, {first: {kind}}))
    assert any(title in text for text in texts(ENOUGH, {first: {"document"}}))


def test_an_area_with_nothing_on_record_is_named_and_one_not_looked_at_is_not() -> None:
    first = next(q for q in FORM.areas[0].questions if q.type == "choice")
    title = f"{FORM.areas[0].number} {FORM.areas[0].title}"
    assert texts({first.id: {"value": "met"}}) == [
        f"No sample, note or evidence is recorded for: {title}."
    ]
    assert texts({first.id: {"value": "not_checked", "reason": "Away."}}) == []
    assert texts({}) == []
