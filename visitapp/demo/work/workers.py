"""What each colleague does on a laptop of their own, in a process of its own.

A pool runs these: each opens a data folder, does its part and closes it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from visitapp.demo.council.council import Colleague, Council
from visitapp.demo.council.past import PastVisit
from visitapp.demo.work.assessing import assess_risks
from visitapp.demo.work.device import Device, OpenServices
from visitapp.demo.work.leading import Leading, decide_as_prompted
from visitapp.demo.work.seeding import Seeder
from visitapp.records import Position


class Laptop(Struct, frozen=True, kw_only=True):
    """Whose laptop it is, where its data are, and how it is opened."""

    owner: Colleague
    folder: Path
    open_services: OpenServices

    def open(self) -> Device:
        """Open it; made at first use."""
        return Device(self.owner, self.folder, self.open_services)


class OfficerPast(Struct, frozen=True, kw_only=True):
    """What an officer did in two years, and the rest that the officer's portfolio shows now."""

    visits: int
    answers: int
    actions: int
    assessments: int
    open_actions: int
    overdue_actions: int
    ratings: dict[str, int]


class LeadPast(Struct, frozen=True, kw_only=True):
    """What a lead decided in two years."""

    approved: int
    returned: int


def take_on(laptop: Laptop, url: str, public_file: Path, council: Council, today: date) -> None:
    """An officer signs in, takes on the settings, and sends them."""
    device = laptop.open()
    try:
        device.sign_in(url)
        Seeder(device, today).take_on(public_file, council.held_by(laptop.owner.name))
        device.sync_whole()
    finally:
        device.close()


def make_contracts(laptop: Laptop, url: str, council: Council) -> int:
    """A lead signs in, puts the team's settings under contracts, and sends them; gives how many."""
    device = laptop.open()
    try:
        device.sign_in(url)
        device.sync_whole()
        leading = Leading(device, council)
        leading.contract()
        device.sync_whole()
        return leading.contracts
    finally:
        device.close()


def live_officer(
    laptop: Laptop, council: Council, visits: list[PastVisit], today: date
) -> OfficerPast:
    """Receive the contracts, review them, carry out the visits, and send everything."""
    device = laptop.open()
    try:
        device.sync_whole()
        seeder, held = Seeder(device, today), council.held_by(laptop.owner.name)
        for place in held:
            seeder.review_contract(place)
        seeder.live(visits)
        assessments = assess_risks(device, held, today)
        device.sync_whole()
        rows = device.services.portfolio.rows()
        return OfficerPast(
            visits=seeder.visits,
            answers=seeder.answers,
            actions=seeder.actions,
            assessments=assessments,
            open_actions=sum(row.open_actions for row in rows),
            overdue_actions=sum(row.overdue_actions for row in rows),
            ratings=dict(Counter(row.rag for row in rows)),
        )
    finally:
        device.close()


def live_lead(laptop: Laptop, council: Council) -> LeadPast:
    """Receive the team's work, decide on its visits, and send."""
    device = laptop.open()
    try:
        device.sync_whole()
        leading = Leading(device, council)
        leading.review()
        leading.decide()
        device.sync_whole()
        return LeadPast(approved=leading.approved, returned=leading.returned)
    finally:
        device.close()


def live_manager(laptop: Laptop, url: str) -> None:
    """Sign in, receive everything, confirm or reopen what is closed, and send."""
    device = laptop.open()
    try:
        device.sign_in(url)
        device.sync_whole()
        for one in device.services.placements.waiting():
            if one.position == Position.CLOSED:
                decide_as_prompted(device.services, one.setting_id, one.rag)
        device.sync_whole()
    finally:
        device.close()


def catch_up(laptop: Laptop) -> int:
    """Receive what others did; gives the server's revision that the laptop has reached."""
    device = laptop.open()
    try:
        return device.sync_whole().revision
    finally:
        device.close()


class Looks(Struct, frozen=True, kw_only=True):
    """Which pictures are taken of each page: in how many window sizes, and in which themes."""

    sizes: int = 2
    themes: tuple[str, ...] = ("light", "dark")


def picture(
    laptop: Laptop,
    folder: Path,
    shown: tuple[str, str, str],
    looks: Looks,
    more: Mapping[str, str],
) -> int:
    """Take pictures of every page on a laptop, with no screen; gives how many there are.

    `shown` is the setting, the visit and the question for the pages that show one; `more` has the
    settings of further pictures by name, taken in one size and theme.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from visitapp.ui.shell.screenshots import SIZES, Subject, take_screenshots

    device = laptop.open()
    try:
        taken = take_screenshots(
            device.services,
            folder,
            Subject(*shown),
            prefix=f"{laptop.owner.role}-",
            sizes=SIZES[: looks.sizes],
            themes=looks.themes,
            settings=more,
        )
        return len(taken)
    finally:
        device.close()
