"""Spoils a form, by lines of its text or by values of its data, from a seeded chance."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

WORDS: list[Any] = [
    *("good", "poor", "excellent", "red", "green", "amber", "unrated", "care", "price", "quality"),
    *("a0", "a1", "r0", "q0", "cqc", "", " ", "é", "__class__", "*", "0", "-1", "null"),
    *(0, 1, -1, 100, 50.5, 10**9, True, None, [], {}, [[]], {"id": "x"}, ["care", "care"]),
]
HEAD = ("levels", "results", "bands", "overall", "frameworks", "owners", "areas")


def spoilt(form: dict[str, Any], rng: Random) -> dict[str, Any]:
    """The form with some values replaced, dropped, doubled or moved where levels are named."""
    made = deepcopy(form)
    made.setdefault("frameworks", {"cqc": {"title": "Q", "version": "1", "key_questions": {}}})
    made.setdefault("owners", {"contracts": "Contracts"})
    for _ in range(rng.randint(1, 3)):
        node: Any = made
        key: Any = rng.choice([name for name in HEAD if name in made] or ["id"])
        while rng.random() < 0.8 and isinstance(node[key], dict | list) and node[key]:
            node = node[key]
            key = rng.choice(list(node) if isinstance(node, dict) else range(len(node)))
        how = rng.randrange(4)
        if how == 0 or (how == 1 and len(node) == 1):
            node[key] = rng.choice(WORDS)
        elif how == 1:
            del node[key]
        elif how == 2 and isinstance(node, list):
            node.append(deepcopy(node[key]))
        else:
            node[rng.choice(["level", "rag", "areas", "id", "owner"]) if isinstance(node, dict)
                 else key] = deepcopy(rng.choice(WORDS))  # fmt: skip
    return made


def mutated(text: str, rng: Random) -> str:
    """The text with a few lines and characters lost, doubled, moved or replaced."""
    lines = text.splitlines()
    for _ in range(rng.randint(1, 6)):
        place, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        line = lines[place]
        cut = rng.randrange(len(line) + 1)
        lines[place] = rng.choice(
            [
                "",
                line * 2,
                lines[other],
                line[:cut],
                line[:cut] + rng.choice(":-[]{}'\"#&*!|>%@`,\t\x00é") + line[cut:],
                "  " + line,
                line.lstrip(),
            ]
        )
    return "\n".join(lines)
