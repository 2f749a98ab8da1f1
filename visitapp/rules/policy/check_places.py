"""Checks what a text of a policy names in braces."""

from __future__ import annotations

from string import Formatter

from forms.format.faults import Faults, nearest
from forms.format.part import Part
from visitapp.language import translate


def check_places(template: Part, places: tuple[str, ...], faults: Faults) -> None:
    """Each name in braces of a template's text is one of `places`."""
    line = template.line_of("text")
    try:
        parsed = list(Formatter().parse(template.text("text")))
    except ValueError:
        what = translate("A brace is not closed, or not opened.")
        faults.add(
            line, what, translate("Write a placeholder as `{setting}`. Write a brace itself twice.")
        )
        return
    for _, place, form, conversion in parsed:
        if place is not None and (place not in places or form or conversion):
            what = translate("The text has no place `{{place}}`.", place=place[:60])
            choices = [f"{{{name}}}" for name in places]
            faults.add(line, what, nearest(f"{{{place}}}", choices))
