"""Each pair of decisions that can meet offline, whichever of the two arrives first.

What they lead to is the same for all, or the later one hears why in one sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from tests.support.sync.audited import require_audited
from tests.support.sync.council import Council, Device
from tests.support.sync.decisions import decide, event_values, position
from visitapp.records import (
    Action,
    Answer,
    ExceptionStatus,
    HandOver,
    Joining,
    PlacementException,
    Rating,
    Role,
    Setting,
    SignificantEvent,
    Visit,
    VisitStatus,
)
from visitapp.records.ids import joining_id

DAY = date(2026, 11, 22)
POOR = {"plans": "not_met", "calls": "not_met"}
FAIR = {"plans": "met", "calls": "partly"}
GOOD = {"plans": "met", "calls": "met"}
RISK = dict.fromkeys(
    (
        *("need", "alternatives", "hazards", "safeguards"),
        *("safeguarding_view", "regulator_view", "told"),
    ),
    "Read",
)


class Apart:
    """Ann holds a home, Lee and Lou lead her team, Mia is a manager and Bob an officer; all of them
    have synced, and are offline from here on."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.bob = council.officer("ann"), council.officer("bob")
        self.lee, self.lou = council.lead("lee"), council.lead("lou")
        council.user("mia", Role.MANAGER)
        self.mia = council.device("mia")
        self.home, self.other = self.ann.setting("Alder House"), self.ann.setting("Birch House")
        self.meet()

    def meet(self) -> None:
        for _ in range(2):
            for device in (self.ann, self.bob, self.lee, self.lou, self.mia):
                device.sync()

    def send(self, *devices: Device) -> list[str]:
        """They sync one after the other; the sentences of what is refused."""
        return [one.text for device in devices for one in device.sync().refused]

    def signed(self, on: date, **answers: str) -> str:
        visit = self.ann.visit(self.home, on=on, **answers)
        self.ann.sign_off(visit, self.council.library)
        return visit

    def rags(self) -> set[str]:
        """The rating that stands on each device and at the server, by the newest standing row."""
        found = set()
        for place in (self.council, self.ann, self.lee):
            rows = [row for row in place.all(Rating) if row.state == "stands"]
            rows.sort(key=lambda row: (row.visited_on, row.revision))
            found.add(rows[-1].rag if rows else "unrated")
        return found


@pytest.fixture
def apart(any_council: Council) -> Iterator[Apart]:
    yield Apart(any_council)
    require_audited(any_council.database)


def in_order(first: Device, second: Device, turned: bool) -> tuple[Device, Device]:
    return (second, first) if turned else (first, second)


either = pytest.mark.parametrize("turned", [False, True], ids=["as told", "turned"])


@either
def test_two_positions(apart: Apart, turned: bool) -> None:
    decide(apart.lee, apart.home, "open")
    decide(apart.lou, apart.home, "conditional")
    assert apart.send(*in_order(apart.lee, apart.lou, turned)) == []
    apart.meet()
    assert position(apart.council, apart.ann, apart.lee, setting=apart.home) == "conditional?"


@either
def test_an_approval_and_a_withdrawal(apart: Apart, turned: bool) -> None:
    visit = apart.signed(DAY, **GOOD)
    apart.meet()
    apart.lee.review(visit, "approved")
    apart.lou.review(visit, "returned")
    first, second = in_order(apart.lee, apart.lou, turned)
    refused = apart.send(first, second)
    apart.meet()
    status = apart.council.get(Visit, visit).status
    if turned:
        assert (status, len(refused)) == (VisitStatus.RETURNED, 1)
        assert refused[0].startswith("Somebody else changed this visit first")
    else:
        # An approved visit can be returned: the one step follows on the other.
        assert (status, refused) in (
            (VisitStatus.RETURNED, []),
            (VisitStatus.APPROVED, refused[:1]),
        )
    assert {apart.ann.get(Visit, visit).status, apart.lee.get(Visit, visit).status} == {status}


@either
def test_an_event_and_an_approval(apart: Apart, turned: bool) -> None:
    first = apart.signed(DAY - timedelta(days=100), **FAIR)
    apart.meet()
    better = apart.signed(DAY - timedelta(days=1), **GOOD)
    apart.meet()
    apart.ann.add(SignificantEvent(**event_values(apart.home, "red", "amber")))
    apart.lee.review(better, "approved")
    assert apart.send(*in_order(apart.ann, apart.lee, turned)) == []
    apart.meet()
    assert apart.rags() == {"red"}, "down at once, whatever was approved of an earlier day"
    assert apart.council.get(Visit, first) is not None


