"""JSON bodies, decoded once and straight into their messages.

Litestar by itself decodes JSON to dicts and lists and converts those, which takes twice as long,
cannot leave the columns of a group as they came, and lets a body of nested brackets end as a fault.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar, cast

import msgspec
from litestar.dto import AbstractDTO, DTOFieldDefinition
from litestar.exceptions import ClientException
from litestar.openapi.spec import Reference, Schema
from litestar.typing import FieldDefinition

from sync.server.http.asgi import DECODED

M = TypeVar("M")


def decode(message: type[M], body: bytes) -> M | ClientException:
    """The message in a body, or the reason for answering 400."""
    try:
        return msgspec.json.decode(body, type=message)
    except RecursionError:
        return ClientException("The body's JSON is nested too deeply.")
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return ClientException(f"The body is not a message of this protocol: {error}")


class JsonBody(AbstractDTO[M]):
    """How Litestar reads a message that msgspec decodes; it is described by its own class."""

    @classmethod
    def create_for_field_definition(cls, *_: Any, **__: Any) -> None:
        """Nothing is built: the message's class is what is decoded."""

    @classmethod
    def create_openapi_schema(
        cls, field_definition: FieldDefinition, handler_id: str, schema_creator: Any
    ) -> Reference | Schema:
        """The schema of the message."""
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

    def decode_bytes(self, value: bytes) -> M:
        """The message. Raises ClientException (400) when the body is something else."""
        scope = cast(dict[str, Any], self.asgi_connection.scope)
        decoded: M | ClientException
        decoded = scope[DECODED] if DECODED in scope else decode(self.model_type, value)
        if isinstance(decoded, ClientException):
            raise decoded
        return decoded
