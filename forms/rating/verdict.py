"""From sums to ranks, exactly (DESIGN §5, rules 4 to 6). A rank counts from the worst up."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

from msgspec import Struct

from forms.rating.plan import PlannedBand, PlannedRule
from forms.rating.totals import Standing


class HeldRule(Struct, frozen=True):
    """An overall rule that holds, and the places of the areas that make it."""

    rule: PlannedRule
    areas: tuple[int, ...]


class PartVerdict(Struct, frozen=True, kw_only=True):
    """What became of one part. Its percentage is 100 x total / whole; without any it is unrated.

    `band` is the rank of that percentage, `rank` what is left of it after rules, critical areas and
    limits; None is unrated. `critical` are the places of critical areas that are Red.
    """

    rank: int | None
    total: int
    whole: int
    band: int | None
    rules: tuple[HeldRule, ...]
    critical: tuple[int, ...]


class Verdict(Struct, frozen=True, kw_only=True):
    """The ranks of a standing; None is unrated. The form's percentage is 100 x total / whole.

    `shares` turns an area's gain into a gain of its part's total. The overall is the worst part's.
    """

    overall: int | None
    total: int
    whole: int
    shares: tuple[int, ...]
    ranks: tuple[int | None, ...]
    parts: tuple[PartVerdict, ...]


def decide(standing: Standing) -> Verdict:
    """The verdict on a standing."""
    plan, gained, possible = standing.plan, standing.gained, standing.possible
    ranks = tuple(
        band_rank(plan.parts[part].bands, gained[i], possible[i])
        if possible[i] and part is not None
        else None
        for i, part in enumerate(plan.part_of)
    )
    shares = [0] * len(plan.areas)
    parts = tuple(
        _decide_part(standing, number, ranks, shares) for number in range(len(plan.parts))
    )
    if len(parts) == 1:
        total, whole = parts[0].total, parts[0].whole
    else:
        total, whole = _mean(standing, range(len(plan.areas)), [0] * len(plan.areas))
    return Verdict(
        overall=min((part.rank for part in parts if part.rank is not None), default=None),
        total=total,
        whole=whole,
        shares=tuple(shares),
        ranks=ranks,
        parts=parts,
    )


def _decide_part(
    standing: Standing, number: int, ranks: Sequence[int | None], shares: list[int]
) -> PartVerdict:
    """The verdict on one part; notes the shares of its areas."""
    plan = standing.plan
    part = plan.parts[number]
    total, whole = _mean(standing, part.areas, shares)
    band = band_rank(part.bands, total, whole) if whole else None
    rules = held_rules(part.rules, part.areas, ranks)
    critical = tuple(i for i in part.critical if _is_red(ranks[i], plan.reds))
    rank = band
    if band is not None:
        caps = [cap for place, cap in standing.caps.items() if plan.part_at(place) == number]
        caps += [held.rule.overall for held in rules]
        caps += [red for i in critical if (red := ranks[i]) is not None]
        rank = min(band, *caps) if caps else band
    return PartVerdict(
        rank=rank, total=total, whole=whole, band=band, rules=rules, critical=critical
    )


def _mean(standing: Standing, areas: Sequence[int], shares: list[int]) -> tuple[int, int]:
    """The mean of rated areas by weight, as total and whole; notes the areas' shares of it."""
    gained, possible, weights = standing.gained, standing.possible, standing.plan.areas
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
