"""New records that come in groups end as those that come one by one, in database and reply."""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Raw
from sqlalchemy import Connection, select

from sync.results import packed, paired
from sync.server.records.contract_numbers import ContractNumbers
from sync.server.records.revisions import Revisions
from sync.server.records.scope import ScopeReader
from sync.server.records.workspace import Workspace
from sync.server.sync.batch import BatchWork
from sync.server.sync.bulk_create import BulkCreate
from sync.server.sync.four_eyes import VisitFacts
from sync.server.sync.joint import JointWork
from sync.server.sync.late_work import LateWork
from sync.server.sync.singly import singly
from sync.server.sync.write_checks import WriteChecks
from sync.tables import table_of
from sync.wire import Change, Creates, Result
from tests.support.rows import rows
from tests.support.sync.council import Council
from visitapp.errors import Refused
from visitapp.records import KINDS, Role, new_id
from visitapp.records.codec import columns
from visitapp.records.declared import judged_fields
from visitapp.records.ids import answer_id
from visitapp.rules.access import Actor
from visitapp.rules.policy.read import shipped_policy

AT = "2026-11-22T09:00:00.000000Z"
OTHER_AT = "2026-11-22T09:00:00+00:00"
"""The same moment as others may write it."""

Values = dict[str, Any]
Rows = list[tuple[str, Values]]


class Place:
    """A council in which Ann has a setting with a draft and a frozen visit, and Ben has another."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann = council.officer("ann")
        self.ben = council.user("ben", Role.OFFICER, "West")
        self.home = self.ann.setting()
        self.draft = self.ann.visit(self.home)
        self.frozen = self.ann.visit(self.home, plans="met", calls="met")
        self.ann.sign_off(self.frozen, council.library)
        self.ann.sync()
        self.away = council.officer("cat", "West").setting()
        council.devices[-1].sync()
        self.actor = Actor(self.ann.user_id, "officer", "East")

    def guard(self, connection: Connection, workspace: Workspace) -> WriteChecks:
        """What checks for Ann."""
        late = LateWork(connection, self.actor, self.council.clock)
        joint = JointWork(connection, workspace, self.actor)
        visits = VisitFacts(connection, workspace)
        scopes = ScopeReader(connection, self.actor)
        numbers = ContractNumbers(connection, scopes)
        clock = self.council.clock
        asked = (self.actor, workspace, late, joint, visits, scopes, numbers, clock)
        return WriteChecks(*asked, clock().date() + timedelta(days=1))

    def after(self, changes: list[Change]) -> tuple[list[Result], dict[str, Any]]:
        """What a batch is answered, and what the database then holds; all is undone."""
        with self.council.database.applying() as session:
            connection = session.connection()
            revisions = Revisions(connection, sum(1 for _ in singly(changes)))
            work = BatchWork(
                connection,
                self.actor,
                "device",
                self.council.library,
                revisions,
                lambda: self.council.clock.now,
                shipped_policy(),
            )
            results = work.apply(changes)
            held = {
                name: sorted(
                    tuple(map(repr, row)) for row in connection.execute(select(table_of(k)))
                )
                for name, k in KINDS.items()
            }
            session.rollback()
        return packed(results), held


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/server.db"
        if request.param == "postgresql":
            from tests.support.storage.postgres import fresh_database

            url = fresh_database(request.getfixturevalue("postgres_cluster"), lasting=True)
        council = Council(Path(folder), url)
        yield Place(council)
        council.close()


def group_of(kind: str, rows: Rows, at: str = AT) -> Creates:
    """The records as one group."""
    names = {name for _, values in rows for name in values}
    return Creates(
        kind=kind,
        ids=[id_ for id_, _ in rows],
        at=[at] * len(rows),
        fields={
            name: Raw(msgspec.json.encode([values.get(name) for _, values in rows]))
            for name in sorted(names)
        },
    )


visits = st.sampled_from(["draft", "draft", "draft", "frozen", "nowhere"])
texts = st.none() | st.sampled_from(["", "kind", "a\0b", "x" * 500, "naïve 🙂"])
json_values = st.none() | st.sampled_from(["met", 5, 1.5, True, {"a": [1, None]}, ["x"], "", "5"])
answers = st.fixed_dictionaries(
    {
        "visit": visits,
        "question": st.sampled_from(["q1", "q2", "q3", "q4"]),
        "derived": st.sampled_from([True] * 9 + [False]),
        "fields": st.fixed_dictionaries(
            {},
            optional={
                "note": texts,
                "value": json_values,
                "checked": st.none() | st.sampled_from([0, 3, 2**40, "3"]),
                "item": st.sampled_from(["", "a", None]),
                "colour": st.just("red"),
            },
        ),
    }
)
actions = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["a", "b", "c", "d", "", "x" * 37]),
        "setting": st.sampled_from(["home", "home", "home", "away", "nowhere"]),
        "visit": st.none() | visits,
        "fields": st.fixed_dictionaries(
            {
                "title": texts,
                "first_due_on": st.sampled_from(["2026-12-01", "2026-12-01", "1.12.2026"]),
            },
            optional={
                "owner": texts,
                "priority": st.sampled_from(["high", "low", "whenever"]),
                "created_by": st.sampled_from(["me", "me", "me", "ben"]),
                "verified_by": st.none() | st.sampled_from(["me", "ben"]),
                "verified_at": st.none() | st.sampled_from([AT, OTHER_AT, "yesterday"]),
                "deleted": st.sampled_from([True, False, 0]),
            },
        ),
    }
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    some=st.lists(answers, min_size=1, max_size=6),
    others=st.lists(actions, max_size=6),
    at=st.sampled_from([AT, AT, OTHER_AT, "now"]),
)
def test_a_group_ends_as_its_records_do(
    place: Place, some: list[Values], others: list[Values], at: str
) -> None:
    groups = [group_of("answer", [an_answer(place, one) for one in some], at)]
    if others:
        groups.append(group_of("action", [an_action(place, one) for one in others], at))
    if place.council.database.engine.dialect.name == "postgresql":
        groups = msgspec.json.decode(
            msgspec.json.encode(groups).replace(rb"\u0000", b""), type=list[Creates]
        )
    together = place.after(list(groups))
    apart = place.after(list(singly(groups)))
    assert together == apart


def an_answer(place: Place, drawn: Values) -> tuple[str, Values]:
    visit = getattr(place, drawn["visit"], "nowhere")
    fields = drawn["fields"]
    item = fields.get("item") or ""
    id_ = answer_id(visit, drawn["question"], item) if drawn["derived"] else new_id()
    of = {"setting_id": place.home, "visit_id": visit, "question": drawn["question"]}
    return id_, {**made_by(place), **of, **fields}


def an_action(place: Place, drawn: Values) -> tuple[str, Values]:
    people = {"me": place.ann.user_id, "ben": place.ben}
    of = {"setting_id": getattr(place, drawn["setting"], "nowhere")}
    if drawn["visit"]:
        of["visit_id"] = getattr(place, drawn["visit"], "nowhere")
    fields = {
        name: people.get(value, value) if name.endswith("_by") else value
        for name, value in drawn["fields"].items()
    }
    return drawn["id"], {**made_by(place), **of, **fields}


def made_by(place: Place) -> Values:
    return {"created_at": AT, "created_by": place.ann.user_id, "deleted": False}


def test_a_usual_group_goes_the_short_way(place: Place) -> None:
    """The test above compares two ways: with a usual group they are indeed two."""
    rows = [
        an_answer(place, {"visit": "draft", "question": f"q{n}", "derived": True, "fields": {}})
        for n in range(5)
    ]
    with place.council.database.applying() as session:
        connection = session.connection()
        workspace = Workspace(connection)
        revisions = Revisions(connection, 5)
        guard = place.guard(connection, workspace)
        alike = BulkCreate(connection, place.actor.id, workspace, guard, revisions)
        taken = alike.take(group_of("answer", rows))
        session.rollback()
    assert taken == Result(status="accepted", revision=revisions.first, count=5)


def test_columns_that_are_not_equally_long_are_refused(place: Place) -> None:
    rows = [an_action(place, {"id": id_, "setting": "home", "visit": None, "fields": {}})
            for id_ in ("a", "b")]  # fmt: skip
    group = group_of("action", rows)
    short = msgspec.structs.replace(group, fields={**group.fields, "title": Raw(b'["one"]')})
    results, _ = place.after([short])
    assert [result.status for result in results] == ["refused", "refused"]


class _Noting(dict[str, Any]):
    """A record that notes which fields are looked at."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.seen.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.seen.add(name)
        return super().get(name, default)


