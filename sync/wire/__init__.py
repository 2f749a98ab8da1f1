"""The messages of sync, shared by both sides. One JSON request, one JSON answer (msgspec).

A round is `POST /v1/sync` with a `Round`: what waits (at most one batch) and where the device
stands; the `RoundReply` settles each change in order and gives the next page of what changed.
A round with nothing to do is one request. See docs/sync-protocol.md.
"""

from sync.wire.accounts import NewPassword, PasswordChanged, Renewal, SignIn, Tokens
from sync.wire.changes import Batch, Change, Create, Creates, Edit, Result, Single, Update
from sync.wire.fields import (
    DIGEST,
    PROTOCOL,
    Fields,
    Id,
    Name,
    Password,
    Position,
    by_record,
    digest_of,
)
from sync.wire.forms import FormPublished, PublishForm
from sync.wire.policies import PolicyPublished, PublishPolicy
from sync.wire.rounds import CatchUp, Group, Page, Record, Round, RoundReply

__all__ = [
    "DIGEST",
    "PROTOCOL",
    "Batch",
    "CatchUp",
    "Change",
    "Create",
    "Creates",
    "Edit",
    "Fields",
    "FormPublished",
    "Group",
    "Id",
    "Name",
    "NewPassword",
    "Page",
    "Password",
    "PasswordChanged",
    "PolicyPublished",
    "Position",
    "PublishForm",
    "PublishPolicy",
    "Record",
    "Renewal",
    "Result",
    "Round",
    "RoundReply",
    "SignIn",
    "Single",
    "Tokens",
    "Update",
    "by_record",
    "digest_of",
]
