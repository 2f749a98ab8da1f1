"""What changed in how answers become an outcome: levels, bands, rules and results."""

from __future__ import annotations

from collections.abc import Iterable

from forms.compare.change import Change, band_text, became, became_all, number, quoted
from forms.levels import label_of, levels_of
from forms.model import Band, Form, NamedResult, OverallRule
from visitapp.language import plural, translate


def rating_changes(old: Form, new: Form) -> list[Change]:
    """Levels, bands, the least coverage, rules for the overall, and results."""
    found = []
    if old.levels != new.levels:
        found.append(became(translate("The list of levels"), _levels(old), _levels(new)))
    if _bands(old, old.bands) != _bands(new, new.bands):
        bands = _bands(old, old.bands), _bands(new, new.bands)
        found.append(became(translate("A percentage"), *bands))
    if old.minimum_coverage != new.minimum_coverage:
        least = [_per_cent(form) for form in (old, new)]
        found.append(
            became(translate("The coverage below which an outcome is provisional"), *least)
        )
    before, after = _rules(old), _rules(new)
    found += [translate("Removed rule: {rule}", rule=rule) for rule in before if rule not in after]
    found += [translate("New rule: {rule}", rule=rule) for rule in after if rule not in before]
    found += _results(old, new)
    return [Change("rescored", "form", new.id, text) for text in found]


def _per_cent(form: Form) -> str:
    return translate("{n} per cent", n=number(form.minimum_coverage))


def _levels(form: Form) -> str:
    if not form.levels:
        return translate("green, amber or red")
    return ", ".join(f"{level.label} ({level.rag})" for level in levels_of(form))


def _bands(form: Form, bands: Iterable[Band]) -> str:
    """Bands from the highest down: `green from 80, red from 0`."""
    told = (band_text(_grade(form, band.result), band.start) for band in bands)
    return ", ".join(told) or translate("none")


def _grade(form: Form, grade: str) -> str:
    return label_of(form, grade) if form.levels else grade


def _rules(form: Form) -> list[str]:
    own = [(form.rules, "")] + [
        (result.rules, " " + translate("In {result} only.", result=quoted(result.title)))
        for result in form.results
        if result.rules != form.rules
    ]
    return [f"{_rule(form, rule)}{where}" for rules, where in own for rule in rules]


def _rule(form: Form, rule: OverallRule) -> str:
    areas, overall = _grade(form, rule.areas), _grade(form, rule.overall)
    return plural(
        "{n} or more {areas} areas give {overall} at best.",
        "{n} or more {areas} areas give {overall} at best.",
        rule.at_least,
        areas=areas,
        overall=overall,
    )


def _results(old: Form, new: Form) -> list[str]:
    before = {result.id: result for result in old.results}
    after = {result.id: result for result in new.results}
    found = [
        translate("The result {result} was removed.", result=quoted(before[name].title))
        for name in before
        if name not in after
    ]
    for name, result in after.items():
        if name not in before:
            added = translate(
                "New result: {result}, over {areas}.",
                result=quoted(result.title),
                areas=_areas(new, result),
            )
            found.append(added)
            continue
        title = translate("The result {result}", result=quoted(result.title))
        pairs = {
            title: (quoted(before[name].title), quoted(result.title)),
            translate("{result}: a percentage", result=title): (
                _own(old, before[name]),
                _own(new, result),
            ),
        }
        found += [became(thing, *pair) for thing, pair in pairs.items() if pair[0] != pair[1]]
        areas = _areas(old, before[name]), _areas(new, result)
        if areas[0] != areas[1]:
            found.append(became_all(translate("{result}: its areas", result=title), *areas))
    return found


def _areas(form: Form, result: NamedResult) -> str:
    return ", ".join(area.title for area in form.areas if area.id in result.areas)


def _own(form: Form, result: NamedResult) -> str:
    return (
        translate("the form's own bands")
        if result.bands == form.bands
        else _bands(form, result.bands)
    )
