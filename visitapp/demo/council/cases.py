"""Invented homes that show how a rating comes to stand, one rule each.

They come in a public file of their own, after the rest of the demonstration, and change none of
its figures.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from visitapp.demo.council.council import Council, Firm, Place

FIRM = Firm(number="1-970000001", name="Mossgarth Gables Ltd")
CONTRACT = "CARE-9001"


class RatingCase(Struct, frozen=True, kw_only=True):
    """One rule, and the home that shows it."""

    key: str
    rule: str
    home: str


CASES = (
    RatingCase(
        key="themed",
        rule="A themed audit never improves a rating",
        home="Larkenfold Gables",
    ),
    RatingCase(
        key="late",
        rule="An older visit that is signed off late never replaces a newer one",
        home="Wrenfallow Gables",
    ),
    RatingCase(
        key="provisional",
        rule="A provisional outcome never improves a rating",
        home="Brindlemere Gables",
    ),
    RatingCase(
        key="worse",
        rule="A worse rating stands from sign-off",
        home="Tarnholtby Gables",
    ),
    RatingCase(
        key="better",
        rule="A better rating stands when a team lead approves it",
        home="Saltwhistle Gables",
    ),
    RatingCase(
        key="first-green",
        rule="A first Green stands when a team lead approves it",
        home="Yarrowfold Gables",
    ),
    RatingCase(
        key="returned",
        rule="A return takes an improvement back",
        home="Embermere Gables",
    ),
    RatingCase(
        key="contract",
        rule="The contract rating stands apart from the quality rating",
        home="Hollinsay Gables",
    ),
    RatingCase(
        key="never-visited",
        rule="A setting that was never visited is not yet assessed",
        home="Kestrelby Gables",
    ),
)


def homes(council: Council, officer: str, today: date) -> dict[str, Place]:
    """The home of each case, by its key; all held by one officer."""
    town = council.newcomer.town
    return {
        case.key: Place(
            location_id=f"1-97{number:07d}",
            name=case.home,
            care_home=True,
            firm=FIRM,
            address=f"{number} Sluice Road",
            town=town,
            postcode=f"QV9 {number}ZZ",
            rating="Good",
            published=today - timedelta(days=400),
            officer=officer,
            character="steady",
        )
        for number, case in enumerate(CASES, 1)
    }
