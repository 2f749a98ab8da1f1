"""A built form is told from one that somebody changed, for the forms that ship."""

from __future__ import annotations

import pytest

from forms.catalogue.catalogue import shipped
from forms.tailored.build import MOST_ACTIONS, PlanAction, Weak, printable, tailor, version_of
from forms.tailored.verify import base_versions, difference

SHIPPED = shipped()
BASE = "intervention-visit"
LAST = "residential-quality"


def text_of(form_id: str) -> str:
    return SHIPPED.text(form_id, SHIPPED.versions(form_id)[-1])


def plan(count: int, title: str = "Mend the  bells\non floor {0}") -> list[PlanAction]:
    """Actions of every priority, with titles and notes as people type them."""
    return [
        PlanAction(
            question=f"action_{n}",
            title=title.format(n),
            about="Due soon. " * (60 * (n % 3)),
            priority=("immediate", "high", "medium", "low")[n % 4],
        )
        for n in range(count)
    ]


def titles(actions: list[PlanAction]) -> dict[str, list[str]]:
    return {action.question: [printable(action.title)] for action in actions}


def weak_areas() -> list[str]:
    return [area.id for area in SHIPPED.form(LAST).areas][:3]


@pytest.mark.parametrize("count", [0, 1, 7, MOST_ACTIONS + 5])
@pytest.mark.parametrize("weak", [False, True])
def test_what_the_desk_builds_is_built_again(count: int, weak: bool) -> None:
    actions, base, last = plan(count), text_of(BASE), text_of(LAST)
    built = tailor(base, actions, Weak(text=last, areas=weak_areas()) if weak else None)
    assert difference(built, base, titles(actions), [base, last]) == ""
    assert (
        base_versions(version_of(built), SHIPPED.versions(BASE))[-1] == SHIPPED.versions(BASE)[-1]
    )


def test_areas_of_a_form_that_is_not_known_are_refused() -> None:
    base = text_of(BASE)
    last = text_of(LAST).replace("score: 0,", "score: 1,")
    built = tailor(base, [], Weak(text=last, areas=weak_areas()))
    assert last != text_of(LAST)
    assert "differs" in difference(built, base, {}, [text_of(LAST)])


def test_an_action_without_record_is_named() -> None:
    actions = plan(2)
    built = tailor(text_of(BASE), actions)
    known = {actions[0].question: ["Something else"]}
    assert "does not have" in difference(built, text_of(BASE), known, [])
