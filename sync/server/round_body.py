"""The body of a round, decoded once and straight into its message.

Litestar by itself decodes JSON to dicts and lists and converts those, which takes twice as long and
cannot leave the columns of a group as they came.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import msgspec
from litestar.dto import AbstractDTO, DTOFieldDefinition
from litestar.exceptions import ClientException
from litestar.openapi.spec import Reference, Schema
from litestar.typing import FieldDefinition

from sync.wire import Round

_DECODER = msgspec.json.Decoder(Round)


class RoundBody(AbstractDTO[Round]):
    """How Litestar reads a `Round`; it is described by its own class."""

    @classmethod
    def create_for_field_definition(cls, *_: Any, **__: Any) -> None:
        """Nothing is built: the message's class is what is decoded."""

    @classmethod
    def create_openapi_schema(
        cls, field_definition: FieldDefinition, handler_id: str, schema_creator: Any
    ) -> Reference | Schema:
        """The schema of a `Round`."""
        found: Reference | Schema = schema_creator.for_field_definition(field_definition)
        return found

    @classmethod
    def generate_field_definitions(
        cls, model_type: type[Any]
    ) -> Generator[DTOFieldDefinition, None, None]:
        """None: fields are msgspec's affair."""
        yield from ()

    @classmethod
    def detect_nested_field(cls, field_definition: FieldDefinition) -> bool:
        """Never asked."""
        return False

    def decode_bytes(self, value: bytes) -> Round:
        """The message. Raises ClientException (400) when the body is none."""
        try:
            return _DECODER.decode(value)
        except msgspec.MsgspecError as error:
            raise ClientException(f"The body is not a message of this protocol: {error}") from None
