"""The columns of the list of providers."""

from __future__ import annotations

from visitapp.language import plural, translate
from visitapp.rules.market_choices import ProviderKind
from visitapp.services.providers.views import ProviderRow
from visitapp.ui.models.rows import Cell, Column, in_file
from visitapp.vocabulary import choice_word


def provider_columns() -> list[Column]:
    """Provider and group, kind, settings, contracts."""
    return [
        Column(translate("Provider"), lambda row: Cell(row.name, row.group, strong=True), share=40),
        Column(translate("Kind"), _kind, share=18, yields=1),
        Column(translate("Settings"), _settings, share=28, value=lambda row: row.settings),
        Column(
            translate("Contracts"),
            lambda row: Cell(str(row.contracts)),
            share=14,
            value=lambda row: row.contracts,
        ),
        in_file(translate("Group"), lambda row: row.group),
        in_file(translate("Company number"), lambda row: row.company_number),
        in_file(translate("Red or Amber settings"), lambda row: row.weak),
    ]


def kind_word(row: ProviderRow) -> str:
    """The kind of a provider; a dash where it is not recorded."""
    return choice_word(ProviderKind, row.kind) if row.kind else "—"


def _kind(row: ProviderRow) -> Cell:
    return Cell(kind_word(row), translate("key supplier") if row.key_supplier else "")


def _settings(row: ProviderRow) -> Cell:
    weak = plural("{n} Red or Amber", "{n} Red or Amber", row.weak) if row.weak else ""
    if row.weak_group:
        weak = translate("{weak}, several in the group", weak=weak)
    return Cell(str(row.settings), weak, second_tone="red" if row.weak_group else "amber")
