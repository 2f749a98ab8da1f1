"""Fields and values that several messages use."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Raw

PROTOCOL = 3
"""1 (2026-11): first version. 2 (2026-11): visits and conflicts move by steps. 3 (2026-11): a
setting is under contracts by records of their own."""


DIGEST = "Content-Digest"
"""The header with the digest of a body as it travels (RFC 9530), on every message of both sides."""


def digest_of(body: bytes) -> str:
    """What `DIGEST` says of a body, so that one altered on its way is never taken."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


Id = Annotated[str, Meta(min_length=1, max_length=36, pattern=r"^[A-Za-z0-9._-]*$")]


Name = Annotated[str, Meta(max_length=120)]


Password = Annotated[str, Meta(max_length=1000)]


Position = Annotated[int, Meta(ge=0, le=2**53)]
"""A revision, or where a page starts."""


Fields = dict[str, Raw]
"""By field, a JSON array with the value of each record; fields that no record has are left out."""


def by_record(fields: Fields, count: int) -> Iterator[dict[str, Any]]:
    """The values that are not null of each of `count` records. Raises ValueError when a list is not
    as long, msgspec.MsgspecError when it is no list."""
    lists = [_LIST.decode(values) for values in fields.values()]
    for values in zip(range(count), *lists, strict=True):
        yield {n: v for n, v in zip(fields, values[1:], strict=True) if v is not None}


_LIST = msgspec.json.Decoder(list[Any])
