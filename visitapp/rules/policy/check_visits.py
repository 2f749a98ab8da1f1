"""Checks the visit rules of a policy: no setting may be left without a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

from forms.format.faults import Faults
from forms.format.part import Part
from visitapp.language import translate
from visitapp.rules.policy.frequency import RuledRating

LONGEST: Mapping[str, int] = {"days": 366, "working_days": 260, "weeks": 260, "months": 60}
"""The longest limit, by what it is counted in."""

_CONDITIONS = ("service_types", "risks", "levels", "regulator")


def check_visit_rules(visits: Part, faults: Faults) -> None:
    """Note every rule that cannot work, and every setting that no rule would ever bring a visit."""
    rules = visits.parts("rules")
    check_ids(rules, "visit rule", faults)
    for rule in rules:
        _check_limit(rule, faults)
    if "rules" in visits.given and rules:
        _check_everybody(rules, visits.line_of("rules"), faults)


def _check_limit(rule: Part, faults: Faults) -> None:
    within, longest = rule.number("within"), LONGEST.get(rule.text("unit"))
    if within is None or longest is None:
        return
    if within > longest:
        unit = rule.text("unit").replace("_", " ")
        what = translate("`within` is {n} {unit}.", n=within, unit=unit)
        remedy = translate("Give a number up to {longest}.", longest=longest)
        faults.add(rule.line_of("within"), what, remedy)
    before = rule.number("not_before")
    if before is not None and before >= within:
        what = translate("No visit within the limit would count.")
        remedy = translate("Make `not_before` less than `within`.")
        faults.add(rule.line_of("not_before"), what, remedy)


def _check_everybody(rules: list[Part], line: int, faults: Faults) -> None:
    general = [rule for rule in rules if rule.text("purpose") == "annual" and _is_general(rule)]
    again = [rule for rule in general if rule.text("of") == "last_visit"]
    covered = {word.text for rule in again for word in rule.words("ratings")}
    if all(rule.words("ratings") for rule in again):
        for rating in sorted(set(get_args(RuledRating)) - covered):
            what = translate(
                "No rule says when a setting rated `{rating}` has its next quality visit.",
                rating=rating,
            )
            remedy = translate(
                "Add a rule for it with `purpose: annual`, `of: last_visit` and no condition."
            )
            faults.add(line, what, remedy)
    if not any(rule.text("of") == "joined" and not rule.words("ratings") for rule in general):
        what = translate("No rule says when a setting has its first quality visit.")
        remedy = translate("Add a rule with `purpose: annual`, `of: joined` and no condition.")
        faults.add(line, what, remedy)


def _is_general(rule: Part) -> bool:
    """Whether it has no condition, ratings aside."""
    flags = rule.flag("key_supplier", False) or rule.flag("out_of_county", False)
    split = rule.text("intervention") not in ("", "either")
    return not (flags or split or any(rule.words(name) for name in _CONDITIONS))


def check_ids(parts: Iterable[Part], sort: str, faults: Faults) -> dict[str, Part]:
    """The parts by their id."""
    found: dict[str, Part] = {}
    for part in parts:
        id_ = part.text("id")
        if id_ in found:
            line = found[id_].line_of("id")
            what = translate(
                "The {sort} id `{name}` is used twice; the first is on line {line}.",
                sort=sort,
                name=id_,
                line=line,
            )
            faults.add(
                part.line_of("id"), what, translate("Give each {sort} an id of its own.", sort=sort)
            )
        elif id_:
            found[id_] = part
    return found
