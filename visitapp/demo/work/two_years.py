"""The two years that come before: everybody on a laptop of their own, several at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from forms.catalogue.catalogue import shipped
from visitapp.demo.council.council import Council
from visitapp.demo.council.past import plan_past
from visitapp.demo.facts import past_facts
from visitapp.demo.summary import PastFacts
from visitapp.demo.work.seeding import HOME_FORM
from visitapp.demo.work.workers import (
    Laptop,
    OfficerPast,
    catch_up,
    live_lead,
    live_manager,
    live_officer,
    make_contracts,
    take_on,
)


@dataclass(frozen=True)
class TwoYears:
    """What everybody does in the past, over a server that runs."""

    pool: Executor
    url: str
    council: Council
    laptops: Mapping[str, Laptop]
    public_file: Path
    today: date

    def lived(self, step: Callable[[str], AbstractContextManager[None]]) -> PastFacts:
        """Contracts first, then the visits, then the decisions on them. `step` names each."""
        officers, leads = self._laptops_of_officers(), self._laptops_of_leads()
        with step("Take on the settings and make their contracts"):
            contracts = self._begin(officers, leads)
        with step("Live two years of visits and sync them"):
            lived = self._live()
        with step("Review the visits"):
            jobs = [self.pool.submit(live_lead, laptop, self.council) for laptop in leads]
            decided = [job.result() for job in jobs]
            manager = self.laptops[self.council.manager.name]
            self.pool.submit(live_manager, manager, self.url).result()
            list(self.pool.map(catch_up, officers))
        return past_facts(lived, decided, contracts)

    def _laptops_of_officers(self) -> list[Laptop]:
        return [self.laptops[one.name] for one in self.council.officers()]

    def _laptops_of_leads(self) -> list[Laptop]:
        return [self.laptops[one.name] for one in self.council.leads()]

    def _begin(self, officers: list[Laptop], leads: list[Laptop]) -> int:
        """Everybody signs in, officers with their settings, leads with contracts; how many."""
        given = (self.url, self.public_file, self.council, self.today)
        for taken in [self.pool.submit(take_on, laptop, *given) for laptop in officers]:
            taken.result()
        made = [self.pool.submit(make_contracts, one, self.url, self.council) for one in leads]
        return sum(job.result() for job in made)

    def _live(self) -> list[OfficerPast]:
        areas = tuple(area.id for area in shipped().form(HOME_FORM).areas)
        past = plan_past(self.council, areas, self.today)
        jobs = [
            self.pool.submit(
                live_officer,
                self.laptops[one.name],
                self.council,
                [visit for visit in past if visit.place.officer == one.name],
                self.today,
            )
            for one in self.council.officers()
        ]
        return [job.result() for job in jobs]
