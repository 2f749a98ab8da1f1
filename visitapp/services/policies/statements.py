"""A policy in words: each of its rules as a label with its value, for reading and comparing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, get_args

import msgspec
from msgspec import Struct

from forms.format.kinds import Day, Flag, Key, Kind, ListOf, OneOf, Record
from visitapp.dates import long_day
from visitapp.language import message, translate
from visitapp.records import ServiceType
from visitapp.rules.policy.frequency import RuledPurpose
from visitapp.rules.policy.keys import policy_keys, section_parts
from visitapp.rules.policy.model import Policy
from visitapp.vocabulary import choice_word, visit_word
from visitapp.vocabulary.due import limit_words

_WORDS = {
    "approval": message("when a team lead approves it"),
    "sign_off": message("at sign-off"),
    "lead": message("a team lead"),
    "manager": message("a senior manager"),
    "contract": message("contract concern"),
    "health_safety": message("health and safety"),
    "care_plans": message("care plans and risk assessments"),
    "user_views": message("user views"),
    "rating_changed": message("a rating has changed"),
    "position_closed": message("a setting is closed to new placements"),
    "position_conditional": message("placements continue on a condition"),
    "position_open": message("a setting is open again"),
    "last_visit": message("the last such visit"),
    "joined": message("the day it joined the portfolio"),
    "rating": message("the visit that gave the rating"),
    "regulator_report": message("the regulator's report"),
    "new_manager": message("a new manager"),
    "new_owner": message("a new owner"),
    "serious_concern": message("a serious incident, a death or a concern of severity 4"),
    "cluster": message("a cluster of concerns"),
    "step_opened": message("a step of the ladder is opened"),
    "intervention_ended": message("the end of an intervention"),
    "england-and-wales": message("England and Wales"),
    "scotland": message("Scotland"),
    "northern-ireland": message("Northern Ireland"),
}
"""Words of the file that read otherwise on paper."""

_UNSAID: tuple[object, ...] = ("", [], (), False, 0, "either")
"""What a key that may be left out says as if it were."""


class Statement(Struct, frozen=True):
    """One rule. `section` and `path` say where it stands in the file: `visits`, then
    `rules.red`; `label` and `value` are for people."""

    section: str
    path: str
    label: str
    value: str


class RuleChange(Struct, frozen=True):
    """One rule that differs between two versions: `what` is added, removed or changed. `before`
    and `after` are None where the rule did not exist."""

    what: str
    section: str
    label: str
    before: str | None
    after: str | None

    @property
    def text(self) -> str:
        """The change as one line."""
        if self.before is None or self.after is None:
            return f"{self.label}: {self.before or self.after}"
        return f"{self.label}: {self.before} → {self.after}"


class SectionChanges(Struct, frozen=True):
    """The changes of one section, and what follows from them."""

    section: str
    title: str
    changes: tuple[RuleChange, ...]
    follows: str


def statements(policy: Policy) -> list[Statement]:
    """Every rule of a policy, in the order of the file."""
    plain = msgspec.to_builtins(policy)
    return [
        found
        for key in policy_keys().keys
        if key.name in section_parts()
        for found in _said(key.kind, plain[key.name], key.name, "", "")
    ]


def section_titles() -> dict[str, str]:
    """What each section is about."""
    labels = {key.name: key.about for key in policy_keys().keys}
    return {section: translate(labels[section]) for section in section_parts()}


def compare(old: Policy, new: Policy) -> list[SectionChanges]:
    """What changes from one version to another, by section; only sections that change."""
    before = {(one.section, one.path): one for one in statements(old)}
    after = {(one.section, one.path): one for one in statements(new)}
    changes = [
        _change(before.get(place), after.get(place))
        for place in dict.fromkeys((*after, *before))
        if _value(before.get(place)) != _value(after.get(place))
    ]
    titles = section_titles()
    return [
        SectionChanges(section, titles[section], own, str(part.follows))
        for section, part in section_parts().items()
        if (own := tuple(change for change in changes if change.section == section))
    ]


def _change(before: Statement | None, after: Statement | None) -> RuleChange:
    what = "added" if before is None else "removed" if after is None else "changed"
    shown = after or before
    assert shown is not None
    return RuleChange(what, shown.section, shown.label, _value(before), _value(after))


def _value(statement: Statement | None) -> str | None:
    return None if statement is None else statement.value


def _said(kind: Kind, value: Any, section: str, path: str, label: str) -> Iterator[Statement]:
    match kind:
        case Record(keys=keys):
            for key in keys:
                if key.name in value and (key.required or value[key.name] not in _UNSAID):
                    below = f"{path}.{key.name}" if path else key.name
                    yield from _said(key.kind, value[key.name], section, below, _label(key))
        case ListOf(item=Record(keys=keys)):
            for item in value:
                # The first key says which item it is: `id` in most lists.
                id_ = item[keys[0].name]
                below = f"{path}.{id_}" if path else id_
                name = item.get("label") or id_.replace("_", " ")
                yield Statement(section, below, name, _item(keys, item))
        case _:
            yield Statement(section, path, label, _words(kind, value))


def _label(key: Key) -> str:
    return translate(key.about).rstrip(".")


def _item(keys: Sequence[Key], item: Mapping[str, Any]) -> str:
    """The rules of one item of a list, in one line."""
    shown = [
        key
        for key in keys
        if key.name not in (keys[0].name, "label", "unit")
        and (key.required or item[key.name] not in _UNSAID)
    ]
    return "; ".join(f"{_label(key)}: {_value_of(key, item)}" for key in shown)


def _value_of(key: Key, item: Mapping[str, Any]) -> str:
    """The value of one key of an item; a length of time with its unit, which is a key beside it."""
    if key.name in ("within", "not_before") and "unit" in item:
        return limit_words(item[key.name], item["unit"])
    return _words(key.kind, item[key.name])


def _words(kind: Kind, value: Any) -> str:
    match kind:
        case ListOf(item=item):
            return ", ".join(_words(item, one) for one in value) or translate("none")
        case Day():
            return long_day(date.fromisoformat(value))
        case Flag():
            return translate("yes") if value else translate("no")
        case OneOf(choices=choices) if choices == _SERVICES:
            return choice_word(ServiceType, value)
        case OneOf(choices=choices) if sorted(choices) == _PURPOSES:
            return visit_word(value)
        case OneOf():
            return str(_WORDS.get(value, value.replace("_", " ")))
    if isinstance(value, int):
        return f"{value:,}"
    if len(value) > _LONGEST:
        return translate("{start}… ({n} characters)", start=value[:20], n=f"{len(value):,}")
    return str(value)


_LONGEST = 5_000
"""Characters of a text that is shown whole; a longer one is a picture."""


_SERVICES = tuple(service.value for service in ServiceType)
_PURPOSES = sorted(get_args(RuledPurpose))
