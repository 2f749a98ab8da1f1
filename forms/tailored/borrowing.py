"""Areas of one form that are asked on another: what they name there, they must find here.

An area uses scales, frameworks and owners that the head of its own form declares. They come along.
Where a name is taken by something else, a scale gets another name, and the others give way. Limits
go by colour where the forms have different levels.
"""

from __future__ import annotations

from collections.abc import Collection

from forms.format.tree import Tree, items, record, said, word
from forms.model import RAGS


class Borrowing:
    """Fits areas of the form `theirs` into the form `own`, whose head gains what they name."""

    def __init__(self, theirs: dict[str, Tree], own: dict[str, Tree]) -> None:
        self._theirs = theirs
        self._own = own
        self._scales: dict[str, str] = {}
        self._alike = said(theirs.get("levels", [])) == said(own.get("levels", []))

    def fit(self, area: dict[str, Tree]) -> None:
        """Change the area's keys so that it says on the form `own` what it said on `theirs`."""
        if "owner" in area:
            self._bring("owners", word(area["owner"]))
        for question in map(record, items(area["questions"])):
            if "scale" in question:
                question["scale"] = self._scale(word(question["scale"]))
            if "frameworks" in question and "frameworks" in self._own:
                self._fit_tags(question)
            self._fit_limits(question)

    def _scale(self, name: str) -> str:
        """The name under which the form has a scale: its own, or another where that is taken."""
        if name not in self._scales:
            scale = record(self._theirs["scales"])[name]
            scales = record(self._own.setdefault("scales", {}))
            if name in scales and said(scales[name]) == said(scale):
                self._scales[name] = name
            else:
                self._scales[name] = free = free_name(name, scales)
                scales[free] = scale
        return self._scales[name]

    def _fit_limits(self, question: dict[str, Tree]) -> None:
        """A limit at a level becomes the best level of its colour here, or falls away."""
        if "limits" not in question or self._alike:
            return
        theirs, own = _rags(self._theirs), _rags(self._own)
        limits: dict[str, Tree] = {}
        for value, limit in record(question["limits"]).items():
            fitting = [level for level, rag in own.items() if rag == theirs.get(word(limit))]
            if fitting:
                limits[value] = fitting[0]
        question["limits"] = limits

    def _fit_tags(self, question: dict[str, Tree]) -> None:
        """Tags of a framework that the form cannot have, or in other words, fall away."""
        tags = record(question["frameworks"])
        kept = {name: tag for name, tag in tags.items() if self._holds(name, word(tag))}
        question["frameworks"] = kept
        if not kept:
            del question["frameworks"]

    def _holds(self, name: str, tag: str) -> bool:
        self._bring("frameworks", name)
        framework = record(self._own["frameworks"]).get(name)
        if framework is None:
            return False
        known = record(framework).get("key_questions", {})
        return not known or tag in record(known)

    def _bring(self, key: str, name: str) -> None:
        """What `theirs` declares by this name is declared here too, unless the name is taken."""
        declared = record(self._theirs.get(key, {}))
        if name in declared:
            record(self._own.setdefault(key, {})).setdefault(name, declared[name])


def free_name(name: str, taken: Collection[str]) -> str:
    """The name itself, or with a number behind it where it is taken."""
    tries = (name, *(f"{name}_{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in tries if one not in taken)


def _rags(form: dict[str, Tree]) -> dict[str, str]:
    """What a form rates at, best first, each with the RAG it stands for."""
    levels = [record(level) for level in items(form.get("levels", []))]
    return {word(level["id"]): word(level["rag"]) for level in levels} or {
        rag: rag for rag in reversed(RAGS)
    }
