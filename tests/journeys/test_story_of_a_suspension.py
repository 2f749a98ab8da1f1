"""The story of a suspension: peer support, two decisions that meet, the end and the position.

The ladder of casework: an officer, a team lead and a senior manager on laptops that are offline at
times, a viewer, and a real server.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journeys.test_story_of_a_red import People, position, synced
from tests.support.directory.cqc import HEATHER, write_cqc
from tests.support.sync.audited import require_audited
from visitapp.errors import Refused
from visitapp.services.escalation.opening import Opening
from visitapp.services.services import Services
from visitapp.storage.database import open_server


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with ExitStack() as stack:
        yield People(stack, tmp_path)


def state(*desks: Services, setting: str) -> str:
    """Where each of the laptops says that the setting stands."""
    (one,) = {desk.escalations.view(setting).status for desk in desks}
    return str(one)


def later(people: People) -> None:
    """An hour on: the server's own clock takes no day that is not there yet."""
    people.clock.now += timedelta(hours=1)


def test_from_peer_support_to_open_with_a_condition(people: People, tmp_path: Path) -> None:
    ann, lee, max_, vic = (people.of(name) for name in ("ann", "lee", "max", "vic"))
    ann.directory.import_file(write_cqc(tmp_path / "places.csv"))
    setting = ann.settings.add(HEATHER.location_id).setting_id
    support = Opening(reason="Two of five rounds were late", support="Rowan House")
    ann.escalations.open(setting, "peer_support", support)
    synced(ann, lee, max_, vic)
    assert state(ann, lee, max_, setting=setting) == "peer_support"
    assert vic.escalations.view(setting).status == "not_escalated", "a viewer sees positions alone"

    # A lead and a manager decide apart: the lead's decision is at the server first.
    later(people)
    meeting = Opening(reason="Six falls in a month", skip_reason="A plan is being written")
    lee.escalations.open(setting, "strategy_meeting", meeting)
    suspension = Opening(reason="Six falls in a month", skip_reason="People are at risk")
    max_.escalations.open(setting, "suspension", suspension)
    synced(lee, max_, ann, lee)
    assert state(ann, lee, max_, setting=setting) == "strategy_meeting"
    assert position(ann, max_, setting=setting) == "closed", "the stricter stands meanwhile"
    aside = next(one for one in max_.escalations.view(setting).entries if one.set_aside)
    assert aside.title == "Suspension opened"

    # A lead cannot take a manager's decision: the manager takes it again, and the lead settles.
    (conflict,) = lee.conflicts.list()
    with pytest.raises(Refused):
        lee.conflicts.settle(conflict.id, "other")
    lee.conflicts.settle(conflict.id, "server")
    max_.escalations.open(setting, "suspension", suspension)
    synced(lee, max_, ann, lee)
    assert state(ann, lee, max_, setting=setting) == "suspension"
    assert max_.conflicts.list() == []
    steps = {one.rung: one.state for one in ann.escalations.view(setting).steps}
    assert (steps["strategy_meeting"], steps["default_notice"]) == ("open", "skipped")

    # Each review keeps it closed; nobody below a senior manager ends it.
    later(people)
    again = people.clock().date() + timedelta(days=27)
    max_.escalations.review(setting, "suspension", "Nights are not safe yet", review_on=again)
    synced(max_, ann, lee)
    decision = ann.placements.view(setting).decision
    assert decision is not None
    assert (decision.position, decision.review_on, decision.source) == (
        *("closed", again),
        "escalation",
    )
    with pytest.raises(Refused):
        lee.escalations.end(setting, "suspension", "met", "Better")

    # Its end is a decision on placements, which a viewer has too.
    later(people)
    condition = "Two admissions a week"
    max_.escalations.end(
        *(setting, "suspension", "met", "Two visits four weeks apart"),
        position="conditional",
        condition=condition,
    )
    synced(max_, lee)
    lee.escalations.end(setting, "strategy_meeting", "met", "All was agreed")
    ann.escalations.end(setting, "peer_support", "met", "The deputy was coached")
    synced(lee, max_, vic)
    ann.connection.sync()
    assert position(ann, lee, max_, vic, setting=setting) == "conditional"
    decided = vic.placements.view(setting).decision
    assert decided is not None
    assert decided.condition == condition

    # The officer ended peer support before they knew: that met the others, and is theirs to settle.
    (met,) = ann.conflicts.list()
    ann.conflicts.settle(met.id, "mine")
    synced(ann, lee)
    assert state(ann, lee, setting=setting) == "between_steps"
    lee.escalations.stand_down(setting, "Good for three months")
    synced(lee, ann, max_)
    assert state(ann, lee, max_, setting=setting) == "not_escalated"
    told = [entry.what for entry in ann.settings.view(setting).timeline]
    assert "Suspension ended: met." in told

    database = open_server(people.url)
    require_audited(database)
    database.close()
