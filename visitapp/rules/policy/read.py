"""Reads a policy from its text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

from forms.format.faults import Fault, Faults, first_remedy
from forms.format.kinds import Record
from forms.format.shape import Reader
from forms.format.source import MapNode, Node, ScalarNode, UnreadableError, parse
from visitapp.errors import BadFile, Code
from visitapp.language import verbatim
from visitapp.rules.policy.check import check_references, examine
from visitapp.rules.policy.earlier import with_visit_rules
from visitapp.rules.policy.keys import policy_keys
from visitapp.rules.policy.model import Policy

_SHIPPED = files("resources") / "policy" / "default.yaml"


def read_policy(text: str, file: str) -> Policy:
    """The policy that a text describes, whole and without faults. `file` names it in a fault.

    Raises BadFile (POLICY_FAULTS) with the first fault and how many there are.
    """
    examined = examine(text, file)
    if examined.faults or examined.part is None:
        raise _faulty(examined.faults, file)
    return msgspec.convert(examined.part.plain(), Policy)


def read_published(text: str, name: str) -> Policy:
    """The policy that was published as `text`, by this program or by a newer or older one.

    A published version never changes, while programs do: a key that this program does not know is
    left out, and one that the text does not have has the value that ships. Raises BadFile
    (POLICY_FAULTS) when a value cannot be used.
    """
    faults = Faults(name)
    try:
        ours = parse(shipped_text())
        node = _fitted(with_visit_rules(parse(text), ours), policy_keys(), ours)
    except UnreadableError as problem:
        raise _faulty([Fault(name, problem.line, problem.what, problem.remedy)], name) from None
    part = Reader(faults).record(node, policy_keys(), "the policy")
    if part is not None:
        check_references(part, faults)
    if faults or part is None:
        raise _faulty(faults.listed(), name)
    return msgspec.convert(part.plain(), Policy)


@cache
def shipped_policy() -> Policy:
    """The policy that comes with the program."""
    return read_policy(shipped_text(), _SHIPPED.name)


@cache
def shipped_text() -> str:
    """The text of the policy that comes with the program."""
    return _SHIPPED.read_text(encoding="utf-8")


def unknown_keys(text: str) -> list[str]:
    """The top keys of a policy that this program does not know."""
    node = parse(text)
    known = {key.name for key in policy_keys().keys}
    pairs = node.pairs if isinstance(node, MapNode) else ()
    return [key.text for key, _ in pairs if key.text not in known]


def _fitted(node: Node, kind: Record, shipped: Node) -> Node:
    """A record with the keys that this program knows; those that are missing, from `shipped`."""
    if not isinstance(node, MapNode) or not isinstance(shipped, MapNode):
        return node
    known = {key.name: key for key in kind.keys}
    usual = {key.text: (key, below) for key, below in shipped.pairs}
    pairs: list[tuple[ScalarNode, Node]] = []
    for key, below in node.pairs:
        declared = known.get(key.text)
        if declared is None:
            continue
        if isinstance(declared.kind, Record) and key.text in usual:
            below = _fitted(below, declared.kind, usual[key.text][1])
        pairs.append((key, below))
    given = {key.text for key, _ in pairs}
    missing = (n for n, key in known.items() if key.required and n not in given and n in usual)
    return MapNode((*pairs, *(usual[name] for name in missing)), node.line)


def _faulty(faults: Sequence[Fault], file: str) -> BadFile:
    what, remedy = verbatim(faults[0].what), first_remedy(faults)
    return BadFile(Code.POLICY_FAULTS, what, remedy, file=file, row=faults[0].line)
