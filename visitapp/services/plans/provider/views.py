"""What services hand out about files for the provider: plain values."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from visitapp.services.plans.views import PlanView
from visitapp.services.views.action_sheets import SheetFault


class OutgoingRow(Struct, frozen=True, kw_only=True):
    """An action in the file for the provider. `so_far`: the progress in words; `marked`: whether
    the provider is asked about it; `check`: of the cells before it."""

    action_id: str
    number: int
    title: str
    measure: str
    who: str
    due: date
    state: str
    so_far: str
    target: int | None
    marked: bool
    check: str


class OutgoingPlan(Struct, frozen=True, kw_only=True):
    """A version of a plan as it leaves. `visit_id`: the newest signed-off visit that its actions
    came from. `changed`: what differs by now, which is not in the file."""

    council: str
    plan: PlanView
    version: int
    check: str
    rows: list[OutgoingRow]
    visit_id: str | None
    changed: list[str]


class ReturnedRow(Struct, frozen=True, kw_only=True):
    """One action of which the file says something new. `row`: its row there; `status`,
    `progress_before`: as they stood when the file was compared; `progress`, `done_on`: what the
    file says, None where it says nothing new; `words`: the update that would be kept."""

    row: int
    action_id: str
    number: int
    title: str
    status: str
    target: int | None
    progress_before: int | None
    progress: int | None
    done_on: date | None
    words: str


class ReturnedComment(Struct, frozen=True, kw_only=True):
    """What the file says is not right in the report. `row`: its row on its sheet."""

    row: int
    place: str
    text: str
    shown: str


class ReturnPreview(Struct, frozen=True, kw_only=True):
    """What a file from the provider says that is not here yet. `sha256`: of the file. `faults`:
    cells that cannot be taken, whose rows are not among the changes. `notes`: what was not read,
    in sentences. `taken`: rows that were taken from this very file before. `comments`: on the
    accuracy of the report."""

    file: str
    sha256: str
    plan_id: str
    setting: str
    version: int
    rows: int
    changes: list[ReturnedRow]
    faults: list[SheetFault]
    notes: list[str]
    taken: int
    comments: list[ReturnedComment] = []
