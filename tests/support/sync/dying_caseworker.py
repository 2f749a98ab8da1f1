"""A program that dies, as by kill -9, around the moment at which casework is recorded.

`MOMENT KIND FOLDER PASSPHRASE NOW DEED SETTING` does one of DEEDS, prints that it did, and waits
for ever. It dies around the first row of that kind.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from tests.support.sync.dying_rater import RowWatch
from visitapp.bootstrap import open_services
from visitapp.rules.visiting.signatures import Party
from visitapp.services.escalation.opening import Opening
from visitapp.services.plans.provider.views import ReturnedComment, ReturnedRow, ReturnPreview
from visitapp.services.services import Services


def the_one(services: Services, setting: str) -> str:
    """The id of the setting's intervention."""
    return services.interventions.list(setting)[0].id


def _read(services: Services, setting: str) -> None:
    (criterion,) = services.interventions.view(the_one(services, setting)).criteria
    services.exit_criteria.read(criterion.id, 19, 20)


def _accept(services: Services, setting: str) -> None:
    me = services.me().name
    services.interventions.accept(the_one(services, setting), me)


def _suspend(services: Services, setting: str) -> None:
    opening = Opening(reason="Six falls in a month", skip_reason="People are at risk")
    services.escalations.open(setting, "suspension", opening)


def _follow(services: Services, setting: str) -> None:
    (one,) = services.support.list(setting)
    services.support.move(one.id, "offered", text="Two sessions with a pharmacist")


def _take(services: Services, setting: str) -> None:
    """What a provider's file says: an action is done, and something in the report is not right."""
    plan = services.plans.view(services.plans.list(setting)[0].id)
    row = ReturnedRow(
        row=12,
        action_id=plan.actions[0].id,
        number=1,
        title=plan.actions[0].title,
        status=plan.actions[0].status,
        target=None,
        progress_before=None,
        progress=None,
        done_on=services.desk.today(),
        words="All were observed",
    )
    said = ReturnedComment(row=5, place="3.2", text="14 handlers, not 12", shown="The rota")
    preview = ReturnPreview(
        file="back.xlsx",
        sha256="0" * 64,
        plan_id=plan.id,
        setting=plan.setting,
        version=plan.version,
        rows=1,
        changes=[row],
        faults=[],
        notes=[],
        taken=0,
        comments=[said],
    )
    services.provider_files.take(preview, [12], [5])


def _answer(services: Services, setting: str) -> None:
    plan = services.plans.list(setting)[0].id
    (point,) = services.accuracy.points(plan)
    services.accuracy.answer(point.id, "accepted", "The rota says so")


def _sign(services: Services, setting: str) -> None:
    (visit,) = services.visits.list(setting_id=setting)
    services.visit_words.sign(visit.id, Party.PROVIDER, "Morgan Hale", [[(0, 0), (9, 9)]])


def _move(services: Services, setting: str) -> None:
    (plan,) = services.planning.list(setting)
    services.planning.move(plan.id, plan.planned_on + timedelta(days=7), "The manager is away")


DEEDS: dict[str, tuple[str, Callable[[Services, str], object]]] = {
    "refer": (
        "intervention",
        lambda services, setting: services.interventions.refer(setting, "Red twice", "All late"),
    ),
    "accept": ("step", _accept),
    "read": ("criterion_reading", _read),
    "suspend": ("step", _suspend),
    "refer for support": (
        "support_referral",
        lambda services, setting: services.support.refer([setting], "medicines", "Skills"),
    ),
    "follow support": ("step", _follow),
    "take a provider's file": ("accuracy_point", _take),
    "answer a comment": ("step", _answer),
    "sign": ("history", _sign),
    "move a planned visit": ("step", _move),
    "list a person": (
        "affected_person",
        lambda services, setting: services.people.add(setting, "P31", "A hoist", "council"),
    ),
}
"""What is done, and the kind of the last row that it writes."""


def main(
    moment: str, kind: str, folder: str, passphrase: str, now: str, deed: str, setting: str
) -> None:
    """Do it."""
    RowWatch(moment, kind)
    at = datetime.fromisoformat(now)
    services = open_services(Path(folder), passphrase, clock=lambda: at)
    DEEDS[deed][1](services, setting)
    print("done", flush=True)  # noqa: T201 the test reads it
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
