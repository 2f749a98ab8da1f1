"""JSON bodies, decoded once and straight into their messages.

Litestar by itself decodes JSON to dicts and lists and converts those, which cannot leave the
columns of a group as they came (`msgspec.Raw`), and lets nested brackets end as a fault.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

import msgspec
from litestar import Request
from litestar.exceptions import ClientException
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


class JsonRequest(Request[Any, Any, Any]):
    """A request whose JSON is the message that its handler takes."""

    async def json(self) -> Any:
        """The message. Raises ClientException (400) when the body is something else."""
        scope = cast(dict[str, Any], self.scope)
        field = cast(FieldDefinition, self.route_handler.parsed_data_field)
        decoded: Any = scope.get(DECODED) or decode(field.annotation, await self.body())
        if isinstance(decoded, ClientException):
            raise decoded
        return decoded
