"""Close a setting, merge it into another one, or open it again."""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from visitapp.language import plural, translate
from visitapp.services.services import Services
from visitapp.services.settings.open_work import open_work_summary
from visitapp.services.views.settings import PortfolioRow
from visitapp.ui import words
from visitapp.ui.dialogs.records.dialog import Part, RecordDialog
from visitapp.ui.dialogs.records.lines import (
    Line,
    choice_line,
    day_line,
    long_line,
    needed_choice,
)


class LeaveSettingDialog(RecordDialog):
    """What closing and merging have in common: the day, the reason, and what becomes of open
    work."""

    def __init__(
        self,
        parent: QWidget | None,
        services: Services,
        setting_id: str,
        texts: tuple[str, str],
        first: list[Line],
        about: list[str],
    ) -> None:
        today = services.desk.today()
        work = services.setting_life.open_work(setting_id)
        self._has_work = bool(work)
        lines = [*first, day_line("day", translate("Day"), today, needed=True)]
        lines.append(long_line("reason", translate("Reason")))
        if work:
            n = plural("{n} thing is open here.", "{n} things are open here.", len(work))
            about = [*about, f"{n} {open_work_summary(work)}"]
            lines += self._work_lines(services, setting_id)
        super().__init__(parent, texts, [Part("", lines)], self.leave, about=about)
        self.lines["day"].show(today)

    def _work_lines(self, services: Services, setting_id: str) -> list[Line]:
        ways = {
            "withdraw": translate("Withdraw it"),
            "move": translate("Move it to another setting"),
            "leave": translate("Leave it to be looked at"),
        }
        return [choice_line("open_work", translate("What to do with open work"), ways)]

    def leave(self, given: dict[str, Any]) -> PortfolioRow:
        """Take the step."""
        raise NotImplementedError


class CloseSettingDialog(LeaveSettingDialog):
    """`kept` carries the PortfolioRow."""

    def __init__(self, parent: QWidget | None, services: Services, row: PortfolioRow) -> None:
        self._life, self._id = services.setting_life, row.setting_id
        texts = (translate("Close a setting"), translate("Close the setting"))
        about = [
            row.name,
            translate("It is removed from the due lists and counts. Its records stay."),
        ]
        super().__init__(parent, services, row.setting_id, texts, [], about)
        if self._has_work:
            chosen = self.lines["open_work"].widget
            if isinstance(chosen, QComboBox):
                chosen.currentIndexChanged.connect(self._show_where)
            self._show_where()

    def _work_lines(self, services: Services, setting_id: str) -> list[Line]:
        lines = super()._work_lines(services, setting_id)
        caption = translate("Move it to")
        others = _others(services, setting_id)
        return [*lines, choice_line("to_id", caption, others, translate("Choose…"))]

    def _show_where(self) -> None:
        self.lines["to_id"].cell.setVisible(self.lines["open_work"].read() == "move")

    def leave(self, given: dict[str, Any]) -> PortfolioRow:
        open_work = given.get("open_work", "leave")
        to_id = given.get("to_id") if open_work == "move" else None
        return self._life.close(self._id, given["day"], given["reason"], open_work, to_id)


class MergeSettingDialog(LeaveSettingDialog):
    """`kept` carries the PortfolioRow of the one that was merged."""

    def __init__(self, parent: QWidget | None, services: Services, row: PortfolioRow) -> None:
        self._life, self._id = services.setting_life, row.setting_id
        texts = (translate("Merge a setting"), translate("Merge the setting"))
        about = [
            row.name,
            translate("It closes and points to the other one, which shows the records of both."),
        ]
        others = _others(services, row.setting_id)
        into = needed_choice("into_id", translate("Merge it into"), others)
        super().__init__(parent, services, row.setting_id, texts, [into], about)
        self.by_name["merged_into_id"] = self.by_name["into_id"]

    def leave(self, given: dict[str, Any]) -> PortfolioRow:
        return self._life.merge(
            self._id,
            given["into_id"],
            given["day"],
            given["reason"],
            given.get("open_work", "leave"),
        )


class ReopenSettingDialog(RecordDialog):
    """`kept` carries the PortfolioRow."""

    def __init__(self, parent: QWidget | None, services: Services, row: PortfolioRow) -> None:
        def save(given: dict[str, Any]) -> PortfolioRow:
            return services.setting_life.reopen(row.setting_id, given["reason"])

        texts = (translate("Reopen a setting"), translate("Reopen the setting"))
        about = [row.name, translate("Visits are due again by the council's rules.")]
        lines = [long_line("reason", translate("Reason"))]
        super().__init__(parent, texts, [Part("", lines)], save, about=about)


def _others(services: Services, setting_id: str) -> dict[str, str]:
    """The other settings by name; those of one name are told apart by where they are."""
    rows = [row for row in services.portfolio.rows() if row.setting_id != setting_id]
    times = Counter(row.name.casefold() for row in rows)
    return {
        row.setting_id: row.name
        if times[row.name.casefold()] == 1
        else words.joined(row.name, row.postcode, row.provider, row.location_id)
        for row in rows
    }
