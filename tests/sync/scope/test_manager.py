"""A manager's device has everything but answers and evidence, and what follows from those."""

from __future__ import annotations

import pytest

from sync.server.evidence.access import require_sight
from tests.support.sync.council import Council, Device
from tests.support.sync.evidence import digest, evidence_record
from visitapp.errors import NotFound
from visitapp.records import (
    KINDS,
    Action,
    Answer,
    Conflict,
    Evidence,
    History,
    Rating,
    Role,
    Setting,
    Step,
    Visit,
)
from visitapp.rules.access import Actor

HIDDEN = {"answer", "evidence", "review_comment", "review_draw", "second_review"}


class Busy:
    """An officer and a lead with a visit, and a trail of changes on an answer, its evidence and an
    action."""

    def __init__(self, council: Council) -> None:
        self.ann, self.lee = council.officer("ann"), council.lead("lee")
        self.setting = self.ann.setting()
        self.visit = self.ann.visit(self.setting, plans="met", calls="met")
        self.action = self.ann.action(self.setting)
        self.photo = evidence_record(self.ann, self.setting, b"a photo")
        self.meet()
        for device in (self.ann, self.lee):
            device.answer(self.visit, "plans", note=device.name)
            device.edit(Action, self.action, owner=device.name)
        self.meet()
        self.ann.step(self.action, "done")
        self.ann.sign_off(self.visit, council.library)
        self.meet()

    def meet(self) -> None:
        for _ in range(2):
            for device in (self.ann, self.lee):
                device.sync()


def manager(council: Council) -> Device:
    council.user("mia", Role.MANAGER)
    device = council.device("mia")
    device.sync()
    return device


def test_it_has_no_answers_no_evidence_and_no_trail_of_them(any_council: Council) -> None:
    busy, mia = Busy(any_council), manager(any_council)
    assert mia.all(Answer) == mia.all(Evidence) == []
    for trail in (History, Conflict, Step):
        everything = {(row.kind, row.id) for row in any_council.all(trail)}
        seen = {(row.kind, row.id) for row in mia.all(trail)}
        assert seen == {one for one in everything if one[0] not in HIDDEN}, trail
    assert HIDDEN & {row.kind for row in any_council.all(Conflict)} == {"answer"}
    for kind in (Setting, Visit, Action, Rating):
        assert {r.id for r in mia.all(kind)} == {r.id for r in any_council.all(kind)}
    assert mia.get(Visit, busy.visit).outcome["overall"] == "green"


def test_it_learns_of_what_changes_and_of_nothing_hidden(any_council: Council) -> None:
    busy, mia = Busy(any_council), manager(any_council)
    busy.lee.review(busy.visit, "returned")
    busy.lee.sync()
    busy.ann.sync()
    busy.ann.answer(busy.visit, "calls", value="partly")
    busy.ann.sync()
    mia.sync()
    assert mia.get(Visit, busy.visit).status == "returned"
    assert mia.all(Answer) == []
    assert not HIDDEN & {row.kind for row in mia.all(History)}


def test_the_bytes_of_evidence_are_not_given_to_a_manager(any_council: Council) -> None:
    Busy(any_council)
    with any_council.database.viewing() as connection, pytest.raises(NotFound):
        require_sight(connection, Actor("mia", Role.MANAGER), digest(b"a photo"))


def test_the_kinds_say_so() -> None:
    hidden = {name for name, kind in KINDS.items() if not kind.__kind__.seen_by(Role.MANAGER)}
    assert hidden == HIDDEN
