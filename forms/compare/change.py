"""One difference between two versions of a form, and the words that differences are told in."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct

from forms.model import Band
from visitapp.language import translate


class Change(Struct, frozen=True):
    """`what` is added, removed, moved, reworded or rescored; `about` is form, scale, area or
    question, and `id` which one (for the form its own id). `text` is a sentence.

    Only what is added, removed or rescored can change a rating.
    """

    what: str
    about: str
    id: str
    text: str


def number(value: Fraction) -> str:
    """A number as people write it: `2`, `0.5`."""
    return f"{float(value):g}"


def banded(bands: Iterable[Band]) -> str:
    """Bands from the highest down: `green from 80, red from 0`."""
    told = [band_text(band.result, band.start) for band in bands]
    return ", ".join(told) or translate("none")


def band_text(name: str, start: Fraction) -> str:
    """`green from 80`."""
    return translate("{name} from {start}", name=name, start=number(start))


def quoted(text: str) -> str:
    """A text in quotation marks; `nothing` when there is none."""
    return f"\u201c{text}\u201d" if text else translate("nothing")


def became(thing: str, old: str, new: str) -> str:
    """The sentence for a value that changed."""
    return translate("{thing} was {old}; it is now {new}.", thing=thing, old=old, new=new)


def became_all(things: str, old: str, new: str) -> str:
    """The sentence for several things, such as bands, that changed."""
    return translate("{thing} were {old}; they are now {new}.", thing=things, old=old, new=new)


def weighed(thing: str, old: Fraction, new: Fraction) -> str:
    """The sentence for a weight that changed."""
    return translate(
        "{thing} weighed {old}; it now weighs {new}.",
        thing=thing,
        old=number(old),
        new=number(new),
    )
