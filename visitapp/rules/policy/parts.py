"""What the parts of a policy are declared with: types with their limits, and labels."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from visitapp.language import Message, message

Months = Annotated[int, Meta(ge=1, le=60)]
Days = Annotated[int, Meta(ge=0, le=366)]
Years = Annotated[int, Meta(ge=1, le=100)]
Percent = Annotated[int, Meta(ge=0, le=100)]
Id = Annotated[str, Meta(max_length=40, pattern="[a-z][a-z0-9_]*")]
Label = Annotated[str, Meta(max_length=80)]


def says(label: Message) -> Meta:
    """What a key holds, as a label that its value can follow."""
    return Meta(description=label.template)


PLANNED = message("Visitapp checks and keeps these rules, and does not use them yet.")
"""What follows from a change in a section that nothing reads yet."""


class Part(Struct, frozen=True, kw_only=True):
    """A part of a policy. `title` is what a fault calls it; `follows`, of a whole section, what a
    change in it does and leaves alone."""

    title: ClassVar[str]
    follows: ClassVar[Message] = message("")
