"""A form's text as lists and keys that can be rearranged, and written as a form again.

Scalars keep how they were written, so that a number stays a number and a quoted word a word.
"""

from __future__ import annotations

from collections.abc import Callable

import yaml

from forms.format.source import ListNode, MapNode, Node, ScalarNode, parse

Tree = ScalarNode | str | int | bool | list["Tree"] | dict[str, "Tree"]


def read_tree(text: str) -> dict[str, Tree]:
    """The tree of a form that was checked. Raises UnreadableError on what is no form's text."""
    return record(_tree(parse(text)))


def write_tree(form: dict[str, Tree]) -> str:
    """The tree as a form's text."""
    return yaml.dump(form, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


def _tree(node: Node) -> Tree:
    match node:
        case MapNode(pairs=pairs):
            return {key.text: _tree(below) for key, below in pairs}
        case ListNode(items=items):
            return [_tree(item) for item in items]
    return node


def record(tree: Tree) -> dict[str, Tree]:
    """A tree that holds keys."""
    if not isinstance(tree, dict):
        raise TypeError(f"a form has keys here, not {tree!r}")
    return tree


def items(tree: Tree) -> list[Tree]:
    """A tree that is a list."""
    if not isinstance(tree, list):
        raise TypeError(f"a form has a list here, not {tree!r}")
    return tree


def word(tree: Tree) -> str:
    """A tree that is a single value, as its text."""
    return tree.text if isinstance(tree, ScalarNode) else str(tree)


def plain(text: str) -> ScalarNode:
    """A value that is written without quotes, such as a decimal number."""
    return ScalarNode(text, True, 0)


def said(tree: Tree) -> object:
    """A tree without its lines and quotes, to compare what it says."""
    match tree:
        case dict():
            return {key: said(below) for key, below in tree.items()}
        case list():
            return [said(item) for item in tree]
    return word(tree)


_TEXT = "tag:yaml.org,2002:str"


class _Dumper(yaml.SafeDumper):
    """Plain values, and scalars as they were written in a form."""


def _scalar(dumper: _Dumper, scalar: ScalarNode) -> yaml.ScalarNode:
    implied: Callable[..., str] = dumper.resolve
    tag = implied(yaml.ScalarNode, scalar.text, (True, False)) if scalar.plain else _TEXT
    return dumper.represent_scalar(tag, scalar.text)


_Dumper.add_representer(ScalarNode, _scalar)
