"""From totals to ranks, exactly (docs/form-format.md, rules 4 to 8).

A rank counts from the worst up.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from msgspec import Struct

from forms.rating.plan import PlannedBand, PlannedPart, PlannedRule
from forms.rating.totals import Totals


class HeldRule(Struct, frozen=True):
    """An overall rule that holds, and the places of the areas that make it."""

    rule: PlannedRule
    areas: tuple[int, ...]


class PartVerdict(Struct, frozen=True, kw_only=True):
    """What became of one part. Its percentage is 100 x total / whole; without any it is unrated.

    `band` is the rank of that percentage, `rank` what is left of it after rules, critical areas and
    limits; None is unrated. `critical` are the places of critical areas that are Red.

    A part is `unknown` when it is of a risk model and its coverage is below the floor: then limits
    alone give its rank, and it has no band, rules or critical areas.
    """

    rank: int | None
    total: int
    whole: int
    band: int | None
    rules: tuple[HeldRule, ...]
    critical: tuple[int, ...]
    unknown: bool = False


class Verdict(Struct, frozen=True, kw_only=True):
    """Ranks; None is unrated. The form's percentage is 100 x total / whole.

    `shares` turns an area's gain into a gain of its part's total. The overall is the worst part's.
    """

    overall: int | None
    total: int
    whole: int
    shares: tuple[int, ...]
    ranks: tuple[int | None, ...]
    parts: tuple[PartVerdict, ...]


def decide(totals: Totals) -> Verdict:
    """The verdict on a set of answers, by the rules of its engine."""
    plan = totals.plan
    ranks = _area_ranks(totals)
    shares = [0] * len(plan.areas)
    parts = tuple(_decide_part(totals, number, ranks, shares) for number in range(len(plan.parts)))
    if len(parts) == 1:
        total, whole = parts[0].total, parts[0].whole
    else:
        total, whole = _mean(totals, range(len(plan.areas)), [0] * len(plan.areas))
    return Verdict(
        overall=_overall(totals, parts),
        total=total,
        whole=whole,
        shares=tuple(shares),
        ranks=tuple(ranks),
        parts=parts,
    )


def _area_ranks(totals: Totals) -> list[int | None]:
    """The worst of each area's band and, since engine 2, of the limits that are hit in it."""
    plan, gained, possible = totals.plan, totals.gained, totals.possible
    ranks: list[int | None] = [
        band_rank(plan.parts[part].bands, gained[area], possible[area])
        if possible[area] and part is not None
        else None
        for area, part in enumerate(plan.part_of)
    ]
    if totals.engine >= 2:
        for place, cap in totals.caps.items():
            area = plan.questions[place].area
            rank = ranks[area]
            ranks[area] = None if rank is None else min(rank, cap)
    return ranks


def _overall(totals: Totals, parts: Sequence[PartVerdict]) -> int | None:
    """The worst part's rank. A green one does not stand while another part is unknown."""
    worst = min((part.rank for part in parts if part.rank is not None), default=None)
    if worst is None or not any(part.unknown for part in parts):
        return worst
    return None if totals.plan.levels[worst].rag == "green" else worst


def _decide_part(
    totals: Totals, number: int, ranks: Sequence[int | None], shares: list[int]
) -> PartVerdict:
    """The verdict on one part; notes the shares of its areas."""
    plan = totals.plan
    part = plan.parts[number]
    total, whole = _mean(totals, part.areas, shares)
    caps = [cap for place, cap in totals.caps.items() if plan.part_at(place) == number]
    if _is_unknown(totals, part):
        return PartVerdict(
            rank=min(caps, default=None),
            total=total,
            whole=whole,
            band=None,
            rules=(),
            critical=(),
            unknown=True,
        )
    band = band_rank(part.bands, total, whole) if whole else None
    rules = held_rules(part.rules, part.areas, ranks)
    critical = tuple(i for i in part.critical if _is_red(ranks[i], plan.reds))
    rank = band
    if band is not None:
        caps += [held.rule.overall for held in rules]
        caps += [red for i in critical if (red := ranks[i]) is not None]
        rank = min(band, *caps) if caps else band
    return PartVerdict(
        rank=rank, total=total, whole=whole, band=band, rules=rules, critical=critical
    )


def _is_unknown(totals: Totals, part: PlannedPart) -> bool:
    """Whether a part of a risk model is below the coverage that a colour needs (since engine 2)."""
    form = totals.plan.form
    if form.kind != "risk" or totals.engine < 2:
        return False
    return is_below(
        form.minimum_coverage,
        sum(totals.possible[area] for area in part.areas),
        sum(totals.asked[area] for area in part.areas),
    )


def is_below(minimum: Fraction, possible: int, asked: int) -> bool:
    """Whether the coverage, `possible` of `asked`, is below so many per cent."""
    return 100 * possible < minimum * asked


def _mean(totals: Totals, areas: Sequence[int], shares: list[int]) -> tuple[int, int]:
    """The mean of rated areas by weight, as total and whole; notes the areas' shares of it."""
    gained, possible, weights = totals.gained, totals.possible, totals.plan.areas
    rated = [i for i in areas if possible[i]]
    common = lcm(*(possible[i] for i in rated))
    for i in rated:
        shares[i] = weights[i] * (common // possible[i])
    total = sum(shares[i] * gained[i] for i in rated)
    return total, common * sum(weights[i] for i in rated)


def _is_red(rank: int | None, reds: int) -> bool:
    return rank is not None and rank < reds


def band_rank(bands: Sequence[PlannedBand], gained: int, possible: int) -> int:
    """The rank of the exact percentage 100 x gained / possible; `possible` above 0."""
    for band in bands:
        if 100 * gained * band.unit >= band.start * possible:
            return band.rank
    raise ValueError("bands begin at 0")


def held_rules(
    rules: Sequence[PlannedRule], areas: Sequence[int], ranks: Sequence[int | None]
) -> tuple[HeldRule, ...]:
    """The overall rules that hold for these areas."""
    held = []
    for rule in rules:
        alike = tuple(i for i in areas if ranks[i] == rule.areas)
        if len(alike) >= rule.at_least:
            held.append(HeldRule(rule, alike))
    return tuple(held)
