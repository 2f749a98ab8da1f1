"""From sums to colours, exactly (DESIGN §5, rules 4 to 6). Colours are ranks, worst first."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

from msgspec import Struct

from forms.plan import PlannedBand, PlannedRule
from forms.standing import Standing

RED = 0


class HeldRule(Struct, frozen=True):
    """An overall rule that holds, and the places of the areas that make it."""

    rule: PlannedRule
    areas: tuple[int, ...]


class Verdict(Struct, frozen=True, kw_only=True):
    """The ranks of a standing; None is unrated. The form's percentage is 100 x total / whole.

    `shares` turns an area's gain into a gain of `total`.
    """

    overall: int | None
    total: int
    whole: int
    shares: tuple[int, ...]
    ranks: tuple[int | None, ...]
    band: int | None
    rules: tuple[HeldRule, ...]
    critical: tuple[int, ...]


def decide(standing: Standing) -> Verdict:
    """The verdict on a standing."""
    plan, gained, possible = standing.plan, standing.gained, standing.possible
    ranks = tuple(
        band_rank(plan.bands, gained[i], possible[i]) if possible[i] else None
        for i in range(len(plan.areas))
    )
    common = lcm(*(number for number in possible if number))
    shares = tuple(
        weight * (common // number) if number else 0
        for weight, number in zip(plan.areas, possible, strict=True)
    )
    total = sum(share * gain for share, gain in zip(shares, gained, strict=True))
    whole = common * sum(
        weight for weight, number in zip(plan.areas, possible, strict=True) if number
    )
    band = band_rank(plan.bands, total, whole) if whole else None
    rules = held_rules(plan.rules, ranks)
    critical = tuple(i for i in plan.critical if ranks[i] == RED)
    overall = band
    if band is not None:
        caps = [*standing.caps.values(), *(held.rule.overall for held in rules)]
        overall = min(band, *caps, *(RED for _ in critical[:1])) if caps or critical else band
    return Verdict(
        overall=overall,
        total=total,
        whole=whole,
        shares=shares,
        ranks=ranks,
        band=band,
        rules=rules,
        critical=critical,
    )


def band_rank(bands: Sequence[PlannedBand], gained: int, possible: int) -> int:
    """The rank of the exact percentage 100 x gained / possible; `possible` above 0."""
    for band in bands:
        if 100 * gained * band.unit >= band.start * possible:
            return band.rank
    return RED


def held_rules(rules: Sequence[PlannedRule], ranks: Sequence[int | None]) -> tuple[HeldRule, ...]:
    """The overall rules that hold for areas of these ranks."""
    held = []
    for rule in rules:
        areas = tuple(i for i, rank in enumerate(ranks) if rank == rule.areas)
        if len(areas) >= rule.at_least:
            held.append(HeldRule(rule, areas))
    return tuple(held)
