"""20,000 concerns on a device: the list, a filter, a search and the figures, each beside a bare
query that reads the rows which it counts or shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.benchmarks.figures import Figure, by_clock_and_processor, ratios
from tests.support.benchmarks.many_concerns import fill_concerns
from tests.support.benchmarks.many_settings import fill_due
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from visitapp.records import Concern, Provider, Setting
from visitapp.services.concerns.views import ConcernFilter
from visitapp.services.services import Services

CONCERNS, SETTINGS = 20_000, 1_000
MOST = 3
"""Times a bare query of the same run."""


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder: Path = tmp_path_factory.mktemp("concerns")
    with open_desk(folder / "desk", Clock(), MemoryKeyring()) as opened:
        fill_due(opened, SETTINGS)
        fill_concerns(opened, CONCERNS)
        yield opened


def bare(services: Services, *where: object) -> Callable[[], object]:
    """Reads what a list shows, and nothing else."""
    concern = (
        *(Concern.id, Concern.setting_id, Concern.kind, Concern.source, Concern.severity),
        *(Concern.themes, Concern.title, Concern.received_at, Concern.status, Concern.reached),
    )
    wanted = (
        select(*concern, Setting.name, Provider.name)
        .join(Setting, Setting.id == Concern.setting_id)
        .outerjoin(Provider, Provider.id == Setting.provider_id)
        .where(Concern.deleted.is_(False), *where)
        .order_by(Concern.received_at.desc())
    )

    def read() -> object:
        with services.desk.reading() as session:
            return session.connection().execute(wanted).all()

    return read


@pytest.mark.timeout(600)
def test_twenty_thousand_concerns(services: Services, runs: int, figures: list[Figure]) -> None:
    concerns, trends = services.concerns, services.concern_trends
    everything = ConcernFilter(state="all")
    assert len(concerns.list(everything)) == CONCERNS
    open_ = Concern.status != "closed"
    recent = Concern.received_at >= services.desk.clock() - timedelta(days=2 * 366)
    pairs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "list": (lambda: concerns.list(everything), bare(services)),
        "list of open": (lambda: concerns.list(ConcernFilter()), bare(services, open_)),
        "late": (lambda: concerns.list(ConcernFilter(state="late")), bare(services, open_)),
        "search": (
            lambda: concerns.list(ConcernFilter(state="all", text="night 77")),
            bare(services),
        ),
        "trends of 366 days": (lambda: trends.trends(days=366), bare(services, recent)),
        "clusters": (trends.clusters, bare(services)),
    }
    works = [work for pair in pairs.values() for work in pair]
    clock, processor = by_clock_and_processor(runs, works, 3)
    for place, what in enumerate(pairs):
        two = ((took[2 * place], took[2 * place + 1]) for took in (clock, processor))
        by_clock, by_processor = (ratios(*pair) for pair in two)
        name = f"{what}, {CONCERNS:,} concerns, to a bare query"
        figures.append(Figure(name, "x", by_clock, by_processor, MOST))
