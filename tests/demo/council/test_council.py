"""The council is invented, the same every time, and of the size that was asked for."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from visitapp.demo.council.council import _COINED, make_council
from visitapp.demo.council.past import DAYS, plan_past
from visitapp.demo.council.public_file import write_public_file

TODAY = date(2026, 11, 22)
AREAS = ("a", "b", "c", "d")


REAL_FILE = Path(__file__).parents[2] / "data" / "cqc_latest_ratings_lincolnshire.csv.gz"


def real_names() -> set[str]:
    """The settings and providers of the real ratings file."""
    with gzip.open(REAL_FILE, "rt", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {row["Location Name"] for row in rows} | {row["Provider Name"] for row in rows}
    return {name.casefold() for name in names}


@pytest.mark.parametrize("size", [4, 6, 50, 100])
def test_the_council_has_the_size_asked_for(size: int) -> None:
    council = make_council(size, TODAY)
    names = [place.name for place in council.places] + [council.newcomer.name]
    assert len(council.places) == size
    assert len(set(names)) == size + 1
    assert len({place.location_id for place in council.places}) == size
    assert len({firm.name for firm in council.firms}) == len(council.firms)


def test_a_council_is_the_same_for_the_same_day() -> None:
    assert make_council(50, TODAY) == make_council(50, TODAY)


def test_a_small_council_has_one_officer_and_that_officers_lead() -> None:
    council = make_council(4, TODAY, officers=1)
    (officer,) = council.officers()
    (lead,) = council.leads()
    assert officer.team == lead.team
    assert council.held_by(officer.name) == list(council.places)


def test_fifty_settings_have_six_officers_in_two_teams() -> None:
    council = make_council(50, TODAY)
    held = Counter(place.officer for place in council.places)
    assert len(held) == 6
    assert min(held.values()) >= 5
    assert {one.team for one in council.officers()} == {"North", "South"}
    assert {one.team for one in council.leads()} == {"North", "South"}


def test_no_real_name_is_used() -> None:
    real = real_names()
    assert len(real) > 400
    council = make_council(100, TODAY)
    invented = [place.name for place in council.places] + [firm.name for firm in council.firms]
    assert real.isdisjoint(name.casefold() for name in invented)
    assert not [name for name in real for word in _COINED if word.casefold() in name]


def test_the_past_is_two_years_of_two_to_four_visits_each() -> None:
    council = make_council(50, TODAY)
    past = plan_past(council, AREAS, TODAY)
    each = Counter(visit.place.location_id for visit in past)
    assert set(each) == {place.location_id for place in council.places}
    assert set(each.values()) <= {2, 3, 4}
    assert [visit.day for visit in past] == sorted(visit.day for visit in past)
    assert all(0 < (TODAY - visit.day).days <= DAYS for visit in past)
    assert all(0 <= visit.level <= 1 for visit in past)


def test_failing_settings_get_worse_and_improving_ones_better() -> None:
    past = plan_past(make_council(100, TODAY), AREAS, TODAY)
    levels: dict[str, list[float]] = {}
    for visit in past:
        levels.setdefault(visit.place.character, []).append(visit.level)
        assert visit.place.officer
    assert min(levels["failing"]) < min(levels["improving"]) < min(levels["steady"])


def test_the_public_file_has_a_row_for_each_domain_and_group(tmp_path: Path) -> None:
    council = make_council(20, TODAY)
    path = write_public_file(council, tmp_path / "public.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 21 * 2 * 6
    assert {row["Location ID"] for row in rows} == {
        *(place.location_id for place in council.places),
        council.newcomer.location_id,
    }
