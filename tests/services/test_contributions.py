"""A subject made up here contributes to the timeline, the portfolio and search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Subquery, literal, select
from sqlalchemy.orm import Session

from tests.support.desk.keyrings import MemoryKeyring
from visitapp.records import Setting
from visitapp.services.contributions import Contribution, PortfolioPart, PortfolioQuestion
from visitapp.services.services import Services
from visitapp.services.subjects import CONTRIBUTIONS
from visitapp.services.views.settings import PortfolioRow, TimelineEntry
from visitapp.standing.by_setting import Found

HEATHER, LARCH = "Heather Bank", "Larch Nursing Home"


def _timeline(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    if setting.name == LARCH:
        yield TimelineEntry(at=setting.created_at, what="Concern raised.", detail="Medicines")


def _queries(question: PortfolioQuestion) -> list[Subquery]:
    return [
        select(
            Setting.id.label("setting_id"),
            literal(2).label("open_concerns"),
            literal("Medicines").label("concern_theme"),
        )
        .where(Setting.name == LARCH)
        .subquery()
    ]


def _fields(found: Found) -> dict[str, Any]:
    return {
        "open_concerns": found["open_concerns"] or 0,
        "concern_theme": found["concern_theme"] or "",
    }


def _has_concerns(row: PortfolioRow, today: date) -> bool:
    return bool(row.more["open_concerns"])


CONCERNS = Contribution(
    timeline=_timeline,
    portfolio=PortfolioPart(
        queries=_queries,
        fields=_fields,
        filters={"concerns": _has_concerns},
        orders={"concerns": lambda row: row.more["open_concerns"]},
    ),
    found_by=lambda row: (row.more["concern_theme"],),
)


@pytest.fixture
def with_concerns(services: Services, homes: list[str], tmp_path: Path) -> Services:
    """The same desk, with one subject more."""

    def no_link(url: str) -> Any:
        raise AssertionError(url)

    return Services.on(
        services.desk, tmp_path, bytes(32), no_link, MemoryKeyring(), (*CONTRIBUTIONS, CONCERNS)
    )


def names(rows: list[PortfolioRow]) -> list[str]:
    return [row.name for row in rows]


def test_its_entries_are_in_the_timeline(with_concerns: Services, homes: list[str]) -> None:
    by_setting = {
        view.row.name: [entry.what for entry in view.timeline]
        for view in map(with_concerns.settings.view, homes)
    }
    assert "Concern raised." in by_setting[LARCH]
    assert "Joined the portfolio." in by_setting[LARCH], "beside those of the others"
    assert "Concern raised." not in by_setting[HEATHER]


def test_its_values_are_in_the_portfolio_which_narrows_and_sorts_by_them(
    with_concerns: Services,
) -> None:
    portfolio = with_concerns.portfolio
    found = {row.name: row.more["open_concerns"] for row in portfolio.rows()}
    assert found == {HEATHER: 0, LARCH: 2}
    assert names(portfolio.rows(filter="concerns")) == [LARCH]
    assert names(portfolio.rows(order="concerns", descending=True)) == [LARCH, HEATHER]


def test_the_search_finds_a_setting_by_it(with_concerns: Services) -> None:
    assert names(with_concerns.portfolio.rows(text="medicin")) == [LARCH]


def test_without_it_none_of_that_is_there(services: Services, homes: list[str]) -> None:
    assert ["open_concerns" in row.more for row in services.portfolio.rows()] == [False, False]
    assert services.portfolio.rows(text="medicin") == []
    assert "concerns" not in services.portfolio.filters


def test_no_two_subjects_give_a_filter_or_an_order_the_same_name() -> None:
    parts = [one.portfolio for one in CONTRIBUTIONS if one.portfolio is not None]
    for given in (
        [name for part in parts for name in part.filters],
        [name for part in parts for name in part.orders],
    ):
        assert len(given) == len(set(given)) > 0
