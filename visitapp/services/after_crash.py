"""What was kept when the program did not end as it should: a crash, a flat battery, a killed
process."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from sqlalchemy import func, select

from visitapp.records import Answer, Setting, Visit, VisitStatus
from visitapp.services.context import Desk
from visitapp.storage.private import private_file

MARK = "window.open"
"""The file in the data folder that is there while a window is open. It is empty."""


class KeptVisit(Struct, frozen=True, kw_only=True):
    """The open visit that was answered last, with how many answers it has."""

    visit_id: str
    setting: str
    answers: int


class AfterCrash:
    """Notices that the window before did not end, and says what is there of its work."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk, self._mark = desk, folder / MARK

    def begin(self) -> bool:
        """A window opens; whether the one before did not end."""
        crashed = self._mark.exists()
        with suppress(OSError):
            private_file(self._mark)
        return crashed

    def end(self) -> None:
        """The window closes as it should."""
        with suppress(OSError):
            self._mark.unlink(missing_ok=True)

    def kept(self) -> KeptVisit | None:
        """The open visit that was answered last; None when none has an answer."""
        answered = (
            select(Visit.id, Setting.name, func.count())
            .join(Setting, Setting.id == Visit.setting_id)
            .join(Answer, Answer.visit_id == Visit.id)
            .where(
                Visit.deleted.is_(False),
                Visit.status == VisitStatus.DRAFT,
                Answer.deleted.is_(False),
            )
            .group_by(Visit.id, Setting.name)
            .order_by(func.max(Answer.created_at).desc())
        )
        with self._desk.reading() as session:
            row = session.execute(answered).first()
        return KeptVisit(visit_id=row[0], setting=row[1], answers=row[2]) if row else None
