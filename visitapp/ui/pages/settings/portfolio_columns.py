"""The columns of the portfolio that tell of a setting, its ratings and its risk."""

from __future__ import annotations

from visitapp.language import plural, translate
from visitapp.rules.market_choices import SettingStatus
from visitapp.services.views.settings import PortfolioRow
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column, in_file
from visitapp.vocabulary import choice_word


def setting_columns() -> list[Column]:
    """Setting, outcome, placements."""
    return [
        Column(translate("Setting"), _setting, "name", 27),
        Column(
            translate("Outcome"), lambda row: Cell(words.rag_word(row.rag), rag=row.rag), "rag", 11
        ),
        Column(translate("Placements"), _placements, "placements", 21, 1),
    ]


def risk_columns() -> list[Column]:
    """Live risk as the server recorded it, and the latest risk assessment."""
    return [
        Column(translate("Risk"), _risk, "risk", 14, 2, of="visit"),
        in_file(
            translate("Live risk score (lower is riskier)"),
            lambda row: row.live_percent,
            of="visit",
        ),
        in_file(translate("Risk score"), lambda row: row.risk_percent, of="visit"),
    ]


def regulator_columns() -> list[Column]:
    """The regulator's published rating."""
    return [Column(translate("Regulator"), _regulator, "regulator", 20, 3)]


def setting_line(row: PortfolioRow) -> str:
    """`Nursing · 47 beds · Fenland Care Ltd`."""
    beds = plural("{n} bed", "{n} beds", row.beds) if row.beds else ""
    away = "" if row.more.get("in_county", True) else translate("out of the county")
    service = words.service_type(row.service_type)
    return words.joined(_closed(row), service, beds, row.provider, away)


def _closed(row: PortfolioRow) -> str:
    """`Closed 3 Nov 2026`; nothing for a setting that is open."""
    if row.status == SettingStatus.OPEN:
        return ""
    state = choice_word(SettingStatus, row.status)
    return f"{state} {words.day(row.closed_on)}".strip()


def _setting(row: PortfolioRow) -> Cell:
    return Cell(row.name, setting_line(row), strong=True)


def _placements(row: PortfolioRow) -> Cell:
    return Cell(row.placements, row.placements_note)


def _risk(row: PortfolioRow) -> Cell:
    """`High · 41`: live, or by the latest signed-off assessment where too little is known for live
    risk, which the cell then says. A higher score is a lower risk."""
    rag, percent = row.risk
    if not rag:
        unknown = translate("Not enough known") if row.live_rag else translate("Not assessed")
        return Cell(unknown, tone="muted")
    score = "" if percent is None else str(percent)
    text = words.joined(words.risk_word(rag), score)
    hints = [words.polarity()]
    if row.risk_rag:
        level, day = words.risk_word(row.risk_rag), words.day(row.risk_on)
        hints.insert(0, translate("Assessed {level} on {day}.", level=level, day=day))
    if row.live_rag in ("", "unrated"):
        text = translate("{risk}, assessed", risk=text)
    else:
        night = words.day(row.live_on)
        hints.insert(0, translate("Live risk, recorded in the night of {day}.", day=night))
    return Cell(text, rag=rag, hint=" ".join(hints))


def _regulator(row: PortfolioRow) -> Cell:
    return Cell(
        row.regulator_overall or translate("Not yet inspected"), words.day(row.regulator_published)
    )
