"""A council that does not exist: its officers, its market of care, and the public file about it.

Everything is invented, and the same for the same seed. The words that names are made of are coined,
so that no real setting or provider carries one (a test compares them with a real ratings file).
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from msgspec import Struct

from visitapp.demo.council.dice import dice_for

NAME = "Quillmarsh County Council"
FIRST_PASSWORD = "given-out-on-the-first-day"  # noqa: S105 - as PASSWORD
"""What the demo's administrator gives everybody, to be changed at the first sign-in."""

PASSWORD = "fictional-council-only"  # noqa: S105 - opens nothing but the demo's own loopback server

_COINED = (
    *("Quillmarsh", "Ottermoss", "Larkenfold", "Saltwhistle", "Brindlemere", "Harrowfenn"),
    *("Thistlewend", "Pellowick", "Marrowby", "Tarnholtby", "Wrenfallow", "Duskermoor"),
    *("Candlefen", "Ravensloe", "Mossgarth", "Fennimoor", "Goosedyke", "Tansywick"),
    *("Embermere", "Hollinsay", "Kestrelby", "Lowmarrow", "Silverrush", "Yarrowfold"),
    *("Plovermoor", "Winterslade"),
)
_HOMES = ("House", "Court", "Lodge", "Grange", "View")
_AGENCIES = ("Home Support", "Care at Home")
_FIRMS = ("Care Group", "Homes Ltd", "Care Ltd", "Living Ltd", "Support CIC", "Trust")
_STREETS = ("Mill Lane", "Church Row", "Station Road", "The Green", "Sluice Road", "Market Hill")
_TOWNS = ("Quillmarsh", "Candlefen", "Goosedyke", "Tansywick", "Kestrelby", "Mossgarth")
_RATINGS = (
    *("Good",) * 7,
    *("Requires improvement",) * 3,
    "Outstanding",
    "Inadequate",
)
_STAFF = (
    ("asha.verrin", "Asha Verrin", "officer", "North"),
    ("tomos.pellew", "Tomos Pellew", "officer", "North"),
    ("irena.kowalczewska", "Irena Kowalczewska", "intervention", "North"),
    ("callum.dreever", "Callum Dreever", "officer", "South"),
    ("mairi.strachlan", "M\u00e0iri Strachlan", "officer", "South"),
    ("jonah.tresco", "Jonah Tresco", "officer", "South"),
    ("bronwen.hale", "Bronwen Haleford", "lead", "North"),
    ("samir.okonta", "Samir Okonta", "lead", "South"),
    ("petra.vanstow", "Petra Vanstow", "manager", "North"),
)
HOLDERS = frozenset({"officer", "intervention"})
"""The roles that hold settings."""

_SETTINGS_PER_PROVIDER = 2.4
_AGENCY_EVERY = 10


class Colleague(Struct, frozen=True, kw_only=True):
    """Somebody who signs in."""

    name: str
    title: str
    role: str
    team: str


class Firm(Struct, frozen=True, kw_only=True):
    """A provider, by its number in the public file."""

    number: str
    name: str


class Place(Struct, frozen=True, kw_only=True):
    """A setting as the public file lists it, the officer who holds it, and how it fares.

    `character` is one of CHARACTERS. A newcomer has no officer: the journey adds it.
    """

    location_id: str
    name: str
    care_home: bool
    firm: Firm
    address: str
    town: str
    postcode: str
    rating: str
    published: date
    officer: str
    character: str


class Council(Struct, frozen=True, kw_only=True):
    """The whole of it."""

    colleagues: tuple[Colleague, ...]
    firms: tuple[Firm, ...]
    places: tuple[Place, ...]
    newcomer: Place

    def officers(self) -> list[Colleague]:
        """Those who hold settings."""
        return [one for one in self.colleagues if one.role in HOLDERS]

    def teams(self) -> set[str]:
        """The teams that somebody works in."""
        return {one.team for one in self.colleagues}

    def leads(self) -> list[Colleague]:
        """Those who review visits."""
        return [one for one in self.colleagues if one.role == "lead"]

    @property
    def manager(self) -> Colleague:
        """Who closes and reopens settings."""
        return next(one for one in self.colleagues if one.role == "manager")

    def held_by(self, officer: str) -> list[Place]:
        """The settings of one officer, by sign-in name."""
        return [place for place in self.places if place.officer == officer]


CHARACTERS = ("steady", "steady", "steady", "improving", "slipping", "failing", "mixed")
"""How settings fare over two years, as often as they stand here."""


def make_council(settings: int, today: date, officers: int = 6, seed: int = 2026) -> Council:
    """A council of 4 to 100 settings, its public file dated before `today`, and 1 to 6 officers.

    A provider's settings are under one contract with one officer, so firms decide who holds what.
    """
    dice = dice_for(f"council {seed}")
    colleagues = _colleagues(officers)
    firms = _firms(max(2, round(settings / _SETTINGS_PER_PROVIDER)), dice)
    holders = [one.name for one in colleagues if one.role in HOLDERS]
    homes = _names(_HOMES, settings + 1, dice)
    agencies = _names(_AGENCIES, settings // _AGENCY_EVERY + 1, dice)
    places = []
    for index in range(settings + 1):
        care_home = (index + 1) % _AGENCY_EVERY != 0 or index == settings
        firm = index % len(firms)
        places.append(
            Place(
                location_id=f"1-99{index + 1:07d}",
                name=homes.pop() if care_home else agencies.pop(),
                care_home=care_home,
                firm=firms[firm],
                address=f"{dice.randint(1, 90)} {dice.choice(_STREETS)}",
                town=dice.choice(_TOWNS),
                postcode=f"QV{index // 10 + 1} {dice.randint(1, 9)}ZZ",
                rating=dice.choice(_RATINGS),
                published=today - timedelta(days=dice.randint(40, 900)),
                officer=holders[firm % len(holders)] if index < settings else "",
                character=dice.choice(CHARACTERS) if index else "slipping",
            )
        )
    *held, newcomer = places
    return Council(colleagues=colleagues, firms=firms, places=tuple(held), newcomer=newcomer)


def coined_name(place: int, *endings: str) -> str:
    """A name of its own for each place from 0 on: the coined words with each ending, then with a
    number."""
    turn, word = divmod(place, len(_COINED))
    again, ending = divmod(turn, len(endings))
    number = f"{again + 1} " if again else ""
    return f"{number}{_COINED[word]} {endings[ending]}"


def _colleagues(officers: int) -> tuple[Colleague, ...]:
    """The first officers, the leads of their teams, and the senior manager."""
    every = [
        Colleague(name=name, title=title, role=role, team=team)
        for name, title, role, team in _STAFF
    ]
    chosen = [one for one in every if one.role in HOLDERS][:officers]
    teams = {one.team for one in chosen}
    leads = [one for one in every if one.role == "lead" and one.team in teams]
    return (*chosen, *leads, *(one for one in every if one.role == "manager"))


def _firms(count: int, dice: Random) -> tuple[Firm, ...]:
    names = _names(_FIRMS, count, dice)
    return tuple(Firm(number=f"1-98{place + 1:07d}", name=name) for place, name in enumerate(names))


def _names(endings: tuple[str, ...], count: int, dice: Random) -> list[str]:
    """`count` different names; a coined word comes again only when all have been used."""
    names: list[str] = []
    for turn in range(len(endings)):
        order = dice.sample(range(len(_COINED)), len(_COINED))
        names += [f"{_COINED[word]} {endings[(word + turn) % len(endings)]}" for word in order]
    return names[:count]
