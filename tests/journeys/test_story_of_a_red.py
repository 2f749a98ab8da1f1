"""The story of a Red: from the sign-off to placements that are open again, with a condition.

Four people on four laptops, offline at times, and a real server.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from forms.catalogue.catalogue import shipped
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import HEATHER, write_cqc
from tests.support.forms.answers import best_answers
from tests.support.sync.audited import require_audited
from tests.support.terminal.commands import Council
from visitapp.errors import Refused
from visitapp.rules.authority.exception_life import PlacementRisk
from visitapp.services.services import Services
from visitapp.storage.database import open_server

FORM = "residential-quality"
RISK = PlacementRisk(
    need="Nursing care at night, which her flat cannot give.",
    alternatives="Three homes nearby have no nursing bed.",
    hazards="Medicines were not checked at the visit.",
    safeguards="The district nurse gives the medicines until the next visit.",
    safeguarding_view="No objection.",
    regulator_view="Told on the day; no objection.",
    told="Her daughter, who agrees.",
)


class People:
    """A served council, and a laptop for each of its people."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._stack, self._folder, self.clock = stack, folder, Clock()
        self.url = f"sqlite:///{(folder / 'server.db').as_posix()}"
        council = Council(self.url)
        for name, role in (("ann", "officer"), ("lee", "lead"), ("max", "manager")):
            council.add_user(name, role, "East")
        council.add_user("vic", "viewer", "")
        self._address = stack.enter_context(council.serving())

    def of(self, name: str) -> Services:
        """A laptop, signed in and synced."""
        desk = self._stack.enter_context(
            open_desk(self._folder / name, self.clock, MemoryKeyring())
        )
        desk.connection.connect(self._address, name, name)
        desk.connection.sync()
        return desk


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with ExitStack() as stack:
        yield People(stack, tmp_path)


def carried_out(desk: Services, setting: str, **worse: dict[str, Any]) -> str:
    """A visit on the day of the clock, signed off with the best answers but for these."""
    visit = desk.visits.start(setting, FORM).id
    desk.visits.answer_all(visit, {**best_answers(shipped().form(FORM)), **worse})
    desk.visits.sign_off(visit)
    return visit


def synced(*desks: Services) -> None:
    for desk in desks:
        assert desk.connection.sync().refused == []


def position(*desks: Services, setting: str) -> str:
    """The position that each of the laptops shows."""
    (one,) = {desk.placements.view(setting).position for desk in desks}
    return str(one)


def rating(desk: Services, setting: str) -> str:
    (row,) = [row for row in desk.portfolio.rows() if row.setting_id == setting]
    return row.rag


def told(desk: Services) -> set[str]:
    """What the latest notices say, of every audience."""
    notices = desk.notices.notices()
    return {one.text for one in notices if one.made_at == notices[0].made_at}


def test_from_red_to_open_with_a_condition(people: People, tmp_path: Path) -> None:
    ann, lee, max_, vic = (people.of(name) for name in ("ann", "lee", "max", "vic"))
    ann.directory.import_file(write_cqc(tmp_path / "places.csv"))
    setting = ann.settings.add(HEATHER.location_id).setting_id

    # Red on site, with no network: the setting is closed before the officer leaves.
    red = carried_out(ann, setting, referrals={"value": "not_met", "note": "Two of five."})
    assert (rating(ann, setting), position(ann, setting=setting)) == ("red", "closed")
    synced(ann, lee, max_, vic)
    assert position(ann, lee, max_, vic, setting=setting) == "closed"
    assert any("No new placements at Heather Bank" in text for text in told(lee))
    assert len({one.audience for one in max_.notices.notices()}) == 5
    assert vic.notices.notices() == []

    # Nobody but a senior manager opens it again.
    for desk in (ann, lee, vic):
        with pytest.raises(Refused):
            desk.placements.decide(setting, "open", "All is well")
    max_.placements.decide(setting, "closed", "Referrals must be made first")
    synced(max_, ann, lee)
    assert max_.placements.waiting() == []

    # One person needs the place: the assessment first, then the manager, then once.
    asked = ann.exceptions.ask(setting, "P-104", "No other bed in the county", assessment=RISK)
    until = people.clock().date() + timedelta(days=14)
    with pytest.raises(Refused):
        ann.exceptions.authorise(asked.id, until, "Needed tonight")
    synced(ann, lee, max_)
    with pytest.raises(Refused):
        lee.exceptions.authorise(asked.id, until, "Needed tonight")
    max_.exceptions.authorise(asked.id, until, "The safeguards are enough", "Review each week")
    synced(max_, ann)
    assert ann.exceptions.view(asked.id).status == "authorised"
    ann.exceptions.use(asked.id, people.clock().date())
    second = ann.exceptions.ask(setting, "P-231", "Her husband lives here", assessment=RISK)
    synced(ann, max_)
    max_.exceptions.authorise(second.id, until, "The safeguards are enough")
    synced(max_, ann, lee)
    with pytest.raises(Refused):
        ann.exceptions.use(asked.id, people.clock().date())

    # The next visit is better. It counts when the lead agrees, who was offline for a day.
    people.clock.now += timedelta(days=1)
    green = carried_out(ann, setting)
    assert rating(ann, setting) == "red"
    synced(ann, lee, max_)
    lee.reviews.approve(red)
    lee.reviews.approve(green)
    people.clock.now += timedelta(minutes=1)
    synced(lee, ann, max_)
    assert rating(max_, setting) == "green"
    assert position(ann, lee, max_, setting=setting) == "closed", "a colour opens nothing"
    assert any("moved from Red to Green" in text for text in told(lee))
    assert [one.setting for one in max_.placements.waiting()] == ["Heather Bank"]

    # The manager opens it with a condition; what was authorised and not used is void.
    condition = "Two nurses at night until the end of January"
    max_.placements.decide(setting, "conditional", "Referrals are made", condition=condition)
    synced(max_, ann, lee, vic)
    assert position(ann, lee, max_, vic, setting=setting) == "conditional"
    decided = vic.placements.view(setting).decision
    assert decided is not None
    assert decided.condition == condition
    assert any(condition in text for text in told(lee))
    assert ann.exceptions.view(second.id).status == "void"
    assert ann.exceptions.view(asked.id).status == "used"

    database = open_server(people.url)
    require_audited(database)
    database.close()
