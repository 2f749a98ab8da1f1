"""Rows under the headings of their groups."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from visitapp.language import translate
from visitapp.services.views.facets import Facets, group_label
from visitapp.ui import words
from visitapp.ui.models.rows import Heading


def with_headings(rows: Sequence[Any], group: str, facets_of: Facets) -> list[Any]:
    """Rows that are in order of their groups, each group under its name and number of rows."""
    if not group:
        return list(rows)
    found: list[Any] = []
    for label, some in groupby(rows, lambda row: group_label(row, group, facets_of)):
        members = list(some)
        shown = words.service_type(label) if group == "service_type" else label
        named = shown or translate("None")
        found += [Heading(f"{named} · {len(members)}"), *members]
    return found
