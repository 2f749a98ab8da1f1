"""The states of what needs somebody's agreement. `visitapp.vocabulary` has their words."""

from __future__ import annotations

from enum import StrEnum


class ExceptionStatus(StrEnum):
    """The states of a placement exception (`rules.authority.exception_life`)."""

    ASKED = "asked"
    AUTHORISED = "authorised"
    REFUSED = "refused"
    USED = "used"
    VOID = "void"
    EXPIRED = "expired"


class OverrideStatus(StrEnum):
    """The states of an override of an outcome (`rules.authority.override_life`)."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
