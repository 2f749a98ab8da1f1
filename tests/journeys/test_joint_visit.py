"""Two officers fill one visit on two laptops, offline, through the services and a real server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.answers import best_answers
from tests.support.commands import Council
from tests.support.cqc import HEATHER, LARCH, write_cqc
from tests.support.desks import Clock, open_desk
from tests.support.keyrings import MemoryKeyring
from tests.support.postgres import fresh_database, postgres_server
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
            ("cat", "officer", "Safeguarding"),
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


@pytest.fixture(params=["sqlite", "postgresql"])
def laptops(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Laptops]:
    with ExitStack() as stack:
        if request.param == "sqlite":
            database = f"sqlite:///{tmp_path / 'server.db'}"
        else:
            database = fresh_database(stack.enter_context(postgres_server()))
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
    with pytest.raises(NotAllowed, match="ann signs it off"):
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


def test_who_joins_writes_on_that_visit_alone(laptops: Laptops, tmp_path: Path) -> None:
    ann, ben, cat = (laptops.of(name) for name in ("ann", "ben", "cat"))
    ann.directory.import_file(write_cqc(tmp_path / "places.csv"))
    heather = ann.settings.add(HEATHER.location_id).setting_id
    visit = ann.visits.start(heather, FORM, "joint").id
    other = ann.visits.start(heather, FORM).id
    ann.joint_visits.join(visit, "ben")
    ann.connection.sync()
    ben.connection.sync()
    question = next(iter(split(ben, visit)[0]))
    ben.visits.answer(other, question, value="met")
    ben.visits.start(heather, FORM)
    with pytest.raises(NotAllowed, match="officer of a visit"):
        ben.joint_visits.join(visit, "cat")
    refused = ben.connection.sync().refused
    assert {(one.kind, one.code) for one in refused} == {
        ("answer", Code.NOT_ALLOWED), ("visit", Code.NOT_ALLOWED)
    }  # fmt: skip
    cat.connection.sync()
    assert held(cat) == set()


def test_a_joining_is_taken_back_and_nothing_is_lost(laptops: Laptops, tmp_path: Path) -> None:
    ann, ben = laptops.of("ann"), laptops.of("ben")
    ann.directory.import_file(write_cqc(tmp_path / "places.csv"))
    heather = ann.settings.add(HEATHER.location_id).setting_id
    visit = ann.visits.start(heather, FORM, "joint").id
    ann.joint_visits.join(visit, "ben")
    ann.connection.sync()
    ben.connection.sync()
    first, *rest = split(ben, visit)[0]
    ben.visits.answer(visit, first, note="Seen by both of us.")
    ben.connection.sync()
    assert ann.joint_visits.leave(visit, "ben") == []
    ann.connection.sync()
    assert ann.visits.view(visit).answers[first].note == "Seen by both of us."
    ben.visits.answer(visit, rest[0], note="Typed too late.")
    (refused,) = [one for one in ben.connection.sync().refused if one.kind == "answer"]
    assert refused.code == Code.OUT_OF_SCOPE
    assert held(ben) == {heather}, "what waits keeps the setting on the laptop"
    assert ann.joint_visits.join(visit, "ben") == ["ben"]
    ann.connection.sync()
    ben.connection.resend()
    assert ben.connection.sync().refused == []
    ann.connection.sync()
    assert ann.visits.view(visit).answers[rest[0]].note == "Typed too late."


def test_only_those_who_record_visits_can_join(laptops: Laptops, tmp_path: Path) -> None:
    ann = laptops.of("ann")
    ann.directory.import_file(write_cqc(tmp_path / "places.csv"))
    visit = ann.visits.start(ann.settings.add(HEATHER.location_id).setting_id, FORM).id
    for name, code in (("ann", Code.BAD_VALUE), ("zoe", Code.NOT_FOUND)):
        with pytest.raises(Refused) as refused:
            ann.joint_visits.join(visit, name)
        assert refused.value.code == code
