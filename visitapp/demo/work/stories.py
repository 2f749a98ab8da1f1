"""The stories that are lived at homes of their own, once every other figure is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from msgspec import Struct

from visitapp.demo.council import plan_story
from visitapp.demo.council.cases import homes
from visitapp.demo.council.council import Council, Place
from visitapp.demo.council.public_file import write_places
from visitapp.demo.summary import KeptOpenFacts, PlanStoryFacts, RatingCaseFacts
from visitapp.demo.work import kept_open_story
from visitapp.demo.work.device import Device
from visitapp.demo.work.plan_story import PlanStory
from visitapp.demo.work.rating_cases import RatingCases
from visitapp.demo.work.timeline import Cast
from visitapp.demo.work.workers import Laptop


class Staff(Struct, frozen=True):
    """The council with its laptops, by sign-in name, and those of the journey's two people."""

    council: Council
    laptops: Mapping[str, Laptop]
    officer: Laptop
    lead: Laptop
    today: date


@contextmanager
def opened(*laptops: Laptop) -> Iterator[list[Device]]:
    """Laptops, open for a while."""
    with ExitStack() as stack:
        devices = []
        for laptop in laptops:
            devices.append(laptop.open())
            stack.callback(devices[-1].close)
        yield devices


def show_ratings(staff: Staff, out: Path) -> list[RatingCaseFacts]:
    """Each rule of ratings at a home of its own."""
    places = homes(staff.council, staff.officer.owner.name, staff.today)
    listed = write_places(places.values(), out / "rating-cases.csv")
    with opened(staff.officer, staff.lead) as (officer, lead):
        return RatingCases(officer, lead, places).show(listed)


def live_plan_story(staff: Staff, out: Path) -> PlanStoryFacts:
    """The story of an improvement plan, with its intervention and its ladder."""
    places, files = _listed(staff, out, "plan-story", plan_story.home)
    with _cast(staff) as cast:
        return PlanStory(cast, places[-1]).show(*files)


def live_kept_open(staff: Staff, out: Path) -> KeptOpenFacts:
    """The story of a home that stayed open."""
    places, files = _listed(staff, out, "kept-open", kept_open_story.home)
    with _cast(staff) as cast:
        return kept_open_story.KeptOpenStory(cast, places[-1]).show(*files)


def _listed(
    staff: Staff, out: Path, name: str, home: Callable[[Council, str, date, int], Place]
) -> tuple[list[Place], list[Path]]:
    """The home of a story after the regulator's first and second report, and a file of each."""
    places = [home(staff.council, staff.officer.owner.name, staff.today, n) for n in (0, 1)]
    files = [write_places([one], out / f"{name}-{n}.csv") for n, one in enumerate(places, 1)]
    return places, files


@contextmanager
def _cast(staff: Staff) -> Iterator[Cast]:
    """Those who work at a home in intervention."""
    manager = staff.laptops[staff.council.manager.name]
    found = [one.name for one in staff.council.colleagues if one.role == "intervention"]
    visitors = [staff.laptops[name] for name in found[:1]]
    with opened(staff.officer, staff.lead, manager, *visitors) as (officer, lead, boss, *rest):
        yield Cast(officer, lead, boss, rest[0] if rest else lead)
