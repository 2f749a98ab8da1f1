"""A desk that is killed while somebody works on concerns and a plan has all that it acknowledged,
and nothing by halves."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from forms.catalogue.catalogue import shipped
from tests.support.directory.cqc import HEATHER, write_cqc
from tests.support.terminal.commands import PASSPHRASE
from visitapp.bootstrap import open_services
from visitapp.records import ConcernUpdate, Outbox, Step
from visitapp.services.concerns.views import ConcernFilter
from visitapp.services.services import Services

SHIPPED = shipped()

WORKING = """
import sys
from datetime import timedelta
from pathlib import Path
from visitapp.bootstrap import open_services
from visitapp.services.concerns.views import NewConcern
folder, passphrase, setting, plan = sys.argv[1:]
services = open_services(Path(folder), passphrase)
today = services.desk.today()
for n in range(40):
    new = NewConcern(setting_id=setting, kind="complaint", title=f"Concern {n}", severity="2",
                     source="family")
    concern = services.concerns.log(new).row.id
    print("logged", concern, flush=True)
    services.concern_links.raise_action(concern, f"Action {n}", today + timedelta(days=28))
    print("answered", concern, flush=True)
    services.concerns.decide(concern, "substantiated", "Seen")
    print("decided", concern, flush=True)
    services.plans.agree(plan, "The owner")
    print("agreed", n + 1, flush=True)
    action = services.concerns.view(concern).actions[0].id
    services.plans.tell(action, f"Begun {n}")
    print("told", action, flush=True)
    services.actions.update(action, status="verified", how="visit", note="Seen")
    print("verified", action, flush=True)
"""


@contextmanager
def opened(folder: Path) -> Iterator[Services]:
    services = open_services(folder, PASSPHRASE, library=SHIPPED)
    try:
        yield services
    finally:
        services.close()


@pytest.fixture
def made(tmp_path: Path) -> tuple[str, str]:
    """A setting with a plan, by their ids."""
    with opened(tmp_path / "desk") as services:
        services.directory.import_file(write_cqc(tmp_path / "cqc.csv"))
        setting = services.settings.add(HEATHER.location_id).setting_id
        today = services.desk.today()
        plan = services.plans.draft(setting, "Calm rounds", today, today + timedelta(days=90))
        return setting, plan.id


@pytest.mark.parametrize("acknowledged", [1, 2, 4, 9, 23])
def test_what_was_acknowledged_is_there_and_whole(
    tmp_path: Path, made: tuple[str, str], acknowledged: int
) -> None:
    setting, plan = made
    officer = subprocess.Popen(
        [sys.executable, "-c", WORKING, str(tmp_path / "desk"), PASSPHRASE, setting, plan],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=Path(__file__).parents[3],
    )
    with officer:
        assert officer.stdout is not None
        said = [officer.stdout.readline().split() for _ in range(acknowledged)]
        officer.kill()
        said += [line.split() for line in officer.stdout.read().splitlines()]
    with opened(tmp_path / "desk") as services:
        concerns = {one.id: one for one in services.concerns.list(ConcernFilter(state="all"))}
        actions = {one.id: one for one in services.actions.list(setting)}
        for what, id_ in said:
            match what:
                case "logged":
                    assert id_ in concerns
                case "answered":
                    assert len(services.concerns.view(id_).actions) == 1
                case "decided":
                    assert concerns[id_].status == "decided"
                case "agreed":
                    assert len(services.plans.versions(plan)) >= int(id_)
                case "told":
                    assert services.plans.history(id_)
                case "verified":
                    assert actions[id_].status == "verified"
        assert len(concerns) <= sum(what == "logged" for what, _ in said) + 1
        answered = [one for id_ in concerns for one in services.concerns.view(id_).actions]
        assert {one.id for one in answered} == actions.keys(), "both or neither"
        view = services.plans.view(plan)
        assert view.version == len(services.plans.versions(plan))
        _require_sent_whole(services)


def _require_sent_whole(services: Services) -> None:
    """Everything that is there waits to be sent, and a state has the step that led to it."""
    with services.desk.reading() as session:
        waiting = set(session.scalars(select(Outbox.record_id)))
        steps = session.scalars(select(Step)).all()
        updates = session.scalars(select(ConcernUpdate.id)).all()
    assert {step.id for step in steps} | set(updates) <= waiting
    stepped = {step.record_id: step.after for step in steps}
    for concern in services.concerns.list(ConcernFilter(state="all")):
        assert concern.status == stepped.get(concern.id, "open")
    for action in services.actions.list():
        assert action.status == stepped.get(action.id, "open")
