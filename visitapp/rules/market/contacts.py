"""What a contact of a provider must say."""

from __future__ import annotations

from visitapp.language import Message, message


def contact_fault(text: str) -> Message | None:
    """Why the role or the name of a contact cannot be kept; None when it can. A line that nobody
    in particular answers has a name such as On call."""
    return None if text.strip() else message("A contact needs a role and a name.")
