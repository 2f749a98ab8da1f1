"""click's own sentences, such as those on wrong usage, in the language of the program.

click words them by gettext, in the language of the system and from a catalogue of its own. Here its
modules get the functions of our catalogue instead; `packaging/messages` reads their texts as well.
What click words at import stays in English: the help of an option is worded when it is printed.
"""

from __future__ import annotations

from types import ModuleType

from click import core, exceptions, formatting, parser, termui, types

from visitapp.language import translate_foreign

MODULES: tuple[ModuleType, ...] = (core, exceptions, formatting, parser, termui, types)
"""Those with texts that a person meets."""

_AT_IMPORT = frozenset({"file", "directory", "path"})
"""The names of click's type of paths."""


def word_click() -> None:
    """Let click word its sentences by our catalogue."""
    for module in MODULES:
        for name in ("_", "ngettext"):
            if hasattr(module, name):
                setattr(module, name, _worded)


def _worded(one: str, many: str = "", n: int = 1) -> str:
    return one if one in _AT_IMPORT else translate_foreign(one, many, n)
