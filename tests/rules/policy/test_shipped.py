"""The policy that ships: its figures, their sources, and the document about it."""

from __future__ import annotations

import re
from pathlib import Path

from forms.catalogue.catalogue import shipped
from forms.format.kinds import ListOf, Record
from visitapp.rules.policy.keys import policy_keys
from visitapp.rules.policy.read import read_policy, read_published, shipped_policy, shipped_text
from visitapp.rules.visiting.working_days import Calendar

FILE = Path(__file__).parents[3] / "resources/policy/default.yaml"
TEXT = FILE.read_text(encoding="utf-8")


def test_the_policy_that_ships_is_read_from_its_file() -> None:
    assert shipped_text() == TEXT
    assert shipped_policy() == read_policy(TEXT, FILE.name) == read_published(TEXT, FILE.name)
    assert len(shipped_policy().visits.rules) == 20
    assert shipped_policy().visits.opens_days == 28
    assert shipped_policy().working_days.days() == Calendar("england-and-wales")
    assert shipped_policy().ratings.better_at == "approval"
    assert [theme.id for theme in shipped_policy().themes][:2] == ["medicines", "falls"]


def test_every_figure_names_its_source() -> None:
    """Each line with a figure says `ours` or a source, on the line or in the comment above it."""
    comment, told, without = "", 0, []
    for line in TEXT.splitlines():
        if line.strip().startswith("#"):
            comment = line
            continue
        if re.search(r": *(\d|approval|sign_off|true|\{)", line.split('"')[0]):
            told += 1
            if not re.search(_SOURCE, f"{comment} {line}"):
                without.append(line)
        comment = ""
    assert without == []
    assert told >= 45


_SOURCE = r"\b([Oo]urs|[Pp]apers? 00\d|Newcastle|Pennine Lancashire|Blackpool|Need to Know)\b"


def test_the_areas_of_themes_are_those_of_the_quality_form() -> None:
    areas = {area.id for area in shipped().form("residential-quality").areas}
    assert {theme.area for theme in shipped_policy().themes} <= areas


def undocumented(record: Record, told: set[str], path: str = "") -> set[str]:
    """The keys that have no row: neither their own, nor one for each key below them. Rows that are
    used are taken out of `told`."""
    missing = set()
    for key in record.keys:
        kind = key.kind.item if isinstance(key.kind, ListOf) else key.kind
        here = f"{path}{key.name}"
        if here in told:
            told.remove(here)
        elif isinstance(kind, Record):
            missing |= undocumented(kind, told, f"{here}.")
        else:
            missing.add(here)
    return missing


def test_every_key_is_documented() -> None:
    text = (FILE.parents[2] / "docs/policy.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([\w.]+)`", text, flags=re.MULTILINE))
    assert undocumented(policy_keys(), told) == set()
    assert told == set(), "rows of keys that do not exist"


def test_the_risk_models_that_ship_have_the_floor_of_the_policy() -> None:
    library = shipped()
    models = {one.id for one in library.summaries() if one.kind == "risk"}
    floors = {name: library.form(name).minimum_coverage for name in models}
    assert set(floors.values()) == {shipped_policy().risk.coverage_floor}
    assert len(floors) == 3
