"""The server rates levels and named results again, and takes none that it does not find."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import msgspec
import pytest

from forms import rate
from tests.support.sync.council import FORM, Council, Device
from visitapp.errors import Code
from visitapp.records import Rating, Step, Visit, VisitStatus

GRADED = (
    FORM.replace("id: short", "id: graded")
    .replace("{rag: green, from: 80}", "{level: good, from: 80}")
    .replace("{rag: amber, from: 60}", "{level: fair, from: 60}")
    .replace("{rag: red, from: 0}", "{level: poor, from: 0}")
    .replace(
        "bands:",
        """\
levels:
  - {id: good, label: Good, rag: green}
  - {id: fair, label: Fair, rag: green}
  - {id: poor, label: Poor, rag: red}
results:
  - {id: quality, title: Quality, areas: [care]}
  - {id: contract, title: Contract, areas: [price]}
bands:""",
        1,
    )
    + """\
  - id: price
    title: Price
    questions:
      - {id: fees, ask: Are fees paid on time?, type: choice, scale: standard}
"""
)
ANSWERS = {"plans": "met", "calls": "partly", "fees": "met"}


def draft(council: Council, folder: Path) -> tuple[Device, str, dict[str, Any]]:
    """An officer with a draft on the graded form, and its outcome: Fair, by its quality."""
    (folder / "forms" / "graded.yaml").write_text(GRADED, encoding="utf-8")
    ann = council.officer("ann")
    visit = ann.visit(ann.setting(), **ANSWERS)
    ann.edit(Visit, visit, form_id="graded")
    ann.sync()
    form = council.library.form("graded", "1")
    outcome = msgspec.to_builtins(rate(form, {q: {"value": v} for q, v in ANSWERS.items()}, {}))
    assert (outcome["level"], [one["level"] for one in outcome["results"]]) == (
        "fair",
        ["fair", "good"],
    )
    return ann, visit, outcome


def sign_off(device: Device, visit: str, outcome: dict[str, Any]) -> list[str]:
    """The codes of what the server refused."""
    device.step(visit, "signed_off", Visit, fields={"outcome": outcome, "facts": {}})
    return [refused.code for refused in device.sync().refused]


def test_the_server_keeps_its_own_sentences(any_council: Council, tmp_path: Path) -> None:
    """A device words the same figures as it likes: an older program, or a made-up reason."""
    ann, visit, outcome = draft(any_council, tmp_path)
    sent = copy.deepcopy(outcome)
    sent["because"] = [{"rule": "result", "text": "Nothing was found."}]
    sent["results"][0]["because"] = []
    sent["note"] = "made up"
    assert sign_off(ann, visit, sent) == []
    ann.sync()
    for place in (any_council, ann):
        kept, (step,) = place.get(Visit, visit), place.all(Step)
        assert (kept.status, kept.outcome) == (VisitStatus.SIGNED_OFF, outcome)
        assert step.fields["outcome"] == outcome
        assert [rating.reason for rating in place.all(Rating)] == [outcome["because"][0]["text"]]
    assert (ann.sync().sent, ann.sync().received) == (0, 0)


@pytest.mark.parametrize(
    ("engine", "code"),
    [
        (1, Code.OUTCOME_OLDER),
        (3, Code.OUTCOME_NEWER),
        ("2", Code.OUTCOME_NEWER),
        ([2], Code.OUTCOME_NEWER),
    ],
)
def test_a_sign_off_by_other_rules_is_held_and_the_rest_is_taken(
    council: Council, tmp_path: Path, engine: Any, code: str
) -> None:
    ann, visit, outcome = draft(council, tmp_path)
    ann.edit(Visit, visit, joined_by="Health")
    ann.sync()
    assert sign_off(ann, visit, {**outcome, "engine": engine}) == [code]
    kept = council.get(Visit, visit)
    assert (kept.status, kept.joined_by) == (VisitStatus.DRAFT, "Health")


def first(outcome: dict[str, Any], **changed: Any) -> list[Any]:
    return [{**outcome["results"][0], **changed}, *outcome["results"][1:]]


@pytest.mark.parametrize(
    "lie",
    [
        lambda one: {"level": "good"},
        lambda one: {"level": ""},
        lambda one: {"provisional": True},
        lambda one: {"results": []},
        lambda one: {"results": first(one, level="good")},
        lambda one: {"results": first(one, percent=76)},
        lambda one: {"results": first(one, coverage=99)},
        lambda one: {"results": first(one, provisional=True)},
        lambda one: {"results": one["results"][::-1]},
        lambda one: {"results": "Good"},
        lambda one: {"results": [1, None]},
        lambda one: {"areas": [{**area, "level": "good"} for area in one["areas"]]},
        lambda one: {"areas": "none"},
    ],
)
def test_another_level_or_result_is_refused(council: Council, tmp_path: Path, lie: Any) -> None:
    ann, visit, outcome = draft(council, tmp_path)
    assert sign_off(ann, visit, {**outcome, **lie(outcome)}) == [Code.OUTCOME_DIFFERS]
    assert council.get(Visit, visit).status == VisitStatus.DRAFT