@either
def test_an_exception_and_a_position(apart: Apart, turned: bool) -> None:
    apart.signed(DAY, **POOR)
    apart.meet()
    asked = PlacementException(setting_id=apart.home, person="P31", why="Her husband")
    apart.ann.add(asked)
    apart.ann.step(asked.id, "asked", PlacementException, reason="", fields={"assessment": RISK})
    apart.meet()
    known = apart.mia.get(PlacementException, asked.id)
    apart.mia.step(
        asked.id,
        "authorised",
        PlacementException,
        reason="Keeps a couple together",
        fields={
            "assessed_at": known.assessed_at,
            "valid_to": DAY + timedelta(days=7),
            "conditions": "",
            "policy_version": "2026.1",
        },
    )
    apart.council.user("max", Role.MANAGER)
    max_ = apart.council.device("max")
    max_.sync()
    decide(max_, apart.home, "conditional", rag="red")
    refused = apart.send(*in_order(apart.mia, max_, turned))
    apart.meet()
    there = apart.council.get(PlacementException, asked.id)
    assert there.status == ExceptionStatus.VOID, "authority never outlives the position it was for"
    assert len(refused) == turned
    assert all("it is now void" in sentence for sentence in refused)


@either
def test_a_hand_over_and_a_sign_off(apart: Apart, turned: bool) -> None:
    visit = apart.signed(DAY, **POOR)
    apart.lee.add(
        HandOver(
            setting_id=apart.home,
            from_officer_id=apart.ann.user_id,
            to_officer_id=apart.bob.user_id,
            starts_on=apart.council.clock.now.date(),
        )
    )
    assert apart.send(*in_order(apart.lee, apart.ann, turned)) == []
    apart.meet()
    there = apart.council.get(Visit, visit)
    assert (there.status, there.signed_off_by) == (VisitStatus.SIGNED_OFF, apart.ann.user_id)
    assert apart.council.get(Setting, apart.home).officer_id == apart.bob.user_id
    assert apart.bob.get(Visit, visit).outcome["overall"] == "red"


def closed(apart: Apart) -> None:
    apart.lee.step(apart.home, "closed", Setting, reason="The provider left")


def merged(apart: Apart) -> None:
    into = {"merged_into_id": apart.other}
    apart.lee.step(apart.home, "merged", Setting, reason="Entered twice", fields=into)


@either
@pytest.mark.parametrize("end", [closed, merged])
def test_the_end_of_a_setting_and_new_work_there(
    apart: Apart, end: Callable[[Apart], None], turned: bool
) -> None:
    visit = apart.signed(DAY, **POOR)
    action = apart.ann.action(apart.home, "Return the files")
    end(apart)
    assert apart.send(*in_order(apart.lee, apart.ann, turned)) == []
    apart.meet()
    assert apart.council.get(Setting, apart.home).status == end.__name__
    for place in (apart.council, apart.lee, apart.ann):
        assert place.get(Visit, visit).status == VisitStatus.SIGNED_OFF
        assert place.get(Visit, visit).setting_id == apart.home, "nothing is moved"
        assert place.get(Action, action) is not None
    assert "red" in {row.rag for row in apart.lee.all(Rating)}


@either
def test_a_discarded_visit_and_a_colleagues_answers(apart: Apart, turned: bool) -> None:
    visit = apart.ann.visit(apart.home, plans="met")
    joined = Joining(
        id=joining_id(visit, apart.bob.user_id),
        setting_id=apart.home,
        visit_id=visit,
        user_id=apart.bob.user_id,
    )
    apart.ann.add(joined)
    apart.meet()
    answer = apart.bob.answer(visit, "calls", value="partly", note="Nobody came for 9 minutes")
    apart.ann.edit(Visit, visit, deleted=True, discard_reason="Started by mistake")
    assert apart.send(*in_order(apart.ann, apart.bob, turned)) == []
    apart.meet()
    assert apart.council.get(Visit, visit).deleted
    for place in (apart.council, apart.ann):
        assert place.get(Answer, answer).note == "Nobody came for 9 minutes", "nothing is lost"
    assert apart.bob.outbox() == []
    apart.ann.edit(Visit, visit, deleted=False, discard_reason="")
    apart.meet()
    assert {row.question for row in apart.bob.all(Answer)} == {"plans", "calls"}
    assert not apart.bob.get(Visit, visit).deleted
