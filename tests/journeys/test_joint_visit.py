"""Two officers fill one visit on two laptops, offline, through the services and a real server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import HEATHER, LARCH, write_cqc
from tests.support.forms.answers import best_answers
from tests.support.storage.postgres import fresh_database
from tests.support.terminal.commands import Council
from visitapp.errors import Code, NotAllowed, Refused
from visitapp.services.services import Services

FORM = "joint-assurance"


class Laptops:
    """A served council, and a laptop for each of its people."""

    def __init__(self, stack: ExitStack, folder: Path, database: str) -> None:
        self._stack, self._folder, self._clock = stack, folder, Clock()
        council = Council(database)
        for name, role, team in (
            ("ann", "officer", "Contracts"),
            ("ben", "officer", "Safeguarding"),
            ("lee", "lead", "Contracts"),
        ):
            council.add_user(name, role, team)
        self.url = stack.enter_context(council.serving())

    def of(self, name: str) -> Services:
        """A new laptop, signed in and synced."""
        folder = self._folder / name
        desk = self._stack.enter_context(open_desk(folder, self._clock, MemoryKeyring()))
        desk.connection.connect(self.url, name, name)
        desk.connection.sync()
        return desk


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)])
def laptops(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Laptops]:
    with ExitStack() as stack:
        if request.param == "sqlite":
            database = f"sqlite:///{tmp_path / 'server.db'}"
        else:
            database = fresh_database(request.getfixturevalue("postgres"))
        yield Laptops(stack, tmp_path, database)


def held(desk: Services) -> set[str]:
    """The settings on a laptop."""
    return {row.setting_id for row in desk.portfolio.rows()}


def split(desk: Services, visit: str) -> tuple[dict[str, dict[str, object]], ...]:
    """The best answers of the first half of the areas, and of the rest."""
    form = desk.visits.form(visit)
    best = best_answers(form)
    early = {q.id for area in form.areas[: len(form.areas) // 2] for q in area.questions}
    return (
        {question: given for question, given in best.items() if question in early},
        {question: given for question, given in best.items() if question not in early},
    )


def test_two_officers_make_one_visit_on_two_laptops(laptops: Laptops, tmp_path: Path) -> None:
    ann, ben = laptops.of("ann"), laptops.of("ben")
    ann.directory.import_file(write_cqc(tmp_path / "places.csv"))
    heather, larch = (ann.settings.add(p.location_id).setting_id for p in (HEATHER, LARCH))
    visit = ann.visits.start(heather, FORM, "joint").id
    ann.connection.sync()
    ben.connection.sync()
    assert held(ben) == set()
    assert ann.joint_visits.join(visit, "ben") == ["ben"]
    ann.connection.sync()
    ben.connection.sync()
    assert held(ben) == {heather}
    assert larch not in held(ben)

    hers, his = split(ann, visit)
    shared = next(q for q, given in hers.items() if given.get("value") == "met")
    ann.visits.answer_all(visit, hers)
    ben.visits.answer_all(visit, his)
    ben.visits.answer(visit, shared, value="partly", note="Two staff did not know.")
    with pytest.raises(NotAllowed, match="Its officer, ann, signs it off"):
        ben.visits.sign_off(visit)
    assert ann.connection.sync().conflicts == 0
    assert ben.connection.sync().conflicts == 1
    ann.connection.sync()

    answers = ann.visits.answers(visit)
    assert {question: answers[question] for question in his} == his
    assert answers[shared]["value"] == "met"
    clashes = {one.field: one for one in ann.conflicts.list()}
    clash = clashes["value"]
    assert {one.id for one in ben.conflicts.list()} == {one.id for one in clashes.values()}
    ann.conflicts.settle(clash.id, "theirs")
    ann.connection.sync()
    ben.connection.sync()
    for desk in (ann, ben):
        assert desk.visits.answers(visit)[shared]["value"] == "partly"
        assert desk.conflicts.list() == []
    assert ben.visits.outcome(visit) == ann.visits.outcome(visit)

    ann.visits.sign_off(visit)
    assert ann.connection.sync().refused == []
    with pytest.raises(Refused) as asked:
        ben.connection.sync()
    assert asked.value.code == Code.MASS_REMOVAL, "it was most of what the laptop held"
    ben.connection.sync(confirm_removal=lambda going, total: True)
    assert held(ben) == set()
    assert [one.status for one in laptops.of("lee").visits.list()] == ["signed_off"]
