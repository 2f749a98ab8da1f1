"""The section of a policy on paper: whose reports they are, and how a provider replies."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from visitapp.language import message
from visitapp.rules.policy.parts import Days, Part, says


class PaperRules(Part, frozen=True, kw_only=True):
    """What reports say of the council. `logo` is the text of a PNG or JPEG file in base64."""

    title = "the paper"
    follows = message(
        "Reports that are printed from then on show it. What was printed before stays as it is."
    )

    council: Annotated[
        str, Meta(max_length=80), says(message("The name of the council on reports."))
    ] = ""
    department: Annotated[
        str, Meta(max_length=120), says(message("The department under that name."))
    ] = ""
    logo: Annotated[
        str, Meta(max_length=120_000), says(message("The logo beside it, in base64."))
    ] = ""
    reply_days: Annotated[Days, says(message("Days in which a provider can reply to a report."))]
