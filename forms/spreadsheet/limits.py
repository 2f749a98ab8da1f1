"""How much of a spreadsheet is read before it is refused. Each reader has limits of its own."""

from __future__ import annotations

from msgspec import Struct

from visitapp.language import Message


class Limits(Struct, frozen=True, kw_only=True):
    """The limits of one reader, far above any real file of its kind.

    holds: what the file should hold, for the refusal ("a form"). file_bytes: the file on disk.
    unpacked_bytes: all parts that are read, unpacked. parts: parts of the package. cells: cells
    in the box around the content of one sheet.
    """

    holds: Message
    file_bytes: int
    unpacked_bytes: int
    parts: int
    cells: int
