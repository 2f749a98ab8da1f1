"""What changed in one question: its words, and what its answer does."""

from __future__ import annotations

from collections.abc import Mapping

from forms.compare.change import Change, banded, became, number, quoted
from forms.model import ActionRule, EvidenceRule, Question


def question_changes(old: Question, new: Question) -> list[Change]:
    """The differences between two versions of one question, a sentence each."""
    found = [("reworded", text) for text in _words(old, new)]
    found += [("rescored", text) for text in _scoring(old, new)]
    return [Change(what, "question", new.id, text) for what, text in found]


def _words(old: Question, new: Question) -> list[str]:
    name = f"Question {new.number}"
    found = []
    if old.ask != new.ask:
        found.append(f"{name} asked {quoted(old.ask)}; it now asks {quoted(new.ask)}")
    if old.look_for != new.look_for:
        found.append(f"{name} has other words on what to look for.")
    pairs = {
        "unit": (quoted(old.unit), quoted(new.unit)),
        "evidence to give": (_evidence(old.evidence), _evidence(new.evidence)),
        "suggested action": (_action(old.action), _action(new.action)),
        "place in frameworks": (_map(old.frameworks), _map(new.frameworks)),
    }
    found += _pairs(name, pairs)
    if old.required != new.required:
        found.append(f"{name} {'must now' if new.required else 'need no longer'} be answered.")
    return found


def _scoring(old: Question, new: Question) -> list[str]:
    name = f"Question {new.number}"
    found = []
    if old.weight != new.weight:
        found.append(f"{name} weighed {number(old.weight)}; it now weighs {number(new.weight)}.")
    pairs = {
        "kind of answer": (old.type, new.type),
        "scale": (_scale(old), _scale(new)),
        "bands": (banded(old.bands), banded(new.bands)),
        "limits": (_map(old.limits), _map(new.limits)),
        "source": (quoted(old.source or ""), quoted(new.source or "")),
    }
    found += _pairs(name, pairs)
    if old.relevant != new.relevant:
        found.append(f"{name} was asked {_asked(old)}; it is now asked {_asked(new)}.")
    return found


def _pairs(name: str, pairs: Mapping[str, tuple[str, str]]) -> list[str]:
    return [
        became(f"{name}: the {thing}", old, new)
        for thing, (old, new) in pairs.items()
        if old != new
    ]


def _scale(question: Question) -> str:
    return question.scale.id if question.scale else "none"


def _asked(question: Question) -> str:
    return f"when {question.relevant}" if question.relevant else "always"


def _map(named: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in named.items()) or "none"


def _evidence(rule: EvidenceRule | None) -> str:
    return f"a {rule.kind} for {' or '.join(rule.when)}" if rule else "none"


def _action(rule: ActionRule | None) -> str:
    if rule is None:
        return "none"
    due = "" if rule.due_days is None else f", due in {rule.due_days} days"
    return f"{quoted(rule.suggest)} for {' or '.join(rule.when)}, {rule.priority}{due}"
