"""Which columns of a list go first where there is no room for all."""

from __future__ import annotations

from datetime import date

import pytest

from visitapp.ui.models.actions import action_columns
from visitapp.ui.models.concerns import concern_columns
from visitapp.ui.models.rows import Column


@pytest.mark.parametrize(
    "columns", [action_columns(date.today), concern_columns({})], ids=["actions", "concerns"]
)
def test_the_setting_goes_last(columns: list[Column]) -> None:
    """Without it a row does not say whose it is."""
    yields = {column.title: column.yields for column in columns if column.yields}
    assert yields.pop("Setting") < min(yields.values())
