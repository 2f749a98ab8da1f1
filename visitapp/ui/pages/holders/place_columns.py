"""The columns of a list that tell where a setting stands: shown where its rows differ in them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from msgspec.structs import replace

from visitapp.language import translate
from visitapp.services.views.facets import Place
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column

_Made = Callable[[Place], str]


def place_columns(*, without: Collection[str] = (), sorts: bool = False) -> list[Column]:
    """Officer, team, contract, district, service type. `without`: facets that the list shows in
    another way; `sorts`: the list can be sorted by them."""
    columns = [
        _column("officer", translate("Officer"), lambda p: p.officer, 14, 2),
        _column("team", translate("Team"), lambda p: p.team, 10, 8),
        _column("contract", translate("Contract"), lambda p: ", ".join(p.contracts), 12, 6),
        _column("district", translate("District"), lambda p: p.district, 12, 7),
        _column("service_type", translate("Service type"), _service_type, 12, 9),
    ]
    kept = [column for column in columns if column.facet not in without]
    if sorts:
        return kept
    return [replace(column, order="") for column in kept]


def _column(facet: str, title: str, text: _Made, share: int, yields: int) -> Column:
    def cell(row: Any) -> Cell:
        return Cell(text(row.place) or "—")

    return Column(title, cell, facet, share, yields, facet=facet)


def _service_type(place: Place) -> str:
    return words.service_type(place.service_type)
