"""The officer's words and both signatures: kept with the visit, and only under what was signed."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.support.desk.desks import FORM
from tests.support.forms.answers import best_answers
from visitapp.errors import Code, Refused
from visitapp.rules.visiting.signatures import Party
from visitapp.services.services import Services
from visitapp.services.visits.receipt import receipt_of
from visitapp.services.visits.sign_off.words import outdated

DRAWN = [[(10, 10), (500, 200)]]


@pytest.fixture
def visit_id(services: Services, homes: list[str]) -> str:
    """A visit that can be signed off."""
    visit = services.visits.start(homes[0], FORM).id
    services.visits.answer_all(visit, best_answers(services.visits.form(visit)))
    return visit


def test_words_and_signatures_go_into_the_signed_visit(services: Services, visit_id: str) -> None:
    services.visit_words.write(visit_id, summary="Kind staff.", told_manager="The outcome.")
    services.visit_words.sign(visit_id, Party.COUNCIL, "  Asha   Verrin ", [])
    services.visit_words.sign(visit_id, Party.PROVIDER, "Jonet Sallow", DRAWN)
    view = services.visits.sign_off(visit_id)
    assert (view.officer_summary, view.told_manager) == ("Kind staff.", "The outcome.")
    assert [(one.name, one.strokes) for one in view.signatures] == [
        ("Asha Verrin", []),
        ("Jonet Sallow", DRAWN),
    ]


def test_what_is_signed_is_frozen(services: Services, visit_id: str) -> None:
    services.visits.sign_off(visit_id)
    for write in (
        lambda: services.visit_words.write(visit_id, summary="Later."),
        lambda: services.visit_words.sign(visit_id, Party.PROVIDER, "Jonet", []),
        lambda: services.visit_words.take_off(visit_id, Party.PROVIDER),
    ):
        with pytest.raises(Refused) as refused:
            write()
        assert refused.value.code == Code.VISIT_FROZEN


@pytest.mark.parametrize("change", ["answer", "words", "action"])
def test_a_change_after_a_signature_asks_for_it_again(
    services: Services, visit_id: str, change: str
) -> None:
    services.visit_words.sign(visit_id, Party.PROVIDER, "Jonet Sallow", [])
    if change == "answer":
        services.visits.answer(visit_id, "dignity", note="Seen at lunch.")
    elif change == "words":
        services.visit_words.write(visit_id, summary="Other words.")
    else:
        services.actions.add(visit_id, None, "Mend the roof", services.desk.today())
    assert [one.name for one in outdated(services.visits.view(visit_id))] == ["Jonet Sallow"]
    with pytest.raises(Refused, match="changed after Jonet Sallow signed it"):
        services.visits.sign_off(visit_id)
    services.visit_words.sign(visit_id, Party.PROVIDER, "Jonet Sallow", [])
    services.visits.sign_off(visit_id)


def test_a_signature_can_be_taken_off(services: Services, visit_id: str) -> None:
    services.visit_words.sign(visit_id, Party.PROVIDER, "Jonet Sallow", [])
    services.visit_words.sign(visit_id, Party.COUNCIL, "Asha Verrin", [])
    services.visit_words.take_off(visit_id, Party.PROVIDER)
    left = services.visits.view(visit_id).signatures
    assert [one.party for one in left] == [Party.COUNCIL]


@pytest.mark.parametrize(
    "texts", [{"summary": "x" * 1501}, {"told_manager": "x" * 601}, {"summary": "\0"}]
)
def test_words_that_page_1_cannot_hold_are_refused(
    services: Services, visit_id: str, texts: dict[str, str]
) -> None:
    with pytest.raises(Refused) as refused:
        services.visit_words.write(visit_id, **texts)
    assert refused.value.code == Code.BAD_VALUE
    with pytest.raises(Refused):
        services.visit_words.sign(visit_id, Party.COUNCIL, " ", DRAWN)


def test_the_receipt_covers_words_and_signatures_and_stays_without_them(
    services: Services, visit_id: str
) -> None:
    services.visit_words.sign(visit_id, Party.COUNCIL, "Asha Verrin", DRAWN)
    view = services.visits.sign_off(visit_id)
    form = services.visits.form(visit_id)
    others = [
        replace(view, signatures=[]),
        replace(view, officer_summary="Other."),
        replace(view, told_manager="Other."),
        replace(view, blind=True),
    ]
    found = {receipt_of(one, form) for one in (view, *others)}
    assert len(found) == 5
