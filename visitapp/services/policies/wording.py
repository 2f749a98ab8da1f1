"""A policy and its changes as lines of text, for the window and the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from visitapp.dates import long_day
from visitapp.language import message, translate
from visitapp.rules.policy.model import Policy
from visitapp.rules.policy.read import unknown_keys
from visitapp.services.policies.statements import (
    SectionChanges,
    Statement,
    section_titles,
)

STATES = {
    "in_force": message("in force"),
    "planned": message("planned"),
    "replaced": message("replaced"),
    "unusable": message("needs a newer Visitapp"),
}
_CHANGES = {
    "added": message("added"),
    "removed": message("removed"),
    "changed": message("changed"),
}


def head_lines(found: Policy, text: str) -> Iterator[str]:
    """Which policy it is, and whether its `text` has more than this program knows."""
    yield _named(found)
    if unknown_keys(text):
        yield translate(
            "It has sections that this program does not know. Update Visitapp to see them."
        )


def rule_lines(told: Sequence[Statement]) -> Iterator[str]:
    """Every rule under the title of its section."""
    titles = section_titles()
    for section, rules in groupby(told, key=lambda one: one.section):
        yield ""
        yield titles[section]
        for rule in rules:
            yield f"  {rule.label}: {rule.value}"


def change_lines(after: Policy, sections: Sequence[SectionChanges]) -> Iterator[str]:
    """What changes with `after`, by section, and what follows from it."""
    if not sections:
        yield translate("Nothing changed in the rules.")
        return
    yield _named(after)
    for section in sections:
        yield ""
        yield section.title
        for change in section.changes:
            yield f"  {_CHANGES[change.what]!s:<9} {change.text}"
        yield f"  {section.follows}"


def _named(found: Policy) -> str:
    return translate(
        "Policy {version}, in force from {day}",
        version=found.version,
        day=long_day(found.in_force_from),
    )
