"""The verifications that an intervention visit makes count with its sign-off, or not at all."""

from __future__ import annotations

import pytest

from tests.support.sync.council import Council, Device
from visitapp.errors import Code
from visitapp.records import Action, Step, Visit, new_id


class OnSite:
    """An officer who signs a visit off and verifies an action by it."""

    def __init__(self, council: Council) -> None:
        self.ann = council.officer("ann")
        self.home = self.ann.setting()
        self.action = self.ann.action(self.home)
        self.visit = self.ann.visit(self.home, plans="met", calls="met")
        self.ann.sync()

    def verify(self, sign_off: str) -> str:
        found = {"how": "visit", "note": "Bells tried", "sign_off": sign_off}
        return self.ann.step(self.action, "verified", fields=found)

    def sign_off_and_verify(self, council: Council, **lie: str) -> str:
        self.ann.sign_off(self.visit, council.library, **lie)
        signed = next(one for one in self.ann.all(Step) if one.record_id == self.visit)
        self.verify(signed.id)
        return str(signed.id)


@pytest.fixture
def on_site(any_council: Council) -> OnSite:
    return OnSite(any_council)


def codes(device: Device) -> list[str]:
    return [one.code for one in device.sync().refused]


def test_they_are_taken_with_the_sign_off(any_council: Council, on_site: OnSite) -> None:
    on_site.sign_off_and_verify(any_council)
    assert codes(on_site.ann) == []
    assert any_council.get(Action, on_site.action).status == "verified"


def test_they_are_set_aside_with_a_refused_sign_off(any_council: Council, on_site: OnSite) -> None:
    signed = on_site.sign_off_and_verify(any_council, overall="red")
    assert codes(on_site.ann) == [Code.OUTCOME_DIFFERS, Code.NOT_FOUND]
    assert any_council.get(Visit, on_site.visit).status == "draft"
    assert any_council.get(Action, on_site.action).status == "open"
    assert any_council.all(Step) == []

    on_site.ann.take_back(signed)
    on_site.ann.sign_off(on_site.visit, any_council.library)
    assert codes(on_site.ann) == [Code.NOT_FOUND], "it came with another sign-off"
    assert any_council.get(Action, on_site.action).status == "open"


def test_they_do_not_count_once_the_visit_is_returned(
    any_council: Council, on_site: OnSite
) -> None:
    ann, lee = on_site.ann, any_council.lead("lee")
    ann.sign_off(on_site.visit, any_council.library)
    ann.sync()
    signed = next(one.id for one in ann.all(Step))
    lee.sync()
    lee.review(on_site.visit, "returned")
    lee.sync()
    on_site.verify(signed)
    assert codes(ann) == [Code.STEP_REFUSED]
    assert any_council.get(Action, on_site.action).status == "open"


def test_it_is_the_sign_off_of_a_visit_to_that_setting(
    any_council: Council, on_site: OnSite
) -> None:
    ann = on_site.ann
    elsewhere = ann.visit(ann.setting("Birch House"), plans="met", calls="met")
    ann.sign_off(elsewhere, any_council.library)
    ann.sync()
    on_site.verify(next(one.id for one in ann.all(Step)))
    assert codes(ann) == [Code.BAD_VALUE]
    other = ann.action(on_site.home, "Another")
    done = ann.step(other, "done")
    ann.sync()
    ann.take_back(next(row.record_id for row in ann.outbox()))
    on_site.verify(done)
    assert codes(ann) == [Code.BAD_VALUE]
    ann.take_back(next(row.record_id for row in ann.outbox()))
    on_site.verify(new_id())
    assert codes(ann) == [Code.NOT_FOUND]
    assert any_council.get(Action, on_site.action).status == "open"
