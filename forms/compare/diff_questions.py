"""What changed in one question: its words, and what its answer does."""

from __future__ import annotations

from collections.abc import Mapping

from forms.compare.change import Change, banded, became, became_all, quoted, weighed
from forms.compare.steps import measured_differently
from forms.model import ActionRule, EvidenceRule, Question
from visitapp.language import either, plural, translate


def question_changes(old: Question, new: Question) -> list[Change]:
    """The differences between two versions of one question, a sentence each."""
    found = [("reworded", text) for text in _words(old, new)]
    found += [("rescored", text) for text in _scoring(old, new)]
    return [Change(what, "question", new.id, text) for what, text in found]


def _words(old: Question, new: Question) -> list[str]:
    name = translate("Question {number}", number=new.number)
    found = []
    if old.ask != new.ask:
        asked = translate(
            "{question} asked {old}; it now asks {new}",
            question=name,
            old=quoted(old.ask),
            new=quoted(new.ask),
        )
        found.append(asked)
    if old.look_for != new.look_for:
        other = translate("{question} has new guidance on what to look for.", question=name)
        found.append(other)
    pairs = {
        translate("{question}: the unit", question=name): (quoted(old.unit), quoted(new.unit)),
        translate("{question}: the least to check or to speak to", question=name): (
            _least(old),
            _least(new),
        ),
        translate("{question}: the evidence to give", question=name): (
            _evidence(old.evidence),
            _evidence(new.evidence),
        ),
        translate("{question}: the suggested action", question=name): (
            _action(old.action),
            _action(new.action),
        ),
        translate("{question}: the place in frameworks", question=name): (
            _map(old.frameworks),
            _map(new.frameworks),
        ),
    }
    found += _pairs(pairs)
    if old.required != new.required:
        text = translate("{question} no longer needs an answer.", question=name)
        if new.required:
            text = translate("{question} now needs an answer.", question=name)
        found.append(text)
    return found


def _scoring(old: Question, new: Question) -> list[str]:
    name = translate("Question {number}", number=new.number)
    found = []
    if old.weight != new.weight:
        found.append(weighed(name, old.weight, new.weight))
    pairs = {
        translate("{question}: the kind of answer", question=name): (old.type, new.type),
        translate("{question}: the scale", question=name): (_scale(old), _scale(new)),
        translate("{question}: the source", question=name): (
            quoted(old.source or ""),
            quoted(new.source or ""),
        ),
    }
    found += _pairs(pairs)
    if old.bands != new.bands:
        found.append(_rebanded(name, old, new))
    if old.limits != new.limits:
        limits = translate("{question}: the limits", question=name)
        found.append(became_all(limits, _map(old.limits), _map(new.limits)))
    if old.relevant != new.relevant:
        asked = translate(
            "{question} was asked {old}; it is now asked {new}.",
            question=name,
            old=_asked(old),
            new=_asked(new),
        )
        found.append(asked)
    return found


def _rebanded(name: str, old: Question, new: Question) -> str:
    bands = translate("{question}: the bands", question=name)
    if measured_differently(old, new):
        bands = translate("{question} is measured differently: its bands", question=name)
    return became_all(bands, banded(old.bands), banded(new.bands))


def _pairs(pairs: Mapping[str, tuple[str, str]]) -> list[str]:
    return [became(thing, old, new) for thing, (old, new) in pairs.items() if old != new]


def _least(question: Question) -> str:
    share = f"{question.minimum_percent}%" if question.minimum_percent else ""
    parts = [str(question.minimum) if question.minimum else "", share]
    return ", ".join(part for part in parts if part) or translate("none")


def _scale(question: Question) -> str:
    return question.scale.id if question.scale else translate("none")


def _asked(question: Question) -> str:
    if not question.relevant:
        return translate("always")
    return translate("when {condition}", condition=question.relevant)


def _map(named: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in named.items()) or translate("none")


def _evidence(rule: EvidenceRule | None) -> str:
    if rule is None:
        return translate("none")
    return translate("a {kind} for {answers}", kind=rule.kind, answers=either(rule.when))


def _action(rule: ActionRule | None) -> str:
    if rule is None:
        return translate("none")
    told = translate(
        "{action} for {answers}, {priority}",
        action=quoted(rule.suggest),
        answers=either(rule.when),
        priority=rule.priority,
    )
    if rule.due_days is None:
        return told
    due = plural("due in {n} day", "due in {n} days", rule.due_days)
    return f"{told}, {due}"
