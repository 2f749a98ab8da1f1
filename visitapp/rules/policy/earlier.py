"""Policies that were published before the visit rules were a list.

Their figures keep their meaning: each becomes the rule that says the same, beside the rules that
ship for what they did not know.
"""

from __future__ import annotations

from collections.abc import Iterator

from forms.format.source import ListNode, MapNode, Node, ScalarNode

_FIGURES = frozenset({"quality_months", "purpose_months", "first_visit_days"})
_REPLACED = frozenset(
    {"yearly", "amber", "red", "red_intervention", "first", "contract_review", "intervention"}
)
"""The rules that ship for the same."""

_LABELS = {"green": "Green", "amber": "Amber", "red": "Red", "unrated": "Not rated"}


def with_visit_rules(policy: Node, shipped: Node) -> Node:
    """The text of a policy with its figures of visits as rules. Any other text is given back."""
    visits = _below(policy, "visits")
    if not isinstance(policy, MapNode) or not isinstance(visits, MapNode):
        return policy
    given = {key.text for key, _ in visits.pairs}
    if "rules" in given or not given & _FIGURES:
        return policy
    rules = ListNode((*_rules(visits), *_others(shipped)), visits.line)
    kept = [pair for pair in visits.pairs if pair[0].text not in _FIGURES]
    new = MapNode((*kept, (_word("rules", visits.line), rules)), visits.line)
    pairs = ((key, new if key.text == "visits" else below) for key, below in policy.pairs)
    return MapNode(tuple(pairs), policy.line)


def _rules(visits: MapNode) -> Iterator[Node]:
    for rating, months in _pairs(visits, "quality_months"):
        label = _LABELS.get(rating, rating)
        yield _rule(rating, label, "annual", months, "months", ratings=rating)
    for purpose, months in _pairs(visits, "purpose_months"):
        more = {"intervention": "open"} if purpose == "intervention" else {}
        label = purpose.replace("_", " ").capitalize()
        yield _rule(purpose, label, purpose, months, "months", **more)
    days = _below(visits, "first_visit_days")
    if days is not None:
        yield _rule("first", "First visit", "annual", days, "days", of="joined")


def _rule(
    id_: str, label: str, purpose: str, within: Node, unit: str, of: str = "last_visit", **more: str
) -> Node:
    line = within.line
    words = {"id": id_, "label": label, "purpose": purpose, "unit": unit, "of": of, **more}
    pairs: list[tuple[ScalarNode, Node]] = [(_word("within", line), within)]
    for name, word in words.items():
        value: Node = _word(word, line)
        pairs.append((_word(name, line), ListNode((value,), line) if name == "ratings" else value))
    return MapNode(tuple(pairs), line)


def _others(shipped: Node) -> Iterator[Node]:
    rules = _below(_below(shipped, "visits"), "rules")
    for rule in rules.items if isinstance(rules, ListNode) else ():
        id_ = _below(rule, "id")
        if isinstance(id_, ScalarNode) and id_.text not in _REPLACED:
            yield rule


def _pairs(visits: MapNode, name: str) -> Iterator[tuple[str, Node]]:
    found = _below(visits, name)
    for key, below in found.pairs if isinstance(found, MapNode) else ():
        yield key.text, below


def _below(node: Node | None, name: str) -> Node | None:
    pairs = node.pairs if isinstance(node, MapNode) else ()
    return next((below for key, below in pairs if key.text == name), None)


def _word(text: str, line: int) -> ScalarNode:
    return ScalarNode(text, plain=False, line=line)
