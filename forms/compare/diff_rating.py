"""What changed in how answers become an outcome: levels, bands, rules and results."""

from __future__ import annotations

from collections.abc import Iterable

from forms.compare.change import Change, became, number, quoted
from forms.levels import label_of, levels_of
from forms.model import Band, Form, NamedResult, OverallRule


def rating_changes(old: Form, new: Form) -> list[Change]:
    """Levels, bands, the least coverage, rules for the overall, and results."""
    found = []
    if old.levels != new.levels:
        found.append(became("What it rates at", _levels(old), _levels(new)))
    if _bands(old, old.bands) != _bands(new, new.bands):
        bands = _bands(old, old.bands), _bands(new, new.bands)
        found.append(became("A percentage", *bands))
    if old.minimum_coverage != new.minimum_coverage:
        least = [f"{number(form.minimum_coverage)} per cent" for form in (old, new)]
        found.append(became("The coverage below which an outcome is provisional", *least))
    before, after = _rules(old), _rules(new)
    found += [f"No longer: {rule}" for rule in before if rule not in after]
    found += [f"New rule: {rule}" for rule in after if rule not in before]
    found += _results(old, new)
    return [Change("rescored", "form", new.id, text) for text in found]


def _levels(form: Form) -> str:
    if not form.levels:
        return "green, amber or red"
    return ", ".join(f"{level.label} ({level.rag})" for level in levels_of(form))


def _bands(form: Form, bands: Iterable[Band]) -> str:
    """Bands from the highest down: `green from 80, red from 0`."""
    told = (f"{_grade(form, band.result)} from {number(band.start)}" for band in bands)
    return ", ".join(told) or "none"


def _grade(form: Form, grade: str) -> str:
    return label_of(form, grade) if form.levels else grade


def _rules(form: Form) -> list[str]:
    own = [(form.rules, "")] + [
        (result.rules, f" In {quoted(result.title)} only.")
        for result in form.results
        if result.rules != form.rules
    ]
    return [f"{_rule(form, rule)}{where}" for rules, where in own for rule in rules]


def _rule(form: Form, rule: OverallRule) -> str:
    areas, overall = _grade(form, rule.areas), _grade(form, rule.overall)
    return f"{rule.at_least} or more {areas} areas give {overall} at best."


def _results(old: Form, new: Form) -> list[str]:
    before = {result.id: result for result in old.results}
    after = {result.id: result for result in new.results}
    found = [
        f"The result {quoted(before[name].title)} is gone." for name in before if name not in after
    ]
    for name, result in after.items():
        if name not in before:
            found.append(f"New result: {quoted(result.title)}, over {_areas(new, result)}.")
            continue
        title = f"The result {quoted(result.title)}"
        pairs = {
            title: (quoted(before[name].title), quoted(result.title)),
            f"{title}: its areas": (_areas(old, before[name]), _areas(new, result)),
            f"{title}: a percentage": (_own(old, before[name]), _own(new, result)),
        }
        found += [became(thing, *pair) for thing, pair in pairs.items() if pair[0] != pair[1]]
    return found


def _areas(form: Form, result: NamedResult) -> str:
    return ", ".join(area.title for area in form.areas if area.id in result.areas)


def _own(form: Form, result: NamedResult) -> str:
    return "as the form's" if result.bands == form.bands else _bands(form, result.bands)
