"""What every handler says of itself in the API's description, and how it knows who asks."""

from __future__ import annotations

from typing import Any, cast

import msgspec
from litestar import Request
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import OpenAPIType, Schema
from litestar.plugins import OpenAPISchemaPlugin
from litestar.typing import FieldDefinition
from msgspec import Struct

from sync.server.http.asgi import Message, bearer_in
from sync.server.http.problems import MEDIA_TYPE, Problem

_MEANING = {
    400: "The request is not a message of this protocol",
    401: "The sign-in does not hold",
    403: "Not allowed, or the device was revoked",
    404: "There is no such thing, or not for this user",
    409: "Another protocol version, another server, a form version that is taken, or another place",
    412: "Another version of tus",
    413: "The request is too large",
    415: "The body is packed in a way that the server does not know",
    416: "There is no such range",
    429: "Too many attempts",
    460: "What arrived does not have the checksum that was announced",
    500: "A fault of the server",
    503: "The server's database does not answer",
}


class ArraySchemas(OpenAPISchemaPlugin):
    """Describes the messages that travel as arrays, which Litestar would describe as objects."""

    def is_plugin_supported_field(self, field_definition: FieldDefinition) -> bool:
        """Whether the type is such a message."""
        if field_definition.is_union or not field_definition.is_subclass_of(Struct):
            return False
        return bool(field_definition.type_.__struct_config__.array_like)

    def to_openapi_schema(self, field_definition: FieldDefinition, schema_creator: Any) -> Schema:
        """An array with an item for each field, in their order."""
        hints = field_definition.get_type_hints(include_extras=True)
        fields = msgspec.structs.fields(field_definition.type_)
        items = [
            schema_creator.for_field_definition(
                FieldDefinition.from_annotation(hints[field.name], name=field.name)
            )
            for field in fields
        ]
        return Schema(
            type=OpenAPIType.ARRAY,
            prefix_items=items,
            min_items=len(items),
            description=f"{', '.join(field.name for field in fields)}, in this order.",
        )


def may_answer(*codes: int) -> dict[int, ResponseSpec]:
    """The problems a handler may answer with: those of every request, and `codes`."""
    return {
        code: ResponseSpec(Problem, description=_MEANING[code], media_type=MEDIA_TYPE)
        for code in (400, 413, 415, 500, 503, *codes)
    }


def bearer(request: Request[Any, Any, Any]) -> str:
    """The access token of a request; empty, and so nobody's, when there is none."""
    return bearer_in(cast(Message, request.scope))
