"""A setting whose contract ended in 2018, with everything that a council records of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import func, select

from sync.server.retention.run import DueLine, RetentionRun
from tests.support.desk.made import a_link
from tests.support.sync.council import Council, Device
from tests.support.sync.evidence import Keeper, some_bytes
from visitapp.records import (
    SYNCED,
    Action,
    Contract,
    EvidenceChunk,
    PlacementException,
    Provider,
    ReviewComment,
    VisitStatus,
    new_id,
)
from visitapp.records.codec import columns
from visitapp.rules.market_choices import ContractStatus

THEN = datetime(2018, 5, 1, 9, tzinfo=UTC)
LATER = datetime(2025, 6, 1, 9, tzinfo=UTC)
"""More than six years after the contract ended."""
SECRET = "P31 fell twice in the corridor at night"
PHOTO = some_bytes(5000)


class Scene:
    """The records of before, on the server and on the laptops of ann and lee; it is 2018."""

    def __init__(self, council: Council, folder: Path) -> None:
        self.council, self.folder = council, folder
        council.clock.now = THEN
        self.ann, self.lee = council.officer("ann"), council.lead("lee")
        self.home = self.ann.setting()
        self.sync()
        provider = Provider(id=new_id(), name="Larch Care")
        self.contract = new_id()
        self.lee.add(provider, Contract(id=self.contract, provider_id=provider.id, number="C-7"))
        self.provider = provider.id
        self.sync()
        self.lee.add(a_link(self.contract, self.home, starts_on=date(2018, 1, 1)))
        self.sync()
        self.keeper = Keeper(self.ann, folder / "evidence")
        self._record()

    def _record(self) -> None:
        ann, lee = self.ann, self.lee
        self.visit = ann.visit(self.home, on=date(2018, 5, 1), plans="met", calls="not_met")
        ann.answer(self.visit, "calls", note=SECRET)
        self.action = ann.action(self.home, SECRET, self.visit)
        self.photo = self.keeper.add(self.home, PHOTO, visit_id=self.visit, question="calls")
        ann.sign_off(self.visit, self.council.library)
        self.keeper.sync()
        lee.sync()
        lee.review(self.visit, VisitStatus.APPROVED)
        lee.add(
            ReviewComment(
                id=new_id(),
                setting_id=self.home,
                visit_id=self.visit,
                question="calls",
                text=SECRET,
            )
        )
        self.exception = new_id()
        ann.add(
            PlacementException(id=self.exception, setting_id=self.home, person="P31", why=SECRET)
        )
        # Two people change one field while apart: history, and a conflict.
        ann.edit(Action, self.action, detail=SECRET)
        self.sync()
        ann.edit(Action, self.action, detail=f"{SECRET}, says Ann")
        lee.edit(Action, self.action, detail=f"{SECRET}, says Lee")
        self.sync()

    def sync(self) -> None:
        for device in (self.ann, self.lee, self.ann):
            assert device.sync().refused == []

    def end_contract(self, day: date = date(2018, 12, 31)) -> None:
        """On its day: what has ended did not end in the future."""
        self.years_later(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
        self.lee.step(self.contract, ContractStatus.ENDED, Contract, day=day, reason="It ended.")
        self.sync()

    def years_later(self, now: datetime = LATER) -> None:
        """Time goes by, and everybody signs in again."""
        self.council.clock.now = max(now, self.council.clock.now)
        self.ann.connect("ann")
        self.lee.connect("lee")
        self.sync()

    @property
    def work(self) -> RetentionRun:
        return RetentionRun(self.council.database, self.council.clock)

    def breaking(self, after_each: Callable[[], None]) -> RetentionRun:
        """A run that does something after each of its transactions."""
        return RetentionRun(self.council.database, self.council.clock, after_each=after_each)

    def counted(self, lines: list[DueLine]) -> dict[str, int]:
        found: dict[str, int] = {}
        for line in lines:
            for kind, count in line.records.items():
                found[kind] = found.get(kind, 0) + count
        return found

    def chunks(self) -> int:
        with self.council.database.reading() as session:
            return session.scalar(select(func.count()).select_from(EvidenceChunk)) or 0


def texts_of(device: Device | Council) -> str:
    """Everything that a database holds of synced records, as one text."""
    rows = (
        (getattr(row, name) for name in columns(kind))
        for kind in SYNCED
        for row in device.all(kind)
    )
    return "\n".join(str(value) for row in rows for value in row)
