"""Signing in, renewing, and a change of password."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from sync.wire.fields import Id, Name, Password
from sync.wire.rounds import Record


class SignIn(Struct, frozen=True, kw_only=True):
    """Name and password for the first contact of a device; the device makes its own id.

    `known_by`: the refresh token that the device was given last, of whatever age. It signs nobody
    in, but shows that the device is the one it says, so that strangers' failures are not its own.
    """

    name: Name
    password: Password
    device_id: Id
    device_name: Name = ""
    known_by: Annotated[str, Meta(max_length=200)] = ""


class NewPassword(Struct, frozen=True, kw_only=True):
    """A person's own change of their password. Their other devices must sign in again."""

    name: Name
    password: Password
    new_password: Password
    device_id: Id
    known_by: Annotated[str, Meta(max_length=200)] = ""


class PasswordChanged(Struct, frozen=True):
    """The new password counts from now on."""

    changed: bool = True


class Renewal(Struct, frozen=True, kw_only=True):
    """A refresh token, to be spent for the next pair."""

    refresh_token: Annotated[str, Meta(max_length=200)]


class Tokens(Struct, frozen=True, kw_only=True):
    """What a sign-in or a renewal gives. `expires_in` is seconds of the access token."""

    access_token: str
    refresh_token: str
    expires_in: int
    server_id: str
    user: Record
