"""What a contact of a provider must say."""

from __future__ import annotations

import re

from visitapp.language import Message, message

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_PHONE = re.compile(r"\+?[0-9 ()./-]{3,}((ext\.?|extension|x|option) ?[0-9]{1,6})?", re.IGNORECASE)
_FEWEST_DIGITS = 3
"""Such as 111. Ours."""


def contact_fault(text: str) -> Message | None:
    """Why the role or the name of a contact cannot be kept; None when it can. A line that nobody
    in particular answers has a name such as On call."""
    return None if text.strip() else message("A contact needs a role and a name.")


def email_fault(text: str) -> Message | None:
    """Why this is no e-mail address; None when it is one, or empty."""
    if not text or _EMAIL.fullmatch(text):
        return None
    return message("“{email}” is not an e-mail address.", email=text)


def phone_fault(text: str) -> Message | None:
    """Why this is no telephone number; None when it can be one, or is empty."""
    digits = sum(sign.isdigit() for sign in text)
    if not text or (_PHONE.fullmatch(text) and digits >= _FEWEST_DIGITS):
        return None
    return message(
        "“{phone}” is not a telephone number. Write it as 01522 552222 or +44 1522 552222 ext 12.",
        phone=text,
    )


def reach_fault(field: str, text: str) -> Message | None:
    """Why a contact cannot be reached so: `field` is one of its fields."""
    match field:
        case "phone":
            return phone_fault(text)
        case "email":
            return email_fault(text)
    return None