@rows("kind", sorted(KINDS))
def test_the_guard_looks_at_judged_fields_only(place: Place, kind: str) -> None:
    values = _Noting(dict.fromkeys(columns(KINDS[kind])))
    values |= {"created_by": place.ann.user_id, "setting_id": place.home}
    values |= {"visit_id": place.draft, "officer_id": place.ann.user_id, "team": "East"}
    with place.council.database.reading() as session:
        connection = session.connection()
        workspace = Workspace(connection)
        with suppress(Refused):
            place.guard(connection, workspace).creation_alike(KINDS[kind], values)
    assert values.seen & columns(KINDS[kind]).keys() <= judged_fields(KINDS[kind])


accepted = st.builds(
    Result, status=st.just("accepted"), revision=st.integers(1, 6), count=st.integers(1, 3)
)
refused = st.builds(Result, status=st.just("refused"), code=st.just("bad-value"))


@given(st.lists(accepted | refused, max_size=8), st.data())
def test_runs_of_results_say_the_same_as_single_ones(results: list[Result], data: Any) -> None:
    single = [
        msgspec.structs.replace(result, revision=result.revision + n, count=1)
        for result in results
        for n in range(result.count)
    ]
    changes: list[Change] = []
    left = len(single)
    while left:
        count = data.draw(st.integers(1, left))
        changes.append(Creates(kind="action", ids=["x"] * count, at=[], fields={}))
        left -= count
    found = [
        msgspec.structs.replace(result, revision=result.revision + n, count=1)
        for _, some in paired(changes, packed(copy.deepcopy(results)))
        for result in some
        for n in range(result.count)
    ]
    assert found == single
