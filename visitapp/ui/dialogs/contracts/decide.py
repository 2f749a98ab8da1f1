"""Decisions on a contract: extend it, give notice, end it, take that back, set its level."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.rules.market_choices import ContractStatus, ManagementLevel
from visitapp.rules.visiting.due import add_months
from visitapp.services.services import Services
from visitapp.services.views.contracts import ContractView
from visitapp.ui import words
from visitapp.ui.dialogs.records.dialog import Part, RecordDialog
from visitapp.ui.dialogs.records.lines import Line, choice_line, day_line, long_line
from visitapp.vocabulary import choice_word, choice_words

BY_RULES = "by_rules"


class ContractStepDialog(RecordDialog):
    """One step of a contract, with its day and reason. `kept` carries the ContractView."""

    def __init__(
        self, parent: QWidget | None, services: Services, contract: ContractView, after: str
    ) -> None:
        self._services, self._id, self._after = services, contract.row.id, after
        texts, caption = _texts(after)
        lines: list[Line] = []
        today = services.desk.today()
        if caption:
            lines.append(day_line("day", caption, today, needed=True))
        lines.append(long_line("reason", translate("Reason")))
        ends = words.day(contract.row.ends_on) or translate("not recorded")
        about = [translate("Contract {number}", number=contract.row.number)]
        about.append(translate("It ends: {day}", day=ends))
        super().__init__(parent, texts, [Part("", lines)], self._take, about=about)
        if caption:
            offered = next(iter(contract.possible_ends), None)
            first = offered if after == ContractStatus.EXTENDED else contract.row.ends_on
            self.lines["day"].show(today if after == ContractStatus.ENDED else first)
            self.by_name |= dict.fromkeys(("extended_to", "ended_on"), self.by_name["day"])

    def _take(self, given: dict[str, Any]) -> ContractView:
        contracts, reason = self._services.contracts, given["reason"]
        if self._after == ContractStatus.EXTENDED:
            return contracts.extend(self._id, given["day"], reason)
        if self._after == ContractStatus.ENDING:
            return contracts.give_notice(self._id, given["day"], reason)
        if self._after == ContractStatus.ENDED:
            return contracts.end(self._id, given["day"], reason)
        return contracts.resume(self._id, reason)


class LevelDialog(RecordDialog):
    """Another management level than the rules give, or theirs again. `kept` carries the
    ContractView."""

    def __init__(self, parent: QWidget | None, services: Services, contract: ContractView) -> None:
        level, id_ = contract.level, contract.row.id

        def save(given: dict[str, Any]) -> ContractView:
            if given["level"] == BY_RULES:
                return services.contracts.set_level(id_, None)
            return services.contracts.set_level(
                id_, given["level"], given["management_reason"], given["management_review_on"]
            )

        today = services.desk.today()
        by_rules = translate(
            "The level that the rules give: {level}",
            level=choice_word(ManagementLevel, level.by_rules).lower(),
        )
        lines = [
            choice_line(
                "level",
                translate("Management level"),
                {BY_RULES: by_rules, **choice_words(ManagementLevel)},
            ),
            long_line(
                "management_reason", translate("Reason for another level than the rules give")
            ),
            day_line("management_review_on", translate("Review on"), today),
        ]
        texts = (translate("Set the management level"), translate("Set the level"))
        super().__init__(parent, texts, [Part("", lines)], save)
        self.lines["level"].show(level.level if level.overridden else BY_RULES)
        self.lines["management_reason"].show(level.reason)
        months = services.contracts.override_months()
        self.lines["management_review_on"].show(level.review_on or add_months(today, months))


def _texts(after: str) -> tuple[tuple[str, str], str]:
    """The heading and the button of a step, and the caption of its day, if it has one."""
    if after == ContractStatus.EXTENDED:
        texts = (translate("Extend the contract"), translate("Extend the contract"))
        return texts, translate("New end date")
    if after == ContractStatus.ENDING:
        return (translate("Give notice"), translate("Record the notice")), translate("Last day")
    if after == ContractStatus.ENDED:
        texts = (translate("End the contract"), translate("End the contract"))
        return texts, translate("Last day")
    texts = (translate("Withdraw the notice or end"), translate("Withdraw it"))
    return texts, ""
