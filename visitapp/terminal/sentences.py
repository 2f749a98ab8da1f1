"""click's own sentences, such as those on wrong usage, in the language of the program.

click words them by gettext, in the language of the system and from a catalogue of its own. Here its
modules get the functions of our catalogue instead; `packaging/messages` reads their texts as well.
What click words at import is left out: the help of an option is worded when it is printed.
"""

from __future__ import annotations

from types import ModuleType

from click import core, exceptions, formatting, parser, termui, types

from visitapp.language import translate_foreign

MODULES: tuple[ModuleType, ...] = (core, exceptions, formatting, parser, termui, types)
"""Those with texts that a person meets."""


def word_click() -> None:
    """Let click word its sentences by our catalogue."""
    for module in MODULES:
        for name in ("_", "ngettext"):
            if hasattr(module, name):
                setattr(module, name, translate_foreign)
