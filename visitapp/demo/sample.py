"""The sample council of the first start: one officer's two years, with no server."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from visitapp.demo.council.council import Council, Place, make_council
from visitapp.demo.council.past import plan_past
from visitapp.demo.council.public_file import write_public_file
from visitapp.demo.work.device import PASSPHRASE, Device, OpenServices
from visitapp.demo.work.leading import contract_with
from visitapp.demo.work.sample_casework import SampleCasework
from visitapp.demo.work.seeding import HOME_FORM, Seeder

if TYPE_CHECKING:
    from visitapp.services.services import Services

SETTINGS = 8
_MADE = "sample-council.txt"
_WORDS = (
    "The sample council of Visitapp. Everything in it is invented: council, settings, providers,\n"
    "people and findings. Delete this folder to remove it.\n"
    f"In a terminal its passphrase is: {PASSPHRASE}\n"
)


def open_sample(
    folder: Path,
    open_services: OpenServices,
    progress: Callable[[int, int], None],
    settings: int = SETTINGS,
) -> Services:
    """Open the sample in `folder`, made there the first time; one half made is made again.

    progress: called with the visits made and their number, and may raise to stop.
    """
    if not (folder / _MADE).exists():
        _make(folder, open_services, progress, settings)
    return open_services(folder, PASSPHRASE)


def _make(
    folder: Path,
    open_services: OpenServices,
    progress: Callable[[int, int], None],
    settings: int,
) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    today = date.today()
    council = make_council(settings, today, officers=1)
    [owner] = council.officers()
    device = Device(owner, folder, open_services)
    try:
        services = device.services
        services.profile.introduce(owner.title, owner.role)
        seeder = Seeder(device, today)
        seeder.take_on(
            write_public_file(council, folder / "public-ratings.csv"), list(council.places)
        )
        areas = tuple(area.id for area in services.desk.library.form(HOME_FORM).areas)
        past = plan_past(council, areas, today)
        for number, firm in enumerate(council.firms, 1):
            if places := [place for place in council.places if place.firm == firm]:
                contract_with(services, firm, places, f"CARE-{number:04d}")
        for place in council.places:
            visits = [visit for visit in past if visit.place == place]
            progress(seeder.visits, len(past) + len(council.places))
            seeder.review_contract(place)
            seeder.live(visits)
        SampleCasework(device, _weakest(council), today).live()
    finally:
        device.close()
    (folder / _MADE).write_text(_WORDS, encoding="utf-8")


def _weakest(council: Council) -> Place:
    """A home that fares badly; the first one where none does."""
    homes = [place for place in council.places if place.care_home]
    weak = (place for place in homes if place.character in {"failing", "slipping"})
    return next(weak, homes[0])
