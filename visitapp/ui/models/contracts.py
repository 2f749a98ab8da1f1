"""The columns of the list of contracts, and of the settings under one."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.rules.market.contract_terms import Phase
from visitapp.rules.market_choices import ContractStatus, ManagementLevel, VolumeUnit
from visitapp.services.views.contracts import ContractRow
from visitapp.services.views.places import ContractSettingView
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column, in_file
from visitapp.vocabulary import choice_word

_TONES = {Phase.ENDING: "amber", Phase.ENDED: "muted"}


def contract_columns() -> list[Column]:
    """Contract, provider, status, ends, annual cost, management level, officer."""
    return [
        Column(
            translate("Contract"),
            lambda row: Cell(row.number, row.title, strong=True),
            "number",
            share=22,
        ),
        Column(translate("Provider"), _provider, "provider", 18),
        Column(translate("Status"), _status, share=12),
        Column(translate("Ends"), _ends, "ends_on", 16, value=lambda row: row.ends_on),
        Column(
            translate("Annual cost"),
            lambda row: Cell(pounds(row.yearly_cost) or "—"),
            "yearly_cost",
            share=12,
            yields=2,
            value=lambda row: row.yearly_cost,
        ),
        Column(translate("Management level"), _level, "level", 22, 1),
        Column(translate("Officer"), lambda row: Cell(row.officer or "—"), "officer", 14, 3),
        in_file(translate("Title"), lambda row: row.title),
        in_file(translate("Key supplier"), lambda row: row.key_supplier),
        in_file(translate("Decide by"), lambda row: row.decide_by),
        in_file(translate("Settings"), lambda row: row.settings),
    ]


def under_columns() -> list[Column]:
    """Setting, outcome, placements, risk."""
    return [
        Column(translate("Setting"), _setting, share=34),
        Column(translate("Outcome"), _outcome, share=18),
        Column(translate("Placements"), lambda one: Cell(one.placements or "—"), share=26),
        Column(translate("Risk"), _risk, share=18, yields=1),
    ]


def status_word(row: ContractRow) -> str:
    """Mobilising, Live, Extended, Ending or Ended."""
    return phase_word(row.phase)


def phase_word(phase: str) -> str:
    """The same, of a phase."""
    if phase == Phase.MOBILISING:
        return translate("Mobilising")
    return choice_word(ContractStatus, phase)


def pounds(amount: int | None) -> str:
    """`£1,250,000`; nothing for an amount that is not recorded."""
    return "" if amount is None else f"£{amount:,}"


def _provider(row: ContractRow) -> Cell:
    return Cell(row.provider, translate("key supplier") if row.key_supplier else "")


def _status(row: ContractRow) -> Cell:
    tone = next((tone for phase, tone in _TONES.items() if phase == row.phase), "")
    if row.past_end:
        return Cell(status_word(row), translate("past its end"), second_tone="red")
    return Cell(status_word(row), tone=tone)


def _ends(row: ContractRow) -> Cell:
    decide = translate("decide by {day}", day=words.day(row.decide_by)) if row.decide_by else ""
    return Cell(words.day(row.ends_on) or "—", decide, tone="red" if row.past_end else "")


def _level(row: ContractRow) -> Cell:
    by_hand = translate("set by a person") if row.overridden else ""
    return Cell(choice_word(ManagementLevel, row.level), by_hand)


def _setting(one: ContractSettingView) -> Cell:
    volume = ""
    if one.volume is not None:
        unit = choice_word(VolumeUnit, one.unit).lower() if one.unit else ""
        volume = f"{one.volume:,} {unit}".strip()
    return Cell(
        one.setting, words.joined(words.service_type_short(one.service_type), volume), strong=True
    )


def _outcome(one: ContractSettingView) -> Cell:
    return Cell(words.rag_word(one.rag), rag=one.rag) if one.rag else Cell("—")


def _risk(one: ContractSettingView) -> Cell:
    if not one.risk_rag:
        return Cell(translate("Not assessed"), tone="muted")
    score = "" if one.risk_percent is None else str(one.risk_percent)
    return Cell(words.joined(words.risk_word(one.risk_rag), score), rag=one.risk_rag)
