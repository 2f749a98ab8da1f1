"""Handing in over HTTP: what a revoked device may ask, and all that it may ask."""

from __future__ import annotations

from typing import Annotated, Any

from anyio import to_thread
from litestar import Request, patch, post
from litestar.datastructures import State
from litestar.params import FromPath, HeaderParameter, JSONBody

from sync.hand_in import BeginHandIn, EndHandIn, HandedIn, HandInStanding
from sync.server.hand_in.receive import HandIns
from sync.server.http.openapi import bearer, may_answer
from sync.server.http.request_log import trace_of

HAND_IN = "/v1/hand-in"


@post(
    HAND_IN,
    status_code=200,
    sync_to_thread=True,
    responses=may_answer(401, 403, 409),
)
def begin_hand_in(
    data: JSONBody[BeginHandIn], request: Request[Any, Any, Any], state: State
) -> HandInStanding:
    """Begin to hand in what a revoked device has not sent, or ask how far that is."""
    hand_ins: HandIns = state.hand_ins
    return hand_ins.begin(bearer(request), data, trace_of(request))


@patch(
    HAND_IN + "/{hand_in_id:str}",
    status_code=200,
    responses=may_answer(401, 403, 409),
)
async def continue_hand_in(
    request: Request[Any, Any, Any],
    state: State,
    hand_in_id: FromPath[str],
    position: Annotated[int, HeaderParameter(name="Upload-Offset", ge=0, le=2**31 - 1)],
) -> HandInStanding:
    """Take the next bytes of a hand-in (`application/octet-stream`)."""
    hand_ins: HandIns = state.hand_ins
    part = await request.body()
    asked = (bearer(request), hand_in_id, position, part, trace_of(request))
    return await to_thread.run_sync(hand_ins.take, *asked)


@post(
    HAND_IN + "/{hand_in_id:str}/end",
    status_code=200,
    sync_to_thread=True,
    responses=may_answer(401, 403, 404, 409, 460),
)
def end_hand_in(
    data: JSONBody[EndHandIn],
    request: Request[Any, Any, Any],
    state: State,
    hand_in_id: FromPath[str],
) -> HandedIn:
    """Confirm that what was handed in is here, whole."""
    hand_ins: HandIns = state.hand_ins
    return hand_ins.end(bearer(request), hand_in_id, data.passphrase, trace_of(request))


HAND_IN_HANDLERS = [begin_hand_in, continue_hand_in, end_hand_in]
